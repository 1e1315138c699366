import { join } from "node:path";
import { HTTP_PROXY_HOME, SQUID_CONFIG, squidCloudInit } from "../../lib/machines/squid-cloud-init";
import { MICROSOFT_NAMES } from "../../lib/ports/own-rows";
import { debianRoot, ROOT_COMMANDS } from "./support/debian-root";
import { eventually, Machine, type Outcome, type Running } from "./support/machine";
import { describeWith } from "./support/tools";
import { fileOf } from "./support/user-data";

const PROXY = "127.0.0.10";
const BACKUP_SERVER = "127.0.0.20";
const POSTGRESQL_SERVER = "127.0.0.40";
const STRANGER = "127.0.0.60";

// The machine has a network of its own, where addresses reserved for documentation stand for the Internet.
const MICROSOFT = "203.0.113.10";
const OTHERS = "203.0.113.20";
const MIRROR = "mirror.example.com";
const LEADS_INSIDE = "inside.example.com";
// A mirror at a private address, as behind a private endpoint or on premises.
const PRIVATE = "10.0.9.4";
const PRIVATE_MIRROR = "private-mirror.example.com";
const REPOSITORY = "127.0.0.80";
const CONFIGURE = `${HTTP_PROXY_HOME}/configure.sh`;

describeWith({ commands: ROOT_COMMANDS, root: true }, "squid, configured by what is shipped", () => {
  let machine: Machine;
  let squid: Running;
  let first: Outcome;

  const userData = squidCloudInit({
    clients: ["127.0.0.16/28"],
    port: 3129,
    packageSource: { kind: "image" },
    mirrors: { hosts: [MIRROR, PRIVATE_MIRROR, LEADS_INSIDE], clients: ["127.0.0.32/28"] },
    names: [
      { group: "licenceUpdates", names: ["autolk.veeam.com"], ports: ["443"], clients: ["127.0.0.16/28"] },
      { group: "licenceCertificates", names: ["*.ss2.us"], ports: ["80"], clients: ["127.0.0.16/28"] },
      { group: "revocation", names: ["crl.example.com"], ports: ["80"], clients: ["127.0.0.80/28"] },
    ],
  });

  beforeAll(async () => {
    machine = await Machine.start(debianRoot());
    machine.applyUserData(userData);
    for (const address of [MICROSOFT, OTHERS, PRIVATE])
      machine.network("address", "add", `${address}/32`, "dev", "lo");
    const names = [
      `${MICROSOFT} login.microsoftonline.com management.azure.com ${MIRROR}`,
      `${MICROSOFT} autolk.veeam.com crl.ss2.us crl.example.com`,
      `${PRIVATE} ${PRIVATE_MIRROR} graph.microsoft.com`,
      `${OTHERS} www.example.com sub.login.microsoftonline.com login.microsoftonline.com.example.com`,
      // A name on the list that leads back inside.
      `127.0.0.1 ${LEADS_INSIDE} localhost`,
    ];
    machine.write("/etc/hosts", `${names.join("\n")}\n`);
    machine.must(
      "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test -keyout /root/key -out /root/crt 2>&1",
    );
    const server = machine.beginInNetwork([
      process.execPath,
      join(__dirname, "fixtures/https-server.mjs"),
      machine.path("/root/key"),
      machine.path("/root/crt"),
      MICROSOFT,
      OTHERS,
      PRIVATE,
      "127.0.0.1",
    ]);
    await eventually("the servers listen", () => server.output().includes("listening"));

    first = machine.run(CONFIGURE);
    // Started as systemd would, by the line that the shipped unit has.
    const unit = fileOf(userData, "/etc/systemd/system/squid.service.d/veeam.conf");
    const command = /^ExecStart=(\/.+)$/m.exec(unit)?.[1] ?? "";
    squid = machine.begin(`exec ${command}`);
    await eventually("squid listens", () => machine.run(`exec 3<>/dev/tcp/${PROXY}/3129`).code === 0);
  });
  afterAll(async () => {
    await machine?.stop();
  });

  /** Asks through the proxy from the address; the code of the proxy for CONNECT, or of the answer. */
  function ask(from: string, url: string, options = ""): { code: string; output: string } {
    machine.connectTo(PROXY, from);
    const { output } = machine.run(
      `curl -sk --max-time 20 -x http://${PROXY}:3129 ${options} -o /tmp/answer -w '%{http_connect} %{http_code}' '${url}'; echo; cat /tmp/answer 2>/dev/null; rm -f /tmp/answer`,
    );
    const [codes = "", ...rest] = output.split("\n");
    const [connect = "", answer = ""] = codes.split(" ");
    return { code: connect === "000" ? answer : connect, output: rest.join("\n") };
  }

  it("is configured without a word of complaint", () => {
    expect(first.output).toMatch(/the HTTP proxy is ready on port 3129/);
    expect(first.code).toBe(0);
    const parsed = machine.must(`squid -k parse -f ${SQUID_CONFIG} 2>&1`);
    // That no header tells about the inside is against the letter of HTTP, and meant.
    expect(parsed.replace("WARNING: HTTP requires the use of Via", "")).not.toMatch(
      /\b(WARNING|ERROR|FATAL)\b/,
    );
    expect(squid.output()).not.toMatch(/\b(WARNING|ERROR|FATAL)\b/);
  });

  const onTheInternet = MICROSOFT_NAMES.filter((name) => name !== "graph.microsoft.com");
  it.each(onTheInternet)("lets the backup server through to %s", (name) => {
    const { code, output } = ask(BACKUP_SERVER, `https://${name}/path`);
    expect(code).toBe("200");
    expect(output).toContain(`"host":"${name}"`);
  });

  it.each<[string, string, string, string]>([
    ["another name", BACKUP_SERVER, "https://www.example.com/", ""],
    ["a name below one on the list", BACKUP_SERVER, "https://sub.login.microsoftonline.com/", ""],
    [
      "a name that begins like one on the list",
      BACKUP_SERVER,
      "https://login.microsoftonline.com.example.com/",
      "",
    ],
    ["the address of a name on the list", BACKUP_SERVER, `https://${MICROSOFT}/`, ""],
    ["another port", BACKUP_SERVER, "https://login.microsoftonline.com:8443/", ""],
    ["port 80 by CONNECT", BACKUP_SERVER, "http://login.microsoftonline.com/", "--proxytunnel"],
    ["plain HTTP to a name on the list", BACKUP_SERVER, "http://login.microsoftonline.com/", ""],
    ["a name on the list that leads inside", POSTGRESQL_SERVER, `https://${LEADS_INSIDE}/`, ""],
    ["the machine itself", BACKUP_SERVER, "https://127.0.0.1/", ""],
    ["the metadata service", BACKUP_SERVER, "http://169.254.169.254/metadata/instance", ""],
    [
      "a name of Microsoft's that resolves to a private address",
      BACKUP_SERVER,
      "https://graph.microsoft.com/",
      "",
    ],
    [
      "a mirror at a private address, for the backup server",
      BACKUP_SERVER,
      `http://${PRIVATE_MIRROR}/debian/`,
      "",
    ],
    ["a name of the licence, for others than its clients", REPOSITORY, "https://autolk.veeam.com/", ""],
    ["a name of the licence, on another port", BACKUP_SERVER, "http://autolk.veeam.com/", ""],
    ["names of certificates by a tunnel", BACKUP_SERVER, "https://crl.ss2.us/", ""],
    ["names of certificates on port 80 by a tunnel", BACKUP_SERVER, "http://crl.ss2.us/", "--proxytunnel"],
    ["a stranger", STRANGER, "https://login.microsoftonline.com/", ""],
    ["a mirror, for the backup server", BACKUP_SERVER, `http://${MIRROR}/debian/`, ""],
    [
      "Microsoft, for a machine that only fetches packages",
      POSTGRESQL_SERVER,
      "https://graph.microsoft.com/",
      "",
    ],
    ["another port of the mirror", POSTGRESQL_SERVER, `http://${MIRROR}:8080/`, ""],
    ["writing to the mirror", POSTGRESQL_SERVER, `http://${MIRROR}/`, "-d data"],
    ["FTP through the mirror's name", POSTGRESQL_SERVER, `ftp://${MIRROR}:80/`, ""],
    ["the cache manager", BACKUP_SERVER, `http://${PROXY}:3129/squid-internal-mgr/info`, ""],
    [
      "the cache manager, from the machine itself",
      PROXY,
      "http://http-proxy:3129/squid-internal-mgr/menu",
      "",
    ],
  ])("refuses %s", (_, from, url, options) => {
    expect(ask(from, url, options).code).toBe("403");
  });

  it.each([
    ["the licence", BACKUP_SERVER, "https://autolk.veeam.com/"],
    ["certificates of the licence", BACKUP_SERVER, "http://crl.ss2.us/crl"],
    ["revoked certificates, for a repository", REPOSITORY, "http://crl.example.com/crl"],
    ["a mirror at a private address", POSTGRESQL_SERVER, `http://${PRIVATE_MIRROR}/debian/`],
    ["a mirror at a private address by TLS", POSTGRESQL_SERVER, `https://${PRIVATE_MIRROR}/debian/`],
  ])("lets those who need it through to %s", (_, from, url) => {
    expect(ask(from, url).code).toBe("200");
  });

  it.each(["http", "https"])(
    "lets the named machines fetch packages by %s from the named mirror",
    (scheme) => {
      const { code, output } = ask(POSTGRESQL_SERVER, `${scheme}://${MIRROR}/debian/dists/trixie/InRelease`);
      expect(code).toBe("200");
      expect(output).toContain("/debian/dists/trixie/InRelease");
    },
  );

  it("tells the outside nothing about the inside", () => {
    const sent = ask(POSTGRESQL_SERVER, `http://${MIRROR}/`, "-H 'X-Forwarded-For: 10.1.2.3'").output;
    expect(sent).not.toMatch(/via|forwarded|squid|127\.0\.0|10\.1\.2\.3/i);
    const refused = machine.run(`curl -si -x http://${PROXY}:3129 http://www.example.com/`).output;
    expect(refused).toContain("403 Forbidden");
    expect(refused).not.toMatch(/squid\/[0-9]|X-Cache|X-Squid|Via:/i);
    expect(refused).not.toContain(machine.must("hostname"));
  });

  it("keeps nothing", () => {
    expect(machine.must("ls -A /var/spool/squid")).toBe("");
    const log = machine.must("cat /var/log/veeam-http-proxy/access.log");
    expect(log).not.toMatch(/HIT/);
    expect(log).toContain("TCP_TUNNEL/200");
  });

  it("opens new logs when they are rotated", async () => {
    machine.must("logrotate --force /etc/logrotate.d/veeam-http-proxy");
    expect(machine.must("cat /var/log/veeam-http-proxy/access.log.1")).toContain("TCP_TUNNEL/200");
    ask(BACKUP_SERVER, "https://login.microsoftonline.com/");
    await eventually("the new log is written", () =>
      machine.run("cat /var/log/veeam-http-proxy/access.log").output.includes("login.microsoftonline.com"),
    );
  });

  it("changes nothing when it is configured again", () => {
    const state = (): string => machine.must("find /etc -type f -printf '%p %m %T@\\n' | sort");
    const before = state();
    expect(machine.must(CONFIGURE)).toBe("");
    expect(state()).toBe(before);
  });
});
