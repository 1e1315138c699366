import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

const TAKEN = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * Takes a name in the stack of a construct, and gives who has it: its taker,
 * or an earlier one. Azure ignores case in names.
 */
export function takeName(construct: IConstruct, place: string, name: string, taker: string): string {
  const stack = TerraformStack.of(construct);
  const names = TAKEN.get(stack) ?? new Map<string, string>();
  TAKEN.set(stack, names);
  const key = `${place} ${name}`.toLowerCase();
  const owner = names.get(key) ?? taker;
  names.set(key, owner);
  return owner;
}
