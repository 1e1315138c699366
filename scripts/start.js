const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

// Starts the app: compiles main.ts and all that it imports into one file, unless none of these files
// has changed since the last start, and runs that. Loading 300 TypeScript files one by one takes longer
// than the rest of a start. With DEBUG they are loaded one by one, for stack traces with their lines.

const TOP = join(__dirname, "..");
const COMPILED = join(TOP, ".start", "main.js");
const FIRST_LINE = "// Compiled from ";

const modifiedAt = (file) => statSync(join(TOP, file), { throwIfNoEntry: false })?.mtimeMs;

/** Whether the compiled file is there, and every file that it was compiled from is as it was. */
function isCurrent() {
  try {
    const [line] = readFileSync(COMPILED, "utf8").split("\n", 1);
    const inputs = Object.entries(JSON.parse(line.slice(FIRST_LINE.length)));
    return inputs.every(([file, time]) => modifiedAt(file) === time);
  } catch {
    return false;
  }
}

/** Keeps the folder that a file finds its assets in. */
const keepFolders = {
  name: "keep-folders",
  setup: (build) =>
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8").replaceAll("__dirname", JSON.stringify(dirname(path))),
    })),
};

async function compile() {
  const { outputFiles, metafile } = await require("esbuild").build({
    absWorkingDir: TOP,
    entryPoints: ["main.ts"],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    write: false,
    metafile: true,
    plugins: [keepFolders],
  });
  const files = [...Object.keys(metafile.inputs), "package-lock.json", "tsconfig.json"];
  const inputs = Object.fromEntries(files.map((file) => [file, modifiedAt(file)]));
  mkdirSync(dirname(COMPILED), { recursive: true });
  // Two starts at the same time never read half a file.
  const draft = `${COMPILED}.${process.pid}`;
  writeFileSync(draft, `${FIRST_LINE}${JSON.stringify(inputs)}\n${outputFiles[0].text}`);
  renameSync(draft, COMPILED);
}

async function start() {
  if (process.env.DEBUG) {
    require("tsx/cjs");
    return require(join(TOP, "main.ts"));
  }
  if (!isCurrent()) await compile();
  return require(COMPILED);
}

void start();
