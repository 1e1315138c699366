import type { AddressSpace } from "./address-space";
import { isDefaultRule } from "../../azure/default-rules";
import { extentOfEnd } from "./end";
import type { Network } from "../network";
import { decided, meet, partition } from "./partition";
import { referenceTo, type RuleList, type RuleLists, type RuleReference } from "./rule-list";
import { Scene } from "./scene";
import { type Direction } from "../../azure/security-rule";

/** A rule that no connection can reach at any endpoint behind its group. */
export interface ShadowedRule {
  /** The rule. */
  readonly rule: RuleReference;
  /** Direction in which the rule applies. */
  readonly direction: Direction;
  /** Names of the earlier rules that together leave nothing for it; empty where its own side is none of the endpoints behind its group. */
  readonly shadowedBy: string[];
}

/** The rules of the network's groups that can never decide, Azure's default rules aside; some are known to be reached. */
export function findShadowedRules(
  network: Network,
  lists: RuleLists,
  reachedIn: (list: RuleList) => Set<number>,
  space: AddressSpace,
): ShadowedRule[] {
  return lists.attached(network).flatMap((list) => {
    const reached = reachedIn(list);
    const isOpen = list.rules.some((rule, index) => !isDefaultRule(rule) && !reached.has(index));
    return isOpen ? unmatchableIn(list, reached, network, space) : [];
  });
}

function unmatchableIn(
  list: RuleList,
  reached: Set<number>,
  network: Network,
  space: AddressSpace,
): ShadowedRule[] {
  const endpoints = network.endpoints.filter(({ subnetGroup, interfaceGroup }) =>
    [subnetGroup, interfaceGroup].includes(list.group),
  );
  const extent = extentOfEnd(endpoints, list.direction, [list], [], space);
  const shadows = new Map<number, Set<number>>();
  for (const scene of Scene.of(extent, space, list.matches)) {
    const boxes = scene.boxesOf(list.matches);
    partition([boxes.filter(({ index }) => index < list.judging.length)], scene.sizes, (cell) => {
      if (cell.boxes[0].every(({ index }) => reached.has(index))) return true;
      const first = decided(cell, 0);
      if (first) reached.add(first.index);
      return first !== undefined;
    });
    for (const box of boxes.filter(({ index }) => !reached.has(index))) {
      const earlier = boxes.filter((other) => other.index < box.index && meet(other, box));
      shadows.set(
        box.index,
        new Set([...(shadows.get(box.index) ?? []), ...earlier.map(({ index }) => index)]),
      );
    }
  }
  return list.rules
    .map((_, index) => ({ index, rule: referenceTo(list, index) }))
    .filter(({ index, rule }) => !rule.isDefault && !reached.has(index))
    .map(({ index, rule }) => ({
      rule,
      direction: list.direction,
      shadowedBy: [...(shadows.get(index) ?? [])]
        .sort((a, b) => a - b)
        .map((other) => list.rules[other].name),
    }));
}
