import type { Disagreement } from "../../e2e/connections";
import { detected, FAULTS, type FaultyStack } from "../../e2e/faults";

const stack = () => ({
  resource: {
    azurerm_network_security_group: {
      a: { security_rule: [rule("web", "443", null), rule("data", null, ["22", "2500-3300"])] },
      b: { security_rule: [{ ...rule("deny", "*", null), access: "Deny" }] },
    },
    azurerm_subnet_network_security_group_association: { first: {}, second: {} },
  },
});

function rule(name: string, port: string | null, ports: string[] | null) {
  return {
    ...{ name, access: "Allow", direction: name === "data" ? "Outbound" : "Inbound" },
    ...{ destination_port_range: port, destination_port_ranges: ports },
  };
}

/** Ports of each rule, and the associations, after a fault. */
function after(name: string): { rules: Record<string, unknown>; associations: string[] } {
  const changed: FaultyStack = stack();
  FAULTS[name].change(changed);
  const { azurerm_network_security_group: groups, ...rest } = changed.resource;
  const rules = Object.values(groups).flatMap(({ security_rule }) => security_rule);
  return {
    rules: Object.fromEntries(
      rules.map((one) => [one.name, one.destination_port_range ?? one.destination_port_ranges]),
    ),
    associations: Object.keys(rest.azurerm_subnet_network_security_group_association),
  };
}

const UNCHANGED = { web: "443", data: ["22", "2500-3300"], deny: "*" };
const { web: _web, ...WITHOUT_WEB } = UNCHANGED;
const { data: _data, ...WITHOUT_DATA } = UNCHANGED;
const { deny: _deny, ...WITHOUT_DENY } = UNCHANGED;

test.each<[string, object]>([
  ["allow-dropped", WITHOUT_WEB],
  ["deny-dropped", WITHOUT_DENY],
  ["one-side-missing", WITHOUT_DATA],
  ["port-off-by-one", { ...UNCHANGED, web: "444" }],
  ["port-range-off-by-one", { ...UNCHANGED, data: ["22", "2500-3299"] }],
])("the fault %s changes one rule", (name, rules) => {
  expect(after(name)).toEqual({ rules, associations: ["first", "second"] });
});

test("the fault association-missing removes one association", () => {
  expect(after("association-missing")).toEqual({ rules: UNCHANGED, associations: ["second"] });
});

test("a fault is detected by a connection on which the kernel and the proof contradict Veeam's rows", () => {
  const disagreement = (kernel: string, proof: string, rows: string): Disagreement => ({
    probe: {
      ...{ from: { name: "a", address: "10.0.0.4" }, to: { name: "b", address: "10.0.0.5" } },
      ...{ protocol: "Tcp", port: 443 },
    },
    kernel,
    proof: { verdict: proof },
    rows: { verdict: rows },
  });
  const right = disagreement("deny", "deny", "allow");
  const others = [
    disagreement("allow", "allow", "deny"),
    disagreement("silent", "deny", "allow"),
    disagreement("deny", "allow", "allow"),
  ];
  expect(detected(FAULTS["allow-dropped"], [...others, right])).toBe(right);
  expect(detected(FAULTS["allow-dropped"], others)).toBeUndefined();
});
