import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VeeamFeature } from "../../lib/ports/features";
import { featuresPage } from "../../scripts/features-page";
import { PAGES, rowsOf } from "../support/expected/veeam-pages";

const page = readFileSync(join(__dirname, "..", "..", "docs", "features.md"), "utf8");

const agreed = readFileSync(join(__dirname, "..", "fixtures", "connections.txt"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split(" | "));

test("the page is what the data says; node --import tsx scripts/write-features-page.ts writes it", () => {
  expect(page).toBe(featuresPage());
});

test("the page lists each feature with its connections", () => {
  for (const feature of Object.values(VeeamFeature)) {
    const [, part] = page.split(`### \`${feature}\`\n`);
    const end = part.search(/^##/m);
    const rules = [...part.slice(0, end).matchAll(/\| `([a-z-]+)`, (\d+) *\|/g)].map(([, name]) => name);
    const expected = agreed.filter(([, , , , , , features]) => features.split(" ").includes(feature));
    expect(rules.sort()).toEqual(expected.map(([name]) => name).sort());
  }
});

test("the page has every row of every text, with the days of the pages", () => {
  const cells = (text: string): string => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const every = page.slice(page.indexOf("## All rows")).replace(/ +/g, " ");
  for (const text of [...PAGES.entraIdPorts, ...PAGES.usedPorts]) {
    expect(page.replace(/ +/g, " ")).toContain(`| ${text.pageDate} | ${text.build} |`);
    for (const { from, to, protocol, ports } of rowsOf(text)) {
      expect(every).toContain(cells(`| ${from} | ${to} | ${protocol} ${ports.join(", ")}`));
    }
  }
});
