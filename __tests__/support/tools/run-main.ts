import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(__dirname, "..", "..", "..");

/** What a run of the app left behind. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs main.ts in a folder, as `npm start` and the Terraform CDK's command do. */
export function runMain(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const { CDKTF_CONTEXT_JSON: _context, CDKTF_OUTDIR: _outdir, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, "scripts", "start.js")], {
      cwd: folder,
      env: { ...inherited, ...environment },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** Writes a cdktf.json with the deployment into a folder. */
export function writeCdktfJson(folder: string, deployment: unknown): void {
  const config = { language: "typescript", app: "node main.ts", context: { entraIdBackup: deployment } };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify(config));
}

/** Every file under a folder by its path in it, with its text. */
export function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  const files = names.filter((name) => statSync(name).isFile()).sort();
  return Object.fromEntries(files.map((file) => [relative(folder, file), readFileSync(file, "utf8")]));
}
