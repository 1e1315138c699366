import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { GivenPrefix } from "../../plan/checks/prefixes";
import { shareOne, type TakenBand } from "../../plan/checks/groups";
import { overlaps } from "../../azure/sets/ipv4-prefix";

// Names, subnets and priorities that deployments of an app must not share; Azure refuses them only at apply.

interface Taken {
  readonly names: Map<string, string>;
  readonly subnets: Map<string, GivenPrefix[]>;
  readonly bands: Map<string, TakenBand[]>;
}

const TAKEN = new WeakMap<IConstruct, Taken>();

function takenIn(scope: IConstruct): Taken {
  const taken = TAKEN.get(scope) ?? { names: new Map(), subnets: new Map(), bands: new Map() };
  TAKEN.set(scope, taken);
  return taken;
}

/** Takes a name in the stack of a construct and returns its owner: the taker, or an earlier one. Azure ignores case. */
export function takeName(construct: IConstruct, place: string, name: string, taker: string): string {
  return takeIn(TerraformStack.of(construct), place, name, taker);
}

/** The same in the whole app: several stacks can name what exists in Azure once. */
export function takeNameInApp(construct: IConstruct, place: string, name: string, taker: string): string {
  return takeIn(construct.node.root, place, name, taker);
}

function takeIn(scope: IConstruct, place: string, name: string, taker: string): string {
  const { names } = takenIn(scope);
  const key = `${place} ${name}`.toLowerCase();
  const owner = names.get(key) ?? taker;
  names.set(key, owner);
  return owner;
}

/**
 * Takes a subnet's prefix in a network of the stack, and returns an earlier one
 * that it overlaps.
 */
export function takeSubnet(
  construct: IConstruct,
  network: string,
  given: GivenPrefix,
): GivenPrefix | undefined {
  const { subnets } = takenIn(TerraformStack.of(construct));
  const key = network.toLowerCase();
  const earlier = subnets.get(key) ?? [];
  subnets.set(key, [...earlier, { ...given, path: `${given.path} of ${construct.node.path}` }]);
  return earlier.find(({ prefix }) => overlaps(prefix, given.prefix));
}

/**
 * Takes priorities in a group managed elsewhere, and returns earlier ones that
 * overlap them.
 */
export function takeBand(construct: IConstruct, group: string, band: TakenBand): TakenBand | undefined {
  const { bands } = takenIn(TerraformStack.of(construct));
  const key = group.toLowerCase();
  const earlier = bands.get(key) ?? [];
  bands.set(key, [...earlier, band]);
  return earlier.find((other) => shareOne(other, band));
}
