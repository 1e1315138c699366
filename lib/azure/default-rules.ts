import { Access, Direction, Protocol, type SecurityRule } from "./security-rule";

/**
 * The rules that Azure adds to every group, after its own.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules
 */
export const DEFAULT_RULES: readonly SecurityRule[] = [
  defaultRule("AllowVnetInBound", 65000, Direction.INBOUND, Access.ALLOW, "VirtualNetwork", "VirtualNetwork"),
  defaultRule(
    "AllowAzureLoadBalancerInBound",
    65001,
    Direction.INBOUND,
    Access.ALLOW,
    "AzureLoadBalancer",
    "*",
  ),
  defaultRule("DenyAllInBound", 65500, Direction.INBOUND, Access.DENY, "*", "*"),
  defaultRule(
    "AllowVnetOutBound",
    65000,
    Direction.OUTBOUND,
    Access.ALLOW,
    "VirtualNetwork",
    "VirtualNetwork",
  ),
  defaultRule("AllowInternetOutBound", 65001, Direction.OUTBOUND, Access.ALLOW, "*", "Internet"),
  defaultRule("DenyAllOutBound", 65500, Direction.OUTBOUND, Access.DENY, "*", "*"),
];

function defaultRule(
  name: string,
  priority: number,
  direction: Direction,
  access: Access,
  source: string,
  destination: string,
): SecurityRule {
  return {
    name,
    priority,
    direction,
    access,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: [source],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: [destination],
    destinationPortRanges: ["*"],
  };
}

/** Whether a rule is one that Azure adds: custom rules end at priority 4096. */
export function isDefaultRule(rule: SecurityRule): boolean {
  return rule.priority >= 65000;
}
