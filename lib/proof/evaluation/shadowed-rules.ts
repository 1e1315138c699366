import type { Direction } from "../../azure/security-rule";
import type { Network } from "../network";
import { headerSpacesOfEnd } from "./end";
import type { HeaderSpace } from "./header-space";
import { decided } from "./partition";
import { isOwnRule, referenceTo, type RuleList, type RuleLists, type RuleReference } from "./rule-list";

/** A rule that no connection reaches at any endpoint of its group. */
export interface ShadowedRule {
  /** The rule. */
  readonly rule: RuleReference;
  /** Direction in which the rule applies. */
  readonly direction: Direction;
  /** Names of the earlier rules that together cover it; empty if its own side contains no endpoint of its group. */
  readonly shadowedBy: string[];
}

/** The rules of the network's groups that never decide, without Azure's default rules. */
export function findShadowedRules(
  network: Network,
  lists: RuleLists,
  reachedIn: (list: RuleList) => ReadonlySet<number>,
): ShadowedRule[] {
  return lists.attached().flatMap((list) => {
    const reached = new Set(reachedIn(list));
    const isOpen = list.rules.some((rule, index) => isOwnRule(rule) && !reached.has(index));
    if (!isOpen) return [];
    const headerSpaces = network.endpoints
      .filter(({ subnetGroup, interfaceGroup }) => [subnetGroup, interfaceGroup].includes(list.group))
      .flatMap((endpoint) => headerSpacesOfEnd(endpoint, list.direction, [list.matches], lists.space));
    headerSpaces.forEach((headers) => noteReached(headers, list, reached));
    return list.rules.flatMap((rule, index) =>
      isOwnRule(rule) && !reached.has(index)
        ? [
            {
              rule: referenceTo(list, index),
              direction: list.direction,
              shadowedBy: [...new Set(headerSpaces.flatMap((headers) => shadowsOf(headers, list, index)))]
                .sort((a, b) => a - b)
                .map((match) => list.rules[list.matches[match].index].name)
                .filter((name, at, all) => all.indexOf(name) === at),
            },
          ]
        : [],
    );
  });
}

/** Adds the rules that decide some connection of a header space in some world. */
function noteReached(headers: HeaderSpace, list: RuleList, reached: Set<number>): void {
  headers.search(
    list.judging.flatMap((_, match) => headers.choicesOf(0, match)),
    [0],
    (cell) => {
      const rules = cell.boxes[0].map(({ index }) => list.matches[index].index);
      return rules.every((rule) => reached.has(rule)) ? null : decided(cell, 0);
    },
    ({ index }) => reached.add(list.matches[index].index),
  );
}

/** The earlier matches that share connections with a rule. */
function shadowsOf(headers: HeaderSpace, list: RuleList, rule: number): number[] {
  return list.matches.flatMap((match, own) =>
    match.index !== rule
      ? []
      : headers.choicesOf(0, own).flatMap((taken) =>
          headers.worldsOf(taken).flatMap((world) => {
            const part = headers.partOfBox(0, own, world);
            if (!part) return [];
            return headers
              .boxesOf(0, world)
              .filter(({ index }) => index < own && list.matches[index].index !== rule)
              .filter((earlier) => headers.common(earlier, part))
              .map(({ index }) => index);
          }),
        ),
  );
}
