import { areSameSubnet } from "../azure/azure-id";
import type { PlacedEndpoint } from "../terraform/joined/network-of-files";
import { holdSame } from "../terraform/network/prefixes";
import { parseReference } from "../terraform/resources/terraform-resource";
import type { PlannedPlace } from "./planned-deployment";

/**
 * The subnets of a place: the one with its names, or else those with its
 * prefixes, whatever their names are.
 */
export function subnetsOfPlace(
  place: PlannedPlace,
  endpoints: readonly PlacedEndpoint[],
): readonly PlacedEndpoint[] {
  const subnets = endpoints.filter(({ networkInterface }) => !networkInterface);
  const named = subnets.filter((subnet) => isNamedAs(place, subnet));
  return named.length > 0
    ? named
    : subnets.filter(({ prefixes }) => holdSame(prefixes, place.endpoint.prefixes));
}

function isNamedAs({ names, subnetId }: PlannedPlace, { id, names: own = {} }: PlacedEndpoint): boolean {
  const isSame = areSameSubnet(names, own);
  return isSame ?? [subnetId, parseReference(subnetId ?? "")?.address].some((text) => isKeyOf(text, id));
}

/** Whether an endpoint has this key, with or without the name of its file. */
function isKeyOf(key: string | undefined, id: string): boolean {
  return key !== undefined && (id === key || id.endsWith(`: ${key}`));
}
