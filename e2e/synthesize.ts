import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "./scenarios";

const TOP = join(__dirname, "..");

const folders: string[] = [];
process.once("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A temporary folder, removed at the latest when the process exits. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "veeam-e2e-"));
  folders.push(folder);
  return folder;
}

/** Synthesizes a deployment as the app does. @returns the stack's file */
export function synthesize(deployment: Deployment, outdir: string): string {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "main.ts"], {
    cwd: TOP,
    encoding: "utf8",
    env: {
      ...process.env,
      CDKTF_OUTDIR: outdir,
      CDKTF_CONTEXT_JSON: JSON.stringify({ entraIdBackup: deployment }),
    },
  });
  if (status !== 0) throw new Error(`The deployment ${String(deployment.name)} is refused: ${stderr}`);
  return join(outdir, "stacks", String(deployment.name), "cdk.tf.json");
}
