import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/tools/temporary-folder";

const SIDE_BY_SIDE = join(__dirname, "..", "..", "scripts", "side-by-side.js");
const folder = temporaryFolder("veeam-side-by-side-");
afterAll(folder.remove);

const scripts = { good: "echo well", bad: "echo badly && exit 3", slow: "sleep 1 && exit 3" };
writeFileSync(join(folder.path, "package.json"), JSON.stringify({ scripts }));

function sideBySide(...words: string[]) {
  return spawnSync(process.execPath, [SIDE_BY_SIDE, ...words], { cwd: folder.path, encoding: "utf8" });
}
const beside = (code: string): string[] => ["--beside", process.execPath, "-e", code];

test("every script runs, and one that fails is named", () => {
  const { status, stdout } = sideBySide("bad", "good");
  expect(status).toBe(1);
  expect(stdout).toContain("npm run bad: FAILED\nbadly\n");
  expect(stdout).toContain("npm run good: passed\nwell\n");
});

test("a command beside scripts that pass runs to its end, and its failure counts", () => {
  expect(sideBySide("good", ...beside("console.log('done')"))).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("done\n"),
  });
  expect(sideBySide("good", ...beside("process.exit(7)")).status).toBe(1);
});

test("a command beside a script that fails is stopped", () => {
  const { status, stdout } = sideBySide("bad", ...beside("setTimeout(() => console.log('done'), 500_000)"));
  expect(status).toBe(1);
  expect(stdout).toMatch(/stopped, because npm run bad failed\n/);
  expect(stdout).not.toContain("done");
});

test("a command beside a script that fails is stopped with what it started", () => {
  const late = `setTimeout(() => console.log("late"), 10_000)`;
  const { stdout } = sideBySide(
    "slow",
    ...beside(
      `require("child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(late)}], { stdio: "inherit" })`,
    ),
  );
  expect(stdout).toMatch(/stopped, because npm run slow failed\n/);
  expect(stdout).not.toContain("late");
});

test("a signal stops the command too", () => {
  const code = `setTimeout(() => process.kill(process.ppid, "SIGINT"), 200); setTimeout(() => console.log("late"), 10_000)`;
  const { signal, stdout } = sideBySide("good", ...beside(code));
  expect({ signal, isLate: stdout.includes("late") }).toEqual({ signal: "SIGINT", isLate: false });
});

test("a command that does not exist is a failure", () => {
  expect(sideBySide("good", "--beside", "no-such-command")).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("no-such-command: spawn no-such-command ENOENT"),
  });
});
