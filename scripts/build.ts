import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const TOP = join(__dirname, "..");
const LIB = join(TOP, "lib");
const DIST = join(TOP, "dist");

rmSync(DIST, { recursive: true, force: true });
// The compiler checks the types and writes the declarations, with their comments.
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: TOP,
  stdio: "inherit",
});
// The code goes without comments, which are a fifth of it; other files go as they are.
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  removeComments: true,
};
for (const entry of readdirSync(LIB, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  const target = join(DIST, file.slice(LIB.length));
  if (entry.isDirectory()) continue;
  if (!file.endsWith(".ts")) {
    cpSync(file, target);
    continue;
  }
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions, fileName: file });
  writeFileSync(target.replace(/\.ts$/, ".js"), outputText);
}
chmodSync(join(DIST, "cli", "veeam-ports.js"), 0o755);
