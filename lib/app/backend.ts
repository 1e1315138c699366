import { relative } from "node:path";
import { AzurermBackend, CloudBackend, LocalBackend, NamedCloudWorkspace, type TerraformStack } from "cdktf";
import { stackFolder } from "./output-folder";
import type { DeploymentFile } from "./schema";

/** Where Terraform keeps the state of a deployment: in Azure Storage, in HCP Terraform, or in a file of the working directory. */
export function addBackend(stack: TerraformStack, { name, backend }: DeploymentFile, outdir: string): void {
  if (backend === undefined) {
    // A path relative to the stack's folder: two clones of the project synthesize the same bytes.
    new LocalBackend(stack, { path: relative(stackFolder(outdir, name), `terraform.${name}.tfstate`) });
  } else if ("azurerm" in backend) {
    const { resourceGroup, storageAccount, container, key } = backend.azurerm;
    new AzurermBackend(stack, {
      resourceGroupName: resourceGroup,
      storageAccountName: storageAccount,
      containerName: container,
      key: key ?? `${name}.tfstate`,
      // Without a key of the storage account: the identity that deploys has a role on its blobs.
      useAzureadAuth: true,
    });
  } else {
    const { organization, workspace } = backend.cloud;
    new CloudBackend(stack, { organization, workspaces: new NamedCloudWorkspace(workspace ?? name) });
  }
}
