import { allowRule, groupWith, rule, stackWith } from "../../support/files/small-network";
import { veeamPorts } from "../../support/tools/fake-io";

// Azure documents ports for TCP and UDP alone: what else a rule with ports matches is a doubt.
const DOUBT = "whether Azure passes over the ports of rules for protocols without ports";

async function verdictOf(rules: object[], protocol: string, ...more: string[]): Promise<string> {
  const files = { "stack.json": stackWith(groupWith([...rules, rule()])) };
  const asked = [
    "explain",
    "--json",
    "--from",
    "10.9.0.9",
    "--to",
    "10.0.1.4",
    "--protocol",
    protocol,
    ...more,
  ];
  const { out } = await veeamPorts([...asked, "stack.json"], files);
  const { verdict, dependsOn } = JSON.parse(out) as { verdict: string; dependsOn: string[] };
  return [verdict, ...dependsOn].join("; ");
}

const denyRule = (change: object) => rule({ name: "deny-some", priority: 100, ...change });
const ports = (...texts: string[]) => ({ destination_port_range: null, destination_port_ranges: texts });

test.each<[string, object[], string, string]>([
  ["Icmp with a port", [allowRule({ protocol: "Icmp", destination_port_range: "443" })], "icmp", "depends"],
  ["Icmp from a port", [allowRule({ protocol: "Icmp", source_port_range: "443" })], "icmp", "depends"],
  ["* with a port", [allowRule({ destination_port_range: "443" })], "esp", "depends"],
  ["Ah with a port", [allowRule({ protocol: "Ah", destination_port_range: "22" })], "ah", "depends"],
  [
    "Icmp with all ports but one",
    [allowRule({ protocol: "Icmp", ...ports("0-99", "101-65535") })],
    "icmp",
    "depends",
  ],
  [
    "Icmp with a port known at apply",
    [allowRule({ protocol: "Icmp", destination_port_range: "${var.p}" })],
    "icmp",
    "depends",
  ],
  [
    "a port that is denied before everything is allowed",
    [denyRule({ destination_port_range: "443" }), allowRule({ priority: 200, protocol: "Icmp" })],
    "icmp",
    "depends",
  ],
  ["Icmp with *", [allowRule({ protocol: "Icmp" })], "icmp", "allow"],
  [
    "Icmp with 0-65535, which is *",
    [allowRule({ protocol: "Icmp", destination_port_range: "0-65535" })],
    "icmp",
    "allow",
  ],
  [
    "Icmp with a list of all ports",
    [allowRule({ protocol: "Icmp", ...ports("0-100", "101-65535") })],
    "icmp",
    "allow",
  ],
  ["Tcp with *", [allowRule({ protocol: "Tcp" })], "icmp", "deny"],
])("a rule for %s", async (_, rules, protocol, verdict) => {
  expect(await verdictOf(rules, protocol)).toBe(verdict === "depends" ? `depends; ${DOUBT}` : verdict);
});

test("every protocol with a port is TCP and UDP, which have ports", async () => {
  const any = [allowRule({ destination_port_range: "443" })];
  const both = ["Tcp", "Udp"].map((protocol, index) =>
    allowRule({ name: protocol, priority: 100 + index, protocol, destination_port_range: "443" }),
  );
  expect(await verdictOf(any, "*", "--port", "443")).toBe("allow");
  expect(await verdictOf(both, "*", "--port", "443")).toBe("allow");
  expect(await verdictOf(both.slice(0, 1), "*", "--port", "443")).toBe("depends; protocol");
});

test.each([
  ["icmp", ["--port", "443"]],
  ["icmp", ["--source-port", "0"]],
  ["esp", ["--port", "443"]],
])("a question about %s with %j is refused", async (protocol, more) => {
  const asked = ["explain", "--from", "10.9.0.9", "--to", "10.0.1.4", "--protocol", protocol, ...more];
  const { err, exitCode } = await veeamPorts([...asked, "stack.json"], { "stack.json": stackWith() });
  expect([exitCode, err]).toEqual([2, expect.stringContaining("does not have ports")]);
});
