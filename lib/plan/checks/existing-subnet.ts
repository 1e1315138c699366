import { isOpaque } from "../../base/opaque";
import type { ExistingSubnetInput, NetworkFacts } from "../deployment";
import { isManagedDatabase, MANAGED_DATABASE } from "./managed-database";
import { checkPrefixList, type GivenPrefix } from "./prefixes";
import { checkPriorityBand } from "./shared-groups";
import { type Problem, problemOf, refused } from "../../base/problem";

const SUBNET_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)\/subnets\/[^/]+$/i;

/** A subnet that exists: which one, where, and what may be done to it. */
export function checkExistingSubnet(
  path: string,
  { id, addressPrefixes, dedicated, group }: ExistingSubnetInput,
): { prefixes: GivenPrefix[]; problems: Problem[] } {
  const checked = checkPrefixList(`${path}.addressPrefixes`, addressPrefixes);
  const problems: Problem[] = [...checked.problems];
  if (!isOpaque(id) && !SUBNET_ID.test(id)) {
    problems.push(
      problemOf(isManagedDatabase(id) ? MANAGED_DATABASE.code : "id-invalid", `${path}.id`, id, {
        what: isManagedDatabase(id) ? MANAGED_DATABASE.what : "is not the id of a subnet",
        allowed:
          "/subscriptions/.../resourceGroups/.../providers/Microsoft.Network/virtualNetworks/.../subnets/...",
        change: isManagedDatabase(id) ? MANAGED_DATABASE.change : "Copy the resource id of the subnet",
      }),
    );
  }
  if ((dedicated === true) === (group !== undefined)) {
    problems.push(
      problemOf(group ? "existing-subnet-ambiguous" : "existing-subnet-incomplete", path, {
        what: group ? "has both dedicated and group" : "has neither dedicated nor group",
        allowed:
          "exactly one of dedicated (the component is alone there; a group that denies everything else is attached) and group (a group that is managed elsewhere, to which rules are added)",
        change: group ? "Keep one of the two" : "Add one of the two",
      }),
    );
  }
  if (group) problems.push(...checkPriorityBand(`${path}.group`, group));
  return { prefixes: checked.prefixes, problems };
}

/** A subnet that exists is in the virtual network of the deployment, which therefore exists too. */
export function checkSubnetOfNetwork(
  path: string,
  { id }: ExistingSubnetInput,
  { existing }: Pick<NetworkFacts, "existing">,
): Problem[] {
  const [, resourceGroup, name] = (isOpaque(id) ? undefined : SUBNET_ID.exec(id)) ?? [];
  if (name === undefined) return [];
  const refuse = (code: string, what: string, allowed: string, change: string): Problem[] =>
    refused(code, `${path}.id`, id, { what, allowed, change });
  if (!existing) {
    return refuse(
      "subnet-of-other-network",
      `is a subnet of the virtual network ${name}, and the deployment creates its own`,
      "subnets of a virtual network that exists",
      "Name the network that the subnet is in under virtualNetwork.existing, or give the component a subnet",
    );
  }
  if (isSame(existing.name, name) && isSame(existing.resourceGroup, resourceGroup)) return [];
  return refuse(
    "subnet-of-other-network",
    `is a subnet of the virtual network ${name} in ${resourceGroup}, not of the deployment's own`,
    `subnets of ${existing.name} in ${existing.resourceGroup}`,
    "Give the id of a subnet there, or name the network that this one is in",
  );
}

/** Azure ignores case in names; what is known only at apply may be the same. */
function isSame(given: string, name: string): boolean {
  return isOpaque(given) || given.toLowerCase() === name.toLowerCase();
}
