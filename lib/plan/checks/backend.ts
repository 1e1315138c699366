import { checkResourceGroupName } from "../../azure/names";
import type { Problem } from "../../base/problem";

// Source: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage
const STORAGE_ACCOUNT = /^[a-z0-9]{3,24}$/;
const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** Names that Azure takes; a wrong one would only be found by `terraform init`. */
export function checkAzureBackend(
  path: string,
  {
    resourceGroup,
    storageAccount,
    container,
  }: Readonly<Record<"resourceGroup" | "storageAccount" | "container", string>>,
): Problem[] {
  return [
    ...checkResourceGroupName(`${path}.resourceGroup`, resourceGroup),
    ...checkName(`${path}.storageAccount`, storageAccount, STORAGE_ACCOUNT, {
      code: "name-invalid",
      what: "is a name that Azure refuses for a storage account",
      allowed: "3 to 24 lower-case letters and digits",
      change: "Write the name of the storage account, not its address",
    }),
    ...checkName(`${path}.container`, container, CONTAINER, {
      code: "name-invalid",
      what: "is a name that Azure refuses for a container",
      allowed:
        "3 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit",
      change: "Write the name of the container",
    }),
  ];
}

function checkName(
  path: string,
  name: string,
  pattern: RegExp,
  words: Omit<Problem, "path" | "value">,
): Problem[] {
  return pattern.test(name) ? [] : [{ path, value: name, ...words }];
}
