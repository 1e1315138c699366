import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nsgList, vnetList } from "../support/files/az-files";

const ROOT = join(__dirname, "../..");

/** The packages that a command has loaded when it ends. */
function packagesOf(args: readonly string[]): string[] {
  const script = `
    const { run } = require("./lib/cli/run");
    const io = { out() {}, err() {}, read: require("node:fs").readFileSync, style: require("./lib/cli/io").styleOf(false) };
    run(${JSON.stringify(args)}, io).then((code) => {
      const names = Object.keys(require.cache).flatMap((file) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1] ?? []);
      console.log(JSON.stringify({ code, names: [...new Set(names)] }));
    });`;
  const printed = execFileSync(process.execPath, ["--import", "tsx", "-e", script], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const { code, names } = JSON.parse(printed) as { code: number; names: string[] };
  expect(code).toBeLessThan(2);
  return names;
}

test("explain, diff and report load neither the Terraform CDK nor its provider", () => {
  const folder = mkdtempSync(join(tmpdir(), "loads-"));
  try {
    const files = [nsgList, vnetList].map((list, index) => {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(list));
      return file;
    });
    const question = ["explain", ...files, "--from", "10.20.0.36", "--to", "8.8.8.8", "--port", "443"];
    const report = ["report", "--deployment", join(ROOT, "cdktf.json"), "--out", folder];
    for (const args of [question, ["diff", files[0], files[0]], report]) {
      const packages = packagesOf(args);
      expect(packages.filter((name) => /cdk|constructs/.test(name))).toEqual([]);
      // Nor does explain load what reads a deployment, when it gets none.
      if (args === question) expect(packages).not.toContain("zod");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
