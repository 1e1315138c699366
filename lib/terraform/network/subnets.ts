import { groupBy } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { areSameSubnet, isAzureId, nameInId, namesInSubnetId, networkInId } from "../../azure/azure-id";
import type { FoundSubnet, DeletedParts } from "../found-network";
import { ASSOCIATIONS, associationsOf, withGroups } from "./associations";
import { defined, isObject, objectsIn, textsOfObject } from "../files/json-values";
import {
  repetitionOf,
  formatReference,
  isData,
  type TerraformResource,
  type TerraformAttributes,
} from "../resources/terraform-resource";
import { type TerraformIndex } from "../resources/terraform-index";
import type { OpaqueSources } from "./opaque-sources";
import { inlineSubnetsOf, networkOfSubnet } from "./virtual-networks";

const GROUP = "azurerm_network_security_group";
const SUBNET = "azurerm_subnet";
const VIRTUAL_NETWORK = "azurerm_virtual_network";

/**
 * The subnets among resources: those that are created or read, those inside
 * virtual networks, and those elsewhere that get a group.
 *
 * @param deleted what a plan deletes: a data source or a virtual network may have read it before
 * @param opaqueSources resources that may attach groups to them
 */
export function subnetsOfTerraform(
  index: TerraformIndex,
  deleted: DeletedParts,
  opaqueSources: OpaqueSources,
): FoundSubnet[] {
  const created = index.ofType(SUBNET).filter((resource) => !isData(resource));
  const associated = associationsOf(ASSOCIATIONS.subnet, index);
  const subnets = withGroups(
    created.map((resource) => subnetOf(resource, index)),
    [
      ...inlineSubnets(index).map((resource) => subnetOf(resource, index)),
      ...unwrittenSubnets(index),
      ...index
        .ofType(SUBNET)
        .filter(isData)
        .map((resource) => subnetOf(resource, index)),
    ],
    associated,
    deleted,
    completed,
    subnetElsewhere,
  ).map((subnet) => (associated.has(subnet.key) ? { ...subnet, mayHaveGroup: false } : subnet));
  const made = new Set(created.map((resource) => index.keyOf(resource)));
  const named = new Map(subnets.map(({ key, names }) => [key, names]));
  const loose = [...associated]
    .filter(([key]) => !made.has(key))
    .map(([key, { path }]) => ({ key, path, names: named.get(key) ?? {} }));
  const own = groupBy(index.ofType(SUBNET), (resource) => index.keyOf(resource));
  const networks = groupBy(index.ofType(VIRTUAL_NETWORK), (resource) => index.keyOf(resource));
  return subnets.map((subnet) => {
    const around = networks.get(subnet.virtualNetwork ?? "") ?? [];
    return withDoubts(subnet, own.get(subnet.key) ?? [], around, opaqueSources, loose);
  });
}

/**
 * A subnet with what is not known of its group.
 *
 * @param own its resources
 * @param networks the resources of its virtual network
 */
function withDoubts(
  subnet: FoundSubnet,
  own: readonly TerraformResource[],
  networks: readonly TerraformResource[],
  opaqueSources: OpaqueSources,
  loose: readonly LooseAssociation[],
): FoundSubnet {
  const { name, group, mayHaveGroup } = subnet;
  // Subnets inside a network and subnets of their own overwrite each other if a configuration has both.
  const inside = networks.find(
    ({ written, values }) => written?.includes("subnet") && objectsIn(values.subnet).length > 0,
  );
  const overwritten = inside && own.some((resource) => !isData(resource));
  const near = [...own, ...networks];
  // A module may attach a group, and a template may detach one.
  const givers = mayHaveGroup || group !== undefined ? [] : opaqueSources.of(near);
  const takers = mayHaveGroup || group === undefined ? [] : opaqueSources.changing(near);
  const noGroupIf = [
    ...(overwritten
      ? [`whether the subnets inside ${inside.address} overwrite ${name}`]
      : (subnet.noGroupIf ?? [])),
    ...takers.map(({ address }) => `whether ${address} takes the group off ${name}`),
  ];
  const refusedIf = [
    ...givers.map(({ address }) => `whether ${address} attaches a group to ${name}`),
    ...looseDoubt(subnet, loose),
  ];
  return {
    ...subnet,
    ...(noGroupIf.length > 0 && { noGroupIf }),
    ...(refusedIf.length > 0 && { refusedIf }),
  };
}

/** An association whose subnet is not created in the file, or cannot be told. */
type LooseAssociation = Pick<FoundSubnet, "key" | "names"> & { readonly path: string };

/** A subnet without a group is perhaps the one that an association means by a name, an id or an expression. */
function looseDoubt(
  { key: own, name, names: ownNames, group }: FoundSubnet,
  loose: readonly LooseAssociation[],
): string[] {
  if (group !== undefined || isAzureId(own)) return [];
  const perhaps = loose.filter(
    ({ key, names }) => key !== own && (isOpaque(key) || areSameSubnet(names, ownNames) !== false),
  );
  if (perhaps.length === 0) return [];
  const [first, ...others] = perhaps.map(({ path }) => path);
  const paths =
    others.length > 1 ? `${first} or one of ${others.length} others` : [first, ...others].join(" or ");
  return [`whether ${paths} attaches a group to ${name}`];
}

/** A subnet of which two resources are read: the second adds what the first lacks. */
function completed(subnet: FoundSubnet, other: FoundSubnet): FoundSubnet {
  const prefixes = subnet.prefixes.some(isOpaque) ? other.prefixes : subnet.prefixes;
  return defined({ ...subnet, prefixes, group: subnet.group ?? other.group });
}

/** A subnet of which only its id or its address is known. */
export function subnetElsewhere(key: string): FoundSubnet {
  return {
    key,
    name: isAzureId(key) ? nameInId(key) : key,
    names: namesInSubnetId(key),
    prefixes: [isOpaque(key) ? key : formatReference(key, "address_prefixes")],
    mayHaveGroup: false,
  };
}

function subnetOf(resource: TerraformResource, index: TerraformIndex): FoundSubnet {
  const { values } = resource;
  const key = index.keyOf(resource);
  const network = networkOfSubnet(resource, index);
  const knownName = (given: unknown) => {
    const name = index.resolve(given);
    return typeof name === "string" && isOpaque(name) ? undefined : name;
  };
  return defined({
    key,
    name: index.nameOf(resource),
    names: {
      // The key is in lower case.
      ...(isAzureId(key) && namesInSubnetId(key)),
      ...textsOfObject({
        subnet: knownName(values.name),
        virtualNetwork: knownName(values.virtual_network_name),
        resourceGroup: knownName(values.resource_group_name),
      }),
    },
    prefixes: index.prefixes(resource, "address_prefixes", "address_prefix"),
    // Only a data source has this attribute, and not in a configuration, where nothing was read.
    group: index.keyOfFirst(values.network_security_group_id, GROUP),
    mayHaveGroup: isData(resource) && values.network_security_group_id === undefined,
    virtualNetwork: network ? index.keyOf(network) : /\/subnets\//i.test(key) ? networkInId(key) : undefined,
    ...settingsOf(values),
  });
}

/** Whether groups are applied to private endpoints (by default not), and a delegation that matters. */
function settingsOf(values: TerraformAttributes): Partial<FoundSubnet> {
  const {
    private_endpoint_network_policies: policies,
    private_endpoint_network_policies_enabled: isOn,
    enforce_private_link_endpoint_network_policies: isOff,
    delegation,
  } = values;
  const services = objectsIn(delegation).flatMap(({ service_name: name, service_delegation: block }) => [
    name,
    ...objectsIn(block).map((one) => one.name),
  ]);
  const setting = policies ?? "Disabled";
  const byPolicies = typeof setting === "string" && !isOpaque(setting) ? arePoliciesOn(setting) : undefined;
  const byFlag = isOn ?? (typeof isOff === "boolean" ? !isOff : undefined);
  return {
    filtersPrivateEndpoints: typeof byFlag === "boolean" ? byFlag : byPolicies,
    ...unfilteredService(services),
  };
}

/** Subnets inside virtual networks, which are not resources of their own. */
function inlineSubnets(index: TerraformIndex): TerraformResource[] {
  const own = index.ofType(SUBNET);
  const keys = new Set(own.map((subnet) => index.keyOf(subnet)));
  return index.ofType(VIRTUAL_NETWORK).flatMap((network) => {
    const inline = inlineSubnetsOf(network);
    if (inline.length === 0) return [];
    const inside = own.filter((subnet) => networkOfSubnet(subnet, index) === network);
    const names = new Set(inside.map((subnet) => index.nameOf(subnet).toLowerCase()));
    return inline.filter((subnet) => {
      const key = index.keyOf(subnet);
      const isNamed = key === subnet.address && names.has(String(subnet.values.name).toLowerCase());
      return !isNamed && !keys.has(key);
    });
  });
}

/** One subnet for those inside a virtual network that are not known. */
function unwrittenSubnets(index: TerraformIndex): FoundSubnet[] {
  const areOpen = ({ address, values: { subnet, dynamic } }: TerraformResource) => {
    const [block] = isObject(dynamic) ? objectsIn(dynamic.subnet) : [];
    if (block && repetitionOf(block, address, index)) return true;
    return typeof subnet === "string" && isOpaque(subnet);
  };
  return index
    .ofType(VIRTUAL_NETWORK)
    .filter(areOpen)
    .map((network) => ({
      key: `${network.address}.subnet`,
      name: `${network.address}.subnet`,
      names: {},
      prefixes: [formatReference(network.address, "subnet")],
      mayHaveGroup: true,
      virtualNetwork: index.keyOf(network),
    }));
}

/** Whether a setting of a subnet applies groups to private endpoints in it. */
export function arePoliciesOn(setting: string): boolean {
  return ["enabled", "networksecuritygroupenabled"].includes(setting.toLowerCase());
}

/**
 * Services whose documentation says that groups filter the subnet delegated to
 * them. For any other service, whether they do is a doubt: NetApp volumes with
 * basic network features ignore groups.
 *
 * Sources, with the dates of the pages:
 * - https://learn.microsoft.com/azure/azure-sql/managed-instance/connectivity-architecture-overview (2023-08-02)
 * - https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject (no date)
 * - https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking (2020-09-23)
 * - https://learn.microsoft.com/azure/mysql/flexible-server/concepts-networking-vnet (2021-08-06)
 * - https://learn.microsoft.com/azure/container-instances/container-instances-virtual-network-concepts (2022-06-17)
 * - https://learn.microsoft.com/azure/azure-netapp-files/azure-netapp-files-network-topologies (2019-05-08)
 */
const FILTERED_SERVICES = [
  "microsoft.sql/managedinstances",
  "microsoft.databricks/workspaces",
  "microsoft.dbforpostgresql/flexibleservers",
  "microsoft.dbformysql/flexibleservers",
  "microsoft.containerinstance/containergroups",
];

/** The service among those of a delegation to which groups may not be applied, such as NetApp volumes. */
export function unfilteredService(services: readonly unknown[]): { readonly delegatedTo?: string } {
  const service = services.find(
    (one): one is string => typeof one === "string" && !FILTERED_SERVICES.includes(one.toLowerCase()),
  );
  return service === undefined ? {} : { delegatedTo: service };
}
