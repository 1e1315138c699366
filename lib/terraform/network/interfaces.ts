import { isOpaque } from "../../base/opaque";
import { nameInId } from "../../azure/azure-id";
import type { FoundInterface, TakenAway } from "../found-network";
import { associationsOf, GROUPS_OF_INTERFACES } from "./associations";
import { defined, isObject, objectsIn, textList } from "../files/json-values";
import { isRepeated, type TerraformIndex } from "../resources/terraform-index";
import { formatReference } from "../resources/terraform-reference";
import { isData, type TerraformResource } from "../resources/terraform-resource";

const GROUP = "azurerm_network_security_group";
const SUBNET = "azurerm_subnet";
const INTERFACE = "azurerm_network_interface";
const PRIVATE_ENDPOINT = "azurerm_private_endpoint";
const SCALE_SETS = ["linux_", "windows_", "orchestrated_", ""].map(
  (kind) => `azurerm_${kind}virtual_machine_scale_set`,
);

/** The application security groups that interfaces certainly belong to, by the keys of the interfaces. */
function membershipsOf(index: TerraformIndex): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const one of index.ofType("azurerm_network_interface_application_security_group_association")) {
    const key = index.keyIn(one, "network_interface_id", INTERFACE);
    const group = index.keyIn(one, "application_security_group_id", "azurerm_application_security_group");
    if (key !== undefined && group !== undefined && !one.existsIf)
      found.set(key, [...(found.get(key) ?? []), group]);
  }
  return found;
}

/** The interfaces of a scale set, one for each machine, at addresses that are in no file. */
function interfacesOfScaleSet(set: TerraformResource, index: TerraformIndex): FoundInterface[] {
  const { network_interface: written, network_profile: older, dynamic } = set.values;
  const isUnknown = typeof written === "string" || (isObject(dynamic) && "network_interface" in dynamic);
  const profiles = [
    ...objectsIn(written ?? older),
    ...(isUnknown ? [{ network_security_group_id: formatReference(set.address, "network_interface") }] : []),
  ];
  return profiles.map((profile, at) => {
    const name = textList(profile.name)?.[0] ?? `${at}`;
    const subnets = objectsIn(profile.ip_configuration).map(({ subnet_id: id }) => id);
    return defined({
      key: `${index.keyOf(set)}/networkInterfaces/${name}`,
      name: `${index.nameOf(set)} ${name}`,
      addresses: [],
      subnet: index.keyOfFirst(subnets, SUBNET),
      group: index.keyOfFirst(profile.network_security_group_id, GROUP),
    });
  });
}

/** The known addresses among some blocks. */
function addressesIn(
  blocks: ReadonlyArray<Readonly<Record<string, unknown>>>,
  index: TerraformIndex,
): string[] {
  return blocks
    .flatMap(({ private_ip_address: address }) => textList(index.resolve(address)) ?? [])
    .filter((address) => !isOpaque(address));
}

function interfaceOfEndpoint(endpoint: TerraformResource, index: TerraformIndex): FoundInterface {
  const { private_service_connection: connections, ip_configuration: configurations } = endpoint.values;
  const given = [...objectsIn(connections), ...objectsIn(configurations)];
  const isOpen = given.some(({ private_ip_address: address }) => isOpaque(String(index.resolve(address))));
  return defined({
    key: index.keyOf(endpoint),
    name: index.nameOf(endpoint),
    path: endpoint.path,
    addresses: isOpen ? [] : [...new Set(addressesIn(given, index))],
    subnet: index.keyIn(endpoint, "subnet_id", SUBNET),
    privateEndpoint: index.keyOf(endpoint),
  });
}

/**
 * The network interfaces among resources, and those elsewhere that get a group.
 *
 * @param taken what a plan deletes: a data source may have read it before
 */
export function interfacesOfTerraform(index: TerraformIndex, taken: TakenAway): FoundInterface[] {
  const associated = associationsOf(GROUPS_OF_INTERFACES, index);
  const interfaces = new Map<string, FoundInterface>();
  const ownLast = [...index.ofType(INTERFACE)]
    .filter((resource) => !isData(resource) || !taken.ids.has(index.keyOf(resource)))
    .sort((a, b) => Number(isData(b)) - Number(isData(a)));
  for (const resource of ownLast) {
    const found = interfaceOf(resource, taken, index);
    const read = interfaces.get(found.key);
    interfaces.set(found.key, { ...defined({ group: read?.group }), ...found });
  }
  for (const [key, { path: _, ...association }] of associated) {
    const known = interfaces.get(key) ?? { key, name: isOpaque(key) ? key : nameInId(key), addresses: [] };
    interfaces.set(key, { ...known, ...association });
  }
  const memberships = membershipsOf(index);
  return [
    ...[...interfaces.values()].map((one) =>
      defined({ ...one, applicationSecurityGroupIds: memberships.get(one.key) }),
    ),
    ...SCALE_SETS.flatMap((type) => index.ofType(type)).flatMap((set) => interfacesOfScaleSet(set, index)),
    ...index.ofType(PRIVATE_ENDPOINT).map((endpoint) => interfaceOfEndpoint(endpoint, index)),
  ];
}

function interfaceOf(resource: TerraformResource, taken: TakenAway, index: TerraformIndex): FoundInterface {
  const { values, path } = resource;
  const key = index.keyOf(resource);
  const configurations = objectsIn(values.ip_configuration);
  const subnets = configurations.map(({ subnet_id: id }) => id);
  const subnet = index.keyOfFirst(subnets, SUBNET);
  const addresses = addressesIn(configurations, index);
  // Only a data source has the attribute network_security_group_id.
  const group = taken.groupless.has(key) ? undefined : values.network_security_group_id;
  return defined({
    key,
    name: index.nameOf(resource),
    path,
    addresses: addresses.length === configurations.length ? addresses : [],
    subnet: subnet !== undefined && isRepeated(subnet) ? undefined : subnet,
    group: index.keyOfFirst(group, GROUP),
  });
}
