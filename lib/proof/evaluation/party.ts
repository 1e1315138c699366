import {
  hasNoAddress,
  intersectAddresses,
  subtractAddresses,
  uniteAddresses,
  type AddressSet,
} from "../../azure/sets/address-set";
import type { GuardedEndpoint } from "../network";
import { Zone, type AddressSpace } from "./address-space";
import { placesOfEndpoint, type Place } from "./place";

/** An endpoint before a change and after it; undefined if it is not the network's. */
export type Ends = readonly [GuardedEndpoint | undefined, GuardedEndpoint | undefined];

/** Addresses with one endpoint before a change, and one endpoint after it. */
export interface Party {
  readonly endpoints: Ends;
  readonly places: readonly Place[];
}

type Sides<T> = readonly T[];

export function isOurs({ endpoints }: Party): boolean {
  return endpoints.some((endpoint) => endpoint !== undefined);
}

/** Known addresses and names of an endpoint. */
interface Own {
  readonly endpoint: GuardedEndpoint;
  readonly addresses: AddressSet;
  readonly names: readonly string[];
}

/** All addresses, divided by their endpoints before and after. */
export function partiesOf(
  endpoints: Sides<readonly GuardedEndpoint[]>,
  spaces: Sides<AddressSpace>,
): Party[] {
  const owns = endpoints.map((some, side) =>
    some.map((endpoint): Own => {
      const { addresses, unknowns } = spaces[side].peer(endpoint.prefixes);
      return { endpoint, addresses, names: unknowns };
    }),
  );
  const [before, after] = owns;
  const all = owns.map((some) => ({
    addresses: uniteAddresses(...some.map(({ addresses }) => addresses)),
    names: some.flatMap(({ names }) => names),
  }));
  // Both address spaces must know the names of endpoints in either.
  endpoints.flat().forEach(({ prefixes }) => spaces.forEach((space) => space.peer(prefixes)));
  const shared = before.flatMap((one) =>
    after
      .filter((other) => mayShare(one, other))
      .flatMap((other) =>
        partyOf(
          [one.endpoint, other.endpoint],
          intersectAddresses(one.addresses, other.addresses),
          one.names.filter((name) => other.names.includes(name)),
          spaces,
        ),
      ),
  );
  const alone = owns.flatMap((some, side) =>
    some.flatMap(({ endpoint, addresses, names }) =>
      partyOf(
        side === 0 ? [endpoint, undefined] : [undefined, endpoint],
        subtractAddresses(addresses, all[1 - side].addresses),
        names.filter((name) => !all[1 - side].names.includes(name)),
        spaces,
      ),
    ),
  );
  const elsewhere: Place = {
    names: [],
    except: uniteAddresses(...all.map(({ addresses }) => addresses)),
    exceptNames: all.flatMap(({ names }) => names),
  };
  return [...shared, ...alone, { endpoints: [undefined, undefined], places: [elsewhere] }];
}

/** Whether two endpoints may share addresses: a quick check, because each is compared with each. */
function mayShare(one: Own, other: Own): boolean {
  if (one.names.length > 0 && other.names.length > 0) return true;
  const [a, b] = [one.addresses, other.addresses];
  return (a.v6.length > 0 && b.v6.length > 0) || spansMeet(a.v4, b.v4);
}

function spansMeet(a: AddressSet["v4"], b: AddressSet["v4"]): boolean {
  return a.length > 0 && b.length > 0 && a[0].start < b[b.length - 1].end && b[0].start < a[a.length - 1].end;
}

function partyOf(
  endpoints: Ends,
  addresses: AddressSet,
  names: readonly string[],
  spaces: Sides<AddressSpace>,
): Party[] {
  const endpoint = endpoints[1] ?? endpoints[0];
  if (!endpoint || (hasNoAddress(addresses) && names.length === 0)) return [];
  const side = endpoints[1] ? 1 : 0;
  const zones = endpoints.map((one) => (one ? Zone.VIRTUAL_NETWORK : undefined));
  const places = [
    ...(hasNoAddress(addresses) ? [] : placesOfEndpoint(endpoint, spaces[side], zones, addresses)),
    ...(names.length > 0 ? placesOfEndpoint({ ...endpoint, prefixes: [...names] }, spaces[side], zones) : []),
  ];
  return [{ endpoints, places }];
}
