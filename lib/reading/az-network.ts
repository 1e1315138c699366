import { InvalidInputError, type Problem, refuseProblems } from "../checks/problem";
import type { SecurityRule } from "../policy/security-rule";
import { comparableId, isAzureId, nameInId } from "./azure-id";
import type { FoundEndpoint, FoundGroup, FoundNetwork } from "./found-network";
import { type JsonNode } from "./json-node";
import { refuseSharedPriorities } from "./rules-together";
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
  refuseProblems(file.file, problems);
  const notes: string[] = [];
  return {
    file: file.file,
    groups: groups.map(({ group }) => group),
    endpoints: endpointsOf(groups, subnets, notes),
    addressSpaces: subnets?.addressSpaces ?? [],
    notes,
  };
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
  const inNetworks = networks.flatMap((network) => fieldOf(network, "subnets").items());
  const subnets = [...inNetworks, ...nodes.filter((node) => !networks.includes(node))];
  return {
    subnets: subnets.map(readSubnet),
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
    .flatMap((rule) => readRule(rule, name, problems));
  problems.push(...refuseSharedPriorities(name, rules));
  const tags = node
    .at("tags")
    .entries()
    .filter(([, tag]) => typeof tag.value === "string")
    .map(([key, tag]) => [key, tag.requiredText()] as const);
  return {
    group: {
      key: id === undefined ? name : comparableId(id),
      name,
      rules,
      tags: Object.fromEntries(tags),
    },
    subnetIds: idsOf(fieldOf(node, "subnets")),
    interfaceIds: idsOf(fieldOf(node, "networkInterfaces")),
  };
}

function readRule(node: JsonNode, group: string, problems: Problem[]): SecurityRule[] {
  try {
    return [
      securityRuleOfFields({
        path: `${group}.${node.at("name").text() ?? node.path}`,
        spell: (field) => AZURE_SPELLING.get(field) ?? field,
        value: (field) => ruleValue(node, field),
      }),
    ];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    problems.push(...error.problems);
    return [];
  }
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

function readSubnet(node: JsonNode): AzSubnet {
  const id = node.at("id").requiredText();
  if (!isAzureId(id)) {
    node.at("id").refuse("is no id of a subnet", "/subscriptions/…/virtualNetworks/…/subnets/…");
  }
  const group = fieldOf(node, "networkSecurityGroup").at("id").text();
  const one = fieldOf(node, "addressPrefix").text();
  const several = fieldOf(node, "addressPrefixes").texts();
  return {
    key: comparableId(id),
    name: node.at("name").text() ?? nameInId(id),
    prefixes: several.length > 0 ? several : one === undefined ? [] : [one],
    ...(group !== undefined && { group: comparableId(group) }),
    interfaces: idsOf(fieldOf(node, "ipConfigurations")).flatMap(
      (configuration) => /^(.*\/networkinterfaces\/[^/]+)\/ipconfigurations\//.exec(configuration)?.[1] ?? [],
    ),
  };
}

function endpointsOf(
  groups: readonly GroupWithPlaces[],
  known: AzSubnets | undefined,
  notes: string[],
): FoundEndpoint[] {
  const listed = new Map(known?.subnets.map((subnet) => [subnet.key, subnet]));
  const groupOfSubnet = new Map(
    groups.flatMap(({ group, subnetIds }) => subnetIds.map((id) => [id, group.key])),
  );
  const subnets: FoundEndpoint[] = [...new Set([...groupOfSubnet.keys(), ...listed.keys()])].map((key) => {
    const subnet = listed.get(key);
    const subnetGroup = groupOfSubnet.get(key) ?? subnet?.group;
    return {
      key,
      name: subnet?.name ?? nameInId(key),
      prefixes:
        subnet && subnet.prefixes.length > 0 ? subnet.prefixes : [unknown("subnets", key, "addressPrefix")],
      ...(subnetGroup !== undefined && { subnetGroup }),
    };
  });
  const subnetOfInterface = new Map(
    known?.subnets.flatMap((subnet) => subnet.interfaces.map((one) => [one, subnet] as const)),
  );
  const missing = subnets.filter(({ key }) => !listed.has(key));
  if (missing.length > 0) {
    notes.push(
      `The list of groups does not say the prefixes of ${missing.map(({ name }) => name).join(", ")}. ` +
        "Give them with --subnets FILE, made by az network vnet list -o json.",
    );
  }
  const interfaces = groups.flatMap(({ group, interfaceIds }) =>
    interfaceIds.map((key): FoundEndpoint => {
      const subnet = subnetOfInterface.get(key);
      const subnetGroup = subnet && (groupOfSubnet.get(subnet.key) ?? subnet.group);
      if (!subnet)
        notes.push(`In which subnet ${nameInId(key)} is, and so which group that has, is not known.`);
      return {
        key,
        name: nameInId(key),
        prefixes: [unknown("networkInterfaces", key, "privateIPAddress")],
        interfaceGroup: group.key,
        ...(subnet && { subnet: subnet.key }),
        ...(subnetGroup !== undefined && { subnetGroup }),
      };
    }),
  );
  return [...subnets, ...interfaces];
}

function unknown(kind: string, key: string, field: string): string {
  return formatReference(`${kind}/${nameInId(key)}`, field);
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
