import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

/** What the stand-ins answer, read at every request. */
interface CloudState {
  secret: string;
  refused: boolean;
  seeds: Record<string, Record<string, string>>;
}

/** A network in which machines boot for real, with stand-ins for all that they reach. Nothing in it reaches outside. */
export class Cloud {
  /** Makes the disk that machines start from, where it is not there yet, and starts the network. */
  public static async start(release = DebianRelease.TRIXIE): Promise<Cloud> {
    mkdirSync(CACHE, { recursive: true });
    const image = join(CACHE, `boot-${release}`);
    const maker = join(FIXTURES, "make-boot-disk.sh");
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
    const cloud = new Cloud(starter, pid, work, image);
    await cloud.startStandIns();
    return cloud;
  }

  private readonly guests: Guest[] = [];
  private readonly helpers: ChildProcess[] = [];
  private upstream?: Server;
  private readonly state: CloudState = { secret: "", refused: false, seeds: {} };

  private constructor(
    private readonly starter: ChildProcess,
    private readonly pid: string,
    private readonly work: string,
    private readonly image: string,
  ) {}

  /** Ends every machine, and the network. */
  public async stop(): Promise<void> {
    for (const guest of this.guests) await guest.cutPower();
    for (const helper of this.helpers) helper.kill("SIGKILL");
    this.upstream?.close();
    const ended = new Promise((resolve) => this.starter.once("close", resolve));
    this.starter.kill("SIGKILL");
    await ended;
    rmSync(this.work, { recursive: true, force: true });
  }

  /** Changes what the vault answers from now on. */
  public vault(change: { readonly secret?: string; readonly refused?: boolean }): void {
    Object.assign(this.state, change);
    writeFileSync(join(this.work, "cloud.json"), JSON.stringify(this.state));
  }

  /** Boots a machine with the user data. */
  public boot(name: string, place: GuestPlace, userData: string): Guest {
    const key = readFileSync(join(this.image, "key.pub"), "utf8").trim();
    this.state.seeds[name] = {
      "user-data": userData,
      "meta-data": JSON.stringify({
        "instance-id": `${name}-${this.guests.length}`,
        "public-keys": [key],
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
    );
    this.guests.push(guest);
    return guest;
  }

  /** A blank disk of its own. */
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
    this.upstream = createServer((asked, response) => void answerFromMirror(asked.url ?? "/", response));
    await new Promise<void>((resolve) => this.upstream?.listen(socket, resolve));
    const program = [process.execPath, join(FIXTURES, "stand-ins.mjs"), this.work, key, certificate, socket];
    const standIns = spawn("nsenter", ["--target", this.pid, "--net", ...program], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    standIns.stdout.on("data", (data: Buffer) => appendFileSync(join(this.work, "stand-ins.log"), data));
    this.helpers.push(standIns);
    await saying(standIns, "listening");
  }

  /** What the mirror was asked. */
  public mirrorLog(): string {
    return readFileSync(join(this.work, "stand-ins.log"), "utf8");
  }
}

/** A file of Debian's mirror, kept for the next run where its name says its version. */
async function answerFromMirror(path: string, response: ServerResponse): Promise<void> {
  const kept = join(CACHE, "mirror", path);
  if (path.endsWith(".deb") && existsSync(kept)) return void response.end(readFileSync(kept));
  try {
    const answer = await fetch(`${debianMirror()}${path}`);
    const body = Buffer.from(await answer.arrayBuffer());
    if (answer.ok && path.endsWith(".deb")) {
      mkdirSync(dirname(kept), { recursive: true });
      writeFileSync(kept, body);
    }
    response.writeHead(answer.status, { "content-length": body.length });
    response.end(body);
  } catch (error) {
    response.writeHead(502).end(String(error));
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
    child.once("exit", () => reject(new Error(`It ended before it was ${word}: ${said}`)));
  });
}
