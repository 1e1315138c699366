import { comparableId, nameInId } from "../../azure/azure-id";
import { fieldOf } from "./az-items";
import type { FoundPeering, FoundVirtualNetwork } from "../found-network";
import type { JsonNode } from "../files/json-node";
import { formatReference } from "../resources/terraform-reference";

/**
 * A virtual network as `az network vnet list` prints it, with its peerings.
 *
 * @param saysRoutes whether no gateway brings routes to its subnets
 */
export function virtualNetworkOfAz(node: JsonNode, saysRoutes: boolean): FoundVirtualNetwork {
  const name = node.at("name").text();
  const key = comparableId(node.at("id").text() ?? name ?? node.path);
  const prefixes = fieldOf(node, "addressSpace").at("addressPrefixes").texts();
  const peerings = fieldOf(node, "virtualNetworkPeerings");
  const subnets = fieldOf(node, "subnets").items();
  return {
    key,
    name: name ?? nameInId(key),
    prefixes: prefixes.length > 0 ? prefixes : [formatReference(key, "address_space")],
    peerings: peerings.items().flatMap(peeringOf),
    areAllPeerings: peerings.isSet && peerings.items().every((one) => remoteOf(one) !== undefined),
    mayRouteAway: !saysRoutes || subnets.some((subnet) => fieldOf(subnet, "routeTable").isSet),
  };
}

/** A peering in use. Azure routes the addresses that it last synchronized. */
function peeringOf(node: JsonNode): FoundPeering[] {
  const state = fieldOf(node, "peeringState").text()?.toLowerCase() ?? "connected";
  const isOpen = fieldOf(node, "allowVirtualNetworkAccess").value !== false;
  const remote = remoteOf(node);
  if (state !== "connected" || remote === undefined) return [];
  const [synced, current] = ["remoteAddressSpace", "remoteVirtualNetworkAddressSpace"].map((field) =>
    fieldOf(node, field).at("addressPrefixes").texts(),
  );
  const name = node.at("name").text() ?? nameInId(remote);
  const isWhole = fieldOf(node, "peerCompleteVnets").value !== false;
  // Without access, the tag VirtualNetwork lacks the other network, but rules for its addresses still let them pass.
  const doubts = [
    ...(isWhole ? [] : [`which subnets the peering ${name} connects`]),
    ...(isOpen ? [] : [`whether the peering ${name} lets connections through`]),
  ];
  const open = current.filter((prefix) => !synced.includes(prefix));
  const known = synced.length > 0 ? synced : current;
  return [
    {
      remote,
      prefixes: known.length > 0 ? known : [formatReference(remote, "address_space")],
      ...(doubts.length > 0 && { existsIf: doubts }),
    },
    ...(synced.length > 0 && open.length > 0
      ? [{ remote, prefixes: open, existsIf: [`whether the peering ${name} is in sync (peeringSyncLevel)`] }]
      : []),
  ];
}

function remoteOf(peering: JsonNode): string | undefined {
  const id = fieldOf(peering, "remoteVirtualNetwork").at("id").text();
  return id === undefined ? undefined : comparableId(id);
}
