import type { IConstruct } from "constructs";

// Names, subnets and priorities that deployments of an app must not share; Azure refuses them only at apply.

const TAKEN = new WeakMap<IConstruct, Map<string, unknown[]>>();

/** Takes something under a key in a stack or an app, and returns what was taken under it before. Azure ignores case. */
export function take<T>(scope: IConstruct, key: string, one: T): T[] {
  const taken = TAKEN.get(scope) ?? new Map<string, unknown[]>();
  const earlier = (taken.get(key.toLowerCase()) ?? []) as T[];
  TAKEN.set(scope, taken.set(key.toLowerCase(), [...earlier, one]));
  return earlier;
}

/** Takes a name in a stack or an app and returns its owner: the taker, or an earlier one. */
export function takeName(scope: IConstruct, name: string, taker: string): string {
  return take(scope, `name ${name}`, taker)[0] ?? taker;
}
