import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { GivenPrefix } from "../../plan/checks/prefixes";
import { shareOne, type TakenBand } from "../../plan/checks/groups";
import { overlaps } from "../../azure/sets/ipv4-prefix";

// Names, subnets and priorities that deployments of an app must not share; Azure refuses them only at apply.

const TAKEN = new WeakMap<IConstruct, Map<string, unknown[]>>();

/** Takes something under a key in a stack or an app, and returns what was taken under it before. Azure ignores case. */
function take<T>(scope: IConstruct, key: string, one: T): T[] {
  const taken = TAKEN.get(scope) ?? new Map<string, unknown[]>();
  const earlier = (taken.get(key.toLowerCase()) ?? []) as T[];
  TAKEN.set(scope, taken.set(key.toLowerCase(), [...earlier, one]));
  return earlier;
}

/** Takes a name in the stack of a construct and returns its owner: the taker, or an earlier one. */
export function takeName(construct: IConstruct, place: string, name: string, taker: string): string {
  return take(TerraformStack.of(construct), `name ${place} ${name}`, taker)[0] ?? taker;
}

/** The same in the whole app: several stacks can name what exists in Azure once. */
export function takeNameInApp(construct: IConstruct, place: string, name: string, taker: string): string {
  return take(construct.node.root, `name ${place} ${name}`, taker)[0] ?? taker;
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
  const taken = { ...given, path: `${given.path} of ${construct.node.path}` };
  const earlier = take(TerraformStack.of(construct), `subnet ${network}`, taken);
  return earlier.find(({ prefix }) => overlaps(prefix, given.prefix));
}

/**
 * Takes priorities in a group managed elsewhere, and returns earlier ones that
 * overlap them.
 */
export function takeBand(construct: IConstruct, group: string, band: TakenBand): TakenBand | undefined {
  const earlier = take(TerraformStack.of(construct), `band ${group}`, band);
  return earlier.find((other) => shareOne(other, band));
}
