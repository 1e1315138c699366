import { AddressSpace } from "../../../lib/proof/evaluation/address-space";
import { relationTo, sideOf } from "../../../lib/proof/evaluation/end-search";
import { matchesOfFlow } from "../../../lib/proof/evaluation/match";
import type { GuardedEndpoint } from "../../../lib/proof/network";
import { Direction } from "../../../lib/azure/security-rule";
import { end, flow, guarded } from "../../support/oracle/nsg-builders";

const server = guarded("server", "10.0.0.0/27");
const opaque = guarded("opaque", "${subnet.opaque}");
const inGroup: GuardedEndpoint = {
  ...guarded("web", "10.0.0.32/28"),
  applicationSecurityGroupIds: ["/asg/web"],
};
const member: GuardedEndpoint = { ...opaque, applicationSecurityGroupIds: ["/asg/web"] };
const space = new AddressSpace({ endpoints: [server, opaque, inGroup], groups: [] });
const elsewhere = end("elsewhere", "192.168.0.0/16");

/** A flow whose end of ours has these prefixes. */
const flowOf = (direction: Direction, ...prefixes: string[]) => {
  const ours = end("ours", ...prefixes);
  const [from, to] = direction === Direction.OUTBOUND ? [ours, elsewhere] : [elsewhere, ours];
  return matchesOfFlow(flow("flow", from, to, "443"), 0, space)[0];
};

describe.each([Direction.INBOUND, Direction.OUTBOUND])("%s, a flow", (direction) => {
  test.each<[string, string[], GuardedEndpoint, string[], ReturnType<ReturnType<typeof relationTo>>]>([
    ["of everything", ["*"], server, [], "expected"],
    ["of the whole virtual network", ["VirtualNetwork"], server, [], "expected"],
    ["of the Internet", ["Internet"], server, [], "expected"],
    ["of some of its addresses", ["10.0.0.16/30", "10.9.0.0/24"], server, [], "expected"],
    ["of other addresses", ["10.0.0.32/28"], server, [], "none"],
    ["of a set that nobody names", ["${other}"], server, [], "none"],
    ["of a set that its rules name", ["${other}"], server, ["${other}"], "expected"],
    ["of two sets of which its rules name one", ["${other}", "${second}"], server, ["${second}"], "expected"],
    ["of its own set", ["${subnet.opaque}"], opaque, [], "expected"],
    ["of two sets of which one is its own", ["${other}", "${subnet.opaque}"], opaque, [], "expected"],
    ["of a set that nobody names, where its addresses are not known", ["${other}"], opaque, [], "none"],
    ["of addresses that its set may hold", ["10.9.0.0/24"], opaque, [], "possible"],
    ["of addresses of another member of its group", ["10.0.0.32/28"], member, [], "possible"],
  ])("%s relates to an endpoint, or does not", (_, prefixes, endpoint, names, expected) => {
    const relation = relationTo(endpoint, names, space);
    expect(relation(flowOf(direction, ...prefixes)[sideOf(direction)])).toBe(expected);
  });

  test("of an application security group relates to an endpoint in it", () => {
    const ours = { ...end("ours"), applicationSecurityGroupIds: ["/asg/web"] };
    const [from, to] = direction === Direction.OUTBOUND ? [ours, elsewhere] : [elsewhere, ours];
    const [match] = matchesOfFlow(flow("flow", from, to, "443"), 0, space);
    expect(relationTo(inGroup, [], space)(match[sideOf(direction)])).toBe("expected");
    expect(relationTo(server, [], space)(match[sideOf(direction)])).toBe("none");
  });

  test("has one side that is ours", () => {
    const match = flowOf(direction, "10.0.0.0/27");
    expect(match[sideOf(direction)]).toBe(
      direction === Direction.OUTBOUND ? match.source : match.destination,
    );
  });
});
