import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { applyPlanEmptyAndDestroy, describeWithTerraform } from "../support/tools/terraform";

type Json = Record<string, unknown>;

const shipped = (
  JSON.parse(readFileSync(join(__dirname, "..", "..", "cdktf.json"), "utf8")) as {
    context: { entraIdBackup: Json };
  }
).context.entraIdBackup;

const minimal: Json = {
  name: "least",
  location: "northeurope",
  resourceGroup: "rg-least",
  virtualNetwork: { addressSpace: ["10.30.0.0/24"] },
  consoles: ["10.1.0.4/32"],
  backupServer: { subnet: "10.30.0.0/29" },
};

/** Each deployment, and how many resources Terraform has to make of it. */
const deployments: ReadonlyArray<readonly [string, Json, number]> = [
  ["the shipped deployment", shipped, 24],
  // Group, network, subnet, group, association, and the way out with its address and two associations.
  ["a backup server alone", minimal, 9],
  [
    "the oldest revision",
    { ...minimal, portTable: "13.0.1.180@2025-12-12", postgresql: { subnet: "10.30.0.16/29" } },
    12,
  ],
  [
    "an existing network and resource group, with DNS servers of its own",
    {
      ...minimal,
      resourceGroup: { existing: "rg-hub" },
      virtualNetwork: {
        existing: {
          name: "vnet-hub",
          resourceGroup: "rg-network",
          addressSpace: ["10.30.0.0/16"],
          dnsServers: ["10.1.0.53", "10.1.1.53"],
        },
      },
      egress: "existing",
    },
    3,
  ],
  [
    "shared machines and a cache that moves",
    {
      ...shipped,
      name: "moving",
      httpProxy: { addresses: ["10.9.0.4/32"], port: 8080, directAccess: true },
      postgresql: { on: "backupServer" },
      cacheRepositories: {
        cache: { on: "gatewayServers.gateway" },
        new: { subnet: "10.20.0.64/27", type: "linux" },
      },
      cacheMigration: { from: "cache", to: "new" },
    },
    // Four subnets of three resources each, group and network, and the way out for the backup server.
    18,
  ],
];

/** Synthesizes deployments into one stack and gives its folder. */
function synthesize(outdir: string, ...given: readonly Json[]): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  new LocalBackend(stack, { path: "terraform.tfstate" });
  for (const entraIdBackup of given) {
    const deployment = readDeployment({ entraIdBackup }, "the test");
    new EntraIdBackup(stack, deployment.name, propsOfDeployment(deployment));
  }
  app.synth();
  return join(outdir, "stacks", "stack");
}

describeWithTerraform("real Terraform", () => {
  const folder = temporaryFolder("veeam-terraform-");
  afterAll(folder.remove);

  test.each(deployments)("applies %s, plans empty after, and destroys it", (name, deployment, resources) => {
    const stack = synthesize(join(folder.path, name.replace(/\W+/g, "-")), deployment);
    expect(applyPlanEmptyAndDestroy(stack)).toBe(resources);
  });

  test("applies two deployments in one stack", () => {
    const stack = synthesize(join(folder.path, "two"), shipped, { ...minimal, tags: { owner: "platform" } });
    expect(applyPlanEmptyAndDestroy(stack)).toBe(24 + 9);
  });
});
