import { App as TerrainApp, TerraformStack as TerrainStack } from "cdktn";
import type { Construct } from "constructs";
import { BackupNetwork, BackupResourceGroup, BackupVirtualNetwork, Egress } from "../../lib";
import { isCdkTerrain } from "../../lib/constructs/engine";
import { version } from "cdktf/package.json";

test.each([
  ["0.20.11", false],
  ["0.21.0", false],
  ["stubbed", false],
  ["0.22.0", true],
  ["0.24.0", true],
  ["1.0.0", true],
])("%s is a version of CDK Terrain: %s", (one, expected) => {
  expect(isCdkTerrain(one)).toBe(expected);
});

test("an app of CDK Terrain is refused by the package for the Terraform CDK, and by no other", () => {
  const stack: Construct = new TerrainStack(new TerrainApp({ outdir: "cdktf.out" }), "stack");
  const make = () =>
    new BackupNetwork(stack, "network", {
      name: "veeam",
      location: "westeurope",
      resourceGroup: BackupResourceGroup.fromName("rg"),
      virtualNetwork: BackupVirtualNetwork.fromName({
        name: "vnet",
        resourceGroup: "rg",
        addressSpace: ["10.0.0.0/24"],
        dnsServers: [],
      }),
      egress: Egress.managedElsewhere(),
    });
  if (isCdkTerrain(version)) expect(make).not.toThrow();
  else
    expect(make).toThrow(/CDK Terrain \(cdktn 0\.24\.0\).*Install cdktn-veeam-entra-id and import from it/);
});
