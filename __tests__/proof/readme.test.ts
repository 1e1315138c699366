import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Flow } from "../../lib/azure/flow";
import { Access, Direction, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import { describeExcess, describeMissing } from "../../lib/proof/describe";
import type { Network } from "../../lib/proof/network";
import { prove } from "../../lib/proof/prove";

function rule(name: string, priority: number, access: Access, to: string, port: string): SecurityRule {
  return {
    name,
    priority,
    direction: Direction.OUTBOUND,
    access,
    protocol: access === Access.ALLOW ? Protocol.TCP : Protocol.ANY,
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: [to],
    destinationPortRanges: [port],
  };
}

function flow(name: string, to: string, port: string): Flow {
  return {
    name,
    priority: 100,
    from: { id: "web", label: "Web", prefixes: ["10.0.0.0/24"] },
    to: { id: name, label: name, prefixes: [to] },
    protocol: Protocol.TCP,
    ports: [port],
    reason: "",
    origin: "user",
  };
}

// The example of the page, word for word.
const network: Network = {
  endpoints: [{ id: "web", label: "Web", prefixes: ["10.0.0.0/24"], subnetGroup: "web" }],
  groups: [
    {
      name: "web",
      rules: [
        rule("no-storage", 100, Access.DENY, "Storage", "*"),
        rule("to-database", 110, Access.ALLOW, "10.0.1.0/24", "5432-5433"),
        rule("to-partner", 120, Access.ALLOW, "203.0.113.7", "443"),
        rule("nothing-else", 4096, Access.DENY, "*", "*"),
        { ...rule("nothing-in", 4096, Access.DENY, "*", "*"), direction: Direction.INBOUND },
      ],
    },
  ],
};
const flows = [flow("database", "10.0.1.0/24", "5432"), flow("partner", "203.0.113.7", "443")];

const page = readFileSync(join(__dirname, "../../lib/proof/README.md"), "utf8");
const blockOf = (kind: string) => new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? "";

test("the example of the proof's page is this test's", () => {
  expect(readFileSync(__filename, "utf8")).toContain(blockOf("ts"));
});

test("the example's findings are those on the page", () => {
  const { missing, excess } = prove(flows, network);
  expect([...missing.map(describeMissing), ...excess.map(describeExcess)].join("\n")).toBe(
    blockOf("text").trim(),
  );
});
