import type { Flow } from "../azure/flow";
import type { Network } from "../proof/network";
import { type MissingFlow, prove } from "../proof/prove";
import type { PlacedEndpoint } from "../terraform/joined/network-of-files";
import { areKnown } from "../terraform/network/prefixes";
import { doubtsOf, type MatchedPlace } from "./match-place";
import { possibleAddresses } from "./possible-addresses";

/** Flows that a second group, on a network interface at the place, denies. */
export function missingAtInterfaces(
  { endpoint: place, interfaces }: MatchedPlace,
  flows: Flow[],
  network: Network,
): MissingFlow[] {
  return interfaces.flatMap((one) => {
    const { subnetGroup, interfaceGroup } = one;
    // Flows name the place's prefixes: an address that cannot be compared with these counts as all of them.
    const prefixes = [one, place].every((end) => areKnown(end.prefixes)) ? one.prefixes : place.prefixes;
    const endpoint = {
      ...place,
      label: `${place.label} (${one.label})`,
      prefixes,
      ...(subnetGroup !== undefined && { subnetGroup }),
      interfaceGroup,
      ...doubtsOf(one),
    };
    const { missing } = prove(flows, { ...network, endpoints: [endpoint] });
    const refused = missing.filter(({ blockedBy }) => blockedBy.group === interfaceGroup);
    return dependsOnAddress({ ...one, prefixes }, network)
      ? refused.map((flow) => ({
          ...flow,
          dependsOn: [...flow.dependsOn, `the address of ${one.label}`].sort(),
        }))
      : refused;
  });
}

/** Whether the group of an interface distinguishes between its possible addresses. */
function dependsOnAddress({ prefixes, interfaceGroup, networkInterface }: PlacedEndpoint, network: Network) {
  const groups = network.groups.filter(({ name }) => name === interfaceGroup);
  return (
    networkInterface?.areAddressesKnown === false &&
    possibleAddresses(prefixes, [], [{ endpoints: [], groups }]).length > 1
  );
}
