import type { BadDeployment } from "./bad-deployment";

/** Places of the state that there cannot be; in code the backend is the Terraform CDK's own class. */
export const state: readonly BadDeployment[] = [
  {
    title: "a state in a storage account, container and resource group that none is called",
    change: {
      backend: { azurerm: { resourceGroup: "rg.", storageAccount: "St_Foo", container: "tf--state" } },
    },
    problems: [
      "name-invalid backend.azurerm.resourceGroup",
      "name-invalid backend.azurerm.storageAccount",
      "name-invalid backend.azurerm.container",
    ],
  },
];
