import type { GroupRule } from "../proof/network";
import type { PlacedNetwork } from "../terraform/network-of-files";

/** The network, in which rules hold the addresses that are surely in their application security groups. */
export function withMembers(network: PlacedNetwork): PlacedNetwork {
  const { members } = network;
  if (!members || members.size === 0) return network;
  const addressesIn = (ids: readonly string[] = []): string[] =>
    ids.flatMap((id) => members.get(id.toLowerCase()) ?? []);
  const widened = (rule: GroupRule): GroupRule => ({
    ...rule,
    sourceAddressPrefixes: [
      ...rule.sourceAddressPrefixes,
      ...addressesIn(rule.sourceApplicationSecurityGroupIds),
    ],
    destinationAddressPrefixes: [
      ...rule.destinationAddressPrefixes,
      ...addressesIn(rule.destinationApplicationSecurityGroupIds),
    ],
  });
  return {
    ...network,
    groups: network.groups.map(({ name, rules }) => ({ name, rules: rules.map(widened) })),
  };
}
