import { TerraformStack } from "cdktf";
import type { Flow } from "../../azure/flow";
import { isOpaque } from "../../base/opaque";
import { type Problem, refuseProblems } from "../../base/problem";
import { emittedValue } from "./emitted-value";
import { DoubtCause, type FoundDoubt, type FoundInterface } from "../found-network";
import { areSame } from "../joined/join-groups";
import { objectsIn, textList } from "../files/json-values";
import type { FoundPlace, ReadStacks } from "./place-in-stack";

// At synthesis, the user can still change the stack. A doubt that a change of
// the stack removes is refused; any other is an assumption of the proof.

/**
 * Sorts doubts about groups. A rule that may be in a group is not sorted: it
 * is evaluated with the group, on the condition that it is in it.
 *
 * @throws InvalidInputError where rules have to be written out
 */
export function refusalsOfDoubts(doubts: ReadonlyArray<FoundDoubt & { readonly rule?: unknown }>) {
  const causedBy = (...causes: ReadonlyArray<DoubtCause | undefined>): string[] =>
    doubts.filter(({ cause, rule }) => rule === undefined && causes.includes(cause)).map(({ text }) => text);
  const problems = doubts.flatMap(({ cause, path }): Problem[] => {
    const problem = UNWRITTEN.get(cause);
    return problem && path !== undefined ? [{ ...problem, path }] : [];
  });
  if (problems.length > 0)
    refuseProblems(problems[0].path.replace(/\.(dynamic\.)?security_rule.*/, ""), problems);
  return {
    refusals: causedBy(DoubtCause.OVERWRITTEN, DoubtCause.IGNORED),
    assumptions: causedBy(undefined),
  };
}

/** The problems with rules that only Terraform knows. */
const UNWRITTEN = new Map<DoubtCause | undefined, Omit<Problem, "path">>([
  [
    DoubtCause.DYNAMIC,
    {
      code: "value-unknown",
      what: "makes rules that are known only to Terraform",
      allowed: "rules that are written out",
      change: "Declare connections instead, or put the rules themselves into the group",
    },
  ],
  [
    DoubtCause.UNDECIDED,
    {
      code: "rule-invalid",
      what: "is known only at apply, and nothing can be said of a rule without it",
      allowed: "rules whose name, priority, direction, access and protocol are written out",
      change: "Write the value itself",
    },
  ],
]);

/** Why the subnets of places, and the rules that they add to groups managed elsewhere, are refused. */
export function refusalsAt(found: readonly FoundPlace[], read: ReadStacks): string[] {
  return found.flatMap((one) => [
    ...interfacesIn(one, read)
      .filter(({ group, privateEndpoint }) => group !== undefined && privateEndpoint === undefined)
      .map(
        ({ path, name }) =>
          `${path ?? name}, an interface in the subnet of ${one.place.endpoint.label}, has a group of its own, which may refuse its flows. Leave it to the subnet's group.`,
      ),
    ...changedRules(one, read),
  ]);
}

/** What is not filtered in the subnets of places, and what is not read at synthesis; each a sentence. */
export function assumptionsAt(found: readonly FoundPlace[], read: ReadStacks): string[] {
  const endpoints = found.flatMap((one) =>
    interfacesIn(one, read)
      .filter(
        ({ privateEndpoint }) =>
          privateEndpoint !== undefined && one.subnet?.filtersPrivateEndpoints !== true,
      )
      .map(
        ({ path, name }) =>
          `The group of ${one.place.endpoint.label} is not applied to the private endpoint ${path ?? name} in its subnet, unless private_endpoint_network_policies of the subnet is Enabled.`,
      ),
  );
  const opaqueSources = read.opaqueSources.map(
    ({ address }) =>
      `What ${address} creates is not read at synthesis: it neither adds rules to the groups nor attaches others. veeam-ports verify reads it from the plan.`,
  );
  return [...endpoints, ...opaqueSources];
}

function interfacesIn({ key }: FoundPlace, { joined }: ReadStacks): FoundInterface[] {
  return joined.interfaces.filter(({ subnet }) => subnet === key);
}

/** Rules that a place adds to a group managed elsewhere, and that an override changes. */
function changedRules({ place }: FoundPlace, { reader, joined, index }: ReadStacks): string[] {
  const added = place._addedToGroup();
  if (!added) return [];
  const group = index.byDefault(emittedValue(added.group.name, TerraformStack.of(place), reader));
  return added.rules.flatMap(({ id, rule }) => {
    const path = `${place.node.path}/${id}`;
    const found = joined.rules.find(({ address }) => address === path);
    const asked = index.resolveAll(emittedValue(rule, TerraformStack.of(place), reader)) as typeof rule;
    const resource = index.ofType("azurerm_network_security_rule").find((one) => one.path === path);
    const isIgnored = objectsIn(resource?.values.lifecycle).some(({ ignore_changes: list }) =>
      textList(list),
    );
    const isThere = found?.rule && !found.rule.existsIf && found.group.group === group && !isIgnored;
    return isThere && areSame([found.rule], [asked])
      ? []
      : [
          `${path} is a rule of this deployment in the group ${added.group.name}, and an override changes or removes it. Remove the override, and declare a connection instead.`,
        ];
  });
}

const WIDE = ["*", "any", "internet", "virtualnetwork", "0.0.0.0/0", "::/0"];

/** Flows that allow about everything by a constant that is written as an expression; each a sentence. */
export function wideConstants(flows: readonly Flow[], { index }: ReadStacks): string[] {
  return flows.flatMap(({ name, from, to }) =>
    [...from.prefixes, ...to.prefixes]
      .filter(isOpaque)
      .map((text) => ({ text, value: index.byDefault(text) }))
      .filter(({ value }) => typeof value === "string" && WIDE.includes(value.toLowerCase()))
      .map(
        ({ text, value }) =>
          `The flow ${name} allows ${String(value)}, written as ${text}. Write the prefixes that are meant.`,
      ),
  );
}
