import { FirewallPolicyRuleCollectionGroup } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import { RouteTable, type RouteTableConfig } from "@cdktf/provider-azurerm/lib/route-table";
import { Lazy } from "cdktf";
import type { Construct } from "constructs";
import { MICROSOFT_NAMES } from "../../ports/own-rows";
import { inAzureCasing } from "../../azure/azure-id";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import type { AzureFirewallOptions } from "./destinations";
import { emittedWhen } from "./emitted-when";

/** The routes and rules for a firewall. */
interface FirewallWay {
  readonly routeTable: RouteTableConfig;
  readonly ruleCollectionGroupName: string;
  readonly firewall: AzureFirewallOptions;
  /** Whether a subnet without its own route table needs the routes. Read at synthesis. */
  readonly isRouted: () => boolean;
  /** The prefixes of the subnets behind the firewall, read at synthesis. */
  readonly sources: () => readonly string[];
}

/** The routes to a firewall. Its policy gets rules for Microsoft's names. */
export function makeFirewallRoutes(scope: Construct, way: FirewallWay): RouteTable {
  const { routeTable, firewall, sources } = way;
  const routes = new RouteTable(scope, "route-table", {
    ...routeTable,
    // What a gateway learns is more specific: consoles on premises stay reachable.
    bgpRoutePropagationEnabled: true,
    route: [
      {
        name: "to-firewall",
        addressPrefix: "0.0.0.0/0",
        nextHopType: "VirtualAppliance",
        nextHopInIpAddress: firewall.privateIpAddress,
      },
    ],
  });
  const rules = new FirewallPolicyRuleCollectionGroup(scope, "rules", {
    name: way.ruleCollectionGroupName,
    firewallPolicyId: inAzureCasing(firewall.policyId),
    priority: firewall.priority,
    provider: firewall.provider ?? routeTable.provider,
    applicationRuleCollection: [
      {
        name: "microsoft-names",
        action: "Allow",
        priority: 100,
        rule: [
          {
            name: "entra-id-and-resource-manager",
            description: "Microsoft Graph, sign-in and Azure Resource Manager, as Veeam lists them",
            sourceAddresses: Lazy.listValue({ produce: () => mergePrefixes(sources()) }),
            destinationFqdns: [...MICROSOFT_NAMES],
            protocols: [{ type: "Https", port: 443 }],
          },
        ],
      },
    ],
  });
  emittedWhen(rules, () => sources().length > 0);
  return emittedWhen(routes, way.isRouted);
}
