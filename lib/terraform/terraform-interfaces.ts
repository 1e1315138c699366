import { type Problem } from "../base/problem";
import { isOpaque } from "../base/opaque";
import { nameInId } from "../azure/azure-id";
import type { FoundInterface, TakenAway } from "./found-network";
import { associationsOf } from "./terraform-associations";
import { isRepeated, objectsIn, type TerraformIndex, textList } from "./terraform-index";
import { isData, type TerraformResource } from "./terraform-resource";

const GROUP = "azurerm_network_security_group";
const SUBNET = "azurerm_subnet";
const INTERFACE = "azurerm_network_interface";

/**
 * The network interfaces among resources, and those that have a group from
 * here.
 *
 * @param taken what goes: a data source may have read it before
 * @param problems where to say what is wrong
 */
export function interfacesOfTerraform(
  index: TerraformIndex,
  taken: TakenAway,
  problems: Problem[],
): FoundInterface[] {
  const associated = associationsOf(
    {
      type: "azurerm_network_interface_security_group_association",
      attribute: "network_interface_id",
      target: INTERFACE,
      what: "network interface",
    },
    index,
    problems,
  );
  const interfaces = new Map<string, FoundInterface>();
  const ownLast = [...index.ofType(INTERFACE)]
    .filter((resource) => !isData(resource) || !taken.ids.has(index.keyOf(resource)))
    .sort((a, b) => Number(isData(b)) - Number(isData(a)));
  for (const resource of ownLast) {
    const found = interfaceOf(resource, taken, index);
    const read = interfaces.get(found.key);
    interfaces.set(found.key, { ...(read?.group !== undefined && { group: read.group }), ...found });
  }
  for (const [key, group] of associated) {
    const known = interfaces.get(key) ?? { key, name: isOpaque(key) ? key : nameInId(key), addresses: [] };
    interfaces.set(key, { ...known, group });
  }
  return [...interfaces.values()];
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
  // Where the interface was read, not made, it says its group itself.
  const [read] = textList(values.network_security_group_id) ?? [];
  return {
    key,
    name: index.nameOf(resource),
    addresses: areKnown ? addresses : [],
    ...(subnetKey !== undefined && !isRepeated(subnetKey) && { subnet: subnetKey }),
    ...(read !== undefined && !taken.groupless.has(key) && { group: index.keyReferred(read, GROUP) }),
  };
}
