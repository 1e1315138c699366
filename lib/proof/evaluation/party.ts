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

/** Addresses that are the same endpoint's before a change, and the same endpoint's after it. */
export interface Party {
  /** Before and after. */
  readonly endpoints: readonly [GuardedEndpoint | undefined, GuardedEndpoint | undefined];
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

/** All addresses that there are, by whose they are before and after. */
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
  // Both address spaces have to know what an endpoint is called in either.
  endpoints.flat().forEach(({ prefixes }) => spaces.forEach((space) => space.peer(prefixes)));
  const shared = before.flatMap((one) =>
    after.flatMap((other) =>
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

function partyOf(
  endpoints: Party["endpoints"],
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
