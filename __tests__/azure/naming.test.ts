import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  Destinations,
  EntraIdBackup,
  type EntraIdBackupProps,
  type IResourceNaming,
  NamedResource,
  PackageSource,
  Peer,
  PostgresqlMachine,
  type ResourceToName,
} from "../../lib";
import { AZURE_ABBREVIATIONS, maxNameLength } from "../../lib/azure/naming";
import { propsOfDeployment } from "../../lib/app/props";
import { refusalLines } from "../support/expected/refusals";
import { fullDeployment, smallestDeployment } from "../support/deployments/sample-deployments";
import { newStack, type Synthesized, synthesizeStack } from "../support/tools/synthesized";

/** A company's names: its own order, and no word of Azure's abbreviations. */
const contoso: IResourceNaming = {
  resourceName: ({ kind, deploymentName, component = "shared" }) =>
    `CONTOSO-${component}-${deploymentName}-${kind}`,
};

const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000";

/** Everything that a deployment can make: two ways out cannot be had at once. */
function everything(more: Partial<EntraIdBackupProps>): Synthesized {
  const stack = newStack();
  const props = { ...propsOfDeployment(fullDeployment()), name: "emea", ...more };
  const backup = new EntraIdBackup(stack, "veeam", props);
  new PostgresqlMachine(stack, "machine", {
    postgresql: backup.postgresql!,
    backupServer: backup.backupServer,
    privateIpAddress: "10.20.0.36",
    size: "Standard_D4s_v5",
    adminUsername: "veeamadmin",
    sshPublicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`,
    dataDisk: { sizeGib: 64 },
    packageSource: PackageSource.image(),
    password: {
      secretId: `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg`,
      vault: Peer.cidr("10.0.8.4/32"),
    },
  });
  return synthesizeStack(stack);
}

const azureFirewall = Destinations.azureFirewall({
  policyId: `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/hub`,
  privateIpAddress: "10.0.0.4",
  priority: 500,
});

/** Names that Azure gives to nothing: parts of resources, and what the caller names. */
const NAMED_BY_THE_CALLER = ["azurerm_resource_group"];

test("a company's own naming names every resource that has a name", () => {
  for (const destinations of [Destinations.serviceTags(), azureFirewall]) {
    const { resources } = everything({ naming: contoso, destinations, egress: undefined });
    const names = Object.entries(resources)
      .filter(([type]) => !NAMED_BY_THE_CALLER.includes(type))
      .flatMap(([, some]) => Object.values(some).flatMap(({ name }) => (name === undefined ? [] : [name])));
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !String(name).startsWith("CONTOSO-"))).toEqual([]);
    const text = JSON.stringify(resources);
    expect(text).toContain('"name":"CONTOSO-postgresql-emea-osDisk"');
    expect(text).not.toMatch(/"name":"(vnet|snet|nsg|ng|pip|rt|rcg|vm|nic|osdisk|disk|id)-/);
  }
});

test("rules, tags and the proof do not depend on the naming", () => {
  const own = everything({ naming: contoso }).byName("network_security_group");
  const usual = everything({}).byName("network_security_group");
  const rules = (groups: typeof own) => Object.values(groups).map(({ security_rule }) => security_rule);
  expect(rules(own)).toEqual(rules(usual));
});

test("without one, names are Azure's abbreviations", () => {
  const named = Object.values(NamedResource).map((kind) =>
    AZURE_ABBREVIATIONS.resourceName({ kind, deploymentName: "emea", component: "postgresql" }),
  );
  expect(named).toEqual([
    "vnet-emea-postgresql",
    "snet-emea-postgresql",
    "nsg-emea-postgresql",
    "ng-emea-postgresql",
    "pip-emea-postgresql",
    "rt-emea-postgresql",
    "rcg-emea-postgresql",
    "vm-emea-postgresql",
    "nic-vm-emea-postgresql",
    "osdisk-vm-emea-postgresql",
    "disk-vm-emea-postgresql-data",
    "id-emea-postgresql",
  ]);
});

describe("a naming is refused", () => {
  const refused = (resourceName: (resource: ResourceToName) => string, more = smallestDeployment()) =>
    refusalLines(
      () => new EntraIdBackup(newStack(), "veeam", { ...propsOfDeployment(more), naming: { resourceName } }),
    );

  test("where it gives names that Azure refuses, all at once", () => {
    const lines = refused(({ kind }) => `${kind}!`);
    expect(lines.map((line) => line.split(": ")[0])).toEqual([
      "naming.resourceName(virtualNetwork)",
      "naming.resourceName(subnet of backup-server)",
    ]);
    expect(lines[0]).toContain('"virtualNetwork!"');
  });

  test("where a name is too long, for each kind what Azure takes", () => {
    for (const kind of [NamedResource.SUBNET, NamedResource.NETWORK_SECURITY_GROUP]) {
      const longest = maxNameLength(kind);
      const ofLength = (length: number) => (resource: ResourceToName) =>
        resource.kind === kind ? "n".repeat(length) : contoso.resourceName(resource);
      expect(refused(ofLength(longest))).toEqual([]);
      expect(refused(ofLength(longest + 1))).toEqual([expect.stringContaining(`Allowed: 1 to ${longest} `)]);
    }
  });

  test("where it forgets the component, or tells two apart by case alone", () => {
    expect(refused(({ kind }) => `the-${kind}`, fullDeployment())).toEqual([
      expect.stringMatching(
        /^naming\.resourceName\(subnet of .*\): is the name of that of backup-server too/,
      ),
    ]);
    const last = { isUpper: false };
    expect(
      refused(({ kind }) => {
        last.isUpper = !last.isUpper;
        return last.isUpper ? kind.toUpperCase() : kind;
      }, fullDeployment()),
    ).toHaveLength(1);
  });
});

test("a name that is too long with Azure's abbreviations can be short enough with a company's own", () => {
  const props = { ...propsOfDeployment(smallestDeployment()), name: "n".repeat(70) };
  const short: IResourceNaming = { resourceName: ({ kind, component = "" }) => `${kind}${component}` };
  expect(refusalLines(() => new EntraIdBackup(newStack(), "veeam", props))).toHaveLength(2);
  expect(refusalLines(() => new EntraIdBackup(newStack(), "veeam", { ...props, naming: short }))).toEqual([]);
});

test("with a provider, everything is made by it, but rules on a policy that has its own", () => {
  const stack = newStack();
  const spoke = new AzurermProvider(stack, "spoke", { alias: "spoke", features: [{}] });
  const hub = new AzurermProvider(stack, "hub", { alias: "hub", features: [{}] });
  const firewall = { ...azureFirewall.firewall!, provider: hub };
  for (const [id, destinations] of [
    ["one", Destinations.serviceTags()],
    ["two", Destinations.azureFirewall(firewall)],
  ] as const) {
    new EntraIdBackup(stack, id, {
      ...propsOfDeployment({ ...fullDeployment(), name: id, resourceGroup: `rg-${id}` }),
      destinations,
      egress: undefined,
      provider: spoke,
    });
  }
  const { resources } = synthesizeStack(stack);
  expect(Object.keys(resources).length).toBeGreaterThan(8);
  for (const [type, some] of Object.entries(resources)) {
    const expected =
      type === "azurerm_firewall_policy_rule_collection_group" ? "azurerm.hub" : "azurerm.spoke";
    expect([type, Object.values(some).map(({ provider }) => provider)]).toEqual([
      type,
      Object.values(some).map(() => expected),
    ]);
  }
});
