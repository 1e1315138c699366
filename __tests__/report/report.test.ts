import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { FlowEndpoint } from "../../lib/azure/flow";
import { csvReport } from "../../lib/report/csv-report";
import { htmlReport } from "../../lib/report/html-report";
import { jsonReport } from "../../lib/report/json-report";
import { type JsonReport, jsonReportSchema, reportJsonSchema } from "./support/json-report-schema";
import { markdownCode, markdownReport } from "../../lib/report/markdown-report";
import { FlowReport, REPORT_FORMATS } from "../../lib/report/report";
import type { IReported, ReportInput } from "../../lib/plan/reported";
import { codesOf, problemsIn } from "../support/expected/refusals";
import { reportModel, type ReportModel } from "../../lib/report/report-model";
import { svgReport } from "../../lib/report/picture/svg";
import { verdictText } from "../../lib/report/sections/facts";
import { serviceText, visibleText } from "../../lib/report/words";
import { parseCsv } from "./support/csv";
import { HOSTILE_TEXTS, hostileText, withTexts } from "./support/hostile";
import {
  backupOf,
  brownfieldBackup,
  largeBackup,
  minimalBackup,
  everyRoleBackup,
  tamperedInput,
} from "./support/report-inputs";

const INPUTS: ReadonlyArray<readonly [name: string, input: ReportInput]> = [
  ["one component of each role", everyRoleBackup()._reportInput()],
  ["everything on the backup server", minimalBackup()._reportInput()],
  ["a large deployment", largeBackup()._reportInput()],
  ["a deployment whose rules were tampered with", tamperedInput()],
  ["many features in a network that exists", brownfieldBackup()._reportInput()],
  [
    "nothing that connects to anything",
    {
      ...minimalBackup()._reportInput(),
      flows: [],
      components: [],
      places: [],
      network: { endpoints: [], groups: [] },
    },
  ],
];
const [, shipped] = INPUTS[0];
const [, tampered] = INPUTS[3];

const FORMATS = Object.values(REPORT_FORMATS);

function jsonOf(input: ReportInput): JsonReport {
  return JSON.parse(jsonReport(reportModel(input))) as JsonReport;
}

describe.each(INPUTS)("of %s", (_, input) => {
  const model = reportModel(input);

  test("JSON follows its schema to the letter and has every flow", () => {
    const report = jsonReportSchema.strict().parse(jsonOf(input));
    expect(report.flows.map(({ name, from, to, ports }) => [name, from, to, ports]).sort()).toEqual(
      model.flows.map(({ flow }) => [flow.name, flow.from.id, flow.to.id, flow.ports]).sort(),
    );
    expect(report.flows).toHaveLength(input.flows.length);
    const ids = report.ends.map(({ id }) => id);
    for (const { from, to } of report.flows) expect(ids).toEqual(expect.arrayContaining([from, to]));
  });

  test("JSON has its keys sorted", () => {
    const keysSorted = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Array.isArray(value)) expect(Object.keys(value)).toEqual(Object.keys(value).sort());
      Object.values(value).forEach(keysSorted);
    };
    keysSorted(jsonOf(input));
  });

  test("Markdown has a row for every flow, and tables whose rows are as wide as their heads", () => {
    const markdown = markdownReport(model);
    for (const { flow, from, to } of model.flows) {
      const service = markdownCode(serviceText(flow.protocol, flow.ports));
      expect(markdown).toContain(`| ${markdownCode(from.label)} | ${markdownCode(to.label)} | ${service} |`);
    }
    expectTables(markdown);
  });

  test("CSV has a row for each end of each flow but those of service tags, and for what is reached by name", () => {
    const [head, ...rows] = parseCsv(csvReport(model));
    const ends = model.flows
      .flatMap(({ from, to }) => [from, to])
      .filter((end) => end.ours || !end.serviceTag);
    const named = model.dnsNames.filter(({ through }) => through);
    expect(rows).toHaveLength(ends.length + named.length);
    for (const row of rows) expect(row).toHaveLength(head.length);
    for (const { flow, from, to } of model.flows) {
      const own = rows.filter(
        (row) =>
          row[3] === from.label &&
          row[5] === to.label &&
          row[9] === flow.reason &&
          row[11] === (flow.source ?? ""),
      );
      expect(own.length).toBeGreaterThan(0);
    }
    const todo = rows.map(([first]) => first);
    expect(todo).toEqual([...todo].sort().reverse());
  });

  test("HTML has every flow in its list, in the matrix and in the picture, and every link leads somewhere", () => {
    const page = htmlReport(model);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const drawn = [...page.matchAll(/data-flows="([^"]*)"/g)].flatMap(([, flows]) => flows.split(" "));
    expect([...drawn].sort()).toEqual(model.flows.map(({ id }) => id).sort());
    const matrix = page.slice(page.indexOf('id="matrix"'), page.indexOf('id="proof"'));
    for (const { id } of model.flows) {
      expect(ids).toContain(id);
      expect(matrix).toContain(`href="#${id}"`);
    }
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, targets] of page.matchAll(/data-(?:leaving|arriving)="([^"]*)"/g)) {
      for (const target of targets.split(" ").filter(Boolean)) expect(ids).toContain(target);
    }
  });

  test("the picture alone is well-formed, and leads nowhere", () => {
    const svg = svgReport(model);
    const open: string[] = [];
    for (const [, closes, tag, closed] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (closes !== "") expect(open.pop()).toBe(tag);
      else if (closed === "") open.push(tag);
    }
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/<\/?a\b|href=|<script/);
  });

  test("the styles of the picture alone are for no other picture on a page", () => {
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(svgReport(model)) ?? [];
    const selectors = [...style.matchAll(/^([^{}]+) \{/gm)].map(([, selector]) => selector);
    expect(selectors).toContain(".picture text");
    expect(selectors.filter((selector) => !selector.startsWith(".picture"))).toEqual([]);
  });

  test("HTML loads nothing and says so in its policy", () => {
    const page = htmlReport(model);
    expect(page).toContain("default-src &#39;none&#39;");
    expect(page).not.toMatch(
      /<(?:img|iframe|object|embed|base)\b|\b(?:src|srcset|style|on\w+)="|@import|url\(/i,
    );
    expect(page.match(/<link\b[^>]*>/g)).toHaveLength(1);
  });

  test("the order of the input does not matter", () => {
    const first = FORMATS.map((render) => render(model));
    fc.assert(
      fc.property(shuffled(input), (other) => {
        const shuffledModel = reportModel(other);
        FORMATS.forEach((render, index) => expect(render(shuffledModel)).toBe(first[index]));
      }),
      { numRuns: input.flows.length > 50 ? 1 : 10 },
    );
  });
});

function shuffled(input: ReportInput): fc.Arbitrary<ReportInput> {
  const shuffled = <T>(list: readonly T[]): fc.Arbitrary<T[]> =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
  const { topology, closedSections } = input.documented;
  return fc
    .record({
      components: shuffled(input.components),
      places: shuffled(input.places),
      flows: shuffled(input.flows),
      endpoints: shuffled(input.network.endpoints),
      groups: shuffled(input.network.groups),
      missing: shuffled(input.proof.missing),
      excess: shuffled(input.proof.excess),
      rulesWithoutFlow: shuffled(input.proof.rulesWithoutFlow),
      warnings: shuffled(input.warnings),
      closed: shuffled(closedSections),
      inTopology: shuffled(topology.components),
    })
    .map((all) => ({
      ...input,
      components: all.components,
      places: all.places,
      flows: all.flows.map((flow) => ({ ...flow, ports: [...flow.ports].reverse() })),
      network: {
        ...input.network,
        endpoints: all.endpoints,
        groups: all.groups.map(({ name, rules }) => ({ name, rules: [...rules].reverse() })),
      },
      proof: {
        ...input.proof,
        missing: all.missing,
        excess: all.excess,
        rulesWithoutFlow: all.rulesWithoutFlow,
      },
      warnings: all.warnings,
      documented: {
        ...input.documented,
        topology: { ...topology, components: all.inTopology },
        closedSections: all.closed,
      },
    }));
}

/** Each table of the text has rows of one width, counting the bars that are not part of a cell. */
function expectTables(markdown: string): void {
  const tables = markdown.split("\n\n").filter((block) => block.startsWith("|"));
  for (const table of tables) {
    const widths = table.split("\n").map((line) => line.split("|").length);
    expect(new Set(widths).size).toBe(1);
  }
}

describe("whatever texts users choose", () => {
  const cases = fc.array(hostileText(), { minLength: 4, maxLength: 8 }).map((texts) => {
    let next = 0;
    const chosen = new Map<string, string>();
    return withTexts(reportModel(tampered), (text) => {
      const known = chosen.get(text) ?? texts[next++ % texts.length];
      chosen.set(text, known);
      return known;
    });
  });
  const every = HOSTILE_TEXTS.map((text) => withTexts(reportModel(tampered), () => text));
  const check = (model: ReportModel): void => {
    const page = htmlReport(model);
    expect(page.match(/<script\b/g)).toHaveLength(1);
    expect(page.match(/<style\b/g)).toHaveLength(1);
    expect(KNOWN_TAGS).toEqual(expect.arrayContaining(tagsOf(page)));
    expect(page).not.toMatch(/href="(?!#|https?:|data:,")/);

    const markdown = markdownReport(model);
    expectTables(markdown);
    expect(
      markdown
        .replaceAll("<!-- -->", "")
        .replace(/<\/?code>|<br>/g, "")
        .replace(/`[^`\n]*`/g, ""),
    ).not.toMatch(/[<>]/);

    const [head, ...rows] = parseCsv(csvReport(model));
    for (const row of rows) {
      expect(row).toHaveLength(head.length);
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@|%]|[\r\n\t]/);
    }

    expect(jsonReportSchema.strict().safeParse(JSON.parse(jsonReport(model))).success).toBe(true);
  };

  test("each known attack is shown as text in every format", () => {
    every.forEach(check);
    expect(htmlReport(every[0])).toContain("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>");
  });

  test("made-up ones too", () => {
    fc.assert(fc.property(cases, check), { numRuns: 25 });
  });

  test("two ends of one label stay two", () => {
    const same = <E extends FlowEndpoint>(end: E): E => ({ ...end, label: "same" });
    const model = reportModel({
      ...shipped,
      flows: shipped.flows.map((flow) => ({ ...flow, from: same(flow.from), to: same(flow.to) })),
      network: { ...shipped.network, endpoints: shipped.network.endpoints.map(same) },
    });
    expect(model.ends).toHaveLength(reportModel(shipped).ends.length);
    expect(new Set(model.ends.map(({ label }) => label)).size).toBe(model.ends.length);
    expect(new Set(model.flows.map(({ id }) => id)).size).toBe(model.flows.length);
  });
});

const KNOWN_TAGS = tagsOf(htmlReport(reportModel(tampered)));

function tagsOf(page: string): string[] {
  return [...new Set([...page.matchAll(/<([a-z][a-z0-9-]*)/gi)].map(([, tag]) => tag))].sort();
}

test("an address outside the web is not a link", () => {
  const model = withTexts(reportModel(shipped), (text) =>
    text.startsWith("http") ? "javascript:alert(1)" : text,
  );
  expect(htmlReport(model)).not.toContain('href="javascript');
  expect(markdownReport(model)).not.toContain("](javascript");
});

describe("the verdict", () => {
  const none = {
    holds: true,
    missing: [],
    excess: [],
    shadowedRules: [],
    rulesWithoutFlow: [],
    dependsOn: [],
    assumptions: [],
  };
  const perhaps = (dependsOn: string[]): ReportInput => {
    const [found] = tampered.proof.missing;
    return { ...shipped, proof: { ...none, holds: false, missing: [{ ...found, dependsOn }], dependsOn } };
  };

  test.each([
    ["holds", shipped, "Verified: all 10 flows are allowed, and nothing else is."],
    [
      "holds for one flow",
      { ...shipped, flows: shipped.flows.slice(0, 1) },
      "Verified: the flow is allowed, and nothing else is.",
    ],
    [
      "holds without flows",
      { ...shipped, flows: [] },
      "Verified: the deployment has no flows, and nothing is allowed.",
    ],
    [
      "fails",
      tampered,
      "Verification failed: 1 of 10 flows is blocked and 1 end allows more than the flows.",
    ],
    ["may fail", perhaps(["a token"]), "Verification failed: perhaps 1 of 10 flows is blocked."],
    ["surely fails", perhaps([]), "Verification failed: 1 of 10 flows is blocked."],
  ])("%s", (_, input, verdict) => {
    expect(verdictText(reportModel(input))).toBe(verdict);
  });

  test("and its reasons are in every format for people", () => {
    for (const render of [markdownReport, htmlReport]) {
      const text = render(reportModel(tampered));
      expect(text).toMatch(/temporary-remote-desktop \(priority 105\) in nsg-veeam-entra-backup-server/);
      expect(text).toMatch(/nobody-to-the-database \(priority 110\) in nsg-veeam-entra-postgresql/);
      expect(text).toContain("port 3389");
      expect(text).toContain("port 5432");
    }
  });
});

test("each check in Markdown has its mark: holds, fails, or remark", () => {
  const marksOf = (input: ReportInput): string[] => {
    const markdown = markdownReport(reportModel(input));
    const list = markdown.slice(markdown.indexOf("## Verification")).split("\n\n")[2];
    return list.split("\n").map((line) => line.split(" ")[1]);
  };
  expect(marksOf(shipped)).toEqual(["✅", "✅", "✅", "✅"]);
  expect(marksOf(tampered)).toEqual(["❌", "❌", "⚠️", "⚠️"]);
});

test("the sheet asks owners elsewhere for their end, seen from there", () => {
  const [, ...rows] = parseCsv(csvReport(reportModel(shipped)));
  const requests = rows.filter(([todo]) => todo === "request").map((row) => row.slice(1, 9).join(" | "));
  expect(requests).toEqual([
    "console | outbound | console | 10.1.0.0/24 | backup-server | 10.20.0.0/27 | TCP | 9419",
    "console | outbound | console | 10.1.0.0/24 | backup-server | 10.20.0.0/27 | TCP | 443",
    "backup-repository-secondary | inbound | cache-repository-cache | 10.20.0.64/27 | backup-repository-secondary | 10.2.0.0/27 | TCP | 2500-3300",
  ]);
});

test("flows of a user's own have no page, and say who asks for them", () => {
  const own = {
    ...shipped.flows[0],
    name: "metrics",
    priority: 2000,
    origin: "Declared flow",
    reason: "metrics",
  };
  const flow = { ...own, source: undefined, pageDate: undefined, sources: undefined };
  const model = reportModel({ ...shipped, flows: [...shipped.flows, flow] });
  expect(markdownReport(model)).toContain("| metrics | Declared flow |");
  expect(htmlReport(model)).toContain("Requested by Declared flow");
  expect(
    parseCsv(csvReport(model))
      .find((row) => row[9] === "metrics")
      ?.slice(9),
  ).toEqual(["metrics", "Declared flow", "", "", ""]);
});

test("values known only at apply are shown as they are", () => {
  const backup = backupOf({
    consoles: ["${var.consoles}"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { addresses: ["${var.database}"] },
  });
  const model = reportModel(backup._reportInput());
  expect(csvReport(model)).toContain("${var.database}");
  expect(htmlReport(model)).toContain("${var.consoles}");
});

const reported = (input: () => ReportInput): IReported => ({ flows: [], _reportInput: input });

test("what is not a deployment has no report", () => {
  expect(codesOf(problemsIn(() => FlowReport.of({} as IReported)))).toEqual(["wrong-type deployment"]);
});

describe("Report", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "report-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("writes its four files to the given folder, and the same bytes again", () => {
    const report = FlowReport.of(reported(() => shipped));
    const target = join(folder, "new", "folder");
    const files = report.write(target);
    expect(files).toEqual(
      ["json", "md", "csv", "html"].map((type) => join(target, `veeam-entra.backup.report.${type}`)),
    );
    expect(readdirSync(target)).toHaveLength(4);
    const read = (): string[] => files.map((file) => readFileSync(file, "utf8"));
    expect(read()).toEqual([report.toJson(), report.toMarkdown(), report.toCsv(), report.toHtml()]);
    const before = read();
    report.write(target);
    expect(read()).toEqual(before);
  });

  test("says what is true when it is asked, not when it was made", () => {
    let input = shipped;
    const report = FlowReport.of(reported(() => input));
    expect(report.toMarkdown()).toContain("Verified");
    input = tampered;
    expect(report.toMarkdown()).toContain("Verification failed");
  });

  test("contains no timestamp and no path of the machine that wrote it", () => {
    const renderAt = (time: number): string[] => {
      jest.useFakeTimers().setSystemTime(time);
      const texts = FORMATS.map((render) => render(reportModel(shipped)));
      jest.useRealTimers();
      return texts;
    };
    const texts = renderAt(0);
    expect(renderAt(2e12)).toEqual(texts);
    for (const text of texts) expect(text).not.toContain(process.cwd());
  });
});

test("the schema of the JSON report can be given to readers in other languages", () => {
  const schema = reportJsonSchema();
  expect(schema).toMatchObject({ type: "object", properties: { version: { const: 1 } } });
  expect(visibleText(JSON.stringify(schema))).toContain("Whether Azure adds the rule to every group.");
});
