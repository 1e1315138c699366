import { App as TerrainApp, TerraformStack as TerrainStack } from "cdktn";
import type { Construct } from "constructs";
import { BackupNetwork, BackupResourceGroup, BackupVirtualNetwork, Egress } from "../../lib";
import { engineOfVersion } from "../../lib/constructs/engine";
import { version } from "cdktf/package.json";

test.each([
  ["0.20.11", "cdktf"],
  ["0.21.0", "cdktf"],
  ["0.22.0", "cdktn"],
  ["0.24.0", "cdktn"],
  ["1.0.0", "cdktn"],
])("%s is a version of %s", (one, engine) => {
  expect(engineOfVersion(one)).toBe(engine);
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
  if (engineOfVersion(version) === "cdktn") expect(make).not.toThrow();
  else
    expect(make).toThrow(/CDK Terrain \(cdktn 0\.24\.0\).*Install cdktn-veeam-entra-id and import from it/);
});
