import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  BackupResourceGroup,
  BackupVirtualNetwork,
  Destinations,
  Egress,
  EntraIdBackup,
  type EntraIdBackupProps,
} from "cdktf-veeam-entra-id";
import { refusalLines } from "../../support/expected/refusals";
import { temporaryFolder } from "../../support/tools/temporary-folder";

const excerpt = join(__dirname, "..", "..", "fixtures", "service-tags-20251110.json");
const policyId =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub";

type Attributes = Readonly<Record<string, unknown>>;
type Rule = Readonly<Record<string, string | string[] | null>>;

function deployment(destinations: Destinations, more: Partial<EntraIdBackupProps> = {}) {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, "backup", {
    name: "ways",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28" },
    destinations,
    ...more,
  });
  return { stack, backup };
}

function resources(stack: TerraformStack): Record<string, Record<string, Attributes>> {
  return (JSON.parse(Testing.synth(stack, true)) as { resource: Record<string, Record<string, Attributes>> })
    .resource;
}

const firewall = () => Destinations.azureFirewall({ policyId, privateIpAddress: "10.0.1.4", priority: 500 });

describe("by the addresses of a Service Tags file", () => {
  test("the tag's IPv4 prefixes stand in one rule, with the number of the file in its description", () => {
    const { stack, backup } = deployment(Destinations.ipRanges(excerpt));
    const rules = Object.values(resources(stack).azurerm_network_security_group)
      .flatMap((group) => group.security_rule as Rule[])
      .filter((rule) => /to-(entra-id|resource-manager)$/.test(String(rule.name)));
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule.destination_address_prefix).toBe("");
      const prefixes = rule.destination_address_prefixes as string[];
      expect(prefixes.length).toBeGreaterThan(100);
      expect(prefixes.filter((prefix) => prefix.includes(":"))).toEqual([]);
      expect(rule.description).toContain("Service Tags 376");
      expect(String(rule.description).length).toBeLessThanOrEqual(140);
    }
    expect(backup.proof.holds).toBe(true);
  });

  test("an old file causes a warning, and another kind of file is refused", () => {
    const folder = temporaryFolder("veeam-tags-");
    const renamed = join(folder.path, "ServiceTags_Public_20200106.json");
    copyFileSync(excerpt, renamed);
    expect(deployment(Destinations.ipRanges(renamed)).backup.warnings).toEqual([
      expect.stringMatching(/ServiceTags_Public_20200106\.json is \d+ days old/),
    ]);
    folder.remove();
    expect(() => Destinations.ipRanges(join(folder.path, "missing.json"))).toThrow(
      /destinations\.ipRanges.*cannot be read/,
    );
    expect(() => Destinations.ipRanges(__filename)).toThrow(/is not a Service Tags file/);
  });
});

describe("by DNS name on an Azure Firewall", () => {
  test("the three names are allowed from the subnets that need them, and routed there; the rules by tag stay", () => {
    const { stack } = deployment(firewall());
    const made = resources(stack);
    const [group] = Object.values(made.azurerm_firewall_policy_rule_collection_group);
    expect(group).toMatchObject({ firewall_policy_id: policyId, priority: 500 });
    expect(JSON.stringify(group.application_rule_collection)).toContain(
      JSON.stringify(["login.microsoftonline.com", "graph.microsoft.com", "management.azure.com"]),
    );
    expect(group.application_rule_collection).toMatchObject([
      {
        action: "Allow",
        rule: [{ source_addresses: ["10.20.0.0/27"], protocols: [{ type: "Https", port: 443 }] }],
      },
    ]);
    expect(Object.values(made.azurerm_route_table)).toMatchObject([
      {
        route: [
          {
            address_prefix: "0.0.0.0/0",
            next_hop_in_ip_address: "10.0.1.4",
            next_hop_type: "VirtualAppliance",
          },
        ],
      },
    ]);
    expect(Object.keys(made.azurerm_subnet_route_table_association)).toEqual([
      expect.stringContaining("backup-server"),
    ]);
    expect(made.azurerm_nat_gateway).toBeUndefined();
    expect(JSON.stringify(made.azurerm_network_security_group)).toContain('"AzureActiveDirectory"');
  });

  test("the proxy's subnet goes there in the place of the backup server's", () => {
    const { stack } = deployment(firewall(), { httpProxy: { subnet: "10.20.0.48/28", port: 3128 } });
    const made = resources(stack);
    expect(Object.keys(made.azurerm_subnet_route_table_association)).toEqual([
      expect.stringContaining("http-proxy"),
    ]);
    expect(Object.values(made.azurerm_firewall_policy_rule_collection_group)).toMatchObject([
      { application_rule_collection: [{ rule: [{ source_addresses: ["10.20.0.48/28"] }] }] },
    ]);
  });

  test("a NAT gateway beside it is refused, and the platform's own way out is not", () => {
    const natGateway =
      "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/natGateways/ng-hub";
    expect(
      refusalLines(() => deployment(firewall(), { egress: Egress.existingNatGateway(natGateway) })),
    ).toEqual([
      `egress: is a NAT gateway in addition to destinations.azureFirewall, which already provides outbound access (got "${natGateway}"). Allowed: with a firewall: no egress, or outbound access that is managed elsewhere. Leave egress out, or name the destinations by service tag.`,
    ]);
    expect(refusalLines(() => deployment(firewall(), { egress: Egress.natGateway() }))).toEqual([
      expect.stringMatching(/^egress: is a NAT gateway in addition to .* \(got "natGateway"\)/),
    ]);
    const { stack } = deployment(firewall(), { egress: Egress.managedElsewhere() });
    expect(Object.keys(resources(stack).azurerm_subnet_route_table_association)).toHaveLength(1);
  });

  test.each([
    ["policyId", { policyId: "hub", privateIpAddress: "10.0.1.4", priority: 500 }],
    ["privateIpAddress", { policyId, privateIpAddress: "20.0.1.4", priority: 500 }],
    ["priority", { policyId, privateIpAddress: "10.0.1.4", priority: 99 }],
  ])("a wrong %s is refused", (property, options) => {
    expect(() => deployment(Destinations.azureFirewall(options))).toThrow(
      `destinations.azureFirewall.${property}`,
    );
  });
});
