import { DebianRelease } from "../../lib/machines/debian-release";
import type { AptSource } from "../../lib/machines/apt-source";
import { PostgresqlTls } from "../../lib/machines/pg-hba";
import { postgresqlCloudInit } from "../../lib/machines/postgresql-cloud-init";
import { squidCloudInit } from "../../lib/machines/squid-cloud-init";
import { debianRoot, ROOT_COMMANDS } from "./support/debian-root";
import { Machine } from "./support/machine";
import { describeWith } from "./support/tools";
import { VAULT } from "../support/tools/resources";

const mirror = {
  url: "https://mirror.example.com/debian",
  securityUrl: "https://mirror.example.com/security",
};
const SOURCES = {
  image: { kind: "image" },
  mirror: { kind: "mirror", ...mirror },
  firewall: { kind: "firewall" },
  "HTTP proxy": { kind: "http-proxy", ...mirror, proxyAddress: "10.20.0.68", proxyPort: 3128 },
} satisfies Record<string, AptSource>;
const passwordSecret = { secretId: `${VAULT}/secrets/password` };

describeWith({ commands: ROOT_COMMANDS, root: true }, "the user data, judged by cloud-init itself", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start(debianRoot());
  });
  afterAll(async () => {
    await machine?.stop();
  });

  function judge(userData: string): void {
    machine.write("/root/user-data", userData);
    const said = machine.must("cloud-init schema --config-file /root/user-data");
    expect(said).toMatch(/Valid (schema|cloud-config)/);
    expect(said).not.toMatch(/warn|deprecat/i);
  }

  it.each(Object.entries(SOURCES))("PostgreSQL with packages from: %s", (_, packageSource) => {
    const common = { clients: ["10.20.0.0/27"], listenAddress: "10.20.0.36", passwordSecret, packageSource };
    judge(postgresqlCloudInit(common));
    judge(postgresqlCloudInit({ ...common, release: DebianRelease.BOOKWORM, tls: PostgresqlTls.REQUIRED }));
  });

  it.each(Object.entries(SOURCES).filter(([name]) => name !== "HTTP proxy"))(
    "the HTTP proxy with packages from: %s",
    (_, packageSource) => {
      judge(squidCloudInit({ clients: ["10.20.0.0/27"], packageSource }));
      const mirrors = { hosts: ["mirror.example.com"], clients: ["10.20.0.32/27"] };
      judge(squidCloudInit({ clients: ["10.20.0.0/27"], packageSource, mirrors }));
    },
  );

  it("says what systemd says of the units: nothing", () => {
    machine.applyUserData(
      postgresqlCloudInit({
        clients: ["10.20.0.0/27"],
        listenAddress: "10.20.0.36",
        passwordSecret,
        packageSource: SOURCES.image,
      }),
    );
    machine.applyUserData(squidCloudInit({ clients: ["10.20.0.0/27"], packageSource: SOURCES.image }));
    const units = ["veeam-postgresql", "veeam-http-proxy", "postgresql@17-veeam", "squid"];
    const paths = units.map((unit) => `${unit}.service`).join(" ");
    const said = machine.run(`systemd-analyze verify --man=no --recursive-errors=no ${paths}`);
    expect(said.output.split("\n").filter((line) => /veeam|squid\.service|postgresql@/.test(line))).toEqual(
      [],
    );
    expect(said.code).toBe(0);
  });

  it("says what apt says of the settings: that it understands them", () => {
    machine.applyUserData(
      postgresqlCloudInit({
        clients: ["10.20.0.0/27"],
        listenAddress: "10.20.0.36",
        passwordSecret,
        packageSource: SOURCES["HTTP proxy"],
      }),
    );
    const settings = machine.must("apt-config dump");
    expect(settings).toContain('Acquire::https::Proxy "http://10.20.0.68:3128/"');
    expect(settings).toContain('Unattended-Upgrade::Package-Blacklist:: "^postgresql"');
    expect(settings.match(/^Unattended-Upgrade::Origins-Pattern:: .*$/gm)).toEqual([
      'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=trixie-security,label=Debian-Security";',
    ]);
    const uris = machine.must("apt-get update --print-uris");
    expect(uris).toContain("https://mirror.example.com/security/dists/trixie-security/InRelease");
    expect(new Set(uris.match(/https?:\/\/[^/]+/g))).toEqual(new Set(["https://mirror.example.com"]));
  });
});
