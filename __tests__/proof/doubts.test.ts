import { Access, Direction, Protocol } from "../../lib/azure/security-rule";
import { describeDifference } from "../../lib/proof/describe";
import { diff } from "../../lib/proof/diff";
import { explain } from "../../lib/proof/explain";
import type { GuardedEndpoint, Network } from "../../lib/proof/network";
import { prove } from "../../lib/proof/prove";
import {
  allowIn,
  allowOut,
  closedGroup,
  denyAll,
  end,
  flow,
  guarded,
  twoTiers,
} from "../support/oracle/nsg-builders";

const { network: TWO, flows: FLOWS } = twoTiers();
const DOUBT = "whether it is so";

const withServer = (more: Partial<GuardedEndpoint>): Network => ({
  ...TWO,
  endpoints: TWO.endpoints.map((one) => (one.id === "server" ? { ...one, ...more } : one)),
});
const withRule = (rule: Network["groups"][number]["rules"][number]): Network => ({
  ...TWO,
  groups: TWO.groups.map((group) =>
    group.name === "server" ? { ...group, rules: [rule, ...group.rules] } : group,
  ),
});
const verdict = (network: Network, port: number, to = "database"): string => {
  const { verdict: found, dependsOn } = explain(
    { from: "server", to, protocol: Protocol.TCP, port },
    network,
  );
  return dependsOn.length > 0 ? `${found} on ${dependsOn.join(", ")}` : found;
};

describe("a rule that may not exist", () => {
  const allowing = { ...allowOut(90, "10.0.0.32/27", "80-6000"), existsIf: [DOUBT] };

  it("is judged both ways: a verdict that it would change depends on it", () => {
    expect(verdict(withRule(allowing), 22, "10.0.0.60")).toBe("deny");
    expect(verdict(withRule(allowing), 5432)).toBe("allow");
    const refusing = { ...allowing, access: Access.DENY };
    expect(verdict(withRule(refusing), 5432)).toBe(`depends on ${DOUBT}`);
    expect(verdict(withRule({ ...refusing, existsIf: ["a", "b"] }), 5432)).toBe("depends on a, b");
  });

  it("makes a finding of a proof depend on it", () => {
    expect(prove(FLOWS, withRule({ ...allowing, access: Access.DENY }))).toMatchObject({
      holds: false,
      missing: [{ flow: "database", dependsOn: [DOUBT] }],
    });
    expect(prove(FLOWS, withRule(allowing)).excess).toMatchObject([{ dependsOn: [DOUBT] }]);
  });

  it("is a change of connections that depends on it", () => {
    const open = {
      ...TWO,
      groups: [TWO.groups[0], closedGroup("database", allowIn(100, "10.0.0.0/27", "80-6000"))],
    };
    const after = {
      ...open,
      groups: [{ ...open.groups[0], rules: [allowing, ...open.groups[0].rules] }, open.groups[1]],
    };
    expect(describeDifference(diff(open, after)).split("\n")).toEqual([
      `+ 10.0.0.0/27 -> 10.0.0.32/27, TCP ports 80-5431 and 5433-6000 (depends on ${DOUBT})`,
    ]);
  });
});

describe("a group", () => {
  it("that may not filter leaves open whatever it may refuse", () => {
    const network = withServer({ noSubnetGroupIf: [DOUBT] });
    expect(verdict(network, 5432)).toBe("allow");
    expect(verdict(network, 22, "8.8.8.8")).toBe(`depends on ${DOUBT}`);
    expect(prove(FLOWS, network).excess[0]).toMatchObject({ dependsOn: [DOUBT] });
    expect(prove(FLOWS, network).rulesWithoutFlow).toEqual([]);
  });

  it("of which nothing is known may refuse whatever the others allow", () => {
    const network = withServer({ refusedIf: [DOUBT] });
    expect(verdict(network, 5432)).toBe(`depends on ${DOUBT}`);
    expect(verdict(network, 22, "8.8.8.8")).toBe("deny");
    expect(prove(FLOWS, network).missing).toMatchObject([{ flow: "database", dependsOn: [DOUBT] }]);
  });

  it("before interfaces may not filter, and the subnet's does", () => {
    const open = { name: "interface", rules: [denyAll(Direction.OUTBOUND)] };
    const network = {
      ...withServer({ interfaceGroup: "interface", noInterfaceGroupIf: [DOUBT] }),
      groups: [...TWO.groups, open],
    };
    expect(verdict(network, 5432)).toBe(`depends on ${DOUBT}`);
    expect(verdict(network, 22, "8.8.8.8")).toBe("deny");
  });
});

describe("virtual networks", () => {
  const apart = (peerings: Network["peerings"]): Network => ({
    ...TWO,
    endpoints: TWO.endpoints.map((one) => ({ ...one, virtualNetwork: one.id })),
    peerings,
  });

  it("reach each other where nothing is said of peerings, or one connects them", () => {
    expect(verdict(apart(undefined), 5432)).toBe("allow");
    expect(verdict(apart([{ between: ["Database", "SERVER"] }]), 5432)).toBe("allow");
  });

  it("do not without a peering, and perhaps with one that may exist", () => {
    expect(verdict(apart([]), 5432)).toBe("deny");
    expect(verdict(apart([{ between: ["server", "database"], existsIf: [DOUBT] }]), 5432)).toBe(
      `depends on ${DOUBT}`,
    );
    expect(verdict(apart([]), 443, "8.8.8.8")).toBe("deny");
  });

  it("that are no longer peered close what passed", () => {
    const peered = apart([{ between: ["server", "database"] }]);
    const closed = ["- 10.0.0.0/27 -> 10.0.0.32/27, TCP port 5432"];
    expect(describeDifference(diff(peered, apart([]))).split("\n")).toEqual(closed);
    expect(describeDifference(diff(apart([]), peered)).split("\n")).toEqual([closed[0].replace("-", "+")]);
  });
});

test("what takes too long to look at together depends, with the names, and is not told as sure", () => {
  const tags = (letter: string) =>
    Array.from({ length: 120 }, (_, i) => allowOut(100 + i, `${letter}${i}`, "443"));
  const endpoint = guarded("own", "10.0.0.0/24", { interfaceGroup: "interface" });
  const network = (extra: string[]): Network => ({
    endpoints: [endpoint],
    groups: [
      closedGroup("own", ...tags("A"), ...extra.map((to, i) => allowOut(800 + i, to, "443"))),
      closedGroup("interface", ...tags("B")),
    ],
  });
  const proof = prove([flow("f", end("own", "10.0.0.0/24"), end("x", "A1"), "443")], network([]));
  expect(proof.holds).toBe(false);
  expect(proof.dependsOn).toEqual(expect.arrayContaining(["A7", "B7"]));
});
