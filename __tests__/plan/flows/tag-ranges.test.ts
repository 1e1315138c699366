import type { Flow } from "../../../lib/azure/flow";
import { flowsWithRanges } from "../../../lib/plan/plan";
import { Protocol } from "../../../lib/azure/security-rule";

const TAGS = {
  changeNumber: 42,
  cloud: "Public",
  tags: [
    { name: "Sql", addressPrefixes: ["20.0.1.0/24", "20.0.0.0/16", "2603:1000::/32", "20.9.0.0/24"] },
    { name: "Other", addressPrefixes: ["30.0.0.0/8"] },
  ],
};

const flowTo = (...prefixes: string[]): Flow => ({
  name: "flow",
  priority: 100,
  from: { id: "from", label: "From", prefixes: ["Sql"] },
  to: { id: "to", label: "To", prefixes },
  protocol: Protocol.TCP,
  ports: ["443"],
  reason: "to test",
  origin: "Test",
});

test("a flow to a tag of the file goes to its IPv4 prefixes, and says which file", () => {
  expect(flowsWithRanges([flowTo("sql")], TAGS)).toEqual([
    {
      ...flowTo(),
      to: { id: "to", label: "To", prefixes: ["20.0.0.0/16", "20.9.0.0/24"] },
      origin: "Test, Service Tags 42",
    },
  ]);
});

test.each([
  ["a tag that the file lacks", ["Storage"]],
  ["a prefix", ["20.0.0.0/16"]],
  ["prefixes, one of which is called as a tag", ["Sql", "10.0.0.0/8"]],
  ["nothing, because a group stands for it", []],
])("a flow to %s stays as it is", (_, prefixes) => {
  expect(flowsWithRanges([flowTo(...prefixes)], TAGS)).toEqual([flowTo(...prefixes)]);
});
