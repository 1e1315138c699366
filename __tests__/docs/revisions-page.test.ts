import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plan } from "../../lib/plan/plan";
import { NAMED_DEPLOYMENTS, revisionsPage } from "../../scripts/revisions-page";
import { type ExpectedFlow } from "../support/expected/expected-flows";
import { expectedFlowsWithFeatures } from "../support/expected/expected-feature-flows";
import { pagesOn, TRANSCRIBED_REVISIONS } from "../support/expected/veeam-pages";
import type { FeatureDeployment } from "../support/arbitraries/feature-deployment-arbitrary";

const page = readFileSync(join(__dirname, "..", "..", "docs", "revisions.md"), "utf8");

test("the page is what the data says; npm run write-docs writes it", () => {
  expect(page).toBe(revisionsPage());
});

const NAMES = NAMED_DEPLOYMENTS.map(({ deployment }) => deployment.name);
const DAYS = TRANSCRIBED_REVISIONS.map((revision) => revision.split("@")[1]);

/** The connections that the page lists for a deployment on a day: `TCP 443` and so on. */
function listed(name: string, day: string): string[] {
  const part = page.split(`"name": "${name}"`)[1].split("\n## ")[0];
  return part
    .split("\n")
    .filter((line) => /^\| [^F-]/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, , , , revisions]) => revisions.split(", ").some((span) => isIn(span, day)))
    .map(([, , , ports]) => ports);
}

function isIn(span: string, day: string): boolean {
  if (span.startsWith("since ")) return day >= span.slice(6);
  const [first, last = first] = span.split(" to ");
  return first <= day && day <= last;
}

describe.each(NAMES)("%s", (name) => {
  const { deployment } = NAMED_DEPLOYMENTS[NAMES.indexOf(name)];

  test.each(TRANSCRIBED_REVISIONS)(
    "in %s is refused, or opens what the pages of that day ask for",
    (portTable) => {
      const day = portTable.split("@")[1];
      const { problems } = plan({ ...deployment, portTable });
      const row =
        page
          .split("\n")
          .find((line) => line.includes(`| ${portTable} `))
          ?.split("|") ?? [];
      const cell = row[4 + NAMES.indexOf(name)].trim();
      if (pagesOn(portTable).usedPorts === undefined) {
        expect(problems.map(({ code }) => code)).toContain("needs-used-ports");
        expect([cell, listed(name, day)]).toEqual(["refused", []]);
        return;
      }
      expect(problems).toEqual([]);
      const expected = expectedFlowsWithFeatures({
        ...deployment,
        portTable,
      } as unknown as FeatureDeployment);
      expect([...new Set(listed(name, day).flatMap(portsOf))].sort()).toEqual(
        [...new Set(expected.flatMap(portsOfFlow))].sort(),
      );
      expect(cell).toBe(`${listed(name, day).length} flows`);
    },
  );
});

test("no day of a page is forgotten", () => {
  for (const day of DAYS) expect(page).toContain(day);
});

/** `TCP 6160, 6162` one by one. */
function portsOf(text: string): string[] {
  const [protocol, ports] = text.split(/ (.*)/);
  return ports.split(", ").map((port) => `${protocol} ${port}`);
}

function portsOfFlow({ protocol, ports }: ExpectedFlow): string[] {
  return ports.map(
    ([first, last]) => `${protocol.toUpperCase()} ${first === last ? first : `${first}-${last}`}`,
  );
}
