import {
  type AddressSet,
  hasNoAddress,
  intersectAddresses,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
} from "../../azure/sets/address-set";
import { isOpaque } from "../../base/opaque";

/** Whether all prefixes are known. One that is known only at apply can contain any address. */
export function areKnown(prefixes: readonly string[]): boolean {
  return prefixes.length > 0 && !prefixes.some(isOpaque);
}

/** The addresses of the known prefixes. */
export function addressesOf(prefixes: readonly string[]): AddressSet {
  return uniteAddresses(...prefixes.flatMap((text) => parseAddresses(text) ?? []));
}

/** Whether two lists certainly contain the same addresses. */
export function holdSame(some: readonly string[], others: readonly string[]): boolean {
  return areKnown(some) && areKnown(others) && holdsAll(some, others) && holdsAll(others, some);
}

/** Whether a list certainly contains every address of another. */
export function holdsAll(some: readonly string[], others: readonly string[]): boolean {
  return areKnown(others) && hasNoAddress(subtractAddresses(addressesOf(others), addressesOf(some)));
}

/** Whether two lists certainly have an address in common. */
export function overlap(some: readonly string[], others: readonly string[]): boolean {
  return !hasNoAddress(intersectAddresses(addressesOf(some), addressesOf(others)));
}
