import { type Problem, refuseProblems } from "../base/problem";
import type { SecurityRule } from "../azure/security-rule";
import { comparableId, isAzureId, nameInId, namesInGroupId, namesInSubnetId } from "../azure/azure-id";
import { collecting } from "./collecting";
import type { FoundGroup, FoundInterface, FoundNetwork, FoundRouting, FoundSubnet } from "./found-network";
import { type JsonNode } from "./json-node";
import { isGatewaySubnet, mayBePublic } from "./routes";
import { type RuleField, securityRuleOfFields } from "./security-rule-fields";
import { formatReference } from "./terraform-reference";

/** A subnet as `az network vnet subnet list` prints it. */
export interface AzSubnet {
  /** Id in lower case. */
  readonly key: string;
  readonly name: string;
  readonly prefixes: string[];
  /** Key of its group. @default - none */
  readonly group?: string;
  /** Keys of the network interfaces in it. */
  readonly interfaces: string[];
  /** Key of its route table. @default - none */
  readonly routeTable?: string;
  /** Whether the file says of its virtual network that no gateway brings routes. */
  readonly saysRoutes: boolean;
}

/** What `az network vnet subnet list` or `az network vnet list` says. */
export interface AzSubnets {
  readonly subnets: AzSubnet[];
  /** Address spaces of the virtual networks, a list each; none in a list of subnets. */
  readonly addressSpaces: string[][];
}

/**
 * The groups in the output of `az network nsg list -o json`, or of `az network
 * nsg show`, and what they stand before.
 *
 * @param subnets what the list does not say: prefixes, and which interface is in which subnet
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function networkOfAz(file: JsonNode, subnets?: AzSubnets): FoundNetwork {
  const problems: Problem[] = [];
  const groups = listOf(file).map((node) => readGroup(node, problems));
  const groupOfSubnet = groupsBefore("subnet", groups, ({ subnetIds }) => subnetIds, problems);
  const groupOfInterface = groupsBefore(
    "network interface",
    groups,
    ({ interfaceIds }) => interfaceIds,
    problems,
  );
  const found = subnetsOf(groupOfSubnet, subnets?.subnets ?? [], problems);
  refuseProblems(file.file, problems);
  return {
    file: file.file,
    groups: groups.map(({ group }) => group),
    rules: [],
    subnets: found,
    interfaces: interfacesOf(groupOfInterface, subnets?.subnets ?? []),
    addressSpaces: subnets?.addressSpaces ?? [],
    routes: { tables: [], routings: routingsOf(subnets?.subnets ?? []) },
    notes: notesOn(found, subnets?.subnets ?? []),
  };
}

/** The route tables in the output of `az network route-table list -o json`. */
export function routeTablesOfAz(file: JsonNode): FoundNetwork {
  const tables = listOf(file).map((node) => ({
    key: comparableId(node.at("id").requiredText()),
    mayRoutePublic: fieldOf(node, "routes")
      .items()
      .some((route) => mayBePublic(fieldOf(route, "addressPrefix").requiredText())),
  }));
  return {
    file: file.file,
    groups: [],
    rules: [],
    subnets: [],
    interfaces: [],
    addressSpaces: [],
    routes: { tables, routings: [] },
    notes: [],
  };
}

function routingsOf(listed: readonly AzSubnet[]): FoundRouting[] {
  return listed.flatMap(({ key, routeTable }) =>
    routeTable === undefined ? [] : [{ subnet: key, table: routeTable }],
  );
}

/**
 * The subnets in the output of `az network vnet subnet list -o json` or of `az
 * network vnet list -o json`.
 *
 * @throws InvalidInputError where the file is neither
 */
export function readAzSubnets(file: JsonNode): AzSubnets {
  const nodes = listOf(file);
  const networks = nodes.filter((node) => fieldOf(node, "addressSpace").isSet);
  const inNetworks = networks.flatMap((network) => {
    const saysRoutes = hasNoGateway(network);
    return fieldOf(network, "subnets")
      .items()
      .map((subnet) => readSubnet(subnet, saysRoutes));
  });
  const alone = nodes.filter((node) => !networks.includes(node));
  return {
    subnets: [...inNetworks, ...alone.map((subnet) => readSubnet(subnet, false))],
    addressSpaces: networks.map((network) => fieldOf(network, "addressSpace").at("addressPrefixes").texts()),
  };
}

interface GroupWithPlaces {
  readonly group: FoundGroup;
  readonly subnetIds: string[];
  readonly interfaceIds: string[];
}

function readGroup(node: JsonNode, problems: Problem[]): GroupWithPlaces {
  const name = node.at("name").requiredText();
  const id = node.at("id").text();
  const rules = fieldOf(node, "securityRules")
    .items()
    .flatMap((rule) => collecting(problems, () => readRule(rule, name)));
  const tags = node
    .at("tags")
    .entries()
    .filter(([, tag]) => typeof tag.value === "string")
    .map(([key, tag]) => [key, tag.requiredText()] as const);
  return {
    group: {
      key: id === undefined ? name : comparableId(id),
      name,
      path: name,
      names: { ...(id !== undefined && namesInGroupId(id)), group: name },
      rules,
      tags: Object.fromEntries(tags),
      isRead: false,
    },
    subnetIds: idsOf(fieldOf(node, "subnets")),
    interfaceIds: idsOf(fieldOf(node, "networkInterfaces")),
  };
}

function readRule(node: JsonNode, group: string): SecurityRule {
  return securityRuleOfFields({
    path: `${group}.${node.at("name").text() ?? node.path}`,
    spell: (field) => AZURE_SPELLING.get(field) ?? field,
    value: (field) => ruleValue(node, field),
  });
}

const AZURE_SPELLING: ReadonlyMap<RuleField, string> = new Map([
  ["sourceApplicationSecurityGroupIds", "sourceApplicationSecurityGroups"],
  ["destinationApplicationSecurityGroupIds", "destinationApplicationSecurityGroups"],
]);

function ruleValue(node: JsonNode, field: RuleField): unknown {
  const spelling = AZURE_SPELLING.get(field);
  if (spelling !== undefined) return idsOf(fieldOf(node, spelling));
  return (field === "name" ? node.at(field) : fieldOf(node, field)).value;
}

/** Whether a network surely learns no routes from gateways, its own or those of its peers. */
function hasNoGateway(network: JsonNode): boolean {
  const peerings = fieldOf(network, "virtualNetworkPeerings");
  return (
    peerings.isSet &&
    peerings.items().every((peering) => fieldOf(peering, "useRemoteGateways").value === false) &&
    !fieldOf(network, "subnets")
      .items()
      .some((subnet) => isGatewaySubnet(subnet.at("name").text() ?? ""))
  );
}

function readSubnet(node: JsonNode, saysRoutes: boolean): AzSubnet {
  const id = node.at("id").requiredText();
  if (!isAzureId(id)) {
    node.at("id").refuse("is no id of a subnet", "/subscriptions/…/virtualNetworks/…/subnets/…");
  }
  const group = fieldOf(node, "networkSecurityGroup").at("id").text();
  const one = fieldOf(node, "addressPrefix").text();
  const several = fieldOf(node, "addressPrefixes").texts();
  const routeTable = fieldOf(node, "routeTable").at("id").text();
  return {
    key: comparableId(id),
    name: node.at("name").text() ?? nameInId(id),
    prefixes: several.length > 0 ? several : one === undefined ? [] : [one],
    ...(group !== undefined && { group: comparableId(group) }),
    interfaces: idsOf(fieldOf(node, "ipConfigurations")).flatMap(
      (configuration) => /^(.*\/networkinterfaces\/[^/]+)\/ipconfigurations\//.exec(configuration)?.[1] ?? [],
    ),
    ...(routeTable !== undefined && { routeTable: comparableId(routeTable) }),
    saysRoutes,
  };
}

/** Key of the group, by the key of what it stands before. */
function groupsBefore(
  what: string,
  groups: readonly GroupWithPlaces[],
  idsIn: (group: GroupWithPlaces) => readonly string[],
  problems: Problem[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const group of groups) {
    for (const id of idsIn(group)) {
      const other = found.get(id);
      if (other !== undefined && other !== group.group.key) {
        problems.push(twoGroups(`${what} ${nameInId(id)}`, other, group.group.key));
      }
      found.set(id, group.group.key);
    }
  }
  return found;
}

function twoGroups(path: string, one: string, other: string): Problem {
  return {
    path,
    what: `stands behind ${nameInId(one)}, and behind ${nameInId(other)} as well`,
    allowed: "one group, as Azure demands",
    change: "Write the files anew, one right after the other",
  };
}

function subnetsOf(
  groupOfSubnet: ReadonlyMap<string, string>,
  listed: readonly AzSubnet[],
  problems: Problem[],
): FoundSubnet[] {
  const byKey = new Map(listed.map((subnet) => [subnet.key, subnet]));
  return [...new Set([...groupOfSubnet.keys(), ...byKey.keys()])].map((key) => {
    const subnet = byKey.get(key);
    const name = subnet?.name ?? nameInId(key);
    const group = groupOfSubnet.get(key) ?? subnet?.group;
    if (group !== undefined && subnet?.group !== undefined && subnet.group !== group) {
      problems.push(twoGroups(`subnet ${name}`, group, subnet.group));
    }
    return {
      key,
      name,
      names: namesInSubnetId(key),
      prefixes:
        subnet && subnet.prefixes.length > 0 ? subnet.prefixes : [formatReference(key, "address_prefixes")],
      ...(group !== undefined && { group }),
      mayHaveGroup: false,
      ...(subnet && { interfaces: subnet.interfaces }),
      ...(subnet?.saysRoutes && { saysRoutes: true }),
    };
  });
}

function interfacesOf(
  groupOfInterface: ReadonlyMap<string, string>,
  listed: readonly AzSubnet[],
): FoundInterface[] {
  const subnetOf = new Map(
    listed.flatMap((subnet) => subnet.interfaces.map((one) => [one, subnet.key] as const)),
  );
  return [...groupOfInterface].map(([key, group]) => {
    const subnet = subnetOf.get(key);
    return { key, name: nameInId(key), addresses: [], ...(subnet !== undefined && { subnet }), group };
  });
}

function notesOn(subnets: readonly FoundSubnet[], listed: readonly AzSubnet[]): string[] {
  const keys = new Set(listed.map(({ key }) => key));
  const missing = subnets.filter(({ key }) => !keys.has(key));
  return missing.length === 0
    ? []
    : [
        `The list of groups does not say the prefixes of ${missing.map(({ name }) => name).join(", ")}. ` +
          "Give them with --subnets FILE, made by az network vnet list -o json.",
      ];
}

/** The objects of a list, of `{value: [...]}` as the REST API has it, or the one object that `show` prints. */
function listOf(file: JsonNode): JsonNode[] {
  if (Array.isArray(file.value)) return file.items();
  return file.has("value") ? file.at("value").items() : [file];
}

/** A field of an object, which the command has on the object and the REST API under `properties`. */
export function fieldOf(node: JsonNode, field: string): JsonNode {
  const flat = node.at(field);
  return flat.isSet || !node.at("properties").isObject ? flat : node.at("properties").at(field);
}

function idsOf(list: JsonNode): string[] {
  return list.items().map((item) => comparableId(item.at("id").requiredText()));
}
