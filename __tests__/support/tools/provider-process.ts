import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programWithTypes, typesIn } from "./provider-schema";

/**
 * Terraform starts the provider two to four times for each command, which takes most of
 * the command's time. Here one process serves all commands in a folder: they get its
 * address as they do when somebody debugs a provider. Where it does not start this way,
 * Terraform starts it as usual.
 */
interface ProviderProcess {
  /** The folder and the environment that it was started for. */
  readonly key: string;
  readonly process?: ChildProcess;
  /** What tells Terraform where the provider listens. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What Terraform sets for a provider that it starts; without it, a provider refuses to run. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

let running: ProviderProcess | undefined;
/** All types so far: a state still has those that have left the configuration. */
const types = new Set<string>();

/** The environment that makes a command in this folder use the running provider, which is started if it has to be. */
export function providerFor(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const provider = initializedProvider(folder);
  if (!provider) return {};
  for (const type of typesIn(folder)) types.add(type);
  const key = JSON.stringify([folder, provider, environment, types.size]);
  if (running?.key !== key) {
    stopProvider();
    running = { key, ...start(folder, provider, environment) };
  }
  return running.environment;
}

/** Stops the provider that runs, if one does. */
export function stopProvider(): void {
  running?.process?.stdin?.end();
  running = undefined;
}

afterAll(stopProvider);

interface InstalledProvider {
  /** registry.terraform.io/hashicorp/azurerm */
  readonly source: string;
  readonly program: string;
}

/** The one provider that `terraform init` has installed in a folder. */
function initializedProvider(folder: string): InstalledProvider | undefined {
  let [path, source] = [join(folder, ".terraform", "providers"), ""];
  // Host, namespace, type, version, platform.
  for (let level = 0; level < 5; level++) {
    const names = existsSync(path) ? readdirSync(path) : [];
    if (names.length !== 1) return undefined;
    path = join(path, names[0]);
    if (level < 3) source = source === "" ? names[0] : `${source}/${names[0]}`;
  }
  const program = readdirSync(path).find((name) => name.startsWith("terraform-provider-"));
  return program === undefined ? undefined : { source, program: join(path, program) };
}

function start(
  folder: string,
  { source, program }: InstalledProvider,
  environment: Readonly<Record<string, string>>,
): Omit<ProviderProcess, "key"> {
  const work = mkdtempSync(join(tmpdir(), "terraform-provider-"));
  const output = join(work, "output");
  const served = programWithTypes(program, types, work);
  const stdout = openSync(output, "w");
  // It ends with this process, however that ends: its input is closed then.
  const child = spawn("sh", ["-c", '"$0" & cat; kill $!', served], {
    cwd: folder,
    env: { ...process.env, ...environment, TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE },
    stdio: ["pipe", stdout, "ignore"],
  });
  closeSync(stdout);
  child.unref();
  for (let waited = 0; waited < 10_000; waited += 10) {
    // What a provider prints once it listens: 1|5|tcp|127.0.0.1:40457|grpc
    const [line, ...more] = readFileSync(output, "utf8").split("\n");
    if (more.length > 0) {
      const [, version, network, address, protocol] = line.split("|");
      rmSync(work, { recursive: true });
      const attach = {
        Protocol: protocol,
        ProtocolVersion: Number(version),
        Pid: child.pid,
        Test: true,
        Addr: { Network: network, String: address },
      };
      return {
        process: child,
        environment: { TF_REATTACH_PROVIDERS: JSON.stringify({ [source]: attach }) },
      };
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  rmSync(work, { recursive: true });
  child.stdin?.end();
  return { environment: {} };
}
