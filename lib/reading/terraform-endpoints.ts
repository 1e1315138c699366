import { isOpaque } from "../policy/sets/opaque";
import { comparableId, isAzureId, nameInId } from "./azure-id";
import type { FoundEndpoint } from "./found-network";
import { isSameName, objectsIn, type TerraformIndex, textList } from "./terraform-index";
import { formatReference } from "./terraform-reference";
import type { TerraformResource } from "./terraform-resource";

const GROUP = "azurerm_network_security_group";
const SUBNET = "azurerm_subnet";
const VIRTUAL_NETWORK = "azurerm_virtual_network";
const INTERFACE = "azurerm_network_interface";

/**
 * The subnets among resources, and the network interfaces that have a group
 * of their own.
 *
 * @param notes where to say what is left open
 */
export function endpointsOfTerraform(index: TerraformIndex, notes: string[]): FoundEndpoint[] {
  const ofSubnets = associations(
    "azurerm_subnet_network_security_group_association",
    "subnet_id",
    SUBNET,
    index,
  );
  const ofInterfaces = associations(
    "azurerm_network_interface_security_group_association",
    "network_interface_id",
    INTERFACE,
    index,
  );
  const subnets = new Map<string, FoundEndpoint>();
  const add = (endpoint: FoundEndpoint): void => void subnets.set(endpoint.key, endpoint);
  for (const subnet of index.ofType(SUBNET)) add(subnetOf(subnet, ofSubnets, index));
  for (const subnet of inlineSubnets(index)) add(subnet);
  for (const [key, subnetGroup] of ofSubnets) {
    if (subnets.has(key)) continue;
    if (isOpaque(key)) {
      notes.push(
        `Which subnet ${key} is cannot be told; a subnet in the file may have a group that it is read without.`,
      );
    }
    add({
      key,
      name: isAzureId(key) ? nameInId(key) : key,
      prefixes: [isOpaque(key) ? key : formatReference(key, "address_prefixes")],
      subnetGroup,
    });
  }
  const interfaces = [...ofInterfaces].map(([key, group]) => interfaceOf(key, group, subnets, index));
  return [...subnets.values(), ...interfaces];
}

/** Key of the group, by the key of what an association puts it before. */
function associations(
  type: string,
  attribute: string,
  target: string,
  index: TerraformIndex,
): Map<string, string> {
  const groups = new Map<string, string>();
  for (const { values } of index.ofType(type)) {
    const { [attribute]: before, network_security_group_id: group } = values;
    if (typeof before !== "string" || typeof group !== "string") continue;
    groups.set(index.keyReferred(before, target), index.keyReferred(group, GROUP));
  }
  return groups;
}

function subnetOf(
  subnet: TerraformResource,
  groups: ReadonlyMap<string, string>,
  index: TerraformIndex,
): FoundEndpoint {
  const key = index.keyOf(subnet);
  // Where the subnet was read, not made, it says its group itself.
  const [read] = textList(subnet.values.network_security_group_id) ?? [];
  const subnetGroup = groups.get(key) ?? (read === undefined ? undefined : index.keyReferred(read, GROUP));
  return {
    key,
    name: index.nameOf(subnet),
    prefixes: index.prefixes(subnet, "address_prefixes"),
    ...(subnetGroup !== undefined && { subnetGroup }),
  };
}

/** Subnets inside virtual networks; a state lists those there as well that are resources of their own. */
function inlineSubnets(index: TerraformIndex): FoundEndpoint[] {
  const own = index.ofType(SUBNET);
  const ids = new Set(own.map((subnet) => index.keyOf(subnet)));
  return index.ofType(VIRTUAL_NETWORK).flatMap((network) => {
    const inside = own.filter(({ values: { virtual_network_name: name } }) => {
      const referred = index.referred(name, VIRTUAL_NETWORK);
      return referred
        ? referred === network
        : isSameName(index.resolve(name), index.resolve(network.values.name));
    });
    const names = new Set(inside.map((subnet) => index.nameOf(subnet).toLowerCase()));
    return objectsIn(network.values.subnet).flatMap((values) => {
      const { id, name } = values;
      if (typeof name !== "string") return [];
      const address = `${network.address}.subnet["${name}"]`;
      const key = typeof id === "string" && isAzureId(id) ? comparableId(id) : address;
      if (ids.has(key) || (key === address && names.has(name.toLowerCase()))) return [];
      const prefixes = textList(index.resolveAll(values.address_prefixes ?? values.address_prefix));
      const [group] = textList(values.security_group) ?? [];
      return [
        {
          key,
          name,
          prefixes: prefixes ?? [formatReference(address, "address_prefixes")],
          ...(group !== undefined && { subnetGroup: index.keyReferred(group, GROUP) }),
        },
      ];
    });
  });
}

function interfaceOf(
  key: string,
  interfaceGroup: string,
  subnets: ReadonlyMap<string, FoundEndpoint>,
  index: TerraformIndex,
): FoundEndpoint {
  const resource = index.find(key);
  const configurations = objectsIn(resource?.values.ip_configuration);
  const [subnet] = configurations.map(({ subnet_id: id }) =>
    typeof id === "string" ? subnets.get(index.keyReferred(id, SUBNET)) : undefined,
  );
  const addresses = configurations.flatMap(
    ({ private_ip_address: address }) => textList(index.resolve(address)) ?? [],
  );
  const isKnown = addresses.length > 0 && addresses.length === configurations.length;
  const place = resource?.address ?? key;
  return {
    key,
    name: resource ? index.nameOf(resource) : nameInId(key),
    prefixes: isKnown
      ? addresses
      : [isOpaque(place) ? place : formatReference(place, "private_ip_addresses")],
    interfaceGroup,
    ...(subnet && { subnet: subnet.key }),
    ...(subnet?.subnetGroup !== undefined && { subnetGroup: subnet.subnetGroup }),
  };
}
