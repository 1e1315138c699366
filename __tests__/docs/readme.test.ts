import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kept } from "../../lib/base/collections";
import { readDeployment } from "../../lib/app/read-deployment";
import { reportModel } from "../../lib/report/report-model";
import { deploymentSummary } from "../../lib/report/terminal-text";
import { deploymentInMemory } from "../../lib/verification/deployment-changes";
import { referencePage } from "../../scripts/reference-page";
import { compileErrors } from "../support/tools/compile-snippet";
import { temporaryFolder } from "../support/tools/temporary-folder";

// All snippets are compiled with the provider's types.
jest.setTimeout(60_000);

const TOP = join(__dirname, "..", "..");
const PAGES = [
  "README.md",
  ...readdirSync(join(TOP, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
  ...readdirSync(join(TOP, "examples")).map((name) => join("examples", name, "README.md")),
];

interface Snippet {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const snippets: Snippet[] = PAGES.flatMap((page) =>
  [...readFileSync(join(TOP, page), "utf8").matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ([, language, text]) => ({
      page,
      language,
      text,
    }),
  ),
);
const inLanguage = (language: string): Snippet[] =>
  snippets.filter((snippet) => snippet.language === language);

// Snippets that are apps, and not pieces of a test.
const apps = inLanguage("ts").filter(({ text }) => text.includes("app.synth()"));

test("every snippet in TypeScript compiles, and one that does not is found", () => {
  const found = inLanguage("ts");
  expect(found.length).toBeGreaterThan(1);
  const texts = found.map(({ page, text }, index) => [`${page.replaceAll("/", "-")}-${index}.ts`, text]);
  const wrong = 'import { Nothing } from "cdktf-veeam-entra-id";\nconst a: number = "b";';
  expect(compileErrors({ ...Object.fromEntries(texts), "wrong.ts": wrong })).toEqual([
    { file: "wrong.ts", message: expect.stringContaining("Nothing") as string },
    { file: "wrong.ts", message: expect.stringContaining("'string' is not assignable") as string },
  ]);
});

test.each(apps.map(({ page, text }, index) => [`${page} ${index}`, text]))(
  "the snippet of %s synthesizes a stack",
  (_, text) => {
    const folder = temporaryFolder("veeam-snippet-");
    symlinkSync(join(TOP, "node_modules"), join(folder.path, "node_modules"));
    writeFileSync(join(folder.path, "snippet.ts"), text);
    process.env.CDKTF_OUTDIR = join(folder.path, "cdktf.out");
    try {
      // A snippet is an app, which runs when it is loaded.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      require(join(folder.path, "snippet.ts"));
    } finally {
      delete process.env.CDKTF_OUTDIR;
    }
    const stack = readFileSync(join(folder.path, "cdktf.out", "stacks", "backup", "cdk.tf.json"), "utf8");
    expect(stack).toContain("azurerm_network_security_group");
    folder.remove();
  },
);

test.each(inLanguage("json").map(({ page, text }, index) => [`${page} ${index}`, text]))(
  "the deployment in %s is one that is taken",
  (_, text) => {
    const entraIdBackup: unknown = JSON.parse(text);
    expect(() => readDeployment({ entraIdBackup }, "the page")).not.toThrow();
  },
);

test("the README has at most 120 lines, and the output of npm start as it is", () => {
  const readme = readFileSync(join(TOP, "README.md"), "utf8");
  expect(readme.split("\n").length - 1).toBeLessThanOrEqual(120);
  const [{ text }] = inLanguage("text").filter(({ page }) => page === "README.md");
  const { context } = JSON.parse(readFileSync(join(TOP, "cdktf.json"), "utf8")) as { context: unknown };
  const backup = deploymentInMemory(readDeployment(context, "cdktf.json"));
  const summary = deploymentSummary(reportModel(backup._reportInput()), backup.closedSections);
  expect(text).toBe(`${summary}\nReport: cdktf.out/stacks/veeam-entra/veeam-entra.backup.report.html\n`);
});

test("the reference is what the schema says (npm run write-docs), and lists every property", () => {
  const page = readFileSync(join(TOP, "docs", "reference.md"), "utf8");
  // Prettier aligns the columns of tables.
  const unaligned = (text: string): string => text.replace(/ {2,}/g, " ").replace(/-{3,}/g, "---").trim();
  expect(unaligned(page)).toBe(unaligned(referencePage()));
  const schema = readFileSync(join(TOP, "cdktf.schema.json"), "utf8");
  const properties = [...schema.matchAll(/"(\w+)": \{\s+"(?:description|type|anyOf)"/g)].map(
    ([, name]) => name,
  );
  const outside = [
    "context",
    "entraIdBackup",
    "properties",
    "items",
    "additionalProperties",
    "propertyNames",
    "not",
  ];
  for (const name of properties) if (!outside.includes(name)) expect(page).toContain(`\`${name}\``);
});

test("every npm script that a page names is there", () => {
  const { scripts } = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const named = PAGES.flatMap((page) => [
    ...readFileSync(join(TOP, page), "utf8").matchAll(/npm run ([\w:-]+)/g),
  ]);
  for (const [, script] of named) expect(Object.keys(scripts)).toContain(script);
});

/** The anchors of a page: its headings, as GitHub names them, and the ids that it sets. */
function anchorsOf(page: string): Set<string> {
  const text = readFileSync(page, "utf8").replace(/^(`{3,}).*?^\1$/gms, "");
  const times = new Map<string, number>();
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-");
    const earlier = times.get(slug) ?? 0;
    times.set(slug, earlier + 1);
    return earlier === 0 ? slug : `${slug}-${earlier}`;
  });
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id)]);
}

test("every file and every section that a page links to is there", () => {
  const anchors = new Map<string, Set<string>>();
  const pages = ["API.md", "CHANGELOG.md", "CONTRIBUTING.md", join("__tests__", "README.md"), ...PAGES];
  const missing = pages.flatMap((page) =>
    [...readFileSync(join(TOP, page), "utf8").matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].filter(
      ([, file, section]) => {
        const target = file === "" ? join(TOP, page) : join(TOP, page, "..", file);
        if (!existsSync(target)) return true;
        if (section === undefined) return false;
        return !kept(anchors, target, () => anchorsOf(target)).has(section);
      },
    ),
  );
  expect(missing.map(([link]) => link)).toEqual([]);
});
