import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentFile } from "../../lib/app/schema";
import { synthesizeDeployment } from "../support/tools/synthesized";

const ROOT = join(__dirname, "..", "..");

function veeamPorts(args: readonly string[], input = "") {
  const command = ["--import", "tsx", join("lib", "cli", "veeam-ports.ts"), ...args];
  // What forces colours on a terminal does not force them on a pipe.
  const env = { ...process.env, FORCE_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: ROOT,
    input,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("what holds ends with 0, and what is piped carries no colour", () => {
  const { context } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as {
    context: { entraIdBackup: DeploymentFile };
  };
  const stack = synthesizeDeployment(context.entraIdBackup).text;
  const { status, stdout, stderr } = veeamPorts(["verify", "--deployment", "cdktf.json", "-"], stack);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Verified: /);
  expect(stdout).not.toContain("\u001b");
});

test("what does not hold ends with 1; the standard input is a FILE", () => {
  const plan = readFileSync(join(ROOT, "__tests__", "fixtures", "terraform", "plan.json"), "utf8");
  const { status, stdout, stderr } = veeamPorts(
    ["explain", "--from", "snet-c", "--to", "10.0.9.4", "-"],
    plan,
  );
  expect(stdout).toContain("rule r0 (100) decides: deny");
  expect(stderr).toMatch(/^note: /);
  expect(status).toBe(1);
});

test("an input that cannot be read ends with 2 and no stack trace", () => {
  const { status, stdout, stderr } = veeamPorts(["diff", "-", "package.json"], '[{"name":');
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^1 problem in standard input\n {2}- the file: is JSON that breaks off/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

// Only Linux has a file that is always full.
const onLinux = existsSync("/dev/full") ? test : test.skip;

onLinux.each([
  ["tables", [join("lib", "cli", "veeam-ports.ts"), "tables"], 2],
  ["the app", ["main.ts"], 1],
])("%s: an output that cannot be written gives a message of one line and exit code 2", (_, args, status) => {
  const full = openSync("/dev/full", "w");
  const env = { ...process.env, CDKTF_OUTDIR: mkdtempSync(join(tmpdir(), "full-")) };
  const run = spawnSync(process.execPath, ["--import", "tsx", ...args], {
    cwd: ROOT,
    env,
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  rmSync(env.CDKTF_OUTDIR, { recursive: true });
  expect(run.stderr).toMatch(/^The output cannot be written: ENOSPC.*\n$/);
  expect(run.status).toBe(status);
});

test("a reader that has enough ends it quietly", async () => {
  const args = ["--import", "tsx", join("lib", "cli", "veeam-ports.ts"), "tables"];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let said = "";
  child.stderr.on("data", (data: Buffer) => (said += data.toString()));
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect([status, said]).toEqual([0, ""]);
});
