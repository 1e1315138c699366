import fc from "fast-check";
import { InvalidInputError } from "../../lib/base/problem";
import { DebianRelease } from "../../lib/machines/debian-release";
import type { AptSource } from "../../lib/machines/apt-source";
import { PostgresqlTls } from "../../lib/machines/pg-hba";
import {
  POSTGRESQL_HOME,
  postgresqlCloudInit,
  type PostgresqlMachineOptions,
} from "../../lib/machines/postgresql-cloud-init";
import { shellQuote } from "../../lib/machines/service-cloud-init";
import {
  HTTP_PROXY_HOME,
  type HttpProxyMachineOptions,
  squidCloudInit,
} from "../../lib/machines/squid-cloud-init";
import { VAULT } from "../support/tools/resources";
import { hasCommand } from "./support/tools";
import { fileOf, parseUserData } from "./support/user-data";
import { spawnSync } from "node:child_process";

const MIRROR = {
  kind: "mirror",
  url: "https://mirror.example.com/debian/",
  securityUrl: "https://mirror.example.com/security",
} as const;
const PROXIED: AptSource = { ...MIRROR, kind: "http-proxy", proxyAddress: "10.20.0.68", proxyPort: 3128 };
const POSTGRESQL: PostgresqlMachineOptions = {
  clients: ["10.20.0.0/27"],
  listenAddress: "10.20.0.36",
  packageSource: MIRROR,
  passwordSecret: { secretId: `${VAULT}/secrets/veeam-password` },
};
const PROXY: HttpProxyMachineOptions = {
  clients: ["10.20.0.0/27"],
  packageSource: MIRROR,
};

const postgresql = (options: Partial<PostgresqlMachineOptions> = {}): string =>
  postgresqlCloudInit({ ...POSTGRESQL, ...options });
const proxy = (options: Partial<HttpProxyMachineOptions> = {}): string =>
  squidCloudInit({ ...PROXY, ...options });
const settings = (userData: string): string => fileOf(userData, `${POSTGRESQL_HOME}/settings`);
const paths = (userData: string): string[] => parseUserData(userData).write_files.map(({ path }) => path);

describe("user data for PostgreSQL", () => {
  it("is cloud-config, the same bytes each time, and far below what Azure takes", () => {
    expect(postgresql()).toMatch(/^#cloud-config\nwrite_files:\n/);
    expect(postgresql()).toBe(postgresql());
    expect(Buffer.byteLength(postgresql())).toBeLessThan(56_000);
  });

  it("starts the service at every boot, and does not hold the first one up", () => {
    expect(parseUserData(postgresql()).runcmd).toEqual([
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "veeam-metadata-guard.service"],
      ["systemctl", "enable", "--now", "veeam-postgresql.timer"],
      ["/usr/local/lib/veeam-postgresql/wait-until-ready.sh"],
    ]);
  });

  it("lets the account in from the prefixes, and the administrator on the machine", () => {
    const hba = (options: Partial<PostgresqlMachineOptions>): string[] =>
      fileOf(postgresql(options), `${POSTGRESQL_HOME}/pg_hba.conf`)
        .split("\n")
        .filter((line) => line && !line.startsWith("#"));
    const local = ["local all postgres peer", "local replication postgres peer"];
    expect(hba({})).toEqual([...local, 'host all "veeam" 10.20.0.0/27 scram-sha-256']);
    expect(
      hba({ tls: PostgresqlTls.REQUIRED, superuser: "entra", clients: ["10.1.0.0/24", "10.2.0.0/24"] }),
    ).toEqual([
      ...local,
      'hostssl all "entra" 10.1.0.0/24 scram-sha-256',
      'hostssl all "entra" 10.2.0.0/24 scram-sha-256',
    ]);
  });

  it.each([
    [DebianRelease.TRIXIE, "17"],
    [DebianRelease.BOOKWORM, "15"],
  ])("on Debian %s has PostgreSQL %s", (release, version) => {
    const userData = postgresql({ release });
    expect(settings(userData)).toContain(`POSTGRESQL_VERSION='${version}'`);
    expect(settings(userData)).toContain(`PACKAGES='postgresql-${version} postgresql-plperl-${version} `);
    expect(paths(userData)).toContain(
      `/etc/systemd/system/postgresql@${version}-veeam.service.d/data-disk.conf`,
    );
    expect(fileOf(userData, "/etc/apt/veeam.sources")).toContain(`Suites: ${release}-security\n`);
  });

  it("takes any version that Veeam supports from an image", () => {
    const packageSource = { kind: "image" } as const;
    for (const version of [14, 15, 17]) {
      expect(settings(postgresql({ version, packageSource }))).toContain(`POSTGRESQL_VERSION='${version}'`);
    }
  });

  it("leaves PL/Perl out when asked", () => {
    expect(settings(postgresql({ plPerl: false }))).not.toContain("plperl");
  });

  it("asks the declared source of packages alone", () => {
    const image = postgresql({ packageSource: { kind: "image" } });
    expect(paths(image).filter((path) => path.startsWith("/etc/apt"))).toEqual([]);
    expect(settings(image)).not.toContain("unattended-upgrades");
    const firewall = postgresql({ packageSource: { kind: "firewall" } });
    expect(paths(firewall)).not.toContain("/etc/apt/veeam.sources");
    expect(fileOf(postgresql({ packageSource: PROXIED }), "/etc/apt/apt.conf.d/90veeam-sources")).toBe(
      [
        'Dir::Etc::sourcelist "/etc/apt/veeam.sources";',
        'Dir::Etc::sourceparts "-";',
        'Acquire::Languages "none";',
        'Acquire::http::Proxy "http://10.20.0.68:3128/";',
        'Acquire::https::Proxy "http://10.20.0.68:3128/";',
        "",
      ].join("\n"),
    );
  });

  it("holds PostgreSQL back from updates by themselves, and reboots nothing", () => {
    const updates = fileOf(postgresql(), "/etc/apt/apt.conf.d/91veeam-security-updates");
    expect(updates).toContain('Package-Blacklist { "^postgresql"; };');
    expect(updates).toContain('Automatic-Reboot "false";');
    expect(fileOf(proxy(), "/etc/apt/apt.conf.d/91veeam-security-updates")).toContain(
      "Package-Blacklist { };",
    );
  });

  it("asks the real endpoints of Azure for the secret of that id, and names no password", () => {
    const text = settings(postgresql());
    expect(text).toContain("IMDS_URL='http://169.254.169.254'\n");
    expect(text).toContain("VAULT_URL='https://vault.vault.azure.net/'\nSECRET_NAME='veeam-password'\n");
    expect(text).not.toMatch(/^\w*PASSWORD\w*=/m);
  });

  it("passes through what is known only at apply, and leaves it to Terraform to take an id apart", () => {
    const text = settings(postgresql({ passwordSecret: { secretId: "${s.id}", identityClientId: "${id}" } }));
    expect(text).toMatch(/^VAULT_URL='https:\/\/\$\{TfToken\[TOKEN\.\d+\]\}\.vault\.azure\.net\/'$/m);
    expect(text).toMatch(/^SECRET_NAME='\$\{TfToken\[TOKEN\.\d+\]\}'$/m);
    expect(text).toContain("IDENTITY_CLIENT_ID='${id}'");
  });

  it.each<[string, Partial<PostgresqlMachineOptions>, RegExp]>([
    [
      "16, which Veeam does not support",
      { version: 16 },
      /version: is a version of PostgreSQL that Veeam does not support/,
    ],
    ["13", { version: 13 }, /\(got 13\). Allowed: 14, 15, 17/],
    ["a version that the release lacks", { version: 15 }, /is not the version that Debian trixie ships/],
    ["port 0", { port: 0 }, /port: is out of range \(got 0\)/],
    ["port 65536", { port: 65536 }, /port: is out of range/],
    ["half a port", { port: 54.5 }, /port: is out of range/],
    ["a port known only at apply", { port: -1.8881545897087626e289 }, /port: is known only at apply/],
    ["no clients", { clients: [] }, /clients: is empty/],
    ["everyone", { clients: ["0.0.0.0/0"] }, /clients\[0\]: contains every address/],
    [
      "a prefix off its boundary",
      { clients: ["10.20.0.1/27"] },
      /clients\[0\]: is not an aligned IPv4 prefix/,
    ],
    [
      "another invalid prefix",
      { clients: ["10.20.0.0/27", "all"] },
      /clients\[1\]: is not an aligned IPv4 prefix/,
    ],
    ["no address", { listenAddress: "*" }, /listenAddress: is not an IPv4 address/],
    ["the administrator's own account", { superuser: "postgres" }, /superuser: is a name that PostgreSQL/],
    ["a role of PostgreSQL's own", { superuser: "pg_monitor" }, /superuser: is a name/],
    ["a keyword of pg_hba.conf", { superuser: "all" }, /superuser: is a name/],
    ["a name that needs quotes", { superuser: "Veeam" }, /superuser: is not a valid role name/],
    [
      "a secret's address for its resource id",
      { passwordSecret: { secretId: "https://vault.vault.azure.net/secrets/s" } },
      /passwordSecret.secretId: is not a resource id of a secret without a version. Allowed:/,
    ],
    [
      "a version of a secret",
      { passwordSecret: { secretId: `${VAULT}/secrets/s/0123456789abcdef` } },
      /secretId: is not a resource id of a secret without a version \(got "\/subscriptions/,
    ],
    [
      "a vault that Azure would not make",
      { passwordSecret: { secretId: `${VAULT}--2/secrets/s` } },
      /secretId: is not a resource id/,
    ],
    ["too few connections", { maxConnections: 1 }, /maxConnections: is out of range/],
    ["an unknown release", { release: "sid" as DebianRelease }, /release: is not a supported Debian release/],
    ["an unknown TLS", { tls: "maybe" as PostgresqlTls }, /tls: is unknown/],
    [
      "an identity's name for its client id",
      { passwordSecret: { ...POSTGRESQL.passwordSecret, identityClientId: "id-postgresql" } },
      /identityClientId: is not a client id/,
    ],
    [
      "a mirror on a port that the HTTP proxy refuses",
      { packageSource: { ...PROXIED, url: "http://mirror.example.com:8080/debian" } },
      /packageSource.url: is on a port that the HTTP proxy refuses/,
    ],
    [
      "a mirror with an account",
      { packageSource: { ...MIRROR, url: "https://a:b@mirror.example.com/debian" } },
      /packageSource.url: is not the URL of a mirror/,
    ],
    [
      "a mirror on a port that there is not",
      { packageSource: { ...MIRROR, url: "https://mirror.example.com:65536/debian" } },
      /packageSource.url: is not the URL of a mirror/,
    ],
  ])("refuses %s", (_, options, words) => {
    expect(() => postgresql(options)).toThrow(words);
  });

  it("does not repeat a password that stands where the secret's id belongs", () => {
    const secretId = "pass word!";
    expect(() => postgresql({ passwordSecret: { secretId } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secretId) }),
    );
  });
});

describe("user data for the HTTP proxy", () => {
  const conf = (options: Partial<HttpProxyMachineOptions> = {}): string =>
    fileOf(proxy(options), `${HTTP_PROXY_HOME}/squid.conf`);

  it("lets the three names through and denies the rest, in this order", () => {
    expect(conf().match(/^http_access .*$/gm)).toEqual([
      "http_access deny manager",
      "http_access deny !known_names",
      "http_access deny platform",
      "http_access deny private",
      "http_access allow CONNECT backup_server microsoft https",
      "http_access deny all",
    ]);
    expect(conf()).toContain("acl backup_server src 10.20.0.0/27\n");
  });

  it("lets each group of names through for its clients and on its ports alone", () => {
    const names = [
      { group: "one", names: ["a.example.com", "*.example.org"], ports: ["443"], clients: ["10.20.0.64/27"] },
      { group: "nameless", names: [], ports: ["80"], clients: ["10.20.0.96/27"] },
    ];
    expect(conf({ names }).match(/^.*\bone_1_.*$/gm)).toEqual([
      "acl one_1_clients src 10.20.0.64/27",
      "acl one_1_names dstdomain -n a.example.com .example.org",
      "acl one_1_ports port 443",
      "http_access allow CONNECT one_1_clients one_1_names one_1_ports https",
      "http_access allow !CONNECT plain one_1_clients one_1_names one_1_ports !https",
    ]);
    expect(conf({ names })).not.toContain("nameless");
    expect(conf({ names })).toMatch(/^acl known_names dstdomain .* a\.example\.com \.example\.org$/m);
  });

  it("opens the mirrors only when asked", () => {
    expect(conf()).not.toContain("mirror");
    const mirrors = { hosts: ["a.example.com", "b.example.com"], clients: ["10.20.0.32/27"] };
    expect(conf({ mirrors })).toContain("acl mirrors dstdomain -n a.example.com b.example.com\n");
    expect(conf({ mirrors })).toContain("http_access allow reading plain mirror_clients mirrors http\n");
  });

  it.each<[string, Partial<HttpProxyMachineOptions>, RegExp]>([
    [
      "itself as the source of its packages",
      { packageSource: PROXIED },
      /cannot fetch its own packages through itself/,
    ],
    [
      "a name with a wildcard",
      { mirrors: { hosts: [".example.com"], clients: ["10.0.0.0/24"] } },
      /mirrors.hosts\[0\]: is not a fully qualified host name/,
    ],
    [
      "an address for a name",
      { mirrors: { hosts: ["10.0.0.1"], clients: ["10.0.0.0/24"] } },
      /mirrors.hosts\[0\]/,
    ],
    [
      "mirrors without a host",
      { mirrors: { hosts: [], clients: ["10.0.0.0/24"] } },
      /mirrors.hosts: is empty/,
    ],
    [
      "mirrors without a client",
      { mirrors: { hosts: ["a.example.com"], clients: [] } },
      /mirrors.clients: is empty/,
    ],
    ["a port out of range", { port: 70000 }, /port: is out of range/],
  ])("refuses %s", (_, options, words) => {
    expect(() => proxy(options)).toThrow(words);
  });
});

describe("hostile text", () => {
  // Characters that mean something to a shell, SQL, YAML, pg_hba.conf, squid.conf or apt, among plain ones.
  const hostile = fc
    .string({
      unit: fc.constantFrom(..."abz09.-_/:", ..."'\"`$(){};&|<>\\\n\r\t #,*%!@="),
      minLength: 1,
      maxLength: 40,
    })
    .filter((text) => !text.includes("${"));
  const isPlain = (text: string): boolean => /^[A-Za-z0-9._~:/-]*$/.test(text);

  /** Where the text is put, and a text that is fine there. */
  const places: Record<string, readonly [use: (text: string) => string, fine: string]> = {
    superuser: [(superuser) => postgresql({ superuser }), "veeam"],
    listenAddress: [(listenAddress) => postgresql({ listenAddress }), "10.0.0.4"],
    client: [(client) => postgresql({ clients: [client] }), "10.0.0.0/24"],
    vault: [(name) => withSecret({ secretId: `${VAULT.replace(/[^/]+$/, "")}${name}/secrets/s` }), "vault"],
    secret: [(name) => withSecret({ secretId: `${VAULT}/secrets/${name}` }), "name"],
    identityClientId: [
      (identityClientId) => withSecret({ identityClientId }),
      "00000000-0000-0000-0000-000000000000",
    ],
    mirror: [
      (end) =>
        postgresql({
          packageSource: { ...MIRROR, url: `https://mirror.example.com/${end}` },
        }),
      "debian",
    ],
    "mirror's host": [
      (host) => proxy({ mirrors: { hosts: [host], clients: ["10.0.0.0/24"] } }),
      "mirror.example.com",
    ],
    "proxy's client": [(client) => proxy({ clients: [client] }), "10.0.0.0/24"],
  };

  function withSecret(secret: Partial<PostgresqlMachineOptions["passwordSecret"]>): string {
    return postgresql({ passwordSecret: { ...POSTGRESQL.passwordSecret, ...secret } });
  }

  it.each(Object.entries(places))("is refused as %s, unless it is plain", (_, [use, fine]) => {
    const lines = use(fine).split("\n").length;
    fc.assert(
      fc.property(hostile, (text) => {
        let userData: string;
        try {
          userData = use(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
          return;
        }
        expect(isPlain(text)).toBe(true);
        // Nothing but the value differs: no line more.
        expect(userData.split("\n")).toHaveLength(lines);
      }),
      { numRuns: 300 },
    );
  });

  (hasCommand("bash") ? it : it.skip)("is one word of a shell once quoted", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
        (text) => {
          const { stdout } = spawnSync("bash", ["-c", `printf '%s|' ${shellQuote(text)}`]);
          expect(stdout.toString("utf8")).toBe(`${Buffer.from(text).toString("utf8")}|`);
        },
      ),
      { numRuns: 50 },
    );
  });
});
