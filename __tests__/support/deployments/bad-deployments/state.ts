import type { BadDeployment } from "./bad-deployment";

/** Places of the state that there cannot be; in code the backend is the Terraform CDK's own class. */
export const state: readonly BadDeployment[] = [
  {
    title: "a state in a storage account, container and resource group that none is called",
    change: {
      backend: { azurerm: { resourceGroup: "rg.", storageAccount: "St_Foo", container: "tf--state" } },
    },
    problems: [
      'backend.azurerm.resourceGroup: is a name that Azure refuses for a resource group (got "rg."). Allowed: 1 to 90 letters, digits, underscores, parentheses, hyphens and periods, not ending with a period. Choose another name.',
      'backend.azurerm.storageAccount: is a name that Azure refuses for a storage account (got "St_Foo"). Allowed: 3 to 24 lower-case letters and digits. Write the name of the storage account, not its address.',
      'backend.azurerm.container: is a name that Azure refuses for a container (got "tf--state"). Allowed: 3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit. Write the name of the container.',
    ],
  },
];
