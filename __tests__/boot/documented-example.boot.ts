import { randomBytes } from "node:crypto";
import { DEBIAN } from "../../lib/machines/debian-release";
import { describeWith } from "../machines/support/tools";
import { BOOT_COMMANDS, Cloud } from "./support/cloud";
import { BOOT_RELEASE, documentedUserData } from "./support/documented-example";
import { type Guest, PATIENCE, ready, settled, until } from "./support/guest";

const { postgresqlVersion: VERSION, title } = DEBIAN[BOOT_RELEASE];
const TOKEN = "'http://169.254.169.254/metadata/identity/oauth2/token?client_id=x&resource=y'";
const ASK_FOR_TOKEN = `curl -s -m 5 -o /dev/null -w '%{http_code}' -H Metadata:true ${TOKEN}`;
const psql = (sql: string): string => `runuser -u postgres -- psql -qXAt <<'SQL'\n${sql}\nSQL`;

describeWith(
  { commands: BOOT_COMMANDS, root: true },
  `the PostgreSQL server and the HTTP proxy of docs/machines.md, booted (${title})`,
  () => {
    jest.setTimeout(3 * PATIENCE * 1000);
    const userData = documentedUserData("postgresql");
    const secret = `canary-${randomBytes(12).toString("hex")}`;
    let cloud: Cloud;
    let proxy: Guest;
    let server: Guest;
    let disk: string;

    const bootServer = (name: string): Guest =>
      cloud.boot(name, { port: 1, address: "10.20.0.36", memoryMib: 1536 }, userData("postgresql"));
    /** Tries again what depends on the service: it runs every five minutes. */
    const runService = (): void => void server.must("systemctl restart veeam-postgresql.service");
    const status = (): string => server.must("cat /run/veeam-postgresql/status");

    beforeAll(async () => {
      cloud = await Cloud.start(BOOT_RELEASE);
      cloud.vault({ secret, refused: true });
      proxy = cloud.boot("proxy", { port: 0, address: "10.20.0.52" }, userData("http-proxy"));
      server = bootServer("postgresql");
      await until("the proxy is ready", proxy, ready(proxy), PATIENCE);
    });
    afterAll(async () => {
      await cloud?.stop();
    });

    it("starts the proxy, with packages from a mirror at a private address", () => {
      expect(proxy.console()).toContain("the HTTP proxy is ready on port 3128");
      expect(proxy.must("cloud-init status --wait", 300)).toContain("status: done");
      expect(settled(proxy)).toBe("");
      const through = "-so /dev/null -x http://10.20.0.52:3128 --interface 10.20.0.1";
      expect(
        cloud.run(`curl -k -w '%{http_connect}' ${through} https://login.microsoftonline.com/`).output,
      ).toBe("200");
      expect(cloud.run(`curl -w '%{http_code}' ${through} http://mirror.example.com/`).output).toBe("403");
      expect(proxy.run(`runuser -u proxy -- ${ASK_FOR_TOKEN}`).output).toBe("000");
    });

    it("finishes booting while the disk and the vault are missing, and says so on the console", async () => {
      const waits = (): boolean => server.console().includes("waiting for the data disk on LUN 0");
      await until("the server waits for its disk", server, waits, PATIENCE);
      expect(server.must("systemctl is-active multi-user.target ssh.service veeam-postgresql.service")).toBe(
        "active\nactive\nactive",
      );
      disk = cloud.blankDisk("data", "1G");
      await server.attach(disk);
      const refused = (): boolean => /answered 403 \(Forbidden: ForbiddenByRbac/.test(server.console());
      await until("the vault refuses the server", server, refused, PATIENCE);
      cloud.vault({ refused: false });
      await until("the server is ready", server, ready(server), PATIENCE);
      expect(server.console()).toContain(`PostgreSQL ${VERSION} is ready on port 5432`);
      expect(status()).toMatch(/^state=ready\n/);
      expect(server.must("cloud-init status --wait || true", 600)).toContain("status: done");
      expect(settled(server)).toBe("");
      expect(server.console()).not.toContain(secret);
    });

    it("installs packages through the proxy only", () => {
      expect(cloud.mirrorLog()).toMatch(new RegExp(`10\\.20\\.0\\.52 GET .*postgresql-${VERSION}_`));
      expect(cloud.mirrorLog()).not.toContain("10.20.0.36");
    });

    it("lets only root read the identity's token, not the superuser who runs programs as postgres", () => {
      expect(server.must(ASK_FOR_TOKEN)).toBe("200");
      expect(server.run(`runuser -u postgres -- ${ASK_FOR_TOKEN}`)).toEqual({ code: 7, output: "000" });
      const program = `CREATE TEMP TABLE t (line text); COPY t FROM PROGRAM $$${ASK_FOR_TOKEN}$$;`;
      expect(server.run(psql(program)).output).toMatch(/ERROR: {2}program .* failed[^]*exit code 7/);
    });

    it("reports a required reboot, and the updates that it does not install by itself", () => {
      expect(status()).toMatch(/^reboot_required=no\nupdates_by_hand=$/m);
      expect(server.must("needrestart -b")).toMatch(/^NEEDRESTART-KSTA: \d/m);
      const restart = `perl -e 'our %nrconf; do "/etc/needrestart/needrestart.conf"; print $nrconf{restart}'`;
      expect(server.must(restart)).toBe("l");
      // Debian's own hook after the installation of a kernel.
      server.must("/etc/kernel/postinst.d/unattended-upgrades");
      // As if an older version was installed.
      const older = `'/^Package: postgresql-(plperl-)?${VERSION}$/,/^$/s/${VERSION}\\.[0-9]+-/${VERSION}.0-/g'`;
      const touch = "touch /var/lib/apt/lists";
      server.must(`cd /var/lib/dpkg && cp -a status /root/status && sed -E -i ${older} status; ${touch}`);
      const upgrades = server.must("unattended-upgrade --dry-run --verbose 2>&1", 600);
      expect(upgrades).toMatch(/blacklist: \^postgresql/);
      expect(upgrades).not.toMatch(/Packages that will be upgraded:.*postgresql/);
      runService();
      server.must("while systemctl is-active --quiet veeam-postgresql; do sleep 1; done", 300);
      expect(status()).toMatch(
        new RegExp(`^reboot_required=yes\\nupdates_by_hand=.*\\bpostgresql-${VERSION}\\b`, "m"),
      );
      server.must(`cp -a /root/status /var/lib/dpkg/status; ${touch}`);
    });

    it("is ready again after a reboot, without waiting jobs", async () => {
      const before = server.console().length;
      server.run("systemctl reboot");
      const again = (): boolean =>
        /^state=ready$/m.test(
          server.run("test -s /var/log/veeam-postgresql.log && cat /run/veeam-postgresql/status").output,
        ) && server.console().slice(before).includes("is ready on port 5432");
      await until("the server is ready again", server, again, PATIENCE);
      const over = (): boolean =>
        /^(running|degraded)/.test(server.run("systemctl is-system-running").output);
      await until("the boot is over", server, over, PATIENCE);
      expect(settled(server)).toBe("");
      expect(status()).toMatch(/^reboot_required=no$/m);
      expect(server.run(`runuser -u postgres -- ${ASK_FOR_TOKEN}`).code).toBe(7);
    });

    it("reads a rotated secret, and stays ready while the proxy is down", () => {
      // A run of the service would start squid again.
      proxy.must(
        "systemctl stop veeam-http-proxy.timer veeam-http-proxy.service && systemctl stop squid.service",
      );
      cloud.vault({ secret: `${secret}-rotated` });
      runService();
      server.must("while systemctl is-active --quiet veeam-postgresql; do sleep 1; done", 300);
      const log = server.must("journalctl -b -o cat -u veeam-postgresql");
      expect(log).toContain("has the password of secret 'postgresql' now");
      expect(status()).toMatch(/^state=ready\n/);
      const connect = `PGPASSWORD='${secret}-rotated' psql -qXAt -h 10.20.0.36 -U veeam postgres -c 'SELECT 1'`;
      // Only the backup server's subnet may connect.
      expect(server.run(connect).output).toContain("no pg_hba.conf entry");
    });

    it("loses no acknowledged row when the power fails, and the next machine takes the disk over", async () => {
      const rows = "seq 1 1000000 | sed 's/.*/INSERT INTO rows VALUES (&) RETURNING n;/'";
      const write = `${rows} | runuser -u postgres -- psql -qXAt | sed -u 's/^/acknowledged /' >/dev/ttyS0`;
      server.must(psql("CREATE TABLE rows (n int);"));
      server.must(`systemd-run --quiet bash -c ${JSON.stringify(write)}`);
      const acknowledged = (): number =>
        Math.max(0, ...[...server.console().matchAll(/acknowledged (\d+)\r?\n/g)].map(([, n]) => Number(n)));
      await until("3,000 rows are acknowledged", server, () => acknowledged() > 3000, PATIENCE);
      await server.cutPower();

      const next = bootServer("postgresql-next");
      await next.attach(disk);
      const says = (words: RegExp) => (): boolean => words.test(next.console());
      await until(
        "the console says that the proxy is down",
        next,
        says(/Could not connect to 10\.20\.0\.52:3128[^]*attempt 2 of 10/),
        PATIENCE,
      );
      proxy.must("systemctl start squid.service veeam-http-proxy.timer");
      await until("the next server is ready", next, ready(next), PATIENCE);
      expect(next.console()).toContain("taking over the cluster that is on the data disk");
      const count = Number(
        next.must(psql("SELECT count(*) FROM rows WHERE n <= " + String(acknowledged()) + ";")),
      );
      expect(count).toBe(acknowledged());
      expect(settled(next)).toBe("");
    });
  },
);
