import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { copyOfProject } from "../support/tools/terraform";

const folder = temporaryFolder("veeam-start-");
const main = join(folder.path, "main.ts");
const compiled = join(folder.path, ".start", "main.js");
beforeAll(() => copyOfProject(folder.path));
afterAll(folder.remove);

function start(environment: Readonly<Record<string, string>> = {}): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/start.js"], {
    cwd: folder.path,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return stdout;
}
const stack = (): string =>
  readFileSync(join(folder.path, "cdktf.out", "stacks", "veeam-entra", "cdk.tf.json"), "utf8");
const compiledAt = (): number => statSync(compiled).mtimeMs;

test("the app is compiled when a file of it has changed, and only then", () => {
  expect(start()).toContain("\nReport: ");
  const first = compiledAt();
  start();
  expect(compiledAt()).toBe(first);
  writeFileSync(main, readFileSync(main, "utf8").replace("`Report: ", "`The report: "));
  expect(start()).toContain("\nThe report: ");
  expect(compiledAt()).toBeGreaterThan(first);
});

test("what is compiled does the same as the files one by one, which DEBUG loads", () => {
  const output = start();
  const synthesized = stack();
  rmSync(join(folder.path, "cdktf.out"), { recursive: true });
  expect(start({ DEBUG: "1" })).toBe(output);
  expect(stack()).toBe(synthesized);
});
