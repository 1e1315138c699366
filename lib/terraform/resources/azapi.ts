import { isAzureId, nameInId, segmentOfId } from "../../azure/azure-id";
import { isObject } from "../files/json-values";
import { isData, type TerraformResource, type TerraformAttributes } from "./terraform-resource";

// The provider azapi passes Azure's own JSON on. Azure Verified Modules create networks with it.
// Most of azurerm's names follow from Azure's: addressPrefix is address_prefix, and subnet: { id } is subnet_id.

type Body = Readonly<Record<string, unknown>>;

/** The types in azurerm. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["network/networksecuritygroups", "azurerm_network_security_group"],
  ["network/networksecuritygroups/securityrules", "azurerm_network_security_rule"],
  ["network/virtualnetworks", "azurerm_virtual_network"],
  ["network/virtualnetworks/subnets", "azurerm_subnet"],
  ["network/virtualnetworks/virtualnetworkpeerings", "azurerm_virtual_network_peering"],
  ["network/networkinterfaces", "azurerm_network_interface"],
  ["network/privateendpoints", "azurerm_private_endpoint"],
  ["network/routetables", "azurerm_route_table"],
  ["network/routetables/routes", "azurerm_route"],
  ["network/virtualnetworkgateways", "azurerm_virtual_network_gateway"],
  ["network/virtualhubs/hubvirtualnetworkconnections", "azurerm_virtual_hub_connection"],
  ["compute/virtualmachinescalesets", "azurerm_virtual_machine_scale_set"],
  // A machine may have interfaces in its own body, as those of a scale set have.
  ["compute/virtualmachines", "azurerm_virtual_machine_scale_set"],
]);

/** The attributes of azurerm's types for the name of the parent. */
const PARENTS: ReadonlyMap<string, string> = new Map([
  ["azurerm_network_security_rule", "network_security_group_name"],
  ["azurerm_subnet", "virtual_network_name"],
  ["azurerm_virtual_network_peering", "virtual_network_name"],
  ["azurerm_route", "route_table_name"],
]);

/** Names that do not follow from Azure's. */
const NAMES = new Map([
  ["securityRules", "security_rule"],
  ["sourceApplicationSecurityGroups", "source_application_security_group_ids"],
  ["destinationApplicationSecurityGroups", "destination_application_security_group_ids"],
  ["subnets", "subnet"],
  ["delegations", "delegation"],
  ["routes", "route"],
  ["ipConfigurations", "ip_configuration"],
  ["privateIPAddress", "private_ip_address"],
  ["networkInterfaceConfigurations", "network_interface"],
]);

/** Objects whose fields azurerm has one level higher. */
const UNWRAPPED = ["properties", "virtualMachineProfile", "networkProfile"];

/**
 * A resource of azapi as one of azurerm, undefined if it is not relevant; resources of other
 * providers unchanged.
 */
export function asAzurerm(resource: TerraformResource): TerraformResource | undefined {
  if (resource.type !== "azapi_resource") return resource;
  const { values } = resource;
  const type = TYPES.get(kindOfType(values.type) ?? "");
  if (type === undefined) return undefined;
  const parentName = PARENTS.get(type);
  const parent = typeof values.parent_id === "string" ? values.parent_id : undefined;
  const isId = parent !== undefined && isAzureId(parent);
  // A data source has what it read in its output.
  const body = bodyOf(isData(resource) ? values.output : values.body);
  return {
    ...resource,
    type,
    values: {
      ...(body
        ? // A body that names no group has none.
          { network_security_group_id: "", ...inAzurerm({ properties: body.properties }) }
        : isData(resource)
          ? {}
          : Object.fromEntries(UNKNOWN_OF_BODY.map((attribute) => [attribute, values.body]))),
      id: values.id,
      name: values.name,
      tags: values.tags,
      resource_group_name: isId ? segmentOfId(parent, "resourceGroups") : undefined,
      // A rule finds its group by the id as well.
      ...(parentName && { [parentName]: isId && type !== RULE ? nameInId(parent) : parent }),
    },
  };
}

const RULE = "azurerm_network_security_rule";

/** What a body that is known only at apply may contain: any rules, any group, any subnets. */
const UNKNOWN_OF_BODY = [
  "security_rule",
  "network_security_group_id",
  "subnet",
  "network_interface",
  "priority",
  "direction",
  "access",
  "protocol",
];

/** One of Azure's own types without its version: `network/virtualnetworks/subnets`. */
export function kindOfType(type: unknown): string | undefined {
  return typeof type === "string" ? /^microsoft\.([^@]+)/i.exec(type)?.[1].toLowerCase() : undefined;
}

function bodyOf(body: unknown): Body | undefined {
  if (isObject(body)) return typeof body.properties === "string" ? undefined : body;
  if (typeof body !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Azure's fields under the names that azurerm gives them. */
function inAzurerm(body: Body): TerraformAttributes {
  const entries = Object.entries(body).flatMap(([key, value]): Array<[string, unknown]> => {
    const name = NAMES.get(key) ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (Array.isArray(value)) {
      const inItem = (item: Body) => (name.endsWith("_ids") ? item.id : inAzurerm(item));
      return [[name, value.map((item: unknown) => (isObject(item) ? inItem(item) : item))]];
    }
    if (!isObject(value)) return [[name, value]];
    if (UNWRAPPED.includes(key)) return Object.entries(inAzurerm(value));
    return key === "addressSpace" ? [[name, value.addressPrefixes]] : [[`${name}_id`, value.id]];
  });
  return Object.fromEntries(entries);
}
