import { isOpaque } from "../../base/opaque";
import { nameInId } from "../../azure/azure-id";
import type { FoundInterface, TakenAway } from "../found-network";
import { associationsOf, GROUPS_OF_INTERFACES } from "./associations";
import { objectsIn, textList } from "../files/json-values";
import { isRepeated, type TerraformIndex } from "../resources/terraform-index";
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
  const profiles = objectsIn(set.values.network_interface ?? set.values.network_profile);
  return profiles.map((profile, at) => {
    const [group] = textList(profile.network_security_group_id) ?? [];
    const [subnet] = objectsIn(profile.ip_configuration).flatMap(({ subnet_id: id }) => textList(id) ?? []);
    const name = textList(profile.name)?.[0] ?? `${at}`;
    return {
      key: `${index.keyOf(set)}/networkInterfaces/${name}`,
      name: `${index.nameOf(set)} ${name}`,
      addresses: [],
      ...(subnet !== undefined && { subnet: index.keyReferred(subnet, SUBNET) }),
      ...(group !== undefined && { group: index.keyReferred(group, GROUP) }),
    };
  });
}

function interfaceOfEndpoint(endpoint: TerraformResource, index: TerraformIndex): FoundInterface {
  const { private_service_connection: connections, ip_configuration: configurations } = endpoint.values;
  const addresses = [...objectsIn(connections), ...objectsIn(configurations)].flatMap(
    ({ private_ip_address: address }) => textList(index.resolve(address)) ?? [],
  );
  const areKnown = addresses.length > 0 && !addresses.some(isOpaque);
  const subnet = index.keyIn(endpoint, "subnet_id", SUBNET);
  return {
    key: index.keyOf(endpoint),
    name: index.nameOf(endpoint),
    ...(endpoint.path !== undefined && { path: endpoint.path }),
    addresses: areKnown ? [...new Set(addresses)] : [],
    ...(subnet !== undefined && { subnet }),
    isPrivateEndpoint: true,
  };
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
    interfaces.set(found.key, { ...(read?.group !== undefined && { group: read.group }), ...found });
  }
  for (const [key, { path: _, ...association }] of associated) {
    const known = interfaces.get(key) ?? { key, name: isOpaque(key) ? key : nameInId(key), addresses: [] };
    interfaces.set(key, { ...known, ...association });
  }
  const memberships = membershipsOf(index);
  return [
    ...[...interfaces.values()].map((one) => {
      const groups = memberships.get(one.key);
      return groups ? { ...one, applicationSecurityGroupIds: groups } : one;
    }),
    ...SCALE_SETS.flatMap((type) => index.ofType(type)).flatMap((set) => interfacesOfScaleSet(set, index)),
    ...index.ofType(PRIVATE_ENDPOINT).map((endpoint) => interfaceOfEndpoint(endpoint, index)),
  ];
}

function interfaceOf(resource: TerraformResource, taken: TakenAway, index: TerraformIndex): FoundInterface {
  const { values } = resource;
  const key = index.keyOf(resource);
  const configurations = objectsIn(values.ip_configuration);
  const [subnet] = configurations.flatMap(({ subnet_id: id }) => textList(id) ?? []);
  const subnetKey = subnet === undefined ? undefined : index.keyReferred(subnet, SUBNET);
  const addresses = configurations.flatMap(
    ({ private_ip_address: address }) => textList(index.resolve(address)) ?? [],
  );
  const areKnown = addresses.length === configurations.length && !addresses.some(isOpaque);
  // Only a data source has this attribute.
  const [read] = textList(values.network_security_group_id) ?? [];
  return {
    key,
    name: index.nameOf(resource),
    ...(resource.path !== undefined && { path: resource.path }),
    addresses: areKnown ? addresses : [],
    ...(subnetKey !== undefined && !isRepeated(subnetKey) && { subnet: subnetKey }),
    ...(read !== undefined && !taken.groupless.has(key) && { group: index.keyReferred(read, GROUP) }),
  };
}
