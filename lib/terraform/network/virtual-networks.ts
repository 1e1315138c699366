import { isSameName } from "../../azure/azure-id";
import { isOpaque } from "../../base/opaque";
import type { FoundPeering, FoundVirtualNetwork } from "../found-network";
import { objectsIn } from "../files/json-values";
import type { TerraformIndex } from "../resources/terraform-index";
import { formatReference, type TerraformResource } from "../resources/terraform-resource";

const VIRTUAL_NETWORK = "azurerm_virtual_network";
const SUBNET = "azurerm_subnet";
const PEERING = "azurerm_virtual_network_peering";

/** The virtual networks among resources, with their peerings in the file: others may be created elsewhere. */
export function virtualNetworksOf(index: TerraformIndex): FoundVirtualNetwork[] {
  return index.ofType(VIRTUAL_NETWORK).map((network) => ({
    key: index.keyOf(network),
    name: index.nameOf(network),
    prefixes: index.prefixes(network, "address_space"),
    peerings: index
      .ofType(PEERING)
      .filter((peering) => networkOfSubnet(peering, index) === network)
      .flatMap((peering) => peeringOf(peering, index)),
    areAllPeerings: false,
  }));
}

function peeringOf(peering: TerraformResource, index: TerraformIndex): FoundPeering[] {
  const remote = index.keyIn(peering, "remote_virtual_network_id", VIRTUAL_NETWORK);
  if (remote === undefined) return [];
  const network = index.referred(peering.values.remote_virtual_network_id, VIRTUAL_NETWORK);
  const prefixes = network
    ? index.prefixes(network, "address_space")
    : [isOpaque(remote) ? remote : formatReference(remote, "address_space")];
  const { allow_virtual_network_access: access, peer_complete_virtual_networks_enabled: isWhole } =
    peering.values;
  const { address, existsIf = [] } = peering;
  const doubts = [
    ...existsIf,
    // Both settings are on unless they are written.
    ...((access ?? true) === true ? [] : [`whether ${address} lets connections through`]),
    ...((isWhole ?? true) === true ? [] : [`which subnets ${address} connects`]),
  ];
  return [{ remote, prefixes, ...(doubts.length > 0 && { existsIf: doubts }) }];
}

// A subnet of its own can have such an address as well: `azurerm_subnet.subnet["a"]`.
const INLINE_SUBNET = /^(.+)\.subnet\["[^]*"\]$/;

/** The virtual network that a subnet is written in or names, if it is in the file. */
export function networkOfSubnet(
  subnet: TerraformResource,
  index: TerraformIndex,
): TerraformResource | undefined {
  const [, address] = INLINE_SUBNET.exec(subnet.address) ?? [];
  const around = address === undefined ? undefined : index.at(address);
  if (around?.type === VIRTUAL_NETWORK) return around;
  const { virtual_network_name: name, resource_group_name: group } = subnet.values;
  const referred = index.referred(name, VIRTUAL_NETWORK);
  if (referred) return referred;
  const named = index
    .ofType(VIRTUAL_NETWORK)
    .filter(({ values }) => isSameName(index.resolve(name), index.resolve(values.name)));
  const nearby = named.filter(({ values }) =>
    isSameName(index.resolve(group), index.resolve(values.resource_group_name)),
  );
  return nearby[0] ?? named[0];
}

/** The subnets inside a virtual network, as resources of their own. A state lists those too that are. */
export function inlineSubnetsOf({ address, values }: TerraformResource): TerraformResource[] {
  const named = objectsIn(values.subnet).filter(({ name }) => typeof name === "string");
  return named.map((subnet) => ({
    address: `${address}.subnet["${String(subnet.name)}"]`,
    type: SUBNET,
    values: {
      ...subnet,
      address_prefixes: subnet.address_prefixes ?? subnet.address_prefix,
      network_security_group_id: subnet.security_group ?? subnet.network_security_group_id ?? "",
      virtual_network_name: values.name,
      resource_group_name: values.resource_group_name,
    },
  }));
}

/** The subnets among resources, and those inside virtual networks. */
export function allSubnets(index: TerraformIndex): TerraformResource[] {
  return [...index.ofType(SUBNET), ...index.ofType(VIRTUAL_NETWORK).flatMap(inlineSubnetsOf)];
}
