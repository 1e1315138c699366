import type { Resource } from "../../tools/resources";

/** A rule of the provider's that no schema holds, since it is about more than one argument. */
export interface ProviderRule {
  readonly name: string;
  /** What breaks the rule; undefined where nothing does. */
  broken(resource: Resource): string | undefined;
}

/** A type of resource, and its rules. */
export type RulesOfType = readonly [type: string, rules: readonly ProviderRule[]];

/** Whether an argument is given; the provider takes an empty text for none. */
export const has = (resource: Resource, name: string): boolean =>
  resource[name] !== undefined && resource[name] !== null && resource[name] !== "";

/** One of the arguments is given, and no other. */
export function exactlyOneOf(...names: string[]): ProviderRule {
  return {
    name: `exactly one of ${names.join(", ")}`,
    broken: (resource) => {
      const given = names.filter((name) => has(resource, name));
      return given.length === 1 ? undefined : `given: ${given.join(", ") || "none"}`;
    },
  };
}

/** Beside one argument, none of the others is given. */
export function conflicts(name: string, ...others: string[]): ProviderRule {
  return {
    name: `${name} conflicts with ${others.join(", ")}`,
    broken: (resource) => {
      const given = others.filter((other) => has(resource, other));
      return has(resource, name) && given.length > 0 ? `given too: ${given.join(", ")}` : undefined;
    },
  };
}

/** Where a resource fits the one, the other holds too. */
export function needs(
  when: string,
  name: string,
  fits: (resource: Resource) => boolean,
  then: (resource: Resource) => boolean,
): ProviderRule {
  return {
    name: `${when} needs ${name}`,
    broken: (resource) => (fits(resource) && !then(resource) ? name : undefined),
  };
}
