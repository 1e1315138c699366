import { isObject } from "../files/json-values";
import { nameInId } from "../../azure/azure-id";
import { JsonNode } from "../files/json-node";

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

/** The fields of a rule with several values, by those with one. */
const PLURALS: ReadonlyMap<string, string> = new Map([
  ["sourceAddressPrefix", "sourceAddressPrefixes"],
  ["destinationAddressPrefix", "destinationAddressPrefixes"],
  ["sourcePortRange", "sourcePortRanges"],
  ["destinationPortRange", "destinationPortRanges"],
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

/** PowerShell begins every key with a capital letter, and writes a list into the field of one address or port. */
function withCamelCase(value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, "Id") && !Object.hasOwn(value, "id")
    ? lowered(value)
    : value;
}

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const name = key.charAt(0).toLowerCase() + key.slice(1);
    if (key === "Tag") return ["tags", inner];
    return [(Array.isArray(inner) && PLURALS.get(name)) || name, lowered(inner)];
  });
  return Object.fromEntries(entries);
}

const TYPES: Readonly<Record<string, AzKind>> = {
  "microsoft.network/networksecuritygroups": "group",
  "microsoft.network/virtualnetworks": "network",
  "microsoft.network/virtualnetworks/subnets": "subnet",
  "microsoft.network/networkinterfaces": "interface",
  "microsoft.network/routetables": "routes",
  "microsoft.network/privateendpoints": "endpoint",
};

function kindOf(item: JsonNode): AzKind | undefined {
  const type = item.at("type").value;
  if (typeof type === "string" && /^microsoft\.\w+\//i.test(type)) return TYPES[type.toLowerCase()];
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
  const at = (key: string): unknown => (file.has(key) ? file.at(key).value : undefined);
  const next = ["nextLink", "skip_token", "skipToken", "$skipToken", "SkipToken"].find(
    (key) => (at(key) ?? undefined) !== undefined,
  );
  const [total, count] = [at("total_records"), listOf(file).length];
  const [reason] = [
    ...(next === undefined ? [] : [`${next} is set`]),
    ...(String(at("resultTruncated")) === "true" ? ["resultTruncated is true"] : []),
    ...(typeof total === "number" && total > count ? [`it has ${count} of ${total} records`] : []),
  ];
  return reason === undefined
    ? []
    : [
        `${file.file} is one page of several (${reason}), and lacks the rest. Get every page: az follows them by itself; with az graph query, give --first 1000 and --skip-token.`,
      ];
}

/**
 * A group of `az network nic list-effective-nsg` in the form of `az network nsg list`; other items
 * unchanged.
 */
export function asListed(item: AzItem): AzItem {
  const { node } = item;
  if (!node.has("effectiveSecurityRules")) return item;
  const id = node.at("networkSecurityGroup").at("id").text();
  if (id === undefined) return { node };
  const isDefault = (rule: JsonNode) => /^default/i.test(rule.at("name").text() ?? "");
  const rules = node.at("effectiveSecurityRules").items();
  const attachedTo = (kind: string) =>
    [node.at("association").at(kind)].filter((one) => one.at("id").text() !== undefined);
  const group = {
    id,
    name: nameInId(id),
    securityRules: rules.filter((rule) => !isDefault(rule)).map(ruleOf),
    subnets: attachedTo("subnet").map(({ value }) => value),
    networkInterfaces: attachedTo("networkInterface").map(({ value }) => value),
  };
  return { kind: "group", node: new JsonNode(group, node.path, node.file) };
}

/** The rule as in its group: the name without the kind, and `*` for all protocols. */
function ruleOf(rule: JsonNode): unknown {
  const protocol = rule.at("protocol").text();
  const lists = [...PLURALS].flatMap(([one, several]): Array<[string, unknown]> => [
    [one, null],
    [several, valuesOf(rule, several, one)],
  ]);
  return {
    ...rule.object(),
    name: rule
      .at("name")
      .requiredText()
      .replace(/^(securityRules\/|UserRule_)/i, ""),
    protocol: protocol?.toLowerCase() === "all" ? "*" : protocol,
    ...Object.fromEntries(lists),
  };
}

/** The value of the plural field, or of the singular one. An application security group is listed with its addresses. */
function valuesOf(rule: JsonNode, several: string, one: string): unknown[] {
  const expanded = `expanded${one.charAt(0).toUpperCase()}${one.slice(1)}`;
  const found = [several, one, expanded]
    .map((field) => [fieldOf(rule, field).value ?? []].flat())
    .find((list) => list.length > 0);
  return [...new Set(found)];
}
