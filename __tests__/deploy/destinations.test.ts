import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { addMachines } from "../../lib/app/machines";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { deploymentWithMachines, smallestDeployment } from "../support/deployments/sample-deployments";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { applyPlanEmptyAndDestroy, describeWithTerraform } from "../support/tools/terraform";

const policyId =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub";
const { postgresql, httpProxy } = deploymentWithMachines();

describeWithTerraform("each way to Microsoft, each with a machine", () => {
  const folder = temporaryFolder("veeam-ways-");
  afterAll(folder.remove);

  test.each([
    // Group and network; of two subnets each a group and an association, 8; the way out of the backup server, 4;
    // and of PostgreSQL's machine its interface, disk, attachment, identity and right, 6.
    [
      "service tags",
      { postgresql: { ...postgresql, machine: { ...postgresql.machine, packages: "image" } } },
      18,
    ],
    [
      "addresses",
      {
        destinations: { ipRanges: join(__dirname, "..", "fixtures", "service-tags-20251110.json") },
        postgresql: { ...postgresql, machine: { ...postgresql.machine, packages: "image" } },
      },
      18,
    ],
    // The proxy speaks to Microsoft in the backup server's place: a route table, its association, the rules on the
    // firewall, and 2 of the machine.
    [
      "names",
      {
        destinations: { azureFirewall: { policyId, privateIpAddress: "10.0.1.4", priority: 500 } },
        httpProxy,
      },
      13,
    ],
  ])("by %s applies, plans empty after, and is destroyed", (name, more, resources) => {
    const deployment = readDeployment(
      { entraIdBackup: JSON.parse(JSON.stringify({ ...smallestDeployment(), ...more })) },
      "the test",
    );
    const outdir = join(folder.path, name.replace(/ /g, "-"));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    addMachines(new EntraIdBackup(stack, "backup", propsOfDeployment(deployment)), deployment);
    app.synth();
    expect(applyPlanEmptyAndDestroy(join(outdir, "stacks", "stack"))).toBe(resources);
  });
});
