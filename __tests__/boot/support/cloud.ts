import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { DebianRelease } from "../../../lib/machines/debian-release";
import { debianMirror } from "../../machines/support/debian-root";
import { Guest, type GuestPlace } from "./guest";

const FIXTURES = join(__dirname, "../fixtures");
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "cdktf-veeam-entra-id");

/** Tools of the machine that runs the tests. */
export const BOOT_COMMANDS = [
  ...["debootstrap", "dnsmasq", "flock", "ip", "mkfs.ext4", "nsenter", "openssl", "qemu-system-x86_64"],
  ...["ssh", "ssh-keygen", "unshare"],
];

/** Answers of the stand-ins, read at every request. */
interface CloudState {
  secret: string;
  refused: boolean;
  seeds: Record<string, Record<string, string>>;
}

/** A network in which machines boot, with stand-ins for everything that they connect to. It has no way out. */
export class Cloud {
  /** Creates the disk that machines start from, if it is missing, and starts the network. */
  public static async start(release = DebianRelease.TRIXIE): Promise<Cloud> {
    mkdirSync(CACHE, { recursive: true });
    const maker = join(FIXTURES, "make-boot-disk.sh");
    const version = createHash("sha256").update(readFileSync(maker)).digest("hex").slice(0, 16);
    const image = join(CACHE, `boot-${release}-${version}`);
    execFileSync("bash", [maker, release, `${debianMirror()}/debian`, image], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const work = mkdtempSync(join(tmpdir(), "cloud-"));
    const starter = spawn(
      "unshare",
      [
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--propagation",
        "private",
        "--mount-proc",
      ].concat(["bash", join(FIXTURES, "start-cloud.sh"), work]),
      { stdio: ["pipe", "pipe", "pipe"] },
    );
    await saying(starter, "ready");
    const pid = readFileSync(`/proc/${starter.pid}/task/${starter.pid}/children`, "utf8").trim();
    const cloud = new Cloud(starter, pid, work, image, release);
    await cloud.startStandIns();
    return cloud;
  }

  private readonly guests: Guest[] = [];
  private readonly helpers: ChildProcess[] = [];
  private readonly state: CloudState = { secret: "", refused: false, seeds: {} };

  private constructor(
    private readonly starter: ChildProcess,
    private readonly pid: string,
    private readonly work: string,
    private readonly image: string,
    private readonly release: DebianRelease,
  ) {}

  /** Ends every machine, and the network. */
  public async stop(): Promise<void> {
    for (const guest of this.guests) await guest.cutPower();
    for (const helper of this.helpers) helper.kill("SIGKILL");
    const ended = new Promise((resolve) => this.starter.once("close", resolve));
    this.starter.kill("SIGKILL");
    await ended;
    rmSync(this.work, { recursive: true, force: true });
  }

  /** Changes the vault's answers. */
  public vault(change: { readonly secret?: string; readonly refused?: boolean }): void {
    Object.assign(this.state, change);
    writeFileSync(join(this.work, "cloud.json"), JSON.stringify(this.state));
  }

  /** Boots a machine with the user data. */
  public boot(name: string, place: GuestPlace, userData: string): Guest {
    this.state.seeds[name] = {
      "user-data": userData,
      "meta-data": JSON.stringify({
        "instance-id": `${name}-${this.guests.length}`,
        "public-keys": [this.publicKey()],
        "local-hostname": name,
      }),
      "vendor-data": "",
    };
    this.vault({});
    const guest = new Guest(
      this.pid,
      this.image,
      join(this.work, `${name}-${this.guests.length}`),
      name,
      place,
      // The cloud-init of Debian 12 reads a seed from the network only under this name.
      this.release === DebianRelease.BOOKWORM ? "nocloud-net" : "nocloud",
    );
    this.guests.push(guest);
    return guest;
  }

  /** The key that every machine accepts for SSH. */
  public publicKey(): string {
    return readFileSync(join(this.image, "key.pub"), "utf8").trim();
  }

  /** A new, blank disk. */
  public blankDisk(name: string, size: string): string {
    const file = join(this.work, name);
    execFileSync("truncate", ["-s", size, file]);
    return file;
  }

  /** Runs a shell command in the network, as a machine of the backup server's subnet would. */
  public run(command: string): { code: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(
      "nsenter",
      ["--target", this.pid, "--net", "bash", "-c", command],
      {
        encoding: "utf8",
      },
    );
    return { code: status, output: `${stdout}${stderr}` };
  }

  private async startStandIns(): Promise<void> {
    this.vault({});
    const [key, certificate] = [join(this.work, "tls.key"), join(this.work, "tls.crt")];
    execFileSync("bash", [
      "-c",
      `openssl req -newkey rsa:2048 -nodes -subj /CN=stand-in -keyout ${key} -out ${this.work}/tls.csr 2>/dev/null &&
       openssl x509 -req -in ${this.work}/tls.csr -CA ${this.image}/ca.crt -CAkey ${this.image}/ca.key -days 30 -out ${certificate} \
         -extfile <(echo subjectAltName=DNS:kv-veeam.vault.azure.net,DNS:login.microsoftonline.com) 2>/dev/null`,
    ]);
    const socket = join(this.work, "upstream");
    const node = process.execPath;
    // The mirror is asked from outside the network.
    await this.startHelper([
      node,
      join(FIXTURES, "mirror.mjs"),
      socket,
      join(CACHE, "mirror"),
      debianMirror(),
    ]);
    await this.startHelper([
      ...["nsenter", "--target", this.pid, "--net"],
      ...[node, join(FIXTURES, "stand-ins.mjs"), this.work, key, certificate, socket],
    ]);
  }

  /** Its output goes to a file without this process, which is busy while it waits for a machine's answer. */
  private async startHelper([command, ...words]: readonly string[]): Promise<void> {
    const log = join(this.work, `helper-${this.helpers.length}.log`);
    const output = openSync(log, "a");
    this.helpers.push(spawn(command, words, { stdio: ["ignore", output, output] }));
    closeSync(output);
    for (const end = Date.now() + 60_000; !readFileSync(log, "utf8").includes("listening");) {
      if (Date.now() > end)
        throw new Error(`${words.join(" ")} does not listen: ${readFileSync(log, "utf8")}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Requests to the mirror: `mirror: ADDRESS METHOD PATH`. */
  public mirrorLog(): string {
    return readFileSync(join(this.work, "helper-1.log"), "utf8");
  }
}

async function saying(child: ChildProcess, word: string): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (data: Buffer): void => {
      said += data.toString();
      if (new RegExp(`^${word}$`, "m").test(said)) resolve();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", () => reject(new Error(`It ended before it said "${word}": ${said}`)));
  });
}
