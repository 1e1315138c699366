import { AddressSpace } from "../../../lib/proof/evaluation/address-space";
import { concerns, mayConcern, ownSide } from "../../../lib/proof/evaluation/end";
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
  test.each<[string, string[], GuardedEndpoint, string[], boolean]>([
    ["of everything", ["*"], server, [], true],
    ["of the whole virtual network", ["VirtualNetwork"], server, [], true],
    ["of the Internet", ["Internet"], server, [], true],
    ["of some of its addresses", ["10.0.0.16/30", "10.9.0.0/24"], server, [], true],
    ["of other addresses", ["10.0.0.32/28"], server, [], false],
    ["of a set that nobody names", ["${other}"], server, [], false],
    ["of a set that its rules name", ["${other}"], server, ["${other}"], true],
    ["of two sets of which its rules name one", ["${other}", "${second}"], server, ["${second}"], true],
    ["of its own set", ["${subnet.opaque}"], opaque, [], true],
    ["of two sets of which one is its own", ["${other}", "${subnet.opaque}"], opaque, [], true],
    ["of addresses that its set may hold", ["10.9.0.0/24"], opaque, [], false],
    ["of addresses of another member of its group", ["10.0.0.32/28"], member, [], false],
  ])("%s concerns an endpoint, or does not", (_, prefixes, endpoint, names, expected) => {
    expect(concerns(ownSide(direction)(flowOf(direction, ...prefixes)), endpoint, names, space)).toBe(
      expected,
    );
  });

  test("of an application security group concerns an endpoint in it", () => {
    const ours = { ...end("ours"), applicationSecurityGroupIds: ["/asg/web"] };
    const [from, to] = direction === Direction.OUTBOUND ? [ours, elsewhere] : [elsewhere, ours];
    const [match] = matchesOfFlow(flow("flow", from, to, "443"), 0, space);
    expect(concerns(ownSide(direction)(match), inGroup, [], space)).toBe(true);
    expect(concerns(ownSide(direction)(match), server, [], space)).toBe(false);
  });

  test.each<[string, string[], GuardedEndpoint, boolean]>([
    ["addresses, where the endpoint's are not known", ["10.9.0.0/24"], opaque, true],
    ["a set, where the endpoint's addresses are not known", ["${other}"], opaque, false],
    ["addresses, where the endpoint's are others", ["10.9.0.0/24"], server, false],
    ["a set, where the endpoint's addresses are known", ["${other}"], server, false],
  ])("of %s may concern it, or cannot", (_, prefixes, endpoint, expected) => {
    expect(mayConcern(ownSide(direction)(flowOf(direction, ...prefixes)), endpoint, space)).toBe(expected);
  });

  test("has one side that is ours", () => {
    const match = flowOf(direction, "10.0.0.0/27");
    expect(ownSide(direction)(match)).toBe(
      direction === Direction.OUTBOUND ? match.source : match.destination,
    );
  });
});
