import { collecting, type Problem, refuseProblems } from "../../base/problem";
import type { SecurityRule } from "../../azure/security-rule";
import {
  comparableId,
  isAzureId,
  nameInId,
  namesInGroupId,
  namesInSubnetId,
  segmentOfId,
} from "../../azure/azure-id";
import { type AzItem, azItems, fieldOf, gapsOfItems, SINGULARS } from "./az-items";
import { effectiveGroups } from "./effective-groups";
import { virtualNetworkOfAz } from "./az-virtual-networks";
import { adminRuleDoubt } from "../network/makers";
import type {
  FoundDoubt,
  FoundGroup,
  FoundInterface,
  FoundNetwork,
  FoundRoutes,
  FoundSubnet,
} from "../found-network";
import { type JsonNode } from "../files/json-node";
import { defined } from "../files/json-values";
import { isGatewaySubnet, mayBePublic } from "../network/public-routes";
import { arePoliciesOn, networkInId, unfilteredService } from "../network/unfiltered";
import { type RuleField, securityRuleOfFields } from "../rules/security-rule-fields";
import { formatReference } from "../resources/terraform-reference";

/**
 * The network in an export of the Azure CLI, the REST API, Resource Graph or
 * PowerShell.
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
  const groups = ofKind("group");
  const networks = ofKind("network");
  const subnets = [
    ...networks.flatMap((network) => subnetsIn(network).map((node) => ({ node, network }))),
    ...ofKind("subnet").map((node) => ({ node, network: undefined })),
  ];
  const found = {
    groups: groups.map((node) => readGroup(node, admin, problems)),
    subnets: subnets.map(({ node, network }) => readSubnet(node, network)),
  };
  const behind = {
    subnets: attachedTo("subnets", groups, problems),
    interfaces: attachedTo("networkInterfaces", groups, problems),
  };
  refuseProblems(file.file, problems);
  return {
    file: file.file,
    groups: found.groups,
    rules: [],
    subnets: [...found.subnets, ...[...behind.subnets].map(subnetOfGroup)],
    interfaces: [
      ...ofKind("interface").map(readInterface),
      ...found.subnets.flatMap(interfacesInSubnet),
      ...ofKind("endpoint").flatMap(interfacesOfEndpoint),
      ...subnets.flatMap(({ node }) => endpointsInSubnet(node)),
      ...[...behind.interfaces].map(([key, group]) => ({
        ...interfaceKnownById(key),
        group,
        isListed: true,
      })),
    ],
    virtualNetworks: networks.map((network) => virtualNetworkOfAz(network, hasNoGateway(network))),
    routes: routesOf(
      ofKind("routes"),
      subnets.map(({ node }) => node),
    ),
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
  return manager || isRule ? [adminRuleDoubt(node.at("name").text() ?? "that applies", node.value)] : [];
}

function notesOn(file: JsonNode, items: readonly AzItem[]): string[] {
  const others = items
    .filter(({ kind, node }) => kind === undefined && adminRuleIn(node).length === 0)
    .map(({ node }) => node.at("name").text() ?? node.path);
  return others.length === 0
    ? []
    : [`${file.file}: ${others.join(", ")} ${others.length > 1 ? "are" : "is"} not read; only networks are.`];
}

function readGroup(node: JsonNode, admin: readonly FoundDoubt[], problems: Problem[]): FoundGroup {
  const name = node.at("name").requiredText();
  const id = node.at("id").text();
  const rules = fieldOf(node, "securityRules");
  const tags = node
    .at("tags")
    .entries()
    .map(([key, { value }]) => [key, value] as const)
    .filter((tag): tag is [string, string] => typeof tag[1] === "string");
  const leftOut: FoundDoubt = {
    subject: `the rules of ${name}`,
    text: `${name} is listed without its rules. Give the output of az network nsg list -o json, which has them.`,
  };
  const doubts = [...(rules.isSet ? [] : [leftOut]), ...admin];
  return {
    key: keyOfGroup(node),
    name,
    path: name,
    names: { ...(id !== undefined && namesInGroupId(id)), group: name },
    rules: rules.items().flatMap((rule) => collecting(problems, () => readRule(rule, name))),
    tags: Object.fromEntries(tags),
    isRead: false,
    ...(doubts.length > 0 && { doubts }),
  };
}

function keyOfGroup(node: JsonNode): string {
  return comparableId(node.at("id").text() ?? node.at("name").requiredText());
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

function subnetsIn(network: JsonNode): JsonNode[] {
  return fieldOf(network, "subnets").items();
}

/** Whether a network certainly learns no routes from gateways, its own or those of its peers. */
function hasNoGateway(network: JsonNode): boolean {
  const peerings = fieldOf(network, "virtualNetworkPeerings");
  return (
    peerings.isSet &&
    peerings.items().every((peering) => fieldOf(peering, "useRemoteGateways").value === false) &&
    !subnetsIn(network).some((subnet) => isGatewaySubnet(subnet.at("name").text() ?? ""))
  );
}

/** @param network the network that lists it; left out for a subnet on its own */
function readSubnet(node: JsonNode, network: JsonNode | undefined): FoundSubnet {
  const id = node.at("id").requiredText();
  if (!isAzureId(id)) {
    node.at("id").refuse("is not the id of a subnet", "/subscriptions/…/virtualNetworks/…/subnets/…");
  }
  const key = comparableId(id);
  const prefixes = ["addressPrefixes", "addressPrefix"]
    .map((field) => textsOf(fieldOf(node, field)))
    .find((texts) => texts.length > 0);
  const policies = fieldOf(node, "privateEndpointNetworkPolicies").text();
  const services = fieldOf(node, "delegations")
    .items()
    .map((one) => fieldOf(one, "serviceName").value);
  return defined({
    key,
    name: node.at("name").text() ?? nameInId(id),
    names: namesInSubnetId(id),
    prefixes: prefixes ?? [formatReference(key, "address_prefixes")],
    group: idIn(node, "networkSecurityGroup"),
    mayHaveGroup: false,
    isListed: saysAll(node),
    virtualNetwork: comparableId(network?.at("id").text() ?? networkInId(id)),
    interfaces: interfaceIdsIn(node),
    saysRoutes: network && hasNoGateway(network) ? true : undefined,
    filtersPrivateEndpoints: policies === undefined ? undefined : arePoliciesOn(policies),
    ...unfilteredService(services),
  });
}

/** Whether a resource is complete, so that it has no group unless it names one; a query may omit fields. */
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

function interfacesInSubnet({ key, interfaces = [] }: FoundSubnet): FoundInterface[] {
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
  const configurations = fieldOf(node, "ipConfigurations").items();
  const addresses = configurations.flatMap(
    (one) => fieldOf(one, "privateIPAddress").text() ?? fieldOf(one, "privateIpAddress").text() ?? [],
  );
  const groups = configurations.flatMap((one) => idsOf(fieldOf(one, "applicationSecurityGroups")));
  return defined({
    ...interfaceKnownById(key, node.at("name").text()),
    addresses: addresses.length === configurations.length ? addresses : [],
    subnet: configurations.map((one) => idIn(one, "subnet")).find((id) => id),
    group: idIn(node, "networkSecurityGroup"),
    applicationSecurityGroupIds: groups.length > 0 ? [...new Set(groups)] : undefined,
    isListed: saysAll(node),
    privateEndpoint:
      idIn(node, "privateEndpoint") ?? (fieldOf(node, "privateEndpoint").isSet ? key : undefined),
  });
}

/** The private endpoints that a subnet names, at unknown addresses. */
function endpointsInSubnet(subnet: JsonNode): FoundInterface[] {
  const key = comparableId(subnet.at("id").requiredText());
  return idsOf(fieldOf(subnet, "privateEndpoints")).map((one) => ({
    ...interfaceKnownById(one),
    subnet: key,
    privateEndpoint: one,
  }));
}

/** The interfaces of a private endpoint: it names them, and its subnet. */
function interfacesOfEndpoint(node: JsonNode): FoundInterface[] {
  const ids = idsOf(fieldOf(node, "networkInterfaces"));
  const own = comparableId(node.at("id").requiredText());
  return (ids.length > 0 ? ids : [own]).map((key) =>
    defined({ ...interfaceKnownById(key), subnet: idIn(node, "subnet"), privateEndpoint: own }),
  );
}

function interfaceKnownById(key: string, name = nameInId(key)): FoundInterface {
  return { key, name, addresses: [] };
}

function routesOf(tables: readonly JsonNode[], subnets: readonly JsonNode[]): FoundRoutes {
  const keyed = tables.map((node) => ({ node, key: comparableId(node.at("id").requiredText()) }));
  return {
    tables: keyed.map(({ node, key }) => {
      const routes = fieldOf(node, "routes").items();
      const prefixes = routes.map((route) => fieldOf(route, "addressPrefix").requiredText());
      return { key, prefixes, mayRoutePublic: prefixes.some(mayBePublic) };
    }),
    routings: [
      ...subnets.flatMap((node) => {
        const table = idIn(node, "routeTable");
        return table === undefined ? [] : [{ subnet: comparableId(node.at("id").requiredText()), table }];
      }),
      ...keyed.flatMap(({ node, key: table }) =>
        idsOf(fieldOf(node, "subnets")).map((subnet) => ({ subnet, table })),
      ),
    ],
  };
}

/** Key of the group, by the key of each subnet or interface that the group lists. */
function attachedTo(
  field: "subnets" | "networkInterfaces",
  groups: readonly JsonNode[],
  problems: Problem[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const group of groups) {
    const key = keyOfGroup(group);
    for (const id of idsOf(fieldOf(group, field))) {
      const other = found.get(id) ?? key;
      if (other !== key) {
        problems.push({
          code: "group-ambiguous",
          path: `${field === "subnets" ? "subnet" : "network interface"} ${nameInId(id)}`,
          what: `has the group ${nameInId(other)}, and ${nameInId(key)} as well`,
          allowed: "one group, as Azure demands",
          change: "Write the files anew, one right after the other",
        });
      }
      found.set(id, key);
    }
  }
  return found;
}

function textsOf(node: JsonNode): string[] {
  return Array.isArray(node.value) ? node.texts() : node.text() === undefined ? [] : [node.requiredText()];
}

/** The id of the resource that a field refers to. */
function idIn(node: JsonNode, field: string): string | undefined {
  const id = fieldOf(node, field).at("id").text();
  return id === undefined ? undefined : comparableId(id);
}

function idsOf(list: JsonNode): string[] {
  return list.items().map((item) => comparableId(item.at("id").requiredText()));
}
