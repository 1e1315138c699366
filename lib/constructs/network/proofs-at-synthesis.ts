import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PlaceReader } from "../../terraform/in-memory/places-in-memory";
import { stacksOfApp } from "../../terraform/in-memory/stack-in-memory";
import type { FilteredPlace } from "./filtered-place";

/** A construct whose places are proven at synthesis. */
interface ProvenPlaces extends IConstruct {
  readonly _places: readonly FilteredPlace[];
  /** The findings for which a synthesis is refused, with the names of the places. */
  _refusals(reader: PlaceReader): string[];
}

// By the stack or the app that validates them: what is read for one of them is read for all.
const PROVEN = new WeakMap<IConstruct, ProvenPlaces[]>();

/**
 * Refuses a synthesis if places are wrong: for a fault in their own stacks before
 * the owner's stack is written, for a fault in another stack once all are complete.
 */
export function refuseAtSynthesis(proven: ProvenPlaces): void {
  const stack = TerraformStack.of(proven);
  const app = stack.node.root;
  register(stack, proven, (all) => refusalsOf(all, new PlaceReader([...new Set(all.flatMap(stacksOf))])));
  if (app !== stack) register(app, proven, (all) => refusalsOf(...othersToo(all, stacksOfApp(app))));
}

/** The places that stacks validated after the owner's can change, and a reader of all stacks. */
function othersToo(
  all: readonly ProvenPlaces[],
  stacks: readonly TerraformStack[],
): [ProvenPlaces[], PlaceReader] {
  const reader = new PlaceReader(stacks);
  const adding = stacks.length < 2 ? [] : stacks.filter((stack) => reader.seesRulesIn(stack));
  const concerned = all.filter((one) => {
    const own = stacksOf(one);
    return own.length > 1 || adding.some((stack) => !own.includes(stack));
  });
  return [concerned, reader];
}

function stacksOf(proven: ProvenPlaces): TerraformStack[] {
  return [...new Set([proven, ...proven._places].map((construct) => TerraformStack.of(construct)))];
}

function register(
  scope: IConstruct,
  proven: ProvenPlaces,
  validate: (all: readonly ProvenPlaces[]) => string[],
): void {
  const all = PROVEN.get(scope) ?? [];
  all.push(proven);
  if (PROVEN.has(scope)) return;
  PROVEN.set(scope, all);
  scope.node.addValidation({ validate: () => validate(all.filter(isInTree)) });
}

function refusalsOf(proven: readonly ProvenPlaces[], reader: PlaceReader): string[] {
  return proven.flatMap((one) => one._refusals(reader).map((refusal) => `${one.node.path}: ${refusal}`));
}

/** Whether a construct is still in the tree. */
function isInTree({ node: { scopes } }: IConstruct): boolean {
  return scopes.every(
    (scope, index) => index === 0 || scopes[index - 1].node.tryFindChild(scope.node.id) === scope,
  );
}
