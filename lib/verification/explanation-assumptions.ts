import type { Explanation } from "../proof/explain";
import { type Network, Verdict } from "../proof/network";

/** The assumptions of an explanation, each a sentence: only those that apply to its verdict. */
export function assumptionsOfExplanation({ verdict, ends }: Explanation, network: Network): string[] {
  const deciding = ends.flatMap(({ groups }) => groups.flatMap((group) => group.deciding));
  const passes = verdict !== Verdict.DENY;
  return [
    "Security admin rules of Azure Virtual Network Manager are evaluated before groups, and are not read.",
    ...(passes ? ["Firewalls, appliances and routes on the way let the connection pass."] : []),
    ...(passes ? ends.filter(({ groups }) => groups.length === 0) : []).map(
      ({ end }) => `The files contain no group for the ${end}; any group there lets the connection pass.`,
    ),
    ...(deciding.some(({ rule }) => /^AllowVnet(In|Out)Bound$/.test(rule))
      ? [virtualNetworkOf(network)]
      : []),
  ];
}

function virtualNetworkOf({
  virtualNetworkPrefixes = [],
  connectedPrefixes = [],
  hasDefaultRoute,
}: Network): string {
  const prefixes = [...virtualNetworkPrefixes, ...connectedPrefixes];
  return [
    prefixes.length > 0
      ? `The tag VirtualNetwork contains ${prefixes.join(", ")}, and may contain other private addresses`
      : "The tag VirtualNetwork contains the subnets in the files, and may contain other private addresses",
    ...(hasDefaultRoute ? [" and, with a route for 0.0.0.0/0, public ones"] : []),
    ".",
  ].join("");
}
