import {
  type AddressSet,
  type Family,
  hasNoAddress,
  intersectAddresses,
  IPV4,
  IPV6,
  parseAddresses,
  subtractAddresses,
} from "../azure/sets/address-set";
import type { Network } from "../proof/network";
import { isOpaque } from "../base/opaque";
import { addressesOf } from "../terraform/network/prefixes";

/**
 * Representatives of the addresses that an interface may have: rules treat
 * every possible address like one of them.
 *
 * @param prefixes of the interface's subnet
 * @param others addresses there that others have
 */
export function possibleAddresses(
  prefixes: readonly string[],
  others: readonly string[],
  networks: readonly Network[],
): string[] {
  const free = subtractAddresses(addressesOf(prefixes), addressesOf(others));
  if (hasNoAddress(free)) return [];
  const named = new Set(
    networks
      .flatMap(({ groups }) => groups)
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]),
  );
  let parts = [free];
  for (const text of named) {
    const cut = isOpaque(text) ? undefined : parseAddresses(text);
    if (!cut) continue;
    parts = parts.flatMap((part) =>
      [intersectAddresses(part, cut), subtractAddresses(part, cut)].filter((piece) => !hasNoAddress(piece)),
    );
  }
  return parts.flatMap((part) => [...examplesIn(IPV4, part), ...examplesIn(IPV6, part)]);
}

function examplesIn<T>(family: Family<T>, addresses: AddressSet): string[] {
  return family
    .of(addresses)
    .slice(0, 1)
    .map((interval) => family.format(family.example(interval)));
}
