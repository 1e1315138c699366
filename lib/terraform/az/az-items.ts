import { JsonNode } from "../files/json-node";
import { isObject } from "../files/json-values";

/** The kind of a resource in an export. */
export type AzKind = "group" | "network" | "subnet" | "interface" | "routes" | "endpoint";

/** One resource as the Azure CLI, the REST API, Resource Graph or PowerShell print it. */
export interface AzItem {
  readonly node: JsonNode;
  /** @default - a kind that is not read */
  readonly kind?: AzKind;
}

/** The resources in an export; empty if the file contains anything else. */
export function azItems(file: JsonNode): AzItem[] {
  const items = listOf(file).map((node) => new JsonNode(withCamelCase(node.value), node.path, node.file));
  return items.every(({ isObject: is }) => is) ? items.map((node) => ({ node, kind: kindOf(node) })) : [];
}

/** A field of a resource: the Azure CLI prints it on the object, the REST API under `properties`. */
export function fieldOf(node: JsonNode, field: string): JsonNode {
  const flat = node.at(field);
  return flat.isSet || !node.at("properties").isObject ? flat : node.at("properties").at(field);
}

/** The fields of a rule with one value, by those with several. */
export const SINGULARS: ReadonlyMap<string, string> = new Map([
  ["sourceAddressPrefixes", "sourceAddressPrefix"],
  ["destinationAddressPrefixes", "destinationAddressPrefix"],
  ["sourcePortRanges", "sourcePortRange"],
  ["destinationPortRanges", "destinationPortRange"],
]);

// What `az network … create` prints around the resource.
const WRAPPERS = ["NewNSG", "newNSG", "newVNet", "newSubnet", "NewNIC", "newRouteTable"];

/** The objects of a list, of `{value: [...]}` or `{data: [...]}` with them, or the one object that `show` prints. */
export function listOf(file: JsonNode): JsonNode[] {
  if (Array.isArray(file.value)) return file.items();
  const around = ["value", "data", "Data"].find((key) => file.has(key) && Array.isArray(file.at(key).value));
  if (around !== undefined) return file.at(around).items();
  const wrapper = WRAPPERS.find((key) => file.has(key));
  return [wrapper === undefined ? file : file.at(wrapper)];
}

/** PowerShell begins every key with a capital letter. */
function withCamelCase(value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, "Id") && !Object.hasOwn(value, "id")
    ? lowered(value)
    : value;
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (key === "Tag") return ["tags", inner];
    return [key.charAt(0).toLowerCase() + key.slice(1), lowered(inner)];
  });
  return Object.fromEntries(entries);
}

const TYPES: ReadonlyMap<string, AzKind> = new Map([
  ["microsoft.network/networksecuritygroups", "group"],
  ["microsoft.network/virtualnetworks", "network"],
  ["microsoft.network/virtualnetworks/subnets", "subnet"],
  ["microsoft.network/networkinterfaces", "interface"],
  ["microsoft.network/routetables", "routes"],
  ["microsoft.network/privateendpoints", "endpoint"],
]);

function kindOf(item: JsonNode): AzKind | undefined {
  const type = item.at("type").value;
  if (typeof type === "string" && /^microsoft\.\w+\//i.test(type)) return TYPES.get(type.toLowerCase());
  const isList = (field: string): boolean => Array.isArray(fieldOf(item, field).value);
  if (isList("securityRules")) return "group";
  if (isList("routes")) return "routes";
  if (fieldOf(item, "addressSpace").isSet) return "network";
  if (["addressPrefix", "addressPrefixes"].some((field) => fieldOf(item, field).isSet)) return "subnet";
  if (isList("privateLinkServiceConnections")) return "endpoint";
  return isList("ipConfigurations") ? "interface" : undefined;
}

/** Why a file may lack resources: lists come in pages. */
export function gapsOfItems(file: JsonNode): string[] {
  const next = ["nextLink", "skip_token", "skipToken", "$skipToken", "SkipToken"].find(
    (key) => file.has(key) && file.at(key).isSet,
  );
  const total = file.has("total_records") ? file.at("total_records").value : 0;
  const isCut = file.has("resultTruncated") && String(file.at("resultTruncated").value) === "true";
  const reason =
    next !== undefined
      ? `${next} is set`
      : isCut
        ? "resultTruncated is true"
        : typeof total === "number" && total > listOf(file).length
          ? `it has ${listOf(file).length} of ${total} records`
          : undefined;
  return reason === undefined
    ? []
    : [
        `${file.file} is one page of several (${reason}), and lacks the rest. Get every page: az follows them by itself; with az graph query, give --first 1000 and --skip-token.`,
      ];
}
