import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const TOP = join(__dirname, "..");
const LIB = join(TOP, "lib");
const DIST = join(TOP, "dist");

rmSync(DIST, { recursive: true, force: true });
// The compiler writes the declarations, with their comments; npm run typecheck checks the types.
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
// Declarations that no entry point leads to are of no use to a user.
const reached = new Set<string>();
function reach(file: string): void {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
    const target = join(file, "..", path);
    reach(existsSync(`${target}.d.ts`) ? `${target}.d.ts` : join(target, "index.d.ts"));
  }
}
for (const entry of ["index", "testing/index", "testing/jest-globals"]) reach(join(DIST, `${entry}.d.ts`));
for (const name of readdirSync(DIST, { recursive: true, encoding: "utf8" }))
  if (name.endsWith(".d.ts") && !reached.has(join(DIST, name))) rmSync(join(DIST, name));
chmodSync(join(DIST, "cli", "veeam-ports.js"), 0o755);
