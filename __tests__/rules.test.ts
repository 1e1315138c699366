import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { readDeployment } from "../lib/app/read-deployment";
import { brownfieldBackup } from "./report/support/report-inputs";
import { fullDeployment, smallestDeployment } from "./support/deployments/sample-deployments";
import {
  type Synthesized,
  type SynthesizedRule,
  synthesizeDeployment,
  synthesizeStack,
} from "./support/tools/synthesized";

const FILE = join(__dirname, "fixtures", "rules.txt");
const CONTEXT = (JSON.parse(readFileSync("cdktf.json", "utf8")) as { context: unknown }).context;

const DEPLOYMENTS: ReadonlyArray<readonly [string, () => Synthesized]> = [
  ["the deployment of cdktf.json", () => synthesizeDeployment(readDeployment(CONTEXT, "cdktf.json"))],
  ["only a backup server and consoles", () => synthesizeDeployment(smallestDeployment())],
  ["every role, and a migration of the cache", () => synthesizeDeployment(fullDeployment())],
  [
    "features in an existing network, with a group that is managed elsewhere",
    () => synthesizeStack(TerraformStack.of(brownfieldBackup())),
  ],
];

/** `190 Allow Outbound Tcp 443 10.20.0.0/27 -> AzureActiveDirectory` */
function lineOf(rule: SynthesizedRule): string {
  const either = (one: string, several: readonly string[] | null): string => several?.join(",") || one;
  const ports = either(rule.destination_port_range, rule.destination_port_ranges);
  const from = either(rule.source_address_prefix, rule.source_address_prefixes);
  const to = either(rule.destination_address_prefix, rule.destination_address_prefixes);
  return `${rule.priority} ${rule.access} ${rule.direction} ${rule.protocol} ${ports} ${from} -> ${to}`;
}

/** The rules of each group, and those that are added to a group managed elsewhere. */
function linesOf(title: string, synthesized: Synthesized): string[] {
  const added = Object.values(synthesized.ofType("network_security_rule")) as unknown as ReadonlyArray<
    SynthesizedRule & { readonly network_security_group_name: string }
  >;
  const groups = Object.values(synthesized.groups)
    .map(({ name, security_rule: rules }) => ["", `## ${name}`, ...rules.map(lineOf)])
    .sort();
  const names = [...new Set(added.map((rule) => rule.network_security_group_name))];
  const others = names.map((name) => {
    const own = added.filter((rule) => rule.network_security_group_name === name);
    return ["", `## added to ${name}`, ...own.map(lineOf).sort()];
  });
  return [`# ${title}`, ...[...groups, ...others].flat(), ""];
}

// A change of a rule shows here as a line. If it is meant: UPDATE_RULES=1 npx jest __tests__/rules.test.ts
test.each(DEPLOYMENTS)("the rules of %s", (title, synthesize) => {
  const now = linesOf(title, synthesize()).join("\n");
  const before = readFileSync(FILE, "utf8");
  const start = before.indexOf(`# ${title}\n`);
  const end = before.indexOf("\n# ", start);
  const recorded = start < 0 ? "" : before.slice(start, end < 0 ? undefined : end + 1);
  if (process.env.UPDATE_RULES) {
    writeFileSync(FILE, start < 0 ? `${before}${now}\n` : before.replace(recorded, () => `${now}\n`));
  } else {
    expect(recorded).toBe(`${now}\n`);
  }
});
