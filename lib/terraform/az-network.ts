import { collecting, type Problem, refuseProblems } from "../base/problem";
import type { SecurityRule } from "../azure/security-rule";
import {
  comparableId,
  isAzureId,
  nameInId,
  namesInGroupId,
  namesInSubnetId,
  segmentOfId,
} from "../azure/azure-id";
import { type AzItem, azItems, fieldOf, gapsOfItems, SINGULARS } from "./az-items";
import { effectiveGroups } from "./effective-groups";
import { virtualNetworkOfAz } from "./az-virtual-networks";
import { adminRuleDoubt } from "./makers";
import type {
  FoundDoubt,
  FoundGroup,
  FoundInterface,
  FoundNetwork,
  FoundRoutes,
  FoundSubnet,
} from "./found-network";
import { type JsonNode } from "./json-node";
import { isGatewaySubnet, mayBePublic } from "./routes";
import { arePoliciesOn, networkInId, unfilteredService } from "./unfiltered";
import { type RuleField, securityRuleOfFields } from "./security-rule-fields";
import { formatReference } from "./terraform-reference";

/**
 * The groups in what the Azure CLI prints, what they are attached to, and the
 * networks around. The REST API, Resource Graph and PowerShell have the same.
 *
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function networkOfAz(file: JsonNode): FoundNetwork {
  const problems: Problem[] = [];
  const items = azItems(file).flatMap((item) => effectiveGroups(item) ?? item);
  const gaps = gapsOfItems(file);
  const admin = items.flatMap(({ node }) => adminRuleIn(node));
  const ofKind = (kind: AzItem["kind"]): JsonNode[] =>
    items.filter((item) => item.kind === kind).map(({ node }) => node);
  const groups = ofKind("group").map((node) => readGroup(node, problems));
  const networks = ofKind("network");
  const listed = [
    ...networks.flatMap((network) => subnetsIn(network)),
    ...ofKind("subnet").map((subnet) => readSubnet(subnet, false)),
  ];
  const endpoints = ofKind("endpoint");
  const interfaces = [
    ...ofKind("interface").map(readInterface),
    ...listed.flatMap(interfacesInSubnet),
    ...endpoints.flatMap(interfacesOfEndpoint),
  ];
  const attached = {
    subnets: groupsBefore("subnet", groups, ({ subnetIds }) => subnetIds, problems),
    interfaces: groupsBefore("network interface", groups, ({ interfaceIds }) => interfaceIds, problems),
  };
  refuseProblems(file.file, problems);
  return {
    file: file.file,
    groups: groups.map(({ group }) =>
      admin.length > 0 ? { ...group, doubts: [...(group.doubts ?? []), ...admin] } : group,
    ),
    rules: [],
    subnets: [...listed.map(({ found }) => found), ...[...attached.subnets].map(subnetOfGroup)],
    interfaces: [
      ...interfaces,
      ...[...attached.interfaces].map(([key, group]) => ({
        ...interfaceKnownById(key),
        group,
        isListed: true,
      })),
    ],
    virtualNetworks: networks.map((network) => virtualNetworkOfAz(network, hasNoGateway(network))),
    routes: routesOf(ofKind("routes"), listed),
    ...(gaps.length > 0 && { gaps }),
    notes: notesOn(file, items),
  };
}

/** A security admin rule, which Azure evaluates before all groups. */
function adminRuleIn(node: JsonNode): FoundDoubt[] {
  const type = node.at("type").value;
  const manager = fieldOf(node.at("association"), "networkManager").isSet;
  const isRule =
    typeof type === "string" && /\/securityAdminConfigurations\/ruleCollections\/rules$/i.test(type);
  return manager || isRule ? [adminRuleDoubt(node.at("name").text() ?? "that applies")] : [];
}

function notesOn(file: JsonNode, items: readonly AzItem[]): string[] {
  const others = items
    .filter(({ kind, node }) => kind === undefined && adminRuleIn(node).length === 0)
    .map(({ node }) => node.at("name").text() ?? node.path);
  return others.length === 0
    ? []
    : [`${file.file}: ${others.join(", ")} ${others.length > 1 ? "are" : "is"} not read; only networks are.`];
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
    .map(([key, tag]) => [key, tag.value as string] as const);
  return {
    group: {
      key: id === undefined ? name : comparableId(id),
      name,
      path: name,
      names: { ...(id !== undefined && namesInGroupId(id)), group: name },
      rules,
      tags: Object.fromEntries(tags),
      isRead: false,
      ...(!fieldOf(node, "securityRules").isSet && { doubts: [rulesLeftOut(name)] }),
    },
    subnetIds: idsOf(fieldOf(node, "subnets")),
    interfaceIds: idsOf(fieldOf(node, "networkInterfaces")),
  };
}

/** That an export says of a group that it exists, and nothing of its rules. */
function rulesLeftOut(name: string): FoundDoubt {
  return {
    subject: `the rules of ${name}`,
    text: `${name} is listed without its rules. Give the output of az network nsg list -o json, which has them.`,
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
  const { value } = field === "name" ? node.at(field) : fieldOf(node, field);
  // PowerShell writes every address and port as a list in the field of one.
  const singular = SINGULARS.get(field);
  const inSingular = singular === undefined ? undefined : fieldOf(node, singular).value;
  if (Array.isArray(inSingular)) return inSingular;
  return Array.isArray(value) && [...SINGULARS.values()].includes(field) ? undefined : value;
}

/** A subnet in a list, and the interfaces that it names. */
interface ListedSubnet {
  readonly found: FoundSubnet;
  /** Key of its route table. @default - none */
  readonly routeTable?: string;
}

function subnetsIn(network: JsonNode): ListedSubnet[] {
  const saysRoutes = hasNoGateway(network);
  const id = network.at("id").text();
  return fieldOf(network, "subnets")
    .items()
    .map((subnet) => readSubnet(subnet, saysRoutes, id));
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

function readSubnet(node: JsonNode, saysRoutes: boolean, network?: string): ListedSubnet {
  const id = node.at("id").requiredText();
  if (!isAzureId(id)) {
    node.at("id").refuse("is not the id of a subnet", "/subscriptions/…/virtualNetworks/…/subnets/…");
  }
  const key = comparableId(id);
  const group = fieldOf(node, "networkSecurityGroup").at("id").text();
  const routeTable = fieldOf(node, "routeTable").at("id").text();
  const prefixes = [fieldOf(node, "addressPrefixes"), fieldOf(node, "addressPrefix")]
    .map(textsOf)
    .find((texts) => texts.length > 0);
  const policies = fieldOf(node, "privateEndpointNetworkPolicies").text();
  const services = fieldOf(node, "delegations")
    .items()
    .map((one) => fieldOf(one, "serviceName").value);
  return {
    found: {
      key,
      name: node.at("name").text() ?? nameInId(id),
      names: namesInSubnetId(id),
      prefixes: prefixes ?? [formatReference(key, "address_prefixes")],
      ...(group !== undefined && { group: comparableId(group) }),
      mayHaveGroup: false,
      isListed: saysAll(node),
      virtualNetwork: comparableId(network ?? networkInId(id)),
      interfaces: interfaceIdsIn(node),
      ...(saysRoutes && { saysRoutes }),
      ...(policies !== undefined && { filtersPrivateEndpoints: arePoliciesOn(policies) }),
      ...unfilteredService(services),
    },
    ...(routeTable !== undefined && { routeTable: comparableId(routeTable) }),
  };
}

/** Whether an item is printed whole, so that it has no group where it does not say one; a query may leave fields out. */
function saysAll(node: JsonNode): boolean {
  const own = node.at("properties").isObject ? node.at("properties") : node;
  return ["networkSecurityGroup", "provisioningState", "etag"].some(
    (field) => own.has(field) || node.has(field),
  );
}

function interfaceIdsIn(subnet: JsonNode): string[] {
  return idsOf(fieldOf(subnet, "ipConfigurations")).flatMap(
    (configuration) => /^(.*\/networkinterfaces\/[^/]+)\/ipconfigurations\//.exec(configuration)?.[1] ?? [],
  );
}

function interfacesInSubnet({ found: { key, interfaces = [] } }: ListedSubnet): FoundInterface[] {
  return interfaces.map((one) => ({ ...interfaceKnownById(one), subnet: key }));
}

function subnetOfGroup([key, group]: readonly [string, string]): FoundSubnet {
  return {
    key,
    name: nameInId(key),
    names: namesInSubnetId(key),
    prefixes: [formatReference(key, "address_prefixes")],
    group,
    mayHaveGroup: false,
    isListed: true,
    ...(segmentOfId(key, "subnets") !== undefined && { virtualNetwork: networkInId(key) }),
  };
}

function readInterface(node: JsonNode): FoundInterface {
  const key = comparableId(node.at("id").requiredText());
  const group = fieldOf(node, "networkSecurityGroup").at("id").text();
  const configurations = fieldOf(node, "ipConfigurations").items();
  const addresses = configurations.flatMap(
    (one) => fieldOf(one, "privateIPAddress").text() ?? fieldOf(one, "privateIpAddress").text() ?? [],
  );
  const subnet = configurations.map((one) => fieldOf(one, "subnet").at("id").text()).find((id) => id);
  const groups = configurations.map((one) => idsOf(fieldOf(one, "applicationSecurityGroups")));
  return {
    key,
    name: node.at("name").text() ?? nameInId(key),
    addresses: addresses.length === configurations.length ? addresses : [],
    ...(subnet !== undefined && { subnet: comparableId(subnet) }),
    ...(group !== undefined && { group: comparableId(group) }),
    ...(groups.some(({ length }) => length > 0) && {
      applicationSecurityGroupIds: [...new Set(groups.flat())],
    }),
    isListed: saysAll(node),
    ...(fieldOf(node, "privateEndpoint").isSet && { isPrivateEndpoint: true }),
  };
}

/** The interfaces of a private endpoint: it names them, and its subnet. */
function interfacesOfEndpoint(node: JsonNode): FoundInterface[] {
  const subnet = fieldOf(node, "subnet").at("id").text();
  const ids = idsOf(fieldOf(node, "networkInterfaces"));
  const id = comparableId(node.at("id").requiredText());
  const known = ids.length > 0 ? ids : [id];
  return known.map((key) => ({
    ...interfaceKnownById(key),
    ...(subnet !== undefined && { subnet: comparableId(subnet) }),
    isPrivateEndpoint: true,
  }));
}

function interfaceKnownById(key: string): FoundInterface {
  return { key, name: nameInId(key), addresses: [] };
}

function routesOf(tables: readonly JsonNode[], subnets: readonly ListedSubnet[]): FoundRoutes {
  return {
    tables: tables.map((node) => ({
      key: comparableId(node.at("id").requiredText()),
      mayRoutePublic: fieldOf(node, "routes")
        .items()
        .some((route) => mayBePublic(fieldOf(route, "addressPrefix").requiredText())),
    })),
    routings: [
      ...subnets.flatMap(({ found, routeTable }) =>
        routeTable === undefined ? [] : [{ subnet: found.key, table: routeTable }],
      ),
      ...tables.flatMap((node) =>
        idsOf(fieldOf(node, "subnets")).map((subnet) => ({
          subnet,
          table: comparableId(node.at("id").requiredText()),
        })),
      ),
    ],
  };
}

/** Key of the group, by the key of what it is attached to. */
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
    code: "group-ambiguous",
    path,
    what: `has the group ${nameInId(one)}, and ${nameInId(other)} as well`,
    allowed: "one group, as Azure demands",
    change: "Write the files anew, one right after the other",
  };
}

function textsOf(node: JsonNode): string[] {
  return Array.isArray(node.value) ? node.texts() : node.text() === undefined ? [] : [node.requiredText()];
}

function idsOf(list: JsonNode): string[] {
  return list.items().map((item) => comparableId(item.at("id").requiredText()));
}
