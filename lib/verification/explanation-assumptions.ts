import type { Explanation } from "../proof/explain";
import { type Network, Verdict } from "../proof/network";

/** What the verdict of an explanation takes for granted; each a sentence, and only what applies to it. */
export function assumptionsOfExplanation({ verdict, ends }: Explanation, network: Network): string[] {
  const deciding = ends.flatMap(({ groups }) => groups.flatMap((group) => group.deciding));
  const passes = verdict !== Verdict.DENY;
  return [
    "Security admin rules of Azure Virtual Network Manager are evaluated before groups, and are not read.",
    ...(passes ? ["Firewalls, appliances and routes on the way let the connection pass."] : []),
    ...(passes ? ends.filter(({ groups }) => groups.length === 0) : []).map(
      ({ end }) =>
        `At the ${end}, no group is known; one that is managed elsewhere lets the connection pass.`,
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
      ? `VirtualNetwork surely holds ${prefixes.join(", ")}, and perhaps other private addresses`
      : "VirtualNetwork holds the subnets of the files, and perhaps other private addresses",
    ...(hasDefaultRoute ? [" and, by a route for 0.0.0.0/0, public ones"] : []),
    ".",
  ].join("");
}
