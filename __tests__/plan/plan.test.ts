import { Protocol } from "../../lib/azure/security-rule";
import type { FlowEndpoint } from "../../lib/azure/flow";
import type { Deployment } from "../../lib/plan/deployment";
import type { UserFlow } from "../../lib/plan/flows/user-flow";
import { plan } from "../../lib/plan/plan";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const elsewhere: FlowEndpoint = { id: "elsewhere", label: "elsewhere", prefixes: ["10.9.0.0/24"] };

function planWith(...declared: Array<Pick<UserFlow, "ports" | "priority">>): ReturnType<typeof plan> {
  return plan(smallestDeployment() as Deployment, {
    connections: (endpointOf) =>
      declared.map((one) => ({
        from: elsewhere,
        to: endpointOf("backupServer") as FlowEndpoint,
        protocol: Protocol.TCP,
        reason: "metrics",
        ...one,
      })),
  });
}

test("two rules of one priority are a problem of the plan, and nothing is planned", () => {
  const { problems, places, flows } = planWith(
    { ports: ["8080"], priority: 1500 },
    { ports: ["8081"], priority: 1500 },
  );
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(["priority-taken priority"]);
  expect([places, flows]).toEqual([[], []]);
});

test("one connection with two priorities is a problem of the plan", () => {
  const { problems } = planWith({ ports: ["8080"], priority: 1500 }, { ports: ["8080"], priority: 1501 });
  expect(problems.map(({ code }) => code)).toContain("priority-differs");
});

test("connections that agree are planned", () => {
  const { problems, places } = planWith(
    { ports: ["8080"], priority: 1500 },
    { ports: ["8081"], priority: undefined },
  );
  expect(problems).toEqual([]);
  expect(places[0].rules.filter(({ rule }) => rule.description?.includes("metrics"))).toHaveLength(2);
});
