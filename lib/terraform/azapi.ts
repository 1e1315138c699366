import { isAzureId, nameInId, segmentOfId } from "../azure/azure-id";
import { isObject } from "./json-values";
import type { TerraformAttributes } from "./security-rule-of-terraform";
import { isData, type TerraformResource } from "./terraform-resource";

// The provider azapi passes Azure's own JSON on. Azure Verified Modules create networks with it.

type Body = Readonly<Record<string, unknown>>;

/** What azurerm calls a type of Azure's, and its attributes. */
interface Translation {
  readonly type: string;
  readonly attributes: (properties: Body, parent: string | undefined) => TerraformAttributes;
}

const TRANSLATIONS = new Map<string, Translation>([
  [
    "network/networksecuritygroups",
    {
      type: "azurerm_network_security_group",
      attributes: ({ securityRules: rules }) => ({
        ...(rules !== undefined && { security_rule: Array.isArray(rules) ? rules.map(ruleOf) : rules }),
      }),
    },
  ],
  [
    "network/networksecuritygroups/securityrules",
    {
      type: "azurerm_network_security_rule",
      attributes: (properties, parent) => ({
        ...(ruleOf({ properties }) as Body),
        network_security_group_name: parent,
      }),
    },
  ],
  [
    "network/virtualnetworks",
    {
      type: "azurerm_virtual_network",
      attributes: ({ addressSpace, subnets }) => ({
        address_space: isObject(addressSpace) ? addressSpace.addressPrefixes : undefined,
        subnet: listOf(subnets).map((subnet) => ({
          name: subnet.name,
          id: subnet.id,
          ...subnetOf(propertiesOf(subnet)),
          security_group: idOf(propertiesOf(subnet).networkSecurityGroup),
        })),
      }),
    },
  ],
  [
    "network/virtualnetworks/subnets",
    {
      type: "azurerm_subnet",
      attributes: (properties, parent) => ({
        ...subnetOf(properties),
        network_security_group_id: idOf(properties.networkSecurityGroup) ?? "",
        virtual_network_name: nameOfParent(parent),
        resource_group_name: resourceGroupOf(parent),
      }),
    },
  ],
  [
    "network/virtualnetworks/virtualnetworkpeerings",
    {
      type: "azurerm_virtual_network_peering",
      attributes: (properties, parent) => ({
        virtual_network_name: nameOfParent(parent),
        resource_group_name: resourceGroupOf(parent),
        remote_virtual_network_id: idOf(properties.remoteVirtualNetwork),
        allow_virtual_network_access: properties.allowVirtualNetworkAccess,
        use_remote_gateways: properties.useRemoteGateways,
      }),
    },
  ],
  [
    "network/networkinterfaces",
    {
      type: "azurerm_network_interface",
      attributes: (properties) => ({
        network_security_group_id: idOf(properties.networkSecurityGroup),
        ip_configuration: listOf(properties.ipConfigurations).map((one) => ({
          subnet_id: idOf(propertiesOf(one).subnet),
          private_ip_address: propertiesOf(one).privateIPAddress,
        })),
      }),
    },
  ],
  [
    "network/privateendpoints",
    {
      type: "azurerm_private_endpoint",
      attributes: ({ subnet, ipConfigurations }) => ({
        subnet_id: idOf(subnet),
        ip_configuration: listOf(ipConfigurations).map((one) => ({
          private_ip_address: propertiesOf(one).privateIPAddress,
        })),
      }),
    },
  ],
  [
    "network/routetables",
    {
      type: "azurerm_route_table",
      attributes: ({ routes }) => ({
        route: listOf(routes).map((route) => ({ address_prefix: propertiesOf(route).addressPrefix })),
      }),
    },
  ],
  [
    "network/routetables/routes",
    {
      type: "azurerm_route",
      attributes: ({ addressPrefix }, parent) => ({
        address_prefix: addressPrefix,
        route_table_name: nameOfParent(parent),
      }),
    },
  ],
  ["network/virtualnetworkgateways", { type: "azurerm_virtual_network_gateway", attributes: () => ({}) }],
  [
    "network/virtualhubs/hubvirtualnetworkconnections",
    { type: "azurerm_virtual_hub_connection", attributes: () => ({}) },
  ],
  [
    "compute/virtualmachinescalesets",
    {
      type: "azurerm_virtual_machine_scale_set",
      attributes: ({ virtualMachineProfile: machine }) => ({
        network_interface: interfacesOfProfile(machine).map((one) => ({
          name: one.name,
          network_security_group_id: idOf(propertiesOf(one).networkSecurityGroup),
          ip_configuration: listOf(propertiesOf(one).ipConfigurations).map((configuration) => ({
            subnet_id: idOf(propertiesOf(configuration).subnet),
          })),
        })),
      }),
    },
  ],
]);

/** A resource of the provider azapi as one of azurerm; itself if it is another provider's, undefined if it filters nothing. */
export function asAzurerm(resource: TerraformResource): TerraformResource | undefined {
  if (resource.type !== "azapi_resource") return resource;
  const { values } = resource;
  const translation = TRANSLATIONS.get(kindOfType(values.type) ?? "");
  if (!translation) return undefined;
  const parent = typeof values.parent_id === "string" ? values.parent_id : undefined;
  // A data source has what it read in its output.
  const body = bodyOf(isData(resource) ? values.output : values.body);
  return {
    ...resource,
    type: translation.type,
    values: {
      id: values.id,
      name: values.name,
      tags: values.tags,
      resource_group_name: resourceGroupOf(parent),
      // A body that is known only at apply may hold anything.
      ...(body
        ? translation.attributes(propertiesOf(body), parent)
        : { security_rule: isData(resource) ? undefined : values.body }),
    },
  };
}

/** One of Azure's own types without its version: `network/virtualnetworks/subnets`. */
export function kindOfType(type: unknown): string | undefined {
  return typeof type === "string" ? /^microsoft\.([^@]+)/i.exec(type)?.[1].toLowerCase() : undefined;
}

function bodyOf(body: unknown): Body | undefined {
  if (isObject(body)) return body;
  if (typeof body !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function propertiesOf(body: Body): Body {
  return isObject(body.properties) ? body.properties : {};
}

function ruleOf(rule: unknown): unknown {
  if (!isObject(rule)) return rule;
  const entries = Object.entries(propertiesOf(rule)).map(([key, value]): [string, unknown] => {
    const groups = /^(source|destination)ApplicationSecurityGroups$/.exec(key)?.[1];
    if (groups !== undefined) return [`${groups}_application_security_group_ids`, listOf(value).map(idOf)];
    return [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value];
  });
  return { ...(rule.name !== undefined && { name: rule.name }), ...Object.fromEntries(entries) };
}

function subnetOf(properties: Body): TerraformAttributes {
  const { addressPrefix, addressPrefixes, privateEndpointNetworkPolicies, routeTable, delegations } =
    properties;
  return {
    address_prefixes: addressPrefixes ?? (addressPrefix === undefined ? undefined : [addressPrefix]),
    private_endpoint_network_policies: privateEndpointNetworkPolicies,
    route_table_id: idOf(routeTable),
    delegation: listOf(delegations).map((one) => ({
      service_delegation: [{ name: propertiesOf(one).serviceName }],
    })),
  };
}

function interfacesOfProfile(machine: unknown): Body[] {
  const profile = isObject(machine) && isObject(machine.networkProfile) ? machine.networkProfile : {};
  return listOf(profile.networkInterfaceConfigurations);
}

function listOf(value: unknown): Body[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function idOf(value: unknown): unknown {
  return isObject(value) ? value.id : undefined;
}

function nameOfParent(parent: string | undefined): string | undefined {
  return parent !== undefined && isAzureId(parent) ? nameInId(parent) : parent;
}

function resourceGroupOf(parent: string | undefined): string | undefined {
  return parent !== undefined && isAzureId(parent) ? segmentOfId(parent, "resourceGroups") : undefined;
}
