import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/tools/temporary-folder";

const SIDE_BY_SIDE = join(__dirname, "..", "..", "scripts", "side-by-side.js");
const folder = temporaryFolder("veeam-side-by-side-");
afterAll(folder.remove);

const scripts = { good: "echo well", bad: "echo badly && exit 3" };
writeFileSync(join(folder.path, "package.json"), JSON.stringify({ scripts }));

function sideBySide(...names: string[]) {
  return spawnSync(process.execPath, [SIDE_BY_SIDE, ...names], { cwd: folder.path, encoding: "utf8" });
}

test("every script runs, and one that fails is named", () => {
  const { status, stdout } = sideBySide("bad", "good");
  expect(status).toBe(1);
  expect(stdout).toContain("npm run bad: FAILED\nbadly\n");
  expect(stdout).toContain("npm run good: passed\nwell\n");
});
