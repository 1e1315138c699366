import type { AddressSpace } from "./address-space";
import type { Match } from "./match";
import { AxisName, type Taken } from "./world";

/** Matches, and what the texts in them stand for. */
export interface ListInSpace {
  readonly matches: readonly Match[];
  /** Index of the address space. */
  readonly space: number;
}

/** Which matches of a list name a set, a port or a fact that is not known. */
export class UnknownNames {
  private readonly users = new Map<string, number[]>();

  constructor(
    { matches }: ListInSpace,
    private readonly space: AddressSpace,
  ) {
    matches.forEach((match, index) => {
      namesOf(match).forEach((names, slot) =>
        names.forEach((name) => {
          const key = `${slot} ${name}`;
          const known = this.users.get(key);
          if (known) known.push(index);
          else this.users.set(key, [index]);
        }),
      );
    });
  }

  /** The indices of the matches that name some of what is taken to be true. */
  usersOf(taken: Taken): number[] {
    const found = taken.flatMap((names, slot) => names.flatMap((name) => this.usersOfName(slot, name)));
    return [...new Set(found)].sort((a, b) => a - b);
  }

  /** The indices of the matches that name a set, or one that holds it, on an axis. */
  usersOfName(slot: number, name: string): number[] {
    const names = slot > AxisName.DESTINATION ? [name] : this.space.withinAll([name]);
    return names.flatMap((one) => this.users.get(`${slot} ${one}`) ?? []);
  }
}

/** What a match names that is not known: on each axis, and the facts. */
function namesOf({ source, destination, destinationPorts, sourcePorts, facts }: Match): Taken {
  return [source.unknowns, destination.unknowns, destinationPorts.unknowns, sourcePorts.unknowns, facts];
}
