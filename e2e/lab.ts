import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const AGENT = join(__dirname, "agent.mjs");
// The next hop of every host: the router has this address on every link.
const NEXT_HOP = "169.254.1.1";

/** How a TCP or UDP connection ended: `open` and the name of the host that answered, `refused`, or `silent`. */
export type Outcome = string;

/** A connection to try: protocol, address and port. */
export type Attempt = readonly ["Tcp" | "Udp", string, number];

/** One host: a network namespace with one address, and the agent that runs in it. */
export class Host {
  private readonly waiting = new Map<number, (answer: { result?: unknown; error?: string }) => void>();
  private agent?: ChildProcess;
  private asked = 0;

  constructor(
    public readonly name: string,
    public readonly address: string,
    public readonly namespace: string,
  ) {}

  /** Starts the agent. */
  public start(): void {
    this.agent = spawn("ip", ["netns", "exec", this.namespace, process.execPath, AGENT, this.name], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.agent.once("exit", () => {
      for (const answer of this.waiting.values()) answer({ error: `The agent of ${this.name} ended.` });
    });
    createInterface({ input: this.agent.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const { id, ...answer } = JSON.parse(line) as { id: number; result?: unknown; error?: string };
      this.waiting.get(id)?.(answer);
      this.waiting.delete(id);
    });
  }

  /** Listens on ports; connections to them are answered with the host's name. */
  public listen(tcp: readonly number[], udp: readonly number[]): Promise<void> {
    return this.ask("listen", { address: this.address, tcp, udp });
  }

  /** Tries connections. @returns their outcomes */
  public probe(connections: readonly Attempt[], atOnce: number): Promise<Outcome[]> {
    return this.ask("probe", { connections, atOnce });
  }

  /** Sends bytes over parallel connections. @returns for each, `whole` or the fault */
  public streams(connections: ReadonlyArray<readonly [string, number, number]>): Promise<string[]> {
    return this.ask("streams", { connections });
  }

  /** Opens a connection and keeps it open. */
  public keep(name: string, address: string, port: number): Promise<Outcome> {
    return this.ask("keep", { name, address, port });
  }

  /** Sends over a connection that was kept open, and waits for the answer. */
  public sendOver(name: string): Promise<Outcome> {
    return this.ask("sendOver", { name });
  }

  /** Runs a command in the namespace. */
  public run(...command: string[]): { code: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync("ip", ["netns", "exec", this.namespace, ...command], {
      encoding: "utf8",
    });
    return { code: status, output: `${stdout}${stderr}` };
  }

  /** Whether an ICMP echo request is answered. */
  public ping(address: string): Promise<Outcome> {
    return new Promise((resolve) => {
      const ping = spawn("ip", ["netns", "exec", this.namespace, "ping", "-n", "-c1", "-W4", address]);
      let said = "";
      const listen = (data: Buffer): void => void (said += data.toString());
      ping.stdout.on("data", listen);
      ping.stderr.on("data", listen);
      ping.once("close", (code) => {
        if (code === 0) resolve("open");
        else resolve(/filtered|not permitted|prohibited/i.test(said) ? "refused" : "silent");
      });
    });
  }

  /** Replaces the rules of the host in one transaction. */
  public filter(ruleset: string): void {
    execFileSync("ip", ["netns", "exec", this.namespace, "nft", "-f", "-"], { input: ruleset });
  }

  /** Ends the agent. */
  public stop(): void {
    this.agent?.stdin?.end();
    this.agent?.kill("SIGKILL");
  }

  private ask<T>(action: string, options: object): Promise<T> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result as T);
        else reject(new Error(`${this.name}: ${error}`));
      });
      this.agent?.stdin?.write(`${JSON.stringify({ id, action, ...options })}\n`);
    });
  }
}

/**
 * Hosts, and the router that connects them, each in its own network namespace.
 * None of them has a link to this machine's network, so no packet leaves it.
 */
export class Lab {
  /** Prefix of the namespaces' names; the process id follows, so that leftovers of a dead run are recognized. */
  private static readonly PREFIX = "veeam-e2e-";
  private readonly router: string;
  private readonly hosts: Host[] = [];
  private links = 0;

  private readonly atExit = (): void => this.destroy();

  private constructor() {
    process.once("exit", this.atExit);
    this.router = `${Lab.PREFIX}${process.pid}-router`;
    namespace(this.router);
    inNamespace(this.router, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0");
  }

  /** Creates the router, and removes the leftovers of dead runs. */
  public static create(): Lab {
    for (const name of namespaces()) {
      const [, pid] = /^veeam-e2e-(\d+)-/.exec(name) ?? [];
      if (pid !== undefined && !isAlive(Number(pid))) execFileSync("ip", ["netns", "del", name]);
    }
    return new Lab();
  }

  /** Adds a host with its agent. */
  public addHost(name: string, address: string): Host {
    const host = new Host(name, address, `${Lab.PREFIX}${process.pid}-${this.hosts.length}`);
    namespace(host.namespace);
    this.link(host.namespace, address);
    host.start();
    this.hosts.push(host);
    return host;
  }

  /** Connects the network namespace of a process as another host. */
  public addProcess(pid: string, address: string): void {
    const link = `veth${++this.links}`;
    this.addLink(link, address);
    execFileSync("ip", ["-n", this.router, "link", "set", `${link}h`, "netns", pid]);
    const enter = (...command: string[]): void =>
      void execFileSync("nsenter", ["--target", pid, "--net", ...command]);
    for (const command of hostCommands(`${link}h`, address)) enter("ip", ...command);
  }

  /** Removes everything, at the latest when the process exits. */
  public destroy(): void {
    process.off("exit", this.atExit);
    for (const host of this.hosts) host.stop();
    for (const name of namespaces()) {
      if (name.startsWith(`${Lab.PREFIX}${process.pid}-`)) spawnSync("ip", ["netns", "del", name]);
    }
  }

  private link(into: string, address: string): void {
    const link = `veth${++this.links}`;
    this.addLink(link, address);
    execFileSync("ip", ["-n", this.router, "link", "set", `${link}h`, "netns", into]);
    for (const command of hostCommands(`${link}h`, address)) execFileSync("ip", ["-n", into, ...command]);
  }

  private addLink(link: string, address: string): void {
    const ip = (...command: string[]): void => void execFileSync("ip", ["-n", this.router, ...command]);
    ip("link", "add", link, "type", "veth", "peer", "name", `${link}h`);
    ip("addr", "add", `${NEXT_HOP}/32`, "dev", link);
    ip("link", "set", link, "up");
    ip("route", "add", `${address}/32`, "dev", link);
  }
}

function hostCommands(link: string, address: string): string[][] {
  return [
    ["addr", "add", `${address}/32`, "dev", link],
    ["link", "set", link, "up"],
    ["link", "set", "lo", "up"],
    ["route", "add", NEXT_HOP, "dev", link, "scope", "link"],
    ["route", "add", "default", "via", NEXT_HOP, "dev", link],
  ];
}

function namespace(name: string): void {
  execFileSync("ip", ["netns", "add", name]);
  inNamespace(name, "ip", "link", "set", "lo", "up");
  // By default, the kernel limits the ICMP messages per second, and rejections would look like time-outs.
  inNamespace(name, "sysctl", "-qw", "net.ipv4.icmp_ratelimit=0", "net.ipv4.icmp_ratemask=0");
}

function inNamespace(name: string, ...command: string[]): void {
  execFileSync("ip", ["netns", "exec", name, ...command]);
}

function namespaces(): string[] {
  try {
    return readdirSync("/run/netns");
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
