import { arePoliciesOn, networkInId, unfilteredService } from "./unfiltered";
import { isOpaque } from "../../base/opaque";
import { areSameSubnet, isAzureId, nameInId, namesInSubnetId } from "../../azure/azure-id";
import type { SubnetNames } from "../../azure/azure-id";
import type { FoundSubnet, TakenAway } from "../found-network";
import { associationsOf, GROUPS_OF_SUBNETS } from "./associations";
import { defined, isObject, objectsIn, textList } from "../files/json-values";
import { repetitionOf } from "../resources/repetition";
import { type TerraformIndex } from "../resources/terraform-index";
import type { Makers } from "./makers";
import { formatReference } from "../resources/terraform-reference";
import { isData, type TerraformResource, type TerraformAttributes } from "../resources/terraform-resource";
import { inlineSubnetsOf, networkOfSubnet } from "./virtual-networks";

const GROUP = "azurerm_network_security_group";
const SUBNET = "azurerm_subnet";
const VIRTUAL_NETWORK = "azurerm_virtual_network";

/**
 * The subnets among resources: those that are created or read, those inside
 * virtual networks, and those elsewhere that get a group.
 *
 * @param taken what a plan deletes: a data source or a virtual network may have read it before
 * @param makers resources that may attach groups to them
 */
export function subnetsOfTerraform(index: TerraformIndex, taken: TakenAway, makers: Makers): FoundSubnet[] {
  const associated = associationsOf(GROUPS_OF_SUBNETS, index);
  const subnets = new Map<string, FoundSubnet>();
  const own = index.ofType(SUBNET);
  const read = [
    ...inlineSubnets(index),
    ...unwrittenSubnets(index),
    ...own.filter(isData).map((subnet) => subnetOf(subnet, index)),
  ].filter(({ key }) => !taken.ids.has(key));
  // A resource says more than its virtual network, and than a data source.
  for (const subnet of [
    ...own.filter((resource) => !isData(resource)).map((resource) => subnetOf(resource, index)),
    ...read.map((subnet) => (taken.groupless.has(subnet.key) ? withoutGroup(subnet) : subnet)),
  ]) {
    const known = subnets.get(subnet.key);
    subnets.set(subnet.key, known ? completed(known, subnet) : subnet);
  }
  for (const [key, { path: _, ...association }] of associated) {
    subnets.set(key, { ...(subnets.get(key) ?? subnetElsewhere(key)), ...association, mayHaveGroup: false });
  }
  const made = new Set(own.filter((resource) => !isData(resource)).map((resource) => index.keyOf(resource)));
  const loose = [...associated].flatMap(([key, { path }]) =>
    made.has(key) ? [] : [{ key, path, names: subnets.get(key)?.names ?? {} }],
  );
  return [...subnets.values()].map((subnet) =>
    withLoose(withMakers(withInlineSiblings(subnet, index), index, makers), loose),
  );
}

/** An association whose subnet is not created in the file, or cannot be told. */
interface LooseAssociation {
  readonly key: string;
  readonly path: string;
  readonly names: SubnetNames;
}

/** A subnet without a group is perhaps the one that an association means by a name, an id or an expression. */
function withLoose(subnet: FoundSubnet, loose: readonly LooseAssociation[]): FoundSubnet {
  if (subnet.group !== undefined || isAzureId(subnet.key)) return subnet;
  const perhaps = loose.filter(
    ({ key, names }) => key !== subnet.key && (isOpaque(key) || areSameSubnet(names, subnet.names) !== false),
  );
  if (perhaps.length === 0) return subnet;
  const [first, ...others] = perhaps.map(({ path }) => path);
  const paths =
    others.length > 1 ? `${first} or one of ${others.length} others` : [first, ...others].join(" or ");
  return {
    ...subnet,
    refusedIf: [...(subnet.refusedIf ?? []), `whether ${paths} attaches a group to ${subnet.name}`],
  };
}

/** Subnets inside a network and subnets of their own overwrite each other if a configuration has both. */
function withInlineSiblings(subnet: FoundSubnet, index: TerraformIndex): FoundSubnet {
  const network = index
    .ofType(VIRTUAL_NETWORK)
    .find((one) => index.keyOf(one) === subnet.virtualNetwork && one.written?.includes("subnet"));
  const isOwn = index.ofType(SUBNET).some((one) => !isData(one) && index.keyOf(one) === subnet.key);
  return network && isOwn && objectsIn(network.values.subnet).length > 0
    ? { ...subnet, noGroupIf: [`whether the subnets inside ${network.address} overwrite ${subnet.name}`] }
    : subnet;
}

/** A module may attach a group where none is attached, and a template may take one off. */
function withMakers(subnet: FoundSubnet, index: TerraformIndex, makers: Makers): FoundSubnet {
  if (subnet.mayHaveGroup) return subnet;
  const near = [
    ...index.ofType(SUBNET).filter((resource) => index.keyOf(resource) === subnet.key),
    ...index.ofType(VIRTUAL_NETWORK).filter((network) => index.keyOf(network) === subnet.virtualNetwork),
  ];
  if (subnet.group !== undefined) {
    const takers = makers
      .changing(near)
      .map(({ address }) => `whether ${address} takes the group off ${subnet.name}`);
    return takers.length > 0 ? { ...subnet, noGroupIf: [...(subnet.noGroupIf ?? []), ...takers] } : subnet;
  }
  const refusedIf = makers
    .of(near)
    .map(({ address }) => `whether ${address} attaches a group to ${subnet.name}`);
  return refusedIf.length > 0 ? { ...subnet, refusedIf } : subnet;
}

function withoutGroup({ group: _, ...subnet }: FoundSubnet): FoundSubnet {
  return subnet;
}

/** A subnet of which two resources are read: the second adds what the first lacks. */
function completed(subnet: FoundSubnet, other: FoundSubnet): FoundSubnet {
  return {
    ...subnet,
    prefixes: subnet.prefixes.some(isOpaque) ? other.prefixes : subnet.prefixes,
    ...(subnet.group === undefined && other.group !== undefined && { group: other.group }),
  };
}

function subnetElsewhere(key: string): FoundSubnet {
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
  return defined({
    key,
    name: index.nameOf(resource),
    names: {
      ...namesOf({
        subnet: index.resolve(values.name),
        virtualNetwork: index.resolve(values.virtual_network_name),
        resourceGroup: index.resolve(values.resource_group_name),
      }),
      ...(isAzureId(key) && namesInSubnetId(key)),
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

/** The known names, without texts known only at apply. */
function namesOf(values: Readonly<Record<keyof SubnetNames, unknown>>): SubnetNames {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => typeof value === "string" && value !== "" && !isOpaque(value),
    ),
  );
}

/** Subnets inside virtual networks, which are not resources of their own. */
function inlineSubnets(index: TerraformIndex): FoundSubnet[] {
  const own = index.ofType(SUBNET);
  const ids = new Set(own.map((subnet) => index.keyOf(subnet)));
  return index.ofType(VIRTUAL_NETWORK).flatMap((network): FoundSubnet[] => {
    const inside = own.filter((subnet) => networkOfSubnet(subnet, index) === network);
    const names = new Set(inside.map((subnet) => index.nameOf(subnet).toLowerCase()));
    return inlineSubnetsOf(network).flatMap(({ key, address, name, values }) => {
      if (ids.has(key) || (key === address && names.has(name.toLowerCase()))) return [];
      const prefixes = textList(index.resolveAll(values.address_prefixes ?? values.address_prefix));
      return [
        defined({
          key,
          name,
          names: namesOf({
            subnet: name,
            virtualNetwork: index.resolve(network.values.name),
            resourceGroup: index.resolve(network.values.resource_group_name),
          }),
          prefixes: prefixes ?? [formatReference(address, "address_prefixes")],
          group: index.keyOfFirst(values.security_group ?? values.network_security_group_id, GROUP),
          mayHaveGroup: false,
          virtualNetwork: index.keyOf(network),
          ...settingsOf(values),
        }),
      ];
    });
  });
}

/** One subnet for those inside a virtual network that are not known. */
function unwrittenSubnets(index: TerraformIndex): FoundSubnet[] {
  return index.ofType(VIRTUAL_NETWORK).flatMap((network): FoundSubnet[] => {
    const { subnet, dynamic } = network.values;
    const [block] = isObject(dynamic) ? objectsIn(dynamic.subnet) : [];
    const isOpen =
      (typeof subnet === "string" && isOpaque(subnet)) ||
      (block !== undefined && repetitionOf(block, network.address, index) !== "never");
    const key = `${network.address}.subnet`;
    return isOpen
      ? [
          {
            key,
            name: key,
            names: {},
            prefixes: [formatReference(network.address, "subnet")],
            mayHaveGroup: true,
            virtualNetwork: index.keyOf(network),
          },
        ]
      : [];
  });
}
