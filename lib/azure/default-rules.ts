import { Access, Direction, Protocol, type SecurityRule } from "./security-rule";

/**
 * The rules that Azure adds to every group, after its own.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export const DEFAULT_RULES: readonly SecurityRule[] = (
  [
    ["AllowVnetInBound", 65000, Direction.INBOUND, Access.ALLOW, "VirtualNetwork", "VirtualNetwork"],
    ["AllowAzureLoadBalancerInBound", 65001, Direction.INBOUND, Access.ALLOW, "AzureLoadBalancer", "*"],
    ["DenyAllInBound", 65500, Direction.INBOUND, Access.DENY, "*", "*"],
    ["AllowVnetOutBound", 65000, Direction.OUTBOUND, Access.ALLOW, "VirtualNetwork", "VirtualNetwork"],
    ["AllowInternetOutBound", 65001, Direction.OUTBOUND, Access.ALLOW, "*", "Internet"],
    ["DenyAllOutBound", 65500, Direction.OUTBOUND, Access.DENY, "*", "*"],
  ] as const
).map(([name, priority, direction, access, source, destination]) => ({
  name,
  priority,
  direction,
  access,
  protocol: Protocol.ANY,
  sourceAddressPrefixes: [source],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: [destination],
  destinationPortRanges: ["*"],
}));

/** Whether a rule is one that Azure adds: custom rules end at priority 4096. */
export function isDefaultRule(rule: SecurityRule): boolean {
  return rule.priority >= 65000;
}
