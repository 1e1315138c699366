import fc from "fast-check";
import { explain } from "../../lib/proof/explain";
import { Verdict } from "../../lib/proof/network";
import { Direction, Protocol } from "../../lib/azure/security-rule";
import type { PlacedEndpoint, PlacedNetwork } from "../../lib/terraform/joined/network-of-files";
import { explainPlaces } from "../../lib/verification/explain-places";
import { allowIn, closedGroup, denyAll } from "../support/oracle/nsg-builders";
import {
  placedInterface,
  placedNetworks,
  placedSubnet,
  type Whereabouts,
} from "../support/files/placed-files";
import { runs } from "../support/arbitraries/property-settings";

const OPEN = { name: "open", rules: [allowIn(100, "*", "443")] };
const CLOSED = { name: "closed", rules: [denyAll(Direction.INBOUND)] };
const SUBNET = placedSubnet("web", "10.0.1.0/24", { subnetGroup: "open" });
const nic = (id: string, group: string, ...addresses: string[]) =>
  placedInterface(id, SUBNET, group, ...addresses);
const networkOf = (...endpoints: PlacedEndpoint[]): PlacedNetwork => ({ endpoints, groups: [OPEN, CLOSED] });
const ask = (to: string, network: PlacedNetwork, from = "192.0.2.1") =>
  explainPlaces({ from, to, port: 443, protocol: Protocol.TCP }, network);
const verdictOf = (to: string, network: PlacedNetwork): [Verdict, string[]] => {
  const { verdict, dependsOn } = ask(to, network);
  return [verdict, dependsOn];
};

test("a network interface of which only the subnet is known fares as every address there", () => {
  const network = (rule: string): PlacedNetwork => ({
    ...networkOf(placedInterface("vm", SUBNET, "own"), SUBNET),
    groups: [OPEN, closedGroup("own", allowIn(100, "*", "443", { destinationAddressPrefixes: [rule] }))],
  });
  expect(verdictOf("vm", network("10.0.1.0/24"))).toEqual([Verdict.ALLOW, []]);
  expect(verdictOf("vm", network("10.0.0.0/16"))).toEqual([Verdict.ALLOW, []]);
  expect(verdictOf("vm", network("10.0.2.0/24"))).toEqual([Verdict.DENY, []]);
  expect(verdictOf("vm", network("10.0.1.4/32"))).toEqual([Verdict.DEPENDS, ["destination address"]]);
});

test("a subnet depends on a network interface in it that fares otherwise, and shows how", () => {
  const network = networkOf(nic("a", "closed", "10.0.1.4"), nic("b", "open", "10.0.1.5"), SUBNET);
  const { verdict, dependsOn, ends } = ask("web", network);
  expect([verdict, dependsOn]).toEqual([Verdict.DEPENDS, ["whether the destination is a"]]);
  expect(ends.map(({ end, endpoint, verdict: own }) => [end, endpoint, own])).toEqual([
    ["source", undefined, Verdict.ALLOW],
    ["destination", "web", Verdict.ALLOW],
    ["destination", "a", Verdict.DENY],
  ]);
  expect(verdictOf("web", networkOf(nic("b", "open", "10.0.1.5"), SUBNET))).toEqual([Verdict.ALLOW, []]);
});

test("what the group of a subnet refuses is refused, whatever is in it", () => {
  const subnet = { ...SUBNET, subnetGroup: "closed" };
  expect(verdictOf("web", networkOf(placedInterface("a", subnet, "open", "10.0.1.4"), subnet))).toEqual([
    Verdict.DENY,
    [],
  ]);
});

test("an address is that of the network interface that has it, and may be that of one in the subnet", () => {
  const network = networkOf(nic("a", "closed", "10.0.1.4"), nic("b", "closed"), SUBNET);
  expect(verdictOf("10.0.1.4", network)).toEqual([Verdict.DENY, []]);
  expect(verdictOf("10.0.1.5", network)).toEqual([Verdict.DEPENDS, ["whether the destination is b"]]);
  expect(verdictOf("10.0.1.4/31", network)).toEqual([
    Verdict.DEPENDS,
    ["whether the destination is a", "whether the destination is b"],
  ]);
  expect(verdictOf("10.0.1.8/31", networkOf(nic("a", "closed", "10.0.1.4"), SUBNET))).toEqual([
    Verdict.ALLOW,
    [],
  ]);
});

test("network interfaces with the same result are listed together", () => {
  const many = ["a", "b", "c", "d", "e"].map((id) => nic(id, "closed"));
  expect(ask("web", networkOf(...many.slice(0, 3), SUBNET)).dependsOn).toEqual([
    "whether the destination is a or b or c",
  ]);
  expect(ask("web", networkOf(...many, SUBNET)).dependsOn).toEqual([
    "whether the destination is a or b or one of 3 others",
  ]);
});

test("the source's network interfaces count at its end only", () => {
  const network = networkOf(nic("a", "closed", "10.0.1.4"), SUBNET);
  expect(ask("192.0.2.1", network, "web").verdict).toBe(Verdict.ALLOW);
  const groups = [OPEN, { name: "closed", rules: [denyAll(Direction.OUTBOUND)] }];
  const closed = { ...network, groups };
  expect(ask("192.0.2.1", closed, "web").dependsOn).toEqual(["whether the source is a"]);
  const query = { from: "web", to: "web", protocol: Protocol.TCP, port: 443 };
  const inbound = explainPlaces({ ...query, direction: Direction.INBOUND }, closed);
  expect([inbound.verdict, inbound.ends.length]).toEqual([Verdict.ALLOW, 1]);
});

describe("a network interface of which no file says the subnet", () => {
  const lost = { ...placedInterface("lost", undefined, "closed"), subnetGroup: "open" };

  test("may be in any, so that each depends on it", () => {
    expect(verdictOf("web", networkOf(lost, SUBNET))).toEqual([Verdict.DEPENDS, ["whether lost is in web"]]);
    expect(verdictOf("web", networkOf({ ...lost, interfaceGroup: "open" }, SUBNET))).toEqual([
      Verdict.ALLOW,
      [],
    ]);
  });

  test("has perhaps the addresses of one", () => {
    const own = closedGroup("own", allowIn(100, "*", "443", { destinationAddressPrefixes: ["10.0.1.0/24"] }));
    const network = { ...networkOf({ ...lost, interfaceGroup: "own" }, SUBNET), groups: [OPEN, CLOSED, own] };
    expect(verdictOf("lost", network)[0]).toBe(Verdict.DEPENDS);
  });

  test("has its address where that is known, or the subnet has it", () => {
    const there = { ...placedInterface("lost", undefined, "closed", "10.0.1.4"), subnetGroup: "open" };
    expect(verdictOf("10.0.1.4", networkOf(there, SUBNET))).toEqual([
      Verdict.DEPENDS,
      ["which of lost, web the destination is"],
    ]);
  });
});

test("of two subnets with one prefix, an address may be in either", () => {
  const twin = placedSubnet("twin", "10.0.1.0/24", { subnetGroup: "closed" });
  expect(verdictOf("10.0.1.4", networkOf(SUBNET, twin))).toEqual([
    Verdict.DEPENDS,
    ["which of web, twin the destination is"],
  ]);
  expect(verdictOf("10.0.1.4", networkOf(SUBNET, { ...twin, subnetGroup: "open" }))).toEqual([
    Verdict.ALLOW,
    [],
  ]);
  expect(verdictOf("twin", networkOf(SUBNET, twin))).toEqual([Verdict.DENY, []]);
});

test("a value known only at apply calls the subnet that has it, and what is in it", () => {
  const subnet = { ...SUBNET, prefixes: ["${prefix}"] };
  const network = networkOf(placedInterface("a", subnet, "closed"), subnet);
  expect(verdictOf("${prefix}", network)).toEqual([
    Verdict.DEPENDS,
    ["whether 192.0.2.1 is in web", "whether the destination is a"],
  ]);
});

test("what lies in part within a subnet is refused with its name", () => {
  expect(() => ask("10.0.0.0/23", networkOf(nic("a", "open"), SUBNET))).toThrow(
    '"10.0.0.0/23" lies in part within web (10.0.1.0/24)',
  );
});

describe("of a group of which something is not known", () => {
  const doubts = [{ groups: ["open"], subject: "whether r is a rule of it", identity: "r", text: "" }];
  const inDoubt = (...endpoints: PlacedEndpoint[]) => ({ ...networkOf(...endpoints), doubts });

  test("no verdict is sure", () => {
    const { verdict, dependsOn, ends } = ask("web", inDoubt(SUBNET));
    expect([verdict, dependsOn]).toEqual([Verdict.DEPENDS, ["whether r is a rule of it"]]);
    expect(ends[1]).toMatchObject({
      verdict: Verdict.DEPENDS,
      dependsOn: ["whether r is a rule of it"],
      groups: [{ group: "open", verdict: Verdict.DEPENDS, dependsOn: ["whether r is a rule of it"] }],
    });
  });

  test("what another group refuses stays refused", () => {
    expect(verdictOf("a", inDoubt(nic("a", "closed"), SUBNET))).toEqual([Verdict.DENY, []]);
  });

  test("other groups are as sure as ever", () => {
    expect(
      verdictOf("other", inDoubt(placedSubnet("other", "10.0.2.0/24", { subnetGroup: "closed" }))),
    ).toEqual([Verdict.DENY, []]);
  });
});

/** The network in which each interface has its address. */
function located({ endpoints, ...network }: PlacedNetwork, whereabouts: Whereabouts): PlacedNetwork {
  return {
    ...network,
    endpoints: endpoints.map((one) => {
      const address = whereabouts.get(one.id);
      return address === undefined ? one : { ...one, prefixes: [address] };
    }),
  };
}

test("a sure verdict is that of every machine that may be meant", () => {
  const ends = ["s0", "s1", "10.0.0.1", "10.0.0.5", "10.0.0.4/31", "192.0.2.1"];
  fc.assert(
    fc.property(
      placedNetworks,
      fc.constantFrom(...ends),
      fc.constantFrom(...ends),
      fc.nat(7),
      fc.nat(7),
      ({ network, whereabouts }, from, to, one, other) => {
        const query = { from, to, port: 443, protocol: Protocol.TCP };
        const { verdict } = explainPlaces(query, network);
        if (verdict === Verdict.DEPENDS) return;
        const addressIn = (text: string, last: number) =>
          ({
            s0: `10.0.0.${last % 4}`,
            s1: `10.0.0.${4 + (last % 4)}`,
            "10.0.0.4/31": `10.0.0.${4 + (last % 2)}`,
          })[text] ?? text;
        const exact = { ...query, from: addressIn(from, one), to: addressIn(to, other) };
        expect(explain(exact, located(network, whereabouts)).verdict).toBe(verdict);
      },
    ),
    runs(500),
  );
});
