import { comparableId, nameInId } from "../azure/azure-id";
import { fieldOf } from "./az-items";
import type { FoundPeering, FoundVirtualNetwork } from "./found-network";
import type { JsonNode } from "./json-node";
import { formatReference } from "./terraform-reference";

/** A virtual network as `az network vnet list` prints it, with its peerings. */
export function virtualNetworkOfAz(node: JsonNode): FoundVirtualNetwork {
  const name = node.at("name").text();
  const key = comparableId(node.at("id").text() ?? name ?? node.path);
  const peerings = fieldOf(node, "virtualNetworkPeerings");
  return {
    key,
    name: name ?? nameInId(key),
    prefixes: fieldOf(node, "addressSpace").at("addressPrefixes").texts(),
    peerings: peerings.items().flatMap(peeringOf),
    areAllPeerings: peerings.isSet && peerings.items().every((one) => remoteOf(one) !== undefined),
  };
}

/** A peering that lets connections through; one that is not connected, or lets none through, is none. */
function peeringOf(node: JsonNode): FoundPeering[] {
  const state = fieldOf(node, "peeringState").text()?.toLowerCase() ?? "connected";
  const isOpen = fieldOf(node, "allowVirtualNetworkAccess").value !== false;
  const remote = remoteOf(node);
  if (state !== "connected" || !isOpen || remote === undefined) return [];
  const prefixes = ["remoteVirtualNetworkAddressSpace", "remoteAddressSpace"]
    .map((field) => fieldOf(node, field).at("addressPrefixes").texts())
    .find(({ length }) => length > 0);
  return [{ remote, prefixes: prefixes ?? [formatReference(remote, "address_space")] }];
}

function remoteOf(peering: JsonNode): string | undefined {
  const id = fieldOf(peering, "remoteVirtualNetwork").at("id").text();
  return id === undefined ? undefined : comparableId(id);
}
