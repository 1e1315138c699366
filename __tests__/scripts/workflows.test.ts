import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { scripts } from "../../package.json";

const TOP = join(__dirname, "..", "..");

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

const files = readdirSync(join(TOP, ".github"), { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".yml"),
);
const read = (file: string): unknown => parse(readFileSync(join(TOP, ".github", file), "utf8"));
const jobs = files
  .filter((file) => file.startsWith("workflows"))
  .flatMap((file) => Object.values((read(file) as { jobs: Record<string, Job> }).jobs));
const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

test("every file below .github is YAML", () => {
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) expect(read(file)).toEqual(expect.any(Object));
});

test("the workflows' steps are shell, and name scripts of package.json", () => {
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) {
    expect({ command, status: spawnSync("bash", ["-n", "-c", command]).status }).toEqual({
      command,
      status: 0,
    });
    for (const [, script] of command.matchAll(/npm run ([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
  }
});

test("the README's two commands run on the Node.js versions that .ci/run and CONTRIBUTING name", () => {
  const readme = readFileSync(join(TOP, "README.md"), "utf8");
  const two = [...readme.matchAll(/^(npm ci && npm (?:start|test)) +#/gm)].map(([, command]) => command);
  expect(two).toHaveLength(2);
  expect(commands).toEqual(expect.arrayContaining(two));
  const matrix = jobs.flatMap(({ strategy }) => strategy?.matrix.node ?? []);
  const inCi = readFileSync(join(TOP, ".ci", "run"), "utf8").matchAll(/two-commands (\d+)/g);
  expect([...inCi].map(([, major]) => Number(major)).sort()).toEqual(matrix);
  expect(readFileSync(join(TOP, "CONTRIBUTING.md"), "utf8")).toContain(
    `Node.js ${matrix.slice(0, -1).join(", ")} or ${matrix.at(-1)}`,
  );
});
