import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin, transformSync } from "esbuild";

/**
 * Builds the package: in dist the declarations, which the compiler writes with their comments, and what is
 * not code; in dist/js the code. A hundred modules start more slowly than a few files, so modules that are
 * used together are joined in one. A module that is required on first use keeps a file of its own.
 */
const TOP = join(__dirname, "..");
const LIB = join(TOP, "lib");
const DIST = join(TOP, "dist");
// As deep as the folders of lib: paths from a module to assets and to package.json hold in both.
const CODE = join(DIST, "js");

const files = readdirSync(LIB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const modules = files.filter((file) => file.endsWith(".ts"));

/** Name of the file in dist/js that a module has to itself. */
const nameOf = (module: string): string => relative(LIB, module).replace(/\.ts$/, "").replaceAll("/", "-");

/** Modules that others require on first use. */
const lazy = modules.flatMap((module) =>
  [...readFileSync(module, "utf8").matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(
    ([, path]) => `${join(module, "..", path)}.ts`,
  ),
);
const PEERS_CHECK = join(LIB, "peers.ts");
const { peerDependencies } = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as {
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const PEERS = Object.keys(peerDependencies);
const entries = ["index.ts", "testing/index.ts", "testing/jest-globals.ts", "cli/veeam-ports.ts"];
const ownFiles = new Set([PEERS_CHECK, ...entries.map((entry) => join(LIB, entry)), ...lazy]);

const onFirstUse: Plugin = {
  name: "on-first-use",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
      kind === "require-call"
        ? { path: `./${nameOf(join(resolveDir, `${path}.ts`))}.js`, external: true }
        : undefined,
    ),
};

async function buildCode(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: TOP,
    entryPoints: [...ownFiles].map((module) => ({ in: module, out: nameOf(module) })),
    outdir: CODE,
    bundle: true,
    packages: "external",
    // Modules are shared among files only in this format; each file is made CommonJS afterwards.
    format: "esm",
    splitting: true,
    // What explain needs is in one file this way, because every file needs it; the command starts with it.
    inject: [join(LIB, "cli", "actions", "explain.ts")],
    chunkNames: "[hash]",
    platform: "node",
    target: "node20",
    plugins: [onFirstUse],
    write: false,
  });
  mkdirSync(CODE);
  for (const { path, text } of outputFiles) {
    // What stands for require in the other format is require itself here.
    const { code } = transformSync(text.replace(/\b__require\b(?=[(.])/g, "require"), {
      format: "cjs",
      platform: "node",
      target: "node20",
    });
    writeFileSync(path, asModule(path, code));
  }
  chmodSync(join(CODE, "cli-veeam-ports.js"), 0o755);
}

/** The code as modules are: strict. Files that need a peer first run the check that says, in a sentence, which one is missing. */
function asModule(path: string, code: string): string {
  const needsPeer =
    path !== join(CODE, "peers.js") && PEERS.some((peer) => code.includes(`require("${peer}`));
  const start = ['"use strict";', ...(needsPeer ? ['require("./peers.js");'] : [])];
  return code.replace(/^(#!.*\n)?/, `$&${start.join("\n")}\n`);
}

/** Declarations that no entry point leads to are of no use to a user. */
function removeUnreached(): void {
  const reached = new Set<string>();
  const reach = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
      const target = join(file, "..", path);
      reach(existsSync(`${target}.d.ts`) ? `${target}.d.ts` : join(target, "index.d.ts"));
    }
  };
  for (const entry of entries.slice(0, 3)) reach(join(DIST, entry.replace(/ts$/, "d.ts")));
  for (const name of readdirSync(DIST, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".d.ts") && !reached.has(join(DIST, name))) rmSync(join(DIST, name));
}

rmSync(DIST, { recursive: true, force: true });
// The compiler writes the declarations, with their comments; npm run typecheck checks the types.
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: TOP,
  stdio: "inherit",
});
removeUnreached();
for (const file of files)
  if (!file.endsWith(".ts")) cpSync(file, join(DIST, relative(LIB, file)), { recursive: true });
void buildCode();
