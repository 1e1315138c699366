import { collecting, type Problem, problemOf, refuseProblems } from "../../base/problem";
import type { SecurityRule } from "../../azure/security-rule";
import {
  comparableId,
  isAzureId,
  nameInId,
  namesInGroupId,
  namesInSubnetId,
  networkInId,
  segmentOfId,
} from "../../azure/azure-id";
import { type AzItem, asListed, azItems, fieldOf, gapsOfItems } from "./az-items";
import { adminRuleDoubt } from "../network/opaque-sources";
import {
  type FoundDoubt,
  type FoundGroup,
  type FoundInterface,
  type FoundNetwork,
  type FoundPeering,
  type FoundSubnet,
  type FoundVirtualNetwork,
  NOTHING_DELETED,
} from "../found-network";
import { type JsonNode } from "../files/json-node";
import { defined, textsOfObject } from "../files/json-values";
import { isGatewaySubnet } from "../network/route-tables";
import { arePoliciesOn, subnetElsewhere, unfilteredService } from "../network/subnets";
import { mayBePublic } from "../../azure/sets/prefix-list";
import { type RuleField, securityRuleOfFields } from "../network/security-rule-fields";
import { formatReference } from "../resources/terraform-resource";

/**
 * The network in an export of the Azure CLI, the REST API, Resource Graph or
 * PowerShell.
 *
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function networkOfAz(file: JsonNode): FoundNetwork {
  const problems: Problem[] = [];
  const items = azItems(file).map(asListed);
  const admin = items.flatMap(({ node }) => adminRuleIn(node));
  const ofKind = (kind: AzItem["kind"]): JsonNode[] =>
    items.filter((item) => item.kind === kind).map(({ node }) => node);
  const [nodes, networks, tables] = [ofKind("group"), ofKind("network"), ofKind("routes")];
  const subnets = [
    ...networks.flatMap((network) => itemsOf(network, "subnets").map((node) => ({ node, network }))),
    ...ofKind("subnet").map((node) => ({ node, network: undefined })),
  ];
  const groups = nodes.map((node) => readGroup(node, admin, problems));
  const found = subnets.map(({ node, network }) => readSubnet(node, network));
  const attached = (field: "subnets" | "networkInterfaces") => [...attachedTo(field, nodes, problems)];
  const [subnetsOfGroups, interfacesOfGroups] = [attached("subnets"), attached("networkInterfaces")];
  refuseProblems(file.file, problems);
  return {
    file: file.file,
    groups,
    rules: [],
    subnets: [...found, ...subnetsOfGroups.map(subnetOfGroup)],
    interfaces: [
      ...ofKind("interface").map(readInterface),
      ...found.flatMap(({ key: subnet, interfaces = [] }) =>
        interfaces.map((key) => ({ ...interfaceKnownById(key), subnet })),
      ),
      ...ofKind("endpoint").flatMap(interfacesOfEndpoint),
      ...subnets.flatMap(({ node }) => endpointsInSubnet(node)),
      ...interfacesOfGroups.map(([key, group]) => ({ ...interfaceKnownById(key), group, isListed: true })),
    ],
    virtualNetworks: networks.map(readVirtualNetwork),
    tables: tables.map((node) => {
      const prefixes = itemsOf(node, "routes").map((one) => fieldOf(one, "addressPrefix").requiredText());
      return { key: idOf(node), prefixes, mayRoutePublic: prefixes.some(mayBePublic) };
    }),
    routings: [
      ...subnets.flatMap(({ node }) => {
        const table = idIn(node, "routeTable");
        return table === undefined ? [] : [{ subnet: idOf(node), table }];
      }),
      ...tables.flatMap((node) => idsIn(node, "subnets").map((subnet) => ({ subnet, table: idOf(node) }))),
    ],
    deleted: NOTHING_DELETED,
    gaps: gapsOfItems(file),
    notes: notesOn(file, items),
  };
}

function itemsOf(node: JsonNode, field: string): JsonNode[] {
  return fieldOf(node, field).items();
}

function idOf(node: JsonNode): string {
  return comparableId(node.at("id").requiredText());
}

/** The id of the resource that a field refers to. */
function idIn(node: JsonNode, field: string): string | undefined {
  const id = fieldOf(node, field).at("id").text();
  return id === undefined ? undefined : comparableId(id);
}

function idsIn(node: JsonNode, field: string): string[] {
  return itemsOf(node, field).map(idOf);
}

/** A security admin rule, which Azure evaluates before all groups. */
function adminRuleIn(node: JsonNode): FoundDoubt[] {
  const isManaged = fieldOf(node.at("association"), "networkManager").isSet;
  const isRule = /\/securityAdminConfigurations\/ruleCollections\/rules$/i.test(
    String(node.at("type").value),
  );
  return isManaged || isRule ? [adminRuleDoubt(node.at("name").text() ?? "that applies", node.value)] : [];
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
  const rules = fieldOf(node, "securityRules");
  const leftOut: FoundDoubt = {
    subject: `the rules of ${name}`,
    text: `${name} is listed without its rules. Give the output of az network nsg list -o json, which has them.`,
  };
  const doubts = [...(rules.isSet ? [] : [leftOut]), ...admin];
  return {
    key: keyOfGroup(node),
    name,
    path: name,
    names: { ...namesInGroupId(node.at("id").text() ?? ""), group: name },
    rules: rules.items().flatMap((rule) => collecting(problems, () => readRule(rule, name))),
    tags: textsOfObject(node.at("tags").object()),
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
  const groups = AZURE_SPELLING.get(field);
  return groups === undefined ? fieldOf(node, field).value : idsIn(node, groups);
}

/** Whether a network certainly learns no routes from gateways, its own or those of its peers. */
function hasNoGateway(network: JsonNode): boolean {
  const peerings = fieldOf(network, "virtualNetworkPeerings");
  return (
    peerings.isSet &&
    peerings.items().every((peering) => fieldOf(peering, "useRemoteGateways").value === false) &&
    !itemsOf(network, "subnets").some((subnet) => isGatewaySubnet(subnet.at("name").text() ?? ""))
  );
}

/** @param network the network that lists it; left out for a subnet on its own */
function readSubnet(node: JsonNode, network: JsonNode | undefined): FoundSubnet {
  const id = node.at("id").requiredText();
  if (!isAzureId(id)) {
    node.at("id").refuse("is not the id of a subnet", "/subscriptions/…/virtualNetworks/…/subnets/…");
  }
  const prefixes = ["addressPrefixes", "addressPrefix"]
    .map((field) => fieldOf(node, field))
    .map((one) => (Array.isArray(one.value) ? one.texts() : [one.text() ?? []].flat()))
    .find((texts) => texts.length > 0);
  const policies = fieldOf(node, "privateEndpointNetworkPolicies").text();
  return defined({
    ...subnetElsewhere(comparableId(id)),
    ...(prefixes && { prefixes }),
    name: node.at("name").text() ?? nameInId(id),
    names: namesInSubnetId(id),
    group: idIn(node, "networkSecurityGroup"),
    isListed: saysAll(node),
    virtualNetwork: comparableId(network?.at("id").text() ?? networkInId(id)),
    interfaces: idsIn(node, "ipConfigurations").flatMap(
      (one) => /^(.*\/networkinterfaces\/[^/]+)\/ipconfigurations\//.exec(one)?.[1] ?? [],
    ),
    saysRoutes: network && hasNoGateway(network) ? true : undefined,
    filtersPrivateEndpoints: policies === undefined ? undefined : arePoliciesOn(policies),
    ...unfilteredService(itemsOf(node, "delegations").map((one) => fieldOf(one, "serviceName").value)),
  });
}

/** Whether a resource is complete, so that it has no group unless it names one; a query may omit fields. */
function saysAll(node: JsonNode): boolean {
  return ["networkSecurityGroup", "provisioningState", "etag"].some(
    (field) => node.has(field) || (node.at("properties").isObject && node.at("properties").has(field)),
  );
}

function subnetOfGroup([key, group]: readonly [string, string]): FoundSubnet {
  const isSubnet = segmentOfId(key, "subnets") !== undefined;
  return {
    ...subnetElsewhere(key),
    group,
    isListed: true,
    ...(isSubnet && { virtualNetwork: networkInId(key) }),
  };
}

function readInterface(node: JsonNode): FoundInterface {
  const key = idOf(node);
  const configurations = itemsOf(node, "ipConfigurations");
  const addresses = configurations.flatMap(
    (one) => fieldOf(one, "privateIPAddress").text() ?? fieldOf(one, "privateIpAddress").text() ?? [],
  );
  const groups = configurations.flatMap((one) => idsIn(one, "applicationSecurityGroups"));
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
function endpointsInSubnet(node: JsonNode): FoundInterface[] {
  const subnet = idOf(node);
  return idsIn(node, "privateEndpoints").map((one) => ({
    ...interfaceKnownById(one),
    subnet,
    privateEndpoint: one,
  }));
}

/** The interfaces of a private endpoint: it names them, and its subnet. */
function interfacesOfEndpoint(node: JsonNode): FoundInterface[] {
  const [ids, own] = [idsIn(node, "networkInterfaces"), idOf(node)];
  return (ids.length > 0 ? ids : [own]).map((key) =>
    defined({ ...interfaceKnownById(key), subnet: idIn(node, "subnet"), privateEndpoint: own }),
  );
}

function interfaceKnownById(key: string, name = nameInId(key)): FoundInterface {
  return { key, name, addresses: [] };
}

/** Key of the group, by the key of each subnet or interface that the group lists. */
function attachedTo(
  field: "subnets" | "networkInterfaces",
  groups: readonly JsonNode[],
  problems: Problem[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const group of groups) {
    const key = keyOfGroup(group);
    for (const id of idsIn(group, field)) {
      const other = found.get(id) ?? key;
      if (other !== key) {
        const path = `${field === "subnets" ? "subnet" : "network interface"} ${nameInId(id)}`;
        problems.push(
          problemOf("group-ambiguous", path, {
            what: `has the group ${nameInId(other)}, and ${nameInId(key)} as well`,
            allowed: "one group, as Azure demands",
            change: "Create the files again, one right after the other",
          }),
        );
      }
      found.set(id, key);
    }
  }
  return found;
}

/** A virtual network as `az network vnet list` prints it, with its peerings. */
function readVirtualNetwork(node: JsonNode): FoundVirtualNetwork {
  const name = node.at("name").text();
  const key = comparableId(node.at("id").text() ?? name ?? node.path);
  const prefixes = fieldOf(node, "addressSpace").at("addressPrefixes").texts();
  const peerings = fieldOf(node, "virtualNetworkPeerings");
  const hasTable = itemsOf(node, "subnets").some((subnet) => fieldOf(subnet, "routeTable").isSet);
  return {
    key,
    name: name ?? nameInId(key),
    prefixes: prefixes.length > 0 ? prefixes : [formatReference(key, "address_space")],
    peerings: peerings.items().flatMap(readPeering),
    areAllPeerings: peerings.isSet && peerings.items().every((one) => idIn(one, REMOTE) !== undefined),
    mayRouteAway: hasTable || !hasNoGateway(node),
  };
}

const REMOTE = "remoteVirtualNetwork";

/** A peering in use. Azure routes the addresses that it last synchronized. */
function readPeering(node: JsonNode): FoundPeering[] {
  const state = fieldOf(node, "peeringState").text()?.toLowerCase() ?? "connected";
  const remote = idIn(node, REMOTE);
  if (state !== "connected" || remote === undefined) return [];
  const [synced, current] = ["remoteAddressSpace", "remoteVirtualNetworkAddressSpace"].map((field) =>
    fieldOf(node, field).at("addressPrefixes").texts(),
  );
  const name = node.at("name").text() ?? nameInId(remote);
  const isOff = (field: string) => fieldOf(node, field).value === false;
  // Without access, the tag VirtualNetwork lacks the other network, but rules for its addresses still let them pass.
  const doubts = [
    ...(isOff("peerCompleteVnets") ? [`which subnets the peering ${name} connects`] : []),
    ...(isOff("allowVirtualNetworkAccess") ? [`whether the peering ${name} lets connections through`] : []),
  ];
  const open = current.filter((prefix) => !synced.includes(prefix));
  const known = synced.length > 0 ? synced : current;
  return [
    {
      remote,
      prefixes: known.length > 0 ? known : [formatReference(remote, "address_space")],
      ...(doubts.length > 0 && { existsIf: doubts }),
    },
    ...(synced.length > 0 && open.length > 0
      ? [{ remote, prefixes: open, existsIf: [`whether the peering ${name} is in sync (peeringSyncLevel)`] }]
      : []),
  ];
}
