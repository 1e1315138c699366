import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { propsOfDeployment } from "../../lib/app/props";
import type { DeploymentFile } from "../../lib/app/schema";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { NAMED_DEPLOYMENTS } from "../../scripts/revisions-page";
import { pagesOn, TRANSCRIBED_REVISIONS } from "../support/expected/veeam-pages";
import { synthesizeDeployment } from "../support/tools/synthesized";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { applyPlanEmptyAndDestroy, describeWithTerraform } from "../support/tools/terraform";

// The deployments of docs/revisions.md, in every revision that has Used Ports.
// Where two revisions give the same Terraform but for the tag that names the
// revision, one stands for both; all that differ are applied together.

const REVISIONS = TRANSCRIBED_REVISIONS.filter((revision) => pagesOn(revision).usedPorts);
const FILES = NAMED_DEPLOYMENTS.map(({ deployment }) => deployment as unknown as DeploymentFile);

/** The revisions of a deployment by what Terraform gets, without the tag. */
function revisionsByTerraform(file: DeploymentFile): Map<string, string[]> {
  const same = new Map<string, string[]>();
  for (const portTable of REVISIONS) {
    const { text } = synthesizeDeployment({ ...file, portTable });
    expect(text).toContain(portTable);
    const key = text.replaceAll(portTable, "revision");
    same.set(key, [...(same.get(key) ?? []), portTable]);
  }
  return same;
}

describeWithTerraform("the deployments of docs/revisions.md with Terraform", () => {
  test("apply in every revision, plan empty and go", () => {
    const folder = temporaryFolder("veeam-revisions-");
    const app = new App({ outdir: folder.path });
    const stack = new TerraformStack(app, "revisions");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    for (const file of FILES) {
      const different = [...revisionsByTerraform(file).values()];
      expect(different.flat().sort()).toEqual([...REVISIONS].sort());
      for (const [portTable] of different) {
        const name = `${file.name}-${portTable.split("@")[1]}`;
        const resourceGroup = `rg-${name}`;
        new EntraIdBackup(stack, name, propsOfDeployment({ ...file, name, resourceGroup, portTable }));
      }
    }
    app.synth();
    expect(applyPlanEmptyAndDestroy(`${folder.path}/stacks/revisions`)).toBeGreaterThan(8 * 8);
    folder.remove();
  });
});
