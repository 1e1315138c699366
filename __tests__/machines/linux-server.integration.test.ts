import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DebianRelease } from "../../lib/machines/debian-release";
import {
  LINUX_SERVER_HOME,
  linuxServerCloudInit,
  REPOSITORY_FOLDER,
} from "../../lib/machines/linux-server-cloud-init";
import { debianRoot, ROOT_COMMANDS } from "./support/debian-root";
import { Machine } from "./support/machine";
import { describeWith } from "./support/tools";

const CONFIGURE = `${LINUX_SERVER_HOME}/configure.sh`;
const KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} veeam`;
const userData = linuxServerCloudInit({
  account: "veeamrepo",
  publicKey: KEY,
  singleUse: true,
  dataDiskLun: 0,
  packageSource: { kind: "image" },
  packages: [],
  release: DebianRelease.TRIXIE,
});

describeWith(
  { commands: [...ROOT_COMMANDS, "mkfs.xfs"], root: true },
  "a Linux server for Veeam, configured by what is shipped",
  () => {
    // An emulated disk and a file system are made.
    let folder: string;
    let machine: Machine;
    let file: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "disks-"));
      file = join(folder, "data");
      writeFileSync(file, "");
      truncateSync(file, 512 * 1024 * 1024);
      machine = await Machine.start(debianRoot());
      machine.applyUserData(userData);
      machine.link(machine.attach(file));
    }, 900_000);
    afterAll(async () => {
      await Machine.stopAll();
      rmSync(folder, { recursive: true, force: true });
    });

    it("formats the blank disk with what block cloning needs, and makes the folder", () => {
      expect(machine.must(CONFIGURE)).toContain("ready to be added in Veeam as veeamrepo");
      const info = machine.must("xfs_info /srv/veeam");
      expect(info).toMatch(/crc=1/);
      expect(info).toMatch(/reflink=1/);
      expect(info).toMatch(/bsize=4096/);
      expect(machine.must(`stat -c '%a %U %G' ${REPOSITORY_FOLDER}`)).toBe("700 veeamrepo veeamrepo");
      machine.must(
        `runuser -u veeamrepo -- dd if=/dev/urandom of=${REPOSITORY_FOLDER}/a bs=1M count=4 status=none`,
      );
      machine.must(
        `runuser -u veeamrepo -- cp --reflink=always ${REPOSITORY_FOLDER}/a ${REPOSITORY_FOLDER}/b`,
      );
      expect(machine.must("cat /etc/fstab")).toMatch(/ xfs defaults,noatime,nofail,\S+ 0 0$/m);
    });

    it("lets Veeam in with its key and sudo, and with no password", () => {
      expect(machine.must("cat ~veeamrepo/.ssh/authorized_keys")).toBe(KEY);
      expect(machine.must("getent shadow veeamrepo")).toMatch(/^veeamrepo:!/);
      expect(machine.must("runuser -u veeamrepo -- sudo --non-interactive id --user")).toMatch(/^0$/m);
    });

    it("changes nothing when it runs again, and grows with its disk", () => {
      expect(machine.must(CONFIGURE)).toBe("");
      const size = (): number => Number(machine.must("df --output=size -m /srv/veeam | tail -1"));
      const before = size();
      truncateSync(file, 1024 * 1024 * 1024);
      const device = machine.must("findmnt -no SOURCE -M /srv/veeam");
      execFileSync("losetup", ["--set-capacity", device]);
      const rescan = `/sys/class/block/${device.replace("/dev/", "")}/device/rescan`;
      machine.must("mount -t tmpfs none /sys/class");
      machine.write(rescan, "");
      machine.must(CONFIGURE);
      expect(size()).toBeGreaterThan(before + 400);
      // A SCSI disk has its old size until it is rescanned.
      expect(machine.must(`cat ${rescan}; umount /sys/class`)).toBe("1");
    });

    it("lets nobody in any longer once Veeam's data mover runs, nor when that is down for an update", () => {
      // systemd does not run here: what the script asks of it is answered in its place.
      const systemd = (state: string): void =>
        machine.write(
          "/usr/local/sbin/systemctl",
          `#!/bin/sh\n[ "$1" != is-active ] || [ ${state} = active ]\n`,
          0o755,
        );
      systemd("active");
      machine.write("/usr/local/sbin/nft", "#!/bin/sh\n", 0o755);
      machine.must("mkdir -p /run/systemd/system");
      expect(machine.must(CONFIGURE)).toContain("veeamrepo loses its key and sudo, and SSH is off");
      expect(machine.run("runuser -u veeamrepo -- sudo --non-interactive true").code).not.toBe(0);
      expect(machine.run("test -e ~veeamrepo/.ssh/authorized_keys").code).toBe(1);
      systemd("inactive");
      expect(machine.must(CONFIGURE)).toBe("");
      expect(machine.run("test -e ~veeamrepo/.ssh/authorized_keys").code).toBe(1);
      machine.must("rmdir /run/systemd/system; rm /usr/local/sbin/systemctl");
    });

    it("gives its disk with the backups to the next machine, whose account has another number", async () => {
      machine.must("umount /srv/veeam");
      const next = await Machine.start(debianRoot());
      next.applyUserData(userData);
      next.must("useradd -m somebody");
      next.link(next.attach(file));
      expect(next.must(CONFIGURE)).not.toContain("formatting");
      expect(next.must(`stat -c '%U' ${REPOSITORY_FOLDER}/a`)).toBe("veeamrepo");
    });

    it("neither formats nor uses a disk of PostgreSQL's", async () => {
      const other = join(folder, "other");
      writeFileSync(other, "");
      truncateSync(other, 96 * 1024 * 1024);
      execFileSync("mkfs.ext4", ["-q", "-L", "veeam-pgdata", other]);
      const next = await Machine.start(debianRoot());
      next.applyUserData(userData);
      next.link(next.attach(other));
      const { code, output } = next.run(CONFIGURE);
      expect(code).toBe(78);
      expect(output).toContain("is not blank and was not made by this script");
    });
  },
);
