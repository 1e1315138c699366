import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VeeamFeature } from "../../lib/ports/features";
import { featuresPage } from "../../scripts/features-page";
import { agreedRows, transcribedSections } from "../support/expected/transcribed-sections";

const page = readFileSync(join(__dirname, "..", "..", "docs", "features.md"), "utf8");

test("the page is what the data says; node --import tsx scripts/write-features-page.ts writes it", () => {
  expect(page).toBe(featuresPage());
});

test("the page lists each feature with its rows, and each section with its page", () => {
  for (const feature of Object.values(VeeamFeature)) {
    const [, part] = page.split(`### \`${feature}\`\n`);
    const end = part.search(/^##/m);
    const rules = [...part.slice(0, end).matchAll(/\| `([a-z-]+)`, (\d+) *\|/g)].map(([, name]) => name);
    const agreed = [...agreedRows().values()].flat().filter((row) => row.features.includes(feature));
    expect(rules.sort()).toEqual(agreed.map(({ name }) => name).sort());
  }
  for (const { section, pageDate, source } of transcribedSections()) {
    expect(page).toContain(`[${section}, ${pageDate}](${source})`);
  }
});
