import { randomBytes } from "node:crypto";
import { describeWith } from "../machines/support/tools";
import { BOOT_COMMANDS, Cloud } from "./support/cloud";
import { documentedUserData } from "./support/documented-example";
import { type Guest, until } from "./support/guest";

// Under emulation a boot takes minutes, and packages are installed in it.
const MINUTES = 60_000;
const SLOW = Number(process.env.BOOT_TEST_PATIENCE_MINUTES ?? 15) * 60;

describeWith(
  { commands: BOOT_COMMANDS, root: true },
  "the machines that docs/machines.md shows, booted",
  () => {
    jest.setTimeout(60 * MINUTES);
    const userData = documentedUserData();
    const secret = `canary-${randomBytes(12).toString("hex")}`;
    let cloud: Cloud;
    let proxy: Guest;
    let server: Guest;
    let disk: string;

    const ready = (guest: Guest) => () => /NOT READY|is ready on port/.test(guest.console());
    /** Nothing failed, and nothing is waited for. */
    const settled = (guest: Guest): void => {
      expect(guest.must("systemctl --failed --no-legend --plain; systemctl list-jobs --no-legend")).toBe("");
    };

    beforeAll(async () => {
      cloud = await Cloud.start();
      cloud.vault({ secret, refused: true });
      proxy = cloud.boot("proxy", { port: 0, address: "10.20.0.52" }, userData("http-proxy"));
      server = cloud.boot(
        "postgresql",
        { port: 1, address: "10.20.0.36", memoryMib: 1536 },
        userData("postgresql"),
      );
      await until("the proxy is ready", proxy, ready(proxy), SLOW);
    });
    afterAll(async () => {
      await cloud?.stop();
    });

    it("brings the proxy up, with packages from a mirror at a private address", () => {
      expect(proxy.console()).toContain("the HTTP proxy is ready on port 3128");
      expect(proxy.must("cloud-init status --wait || true", 300)).toContain("status: done");
      settled(proxy);
      expect(
        cloud.run(
          "curl -sko /dev/null -w '%{http_connect}' -x http://10.20.0.52:3128 https://login.microsoftonline.com/ --interface 10.20.0.1",
        ).output,
      ).toBe("200");
      expect(
        cloud.run(
          "curl -so /dev/null -w '%{http_code}' -x http://10.20.0.52:3128 http://mirror.example.com/ --interface 10.20.0.1",
        ).output,
      ).toBe("403");
    });

    it("waits for the disk and the vault without holding up the boot, and tells so on the console", async () => {
      await until(
        "the server waits for its disk",
        server,
        () => server.console().includes("waiting for the data disk on LUN 0"),
        SLOW,
      );
      expect(server.must("systemctl is-active multi-user.target ssh.service")).toBe("active\nactive");
      expect(server.must("systemctl is-active veeam-postgresql.service || true")).toBe("active");
      disk = cloud.blankDisk("data", "1G");
      await server.attach(disk);
      await until(
        "the vault refuses the server",
        server,
        () => /answered 403 \(Forbidden: ForbiddenByRbac/.test(server.console()),
        SLOW,
      );
      cloud.vault({ refused: false });
      await until("the server is ready", server, ready(server), SLOW);
      expect(server.console()).toContain("PostgreSQL 17 is ready on port 5432");
      expect(server.must("cloud-init status --wait || true", 600)).toContain("status: done");
      settled(server);
      expect(server.must("cat /run/veeam-postgresql/status")).toMatch(/^state=ready\n/);
    });

    it("had its packages through the proxy, and from nowhere else", () => {
      expect(cloud.mirrorLog()).toMatch(/10\.20\.0\.52 GET .*postgresql-17_/);
      expect(cloud.mirrorLog()).not.toContain("10.20.0.36");
    });

    it("lets nobody but root ask for the identity's token", () => {
      const url = "'http://169.254.169.254/metadata/identity/oauth2/token?client_id=x&resource=y'";
      const ask = `curl -s -m 5 -o /dev/null -w '%{http_code}' -H Metadata:true ${url}`;
      expect(server.must(ask)).toBe("200");
      expect(server.run(`runuser -u postgres -- ${ask}`)).toEqual({ code: 7, output: "000" });
      const program = `COPY (SELECT 1) TO PROGRAM '${ask.replaceAll("'", "''")} >/tmp/stolen || true'`;
      server.must(`runuser -u postgres -- psql -qc "${program.replaceAll('"', '\\"')}"`);
      expect(server.must("cat /tmp/stolen")).toBe("000");
      expect(proxy.run(`runuser -u proxy -- ${ask}`).output).toBe("000");
    });

    it("is ready again after a reboot, before and beside everything else", async () => {
      const before = server.console().length;
      server.run("systemctl reboot");
      const again = (): boolean =>
        server.run("test ! -e /tmp/stolen && grep -q ^state=ready /run/veeam-postgresql/status").code === 0;
      await until("the server is ready again", server, again, SLOW);
      await until(
        "the boot is over",
        server,
        () => /^(running|degraded)/.test(server.run("systemctl is-system-running").output),
        SLOW,
      );
      settled(server);
      expect(server.console().slice(before)).toContain("is ready on port 5432");
      expect(server.run(`runuser -u postgres -- curl -s -m 5 http://169.254.169.254/`).code).toBe(7);
    });

    it("takes a rotated secret in by itself", async () => {
      cloud.vault({ secret: `${secret}-rotated` });
      const takenIn = (): boolean =>
        server.run("journalctl -b -o cat -u veeam-postgresql | grep -q 'has the password'").code === 0;
      await until("the secret is taken in", server, takenIn, SLOW);
    });

    it("keeps what it acknowledged when its disk is torn away, and gives it to the next machine", async () => {
      server.must("runuser -u postgres -- psql -qc 'CREATE TABLE rows (n int)'");
      const write = 'runuser -u postgres -- psql -qXc "INSERT INTO rows VALUES ($n)"';
      const loop = `n=0; while ${write}; do n=$((n + 1)); echo "acknowledged $n" >/dev/ttyS0; done`;
      server.must(`systemd-run --quiet bash -c '${loop}'`);
      await new Promise((resolve) => setTimeout(resolve, 30_000));
      await server.cutPower();
      const acknowledged = Math.max(
        0,
        ...[...server.console().matchAll(/acknowledged (\d+)\r?\n/g)].map(([, n]) => Number(n)),
      );
      expect(acknowledged).toBeGreaterThan(3);
      const next = cloud.boot(
        "postgresql-next",
        { port: 1, address: "10.20.0.36", memoryMib: 1536 },
        userData("postgresql"),
      );
      await next.attach(disk);
      await until("the next server is ready", next, ready(next), SLOW);
      expect(next.console()).toContain("taking over the cluster that is on the data disk");
      expect(
        Number(next.must("runuser -u postgres -- psql -Atc 'SELECT count(*) FROM rows'")),
      ).toBeGreaterThanOrEqual(acknowledged);
    });
  },
);
