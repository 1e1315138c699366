import type { Flow } from "../../../lib/azure/flow";
import { userFlow } from "../../../lib/plan/flows/user-flow";
import { Protocol } from "../../../lib/azure/security-rule";
import { MAX_REASON_LENGTH, withReasonsOfRules } from "../../../lib/plan/rules/rules-of-endpoint";

const end = (label: string) => ({ id: label, label, prefixes: ["10.0.0.0/24"] });
const flow = (reason: string, to = "b"): Flow =>
  userFlow({ from: end("a"), to: end(to), protocol: Protocol.TCP, ports: ["1"], reason });
const reasons = (...flows: Flow[]): string[] => withReasonsOfRules(flows).map(({ reason }) => reason);

const [A, B, C] = ["a", "b", "c"].map((letter) => letter.repeat(60));

test("declarations of one rule share their reasons, each once and in one order", () => {
  expect(reasons(flow("metrics"), flow("alerts"), flow("metrics"))).toEqual(
    Array.from({ length: 3 }, () => "alerts; metrics"),
  );
});

test("other rules, and documented flows, keep their own", () => {
  const documented = { ...flow("first"), origin: "Entra ID ports" };
  expect(
    reasons(flow("metrics"), flow("alerts", "c"), documented, { ...documented, reason: "second" }),
  ).toEqual(["metrics", "alerts", "first", "second"]);
});

test.each<[string, string[], string]>([
  ["two that fit", [A, B], `${A}; ${B}`],
  ["two of three", [C, B, "aa"], `aa; ${B}; ...`],
  ["one of two", [`${B}bbbb`, A], `${A}; ...`],
  [
    "a part of one where there is no room for the mark",
    ["z".repeat(125), "a".repeat(125)],
    `${"a".repeat(122)}...`,
  ],
  ["one that is known only at apply, whole", [`\${${"a".repeat(122)}}`, "z"], `\${${"a".repeat(122)}}`],
])("a description holds %s, and says where there are more", (_, given, said) => {
  expect(new Set(reasons(...given.map((reason) => flow(reason))))).toEqual(new Set([said]));
  expect(said.length).toBeLessThanOrEqual(MAX_REASON_LENGTH);
});
