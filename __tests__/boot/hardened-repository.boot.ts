import { describeWith } from "../machines/support/tools";
import { BOOT_COMMANDS, Cloud } from "./support/cloud";
import { documentedUserData } from "./support/documented-example";
import { type Guest, PATIENCE, ready, settled, until } from "./support/guest";

describeWith(
  { commands: BOOT_COMMANDS, root: true },
  "the hardened repository of docs/machines.md, booted",
  () => {
    jest.setTimeout(3 * PATIENCE * 1000);
    let cloud: Cloud;
    let server: Guest;

    beforeAll(async () => {
      cloud = await Cloud.start();
      // The documented keys are examples: Veeam's is replaced by one whose private key the test has.
      const userData = documentedUserData("hardened")("backup-repository-primary");
      const withKey = userData.replace(
        /(authorized_keys[^]*?content: \|\n\s+)ssh-ed25519 \S+/,
        `$1${cloud.publicKey()}`,
      );
      expect(withKey).not.toBe(userData);
      server = cloud.boot("repository", { port: 2, address: "10.20.0.132" }, withKey);
      await until(
        "the server waits for its disk",
        server,
        () => server.console().includes("waiting for the data disk on LUN 0"),
        PATIENCE,
      );
      await server.attach(cloud.blankDisk("backups", "1G"));
      await until("the server is ready", server, ready(server), PATIENCE);
    });
    afterAll(async () => {
      await cloud?.stop();
    });

    it("has a disk with XFS for block cloning, and a folder for Veeam's account only", () => {
      expect(server.console()).toContain("the server is ready to be added in Veeam as veeamrepo");
      expect(server.must("cloud-init status --wait", 300)).toContain("status: done");
      expect(settled(server)).toBe("");
      expect(server.must("xfs_info /srv/veeam")).toMatch(/crc=1[^]*reflink=1[^]*bsize=4096/);
      expect(server.must("stat -c '%a %U' /srv/veeam/backups")).toBe("700 veeamrepo");
    });

    it("lets Veeam's account log on and use sudo, until the data mover runs", async () => {
      expect(server.run("id -u", 120, "veeamrepo")).toEqual({ code: 0, output: "0" });
      const unit = "[Service]\\nExecStart=/usr/bin/sleep infinity\\n";
      server.must(`printf '${unit}' >/etc/systemd/system/veeamtransport.service
        systemctl daemon-reload && systemctl start veeamtransport.service
        systemctl start --no-block veeam-linux-server.service`);
      const locked = (): boolean =>
        server.console().includes("veeamrepo loses its key and sudo, and SSH is off");
      await until("the server locks the account", server, locked, PATIENCE);
      await until("SSH is off", server, () => server.run("true").code === 255, 120);
      expect(cloud.run("timeout 20 bash -c '</dev/tcp/10.20.0.132/22'").output).toContain(
        "Connection refused",
      );
    });
  },
);
