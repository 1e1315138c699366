import { kept } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { nameInId } from "../../azure/azure-id";
import type { FoundInterface, DeletedParts } from "../found-network";
import { ASSOCIATIONS, associationsOf, withGroups } from "./associations";
import { defined, isObject, objectsIn, textList } from "../files/json-values";
import { isRepeated, type TerraformIndex } from "../resources/terraform-index";
import { formatReference, isData, type TerraformResource } from "../resources/terraform-resource";

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
      kept(found, key, (): string[] => []).push(group);
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
 * @param deleted what a plan deletes: a data source may have read it before
 */
export function interfacesOfTerraform(index: TerraformIndex, deleted: DeletedParts): FoundInterface[] {
  const found = (isWanted: (resource: TerraformResource) => boolean) =>
    index
      .ofType(INTERFACE)
      .filter(isWanted)
      .map((resource) => interfaceOf(resource, index));
  const interfaces = withGroups(
    found((resource) => !isData(resource)),
    found(isData),
    associationsOf(ASSOCIATIONS.networkInterface, index),
    deleted,
    (one, { group }) => defined({ group, ...one }),
    (key): FoundInterface => ({ key, name: isOpaque(key) ? key : nameInId(key), addresses: [] }),
  );
  const memberships = membershipsOf(index);
  return [
    ...interfaces.map((one) => defined({ ...one, applicationSecurityGroupIds: memberships.get(one.key) })),
    ...SCALE_SETS.flatMap((type) => index.ofType(type)).flatMap((set) => interfacesOfScaleSet(set, index)),
    ...index.ofType(PRIVATE_ENDPOINT).map((endpoint) => interfaceOfEndpoint(endpoint, index)),
  ];
}

function interfaceOf(resource: TerraformResource, index: TerraformIndex): FoundInterface {
  const { values, path } = resource;
  const configurations = objectsIn(values.ip_configuration);
  const subnet = index.keyOfFirst(
    configurations.map(({ subnet_id: id }) => id),
    SUBNET,
  );
  const addresses = addressesIn(configurations, index);
  return defined({
    key: index.keyOf(resource),
    name: index.nameOf(resource),
    path,
    addresses: addresses.length === configurations.length ? addresses : [],
    subnet: subnet !== undefined && isRepeated(subnet) ? undefined : subnet,
    // A data source has this attribute, and a resource of the provider azapi.
    group: index.keyOfFirst(values.network_security_group_id, GROUP),
  });
}
