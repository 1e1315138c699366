import { isOpaque } from "../base/opaque";

/** Names by which a group is known, as its file has them; what the file does not say is left out. */
export interface GroupNames {
  readonly group?: string;
  readonly resourceGroup?: string;
}

/** Names by which a subnet is known; what a file does not say is left out. */
export interface SubnetNames {
  readonly subnet?: string;
  readonly virtualNetwork?: string;
  readonly resourceGroup?: string;
}

/** Whether a text is an id of Azure Resource Manager. */
export function isAzureId(text: string): boolean {
  return text.toLowerCase().startsWith("/subscriptions/");
}

/** The id as it can be compared: Azure ignores case. */
export function comparableId(id: string): string {
  return isAzureId(id) ? id.toLowerCase() : id;
}

// The fixed segments of ids that a deployment can be given, as the provider wants them.
const SEGMENTS = new Map(
  [
    "subscriptions resourceGroups providers",
    "Microsoft.Network virtualNetworks subnets natGateways routeTables networkSecurityGroups",
    "applicationSecurityGroups firewallPolicies",
    "Microsoft.Compute images galleries versions diskEncryptionSets communityGalleries sharedGalleries",
    "Microsoft.KeyVault vaults secrets",
  ]
    .flatMap((words) => words.split(" "))
    .map((word) => [word.toLowerCase(), word]),
);

/**
 * The id with its fixed segments in Azure's own casing. The portal and the
 * Azure CLI print others (`resourcegroups`), which the provider refuses. Names
 * stay as they are, and so does an id that is known only at apply.
 */
export function inAzureCasing(id: string): string {
  if (isOpaque(id)) return id;
  const parts = id.split("/");
  // Segments and values alternate, and a provider's namespace follows "providers".
  return parts
    .map((part, index) =>
      index % 2 === 1 || parts[index - 1]?.toLowerCase() === "providers"
        ? (SEGMENTS.get(part.toLowerCase()) ?? part)
        : part,
    )
    .join("/");
}

/** The name at the end of an id: `nsg-a`. */
export function nameInId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The value after a segment of an id: of `resourceGroups`, the resource group. Undefined where it has no such segment. */
export function segmentOfId(id: string, segment: string): string | undefined {
  const parts = id.split("/");
  const index = parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase());
  return index < 0 ? undefined : parts[index + 1];
}

/** The id of the virtual network, which the id of a subnet begins with. */
export function networkInId(id: string): string {
  return id.split(/\/subnets\//i)[0];
}

/** The names in the id of a subnet. */
export function namesInSubnetId(id: string): SubnetNames {
  return known({
    subnet: segmentOfId(id, "subnets"),
    virtualNetwork: segmentOfId(id, "virtualNetworks"),
    resourceGroup: segmentOfId(id, "resourceGroups"),
  });
}

/** Whether two values are the same name. Azure ignores case. */
export function isSameName(a: unknown, b: unknown): boolean {
  return typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();
}

/** Whether names, ignoring case, are those of one subnet; undefined if too few are known. */
export function areSameSubnet(some: SubnetNames, others: SubnetNames): boolean | undefined {
  const answers = (["subnet", "virtualNetwork", "resourceGroup"] as const).map((kind) => {
    const [one, other] = [some[kind], others[kind]];
    return one === undefined || other === undefined ? undefined : isSameName(one, other);
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** The names in the id of a group. */
export function namesInGroupId(id: string): GroupNames {
  return known({
    group: segmentOfId(id, "networkSecurityGroups"),
    resourceGroup: segmentOfId(id, "resourceGroups"),
  });
}

function known(names: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
