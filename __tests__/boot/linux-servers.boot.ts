import { DEBIAN } from "../../lib/machines/debian-release";
import { describeWith } from "../machines/support/tools";
import { BOOT_COMMANDS, Cloud } from "./support/cloud";
import { BOOT_RELEASE, documentedUserData } from "./support/documented-example";
import { type Guest, type GuestPlace, PATIENCE, ready, settled, until } from "./support/guest";

// On demand: under emulation, QEMU's NVMe controller sometimes never answers the first read of a disk.
const NVME = process.env.BOOT_TEST_NVME === "1";

describeWith(
  { commands: BOOT_COMMANDS, root: true },
  `the cache repository and the hardened repository of docs/machines.md, booted (${DEBIAN[BOOT_RELEASE].title})`,
  () => {
    jest.setTimeout(3 * PATIENCE * 1000);
    let cloud: Cloud;
    let cache: Guest;
    let hardened: Guest;

    const isReady = (server: Guest): Promise<void> =>
      until(`${server.name} is ready`, server, ready(server), PATIENCE);

    beforeAll(async () => {
      cloud = await Cloud.start(BOOT_RELEASE);
      const userData = documentedUserData("hardened");
      const boot = (machine: string, place: GuestPlace): Guest => {
        // The documented keys are examples: Veeam's is replaced by one whose private key the test has.
        const withKey = userData(machine).replace(
          /(authorized_keys[^]*?content: \|\n\s+)ssh-ed25519 \S+/,
          `$1${cloud.publicKey()}`,
        );
        expect(withKey).not.toBe(userData(machine));
        return cloud.boot(machine, place, withKey);
      };
      const cacheDisk = cloud.blankDisk("cache", "1G");
      const nvme = NVME ? { nvmeDisk: cacheDisk } : {};
      cache = boot("cache-repository-cache", { port: 3, address: "10.20.0.70", ...nvme });
      hardened = boot("backup-repository-primary", { port: 2, address: "10.20.0.132" });
      const attachLate = async (server: Guest, disk: string): Promise<void> => {
        const waits = (): boolean => server.console().includes("waiting for the data disk on LUN 0");
        await until(`${server.name} waits for its disk`, server, waits, PATIENCE);
        await server.attach(disk);
      };
      await attachLate(hardened, cloud.blankDisk("backups", "1G"));
      if (!NVME) await attachLate(cache, cacheDisk);
      await Promise.all([cache, hardened].map(isReady));
    });
    afterAll(async () => {
      await cloud?.stop();
    });

    it("have a disk with XFS for block cloning, and a folder for Veeam's account only", () => {
      for (const server of [cache, hardened]) {
        expect(server.console()).toContain("the server is ready to be added in Veeam as veeamrepo");
        const status = "cloud-init status --wait || { cat /run/cloud-init/result.json; false; }";
        expect(server.must(status, 300)).toContain("status: done");
        expect(settled(server)).toBe("");
        expect(server.must("xfs_info /srv/veeam")).toMatch(/crc=1[^]*reflink=1[^]*bsize=4096/);
        expect(server.must("stat -c '%a %U' /srv/veeam/backups")).toBe("700 veeamrepo");
      }
    });

    it(`find their disk behind a SCSI controller${NVME ? " and behind an NVMe controller" : ""}`, () => {
      const source = "findmnt --noheadings --output SOURCE /srv/veeam";
      expect(hardened.must(source)).toMatch(/^\/dev\/sd[a-z]$/);
      expect(cache.must(source)).toMatch(NVME ? /^\/dev\/nvme0n2$/ : /^\/dev\/sd[a-z]$/);
      if (!NVME) return;
      // Without udev's link, the disk is found by the model of Azure's controller.
      const find = `. /usr/local/lib/veeam-linux-server/settings
        . /usr/local/lib/veeam-linux-server/data-disk.sh
        rm /dev/disk/azure/data/by-lun/0
        echo 'MSFT NVMe Accelerator v1.0' >/run/model
        mount --bind /run/model "$(readlink -f /sys/class/nvme/nvme0)/model"
        find_data_disk`;
      expect(cache.must(find)).toBe("/dev/nvme0n2");
    });

    it("let Veeam's account log on and use sudo: a hardened repository until the data mover runs", async () => {
      const unit = "[Service]\\nExecStart=/usr/bin/sleep infinity\\n";
      for (const server of [cache, hardened]) {
        expect(server.run("id -u", 120, "veeamrepo")).toEqual({ code: 0, output: "0" });
        server.must(`printf '${unit}' >/etc/systemd/system/veeamtransport.service
          systemctl daemon-reload && systemctl start veeamtransport.service
          systemctl restart --no-block veeam-linux-server.service`);
      }
      const locked = (): boolean =>
        hardened.console().includes("veeamrepo loses its key and sudo, and SSH is off");
      await until("the hardened repository locks the account", hardened, locked, PATIENCE);
      await until("SSH is off", hardened, () => hardened.run("true").code === 255, 120);
      expect(cloud.run("timeout 20 bash -c '</dev/tcp/10.20.0.132/22'").output).toContain(
        "Connection refused",
      );
      cache.must("systemctl restart veeam-linux-server.service", 300);
      expect(cache.run("id -u", 120, "veeamrepo")).toEqual({ code: 0, output: "0" });
    });
  },
);
