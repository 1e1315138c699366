import type { Flow, FlowEndpoint } from "../../../lib/azure/flow";
import { hasWayOut } from "../../../lib/plan/flows/public-flows";
import { Protocol } from "../../../lib/azure/security-rule";

const at = (id: string, ...prefixes: string[]): FlowEndpoint => ({ id, label: id, prefixes });
const flow = (from: FlowEndpoint, to: FlowEndpoint): Flow => ({
  name: "flow",
  priority: 100,
  from,
  to,
  protocol: Protocol.TCP,
  ports: ["443"],
  reason: "test",
  origin: "test",
});
const here = at("here", "10.0.0.0/27");

test.each<[string, FlowEndpoint, boolean]>([
  ["a service tag", at("tag", "AzureActiveDirectory"), true],
  ["a public prefix", at("there", "203.0.113.0/24"), true],
  ["a public prefix behind a private one", at("there", "10.1.0.0/24", "203.0.113.0/24"), true],
  ["private prefixes", at("there", "10.1.0.0/24", "172.16.0.0/12", "192.168.0.0/24", "100.64.0.0/10"), false],
  ["a value known only at apply", at("there", "${var.prefix}"), false],
  ["application security groups", at("there"), false],
])("connections to %s need a way out: %3$p", (_title, there, expected) => {
  expect(hasWayOut(here, [flow(here, there)])).toBe(expected);
});

test("connections from public addresses need no way out, nor do those of other deployments", () => {
  const far = at("far", "203.0.113.0/24");
  expect(hasWayOut(here, [flow(far, here), flow(at("other", "10.9.0.0/24"), far)])).toBe(false);
  expect(hasWayOut(here, [])).toBe(false);
});
