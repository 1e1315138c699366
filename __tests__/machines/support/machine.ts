import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseUserData } from "./user-data";

const STARTER = join(__dirname, "../fixtures/start-machine.sh");

/** How a command on the machine ended. */
export interface Outcome {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

/** A command that is still running on the machine. */
export interface Running {
  /** What it has said so far. */
  output(): string;
  /** Ends with it. */
  readonly ended: Promise<Outcome>;
  /** Ends it. */
  kill(): void;
}

/** A disk: a file of the machine that runs the tests, behind a loop device. */
export interface Disk {
  /** The file. */
  readonly file: string;
  /** The loop device, on both machines. */
  readonly device: string;
}

/** A machine made of namespaces: nothing that happens on it outlives it. */
export class Machine {
  /** Starts a machine on a copy of the root. */
  public static async start(base: string): Promise<Machine> {
    const work = mkdtempSync(join(tmpdir(), "machine-"));
    const namespaces = ["--mount", "--pid", "--net", "--fork", "--kill-child", "--propagation", "private"];
    const starter = spawn("unshare", [...namespaces, "bash", STARTER, base, work], {
      // The machine ends when the pipe does, and so with the process that runs the tests.
      stdio: ["pipe", "pipe", "pipe"],
    });
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const listen = (data: Buffer): void => {
        said += data.toString();
        if (/^ready$/m.test(said)) resolve();
      };
      starter.stdout.on("data", listen);
      starter.stderr.on("data", listen);
      starter.once("exit", () => reject(new Error(`The machine did not start: ${said}`)));
    });
    const pid = readFileSync(`/proc/${starter.pid}/task/${starter.pid}/children`, "utf8").trim();
    const machine = new Machine(starter, pid, work);
    // Whatever goes wrong above, nothing is ever written to the machine that runs the tests.
    if (!existsSync(machine.path("/etc/machine-of-tests")) || existsSync("/etc/machine-of-tests")) {
      await machine.stop();
      throw new Error("The machine has not the root that it should have");
    }
    Machine.started.add(machine);
    process.once("exit", machine.atExit);
    return machine;
  }

  private static readonly started = new Set<Machine>();

  /** Ends every machine that a failed test left. */
  public static async stopAll(): Promise<void> {
    for (const machine of Machine.started) await machine.stop();
  }

  // Without waiting: the loop devices go when the dying machine closes them.
  private readonly atExit = (): void => {
    for (const guest of this.guests) guest.kill();
    this.starter.kill("SIGKILL");
    this.remove();
  };
  private readonly disks: Disk[] = [];
  private readonly guests: Running[] = [];

  /** Id of a process in the machine's namespaces. */
  public get processId(): string {
    return this.pid;
  }

  private constructor(
    private readonly starter: ChildProcess,
    private readonly pid: string,
    private readonly work: string,
  ) {}

  /** Ends everything on the machine, and the machine. */
  public async stop(): Promise<void> {
    Machine.started.delete(this);
    for (const guest of this.guests) guest.kill();
    await Promise.all(this.guests.map((guest) => guest.ended));
    const ended = new Promise((resolve) => this.starter.once("close", resolve));
    this.starter.kill("SIGKILL");
    await ended;
    this.remove();
    process.off("exit", this.atExit);
  }

  private remove(): void {
    for (const { device } of this.disks) spawnSync("losetup", ["--detach", device]);
    rmSync(this.work, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** Where a path of the machine is on the one that runs the tests. */
  public path(path: string): string {
    return `/proc/${this.pid}/root${path}`;
  }

  /** Writes what the user data says, as cloud-init would. */
  public applyUserData(userData: string): void {
    for (const { path, content, permissions } of parseUserData(userData).write_files) {
      this.write(path, content, parseInt(permissions, 8));
    }
  }

  /** Writes a file of root's. */
  public write(path: string, content: string, mode = 0o644): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
    chmodSync(this.path(path), mode);
  }

  /** Runs a shell command on the machine to its end. */
  public run(command: string, input = ""): Outcome {
    const { status, stdout, stderr } = spawnSync("nsenter", this.enter(["bash", "-c", command]), {
      encoding: "utf8",
      input,
      env: Machine.environment,
    });
    return { code: status, output: `${stdout}${stderr}` };
  }

  /** Runs a shell command that must end well, and gives what it said. */
  public must(command: string, input = ""): string {
    const { code, output } = this.run(command, input);
    if (code !== 0) throw new Error(`${command}\nended with ${code}: ${output}`);
    return output.trimEnd();
  }

  /** Starts a shell command on the machine. */
  public begin(command: string): Running {
    return running(spawn("nsenter", this.enter(["bash", "-c", command]), { env: Machine.environment }));
  }

  /** Starts a program of this machine in the network of the other. */
  public beginInNetwork(command: readonly string[]): Running {
    const guest = running(spawn("nsenter", ["--target", this.pid, "--net", ...command]));
    this.guests.push(guest);
    return guest;
  }

  /** Configures the machine's network. */
  public network(...ip: string[]): void {
    execFileSync("nsenter", ["--target", this.pid, "--net", "ip", ...ip]);
  }

  /** Connections to the address come from the other from now on. */
  public connectTo(address: string, from: string): void {
    this.network("route", "replace", "local", `${address}/32`, "dev", "lo", "table", "local", "src", from);
  }

  /** Attaches a file as a disk that no LUN names yet. */
  public attach(file: string): Disk {
    const device = execFileSync("losetup", ["--find", "--show", file], { encoding: "utf8" }).trim();
    const disk = { file, device };
    this.disks.push(disk);
    execFileSync("mknod", ["-m", "660", this.path(device), "b", "7", device.replace("/dev/loop", "")]);
    return disk;
  }

  /** Names the disk of the LUN by a link, as udev does once the disk is attached. */
  public link(disk: Disk, link = "/dev/disk/azure/scsi1/lun0"): void {
    mkdirSync(dirname(this.path(link)), { recursive: true });
    symlinkSync(disk.device, this.path(link));
  }

  private static readonly environment = {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LC_ALL: "C.UTF-8",
    HOME: "/root",
  };

  private enter(command: string[]): string[] {
    return ["--target", this.pid, "--mount", "--pid", "--net", "--root", "--wd", ...command];
  }
}

function running(child: ChildProcess): Running {
  let said = "";
  child.stdout?.on("data", (data: Buffer) => (said += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (said += data.toString()));
  const ended = new Promise<Outcome>((resolve) => {
    child.once("close", (code) => resolve({ code, output: said }));
  });
  return { output: () => said, ended, kill: () => void child.kill("SIGKILL") };
}

/** Waits until it is true, longer on a machine that does other work; says what was waited for if it never is. */
export async function eventually(what: string, isTrue: () => boolean): Promise<void> {
  const seconds = Math.round(30 * Math.max(1, loadavg()[0] / availableParallelism()));
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not after ${seconds} seconds: ${what}`);
}
