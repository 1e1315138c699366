import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** Where a machine is: its port of the network, its address, and its memory. */
export interface GuestPlace {
  readonly port: 0 | 1 | 2 | 3;
  readonly address: string;
  readonly memoryMib?: number;
  /** Data disk of a size whose disks have an NVMe controller. @default - SCSI, and no disk is attached at boot */
  readonly nvmeDisk?: string;
}

/** Seconds that a step may take: under emulation a boot takes minutes, and it installs packages. */
export const PATIENCE = Number(process.env.BOOT_TEST_PATIENCE_MINUTES ?? 20) * 60;

// Set to "kvm" where it works: inside a virtual machine, the device may exist without working.
const ACCELERATOR = process.env.BOOT_TEST_ACCELERATOR ?? "tcg,thread=multi";

/** A machine that boots from a disk like Azure's image of Debian. */
export class Guest {
  private readonly qemu: ChildProcess;
  private readonly monitor: string;
  private readonly consoleLog: string;

  constructor(
    private readonly cloud: string,
    private readonly image: string,
    work: string,
    public readonly name: string,
    private readonly place: GuestPlace,
    dataSource: string,
  ) {
    mkdirSync(work);
    this.monitor = join(work, "monitor");
    this.consoleLog = join(work, "console");
    const { port, memoryMib = 1024, nvmeDisk } = place;
    const systemDisk = `file=${join(image, "disk")},format=raw,snapshot=on`;
    const seed = `ds=${dataSource};s=http://169.254.169.254/seed/${name}/`;
    const options = [
      ...[
        "-accel",
        ACCELERATOR,
        "-cpu",
        ACCELERATOR.startsWith("kvm") ? "host" : "qemu64",
        "-machine",
        "q35",
      ],
      ...["-smp", "1", "-m", String(memoryMib), "-display", "none", "-nodefaults"],
      ...["-serial", `file:${this.consoleLog}`, "-monitor", `unix:${this.monitor},server=on,wait=off`],
      ...["-kernel", join(image, "kernel"), "-initrd", join(image, "initrd")],
      ...[
        "-append",
        `root=${nvmeDisk === undefined ? "/dev/vda" : "/dev/nvme0n1"} rw console=ttyS0,115200 panic=1 mitigations=off ${seed}`,
      ],
      // As in Azure, the namespace of a data disk is its LUN plus 2.
      ...(nvmeDisk === undefined
        ? ["-drive", `${systemDisk},if=virtio`, "-device", "virtio-scsi-pci,id=scsi"]
        : [
            ...["-drive", `${systemDisk},if=none,id=system`, "-device", "nvme,id=nvme,serial=azure"],
            ...["-device", "nvme-ns,drive=system,bus=nvme,nsid=1"],
            ...["-drive", `file=${nvmeDisk},format=raw,if=none,id=lun0`],
            ...["-device", "nvme-ns,drive=lun0,bus=nvme,nsid=2"],
          ]),
      ...["-device", "virtio-rng-pci"],
      ...["-netdev", `tap,id=net,ifname=tap${port},script=no,downscript=no`],
      ...["-device", `virtio-net-pci,netdev=net,mac=52:54:00:00:00:0${port}`],
    ];
    this.qemu = spawn("nsenter", ["--target", cloud, "--net", "qemu-system-x86_64", ...options], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }

  /** Output of the serial console, which boot diagnostics stores. */
  public console(): string {
    return existsSync(this.consoleLog) ? readFileSync(this.consoleLog, "utf8") : "";
  }

  /** Runs a shell command on the machine as root, by SSH; without an answer the code is 255. */
  public run(command: string, seconds = 120, account = "debian"): { code: number | null; output: string } {
    const options = [
      "StrictHostKeyChecking=no",
      "UserKnownHostsFile=/dev/null",
      "LogLevel=ERROR",
      "ConnectTimeout=10",
    ];
    const { status, stdout, stderr } = spawnSync(
      "nsenter",
      [
        ...["--target", this.cloud, "--net", "ssh", "-i", join(this.image, "key")],
        ...options.flatMap((option) => ["-o", option]),
        ...[`${account}@${this.place.address}`, "sudo", "bash", "-s"],
      ],
      { encoding: "utf8", input: command, timeout: seconds * 1000 },
    );
    return { code: status, output: `${stdout}${stderr}`.trimEnd() };
  }

  /** Runs a command that must succeed. */
  public must(command: string, seconds?: number): string {
    const { code, output } = this.run(command, seconds);
    if (code !== 0)
      throw new Error(`${this.name}: ${command}\nended with ${code}: ${output}\n${this.consoleEnd()}`);
    return output;
  }

  /** The end of the console. */
  public consoleEnd(): string {
    return this.console().slice(-3000);
  }

  /** Attaches a disk to the running machine. */
  public async attach(file: string, lun = 0): Promise<void> {
    await until("the emulator listens", this, () => existsSync(this.monitor), 60);
    await this.tell(`drive_add 0 if=none,id=lun${lun},file=${file},format=raw`);
    await this.tell(`device_add scsi-hd,drive=lun${lun},bus=scsi.0,scsi-id=0,lun=${lun},id=disk${lun}`);
  }

  /** Stops the machine at once, without a shutdown. */
  public async cutPower(): Promise<void> {
    if (this.qemu.exitCode !== null || this.qemu.signalCode !== null) return;
    const ended = new Promise((resolve) => this.qemu.once("close", resolve));
    this.qemu.kill("SIGKILL");
    await ended;
  }

  private async tell(line: string): Promise<void> {
    const socket = connect(this.monitor);
    socket.end(`${line}\n`);
    socket.resume();
    await new Promise((resolve) => socket.once("close", resolve));
  }
}

/** Whether the machine says that it is ready, or that it is not. */
export const ready = (guest: Guest) => (): boolean =>
  /NOT READY|is ready (on port|to be added)/.test(guest.console());

/** Failed units and waiting jobs. */
export function settled(guest: Guest): string {
  return guest.must("systemctl --failed --no-legend --plain; systemctl list-jobs --no-legend");
}

/** Waits until the condition holds; otherwise the error has the end of the console. */
export async function until(
  what: string,
  guest: Guest,
  isTrue: () => boolean,
  seconds: number,
): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  throw new Error(`Not after ${seconds} seconds: ${what}\n${guest.consoleEnd()}`);
}
