import { FirewallPolicyRuleCollectionGroup } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import { RouteTable } from "@cdktf/provider-azurerm/lib/route-table";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { MICROSOFT_NAMES } from "../../ports/own-rows";
import { inAzureCasing } from "../../azure/azure-id";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import type { AzureFirewallOptions } from "./destinations";
import { emittedWhen } from "./emitted-when";

/** What a network tells its way through a firewall. */
export interface FirewallWayProps {
  readonly routeTableName: string;
  readonly ruleCollectionGroupName: string;
  readonly location: string;
  readonly resourceGroupName: string;
  readonly tags: { [name: string]: string };
  readonly provider?: TerraformProvider;
  readonly firewall: AzureFirewallOptions;
  /** Whether the subnets are inside the virtual network's resource. */
  readonly isInline: boolean;
  /** Whether a subnet needs the routes: one that has none of the platform's. Read at synthesis. */
  readonly isRouted: () => boolean;
  /** The prefixes of the subnets that go this way, read at synthesis. */
  readonly sources: () => readonly string[];
}

/** The rules on a firewall for Microsoft's names, and the routes that lead there. */
export class FirewallWay extends Construct {
  /** The routes of the subnets that go this way. */
  public readonly routeTable: RouteTable;
  /** The rules on the firewall's policy. */
  public readonly ruleCollectionGroup: FirewallPolicyRuleCollectionGroup;

  constructor(scope: Construct, id: string, props: FirewallWayProps) {
    super(scope, id);
    const { firewall, isRouted, sources } = props;
    const needed = (): boolean => sources().length > 0;
    this.routeTable = emittedWhen(
      new RouteTable(this, "route-table", {
        name: props.routeTableName,
        location: props.location,
        resourceGroupName: props.resourceGroupName,
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
        tags: props.tags,
        provider: props.provider,
        // Terraform takes the routes off the subnets before it deletes them.
        lifecycle: props.isInline ? { createBeforeDestroy: true } : undefined,
      }),
      isRouted,
    );
    this.ruleCollectionGroup = emittedWhen(
      new MicrosoftNamesRules(
        this,
        "rules",
        {
          name: props.ruleCollectionGroupName,
          firewallPolicyId: inAzureCasing(firewall.policyId),
          priority: firewall.priority,
          provider: firewall.provider ?? props.provider,
        },
        () => mergePrefixes(sources()),
      ),
      needed,
    );
  }
}

/** Rules whose sources are read at synthesis, when all flows are known. */
class MicrosoftNamesRules extends FirewallPolicyRuleCollectionGroup {
  constructor(
    scope: Construct,
    id: string,
    config: ConstructorParameters<typeof FirewallPolicyRuleCollectionGroup>[2],
    private readonly sources: () => string[],
  ) {
    super(scope, id, config);
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    this.refresh();
    return super.synthesizeAttributes();
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    this.refresh();
    return super.synthesizeHclAttributes();
  }

  private refresh(): void {
    this.putApplicationRuleCollection([
      {
        name: "microsoft-names",
        action: "Allow",
        priority: 100,
        rule: [
          {
            name: "entra-id-and-resource-manager",
            description: "Microsoft Graph, sign-in and Azure Resource Manager, as Veeam lists them",
            sourceAddresses: this.sources(),
            destinationFqdns: [...MICROSOFT_NAMES],
            protocols: [{ type: "Https", port: 443 }],
          },
        ],
      },
    ]);
  }
}
