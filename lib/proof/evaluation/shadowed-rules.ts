import type { Direction } from "../../azure/security-rule";
import type { Network } from "../network";
import { framesOfEnd } from "./end";
import type { Frame } from "./frame";
import { decided } from "./partition";
import { isOwnRule, referenceTo, type RuleList, type RuleLists, type RuleReference } from "./rule-list";
import { distinct } from "./world";

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
): ShadowedRule[] {
  return lists.attached().flatMap((list) => {
    const reached = reachedIn(list);
    const isOpen = list.rules.some((rule, index) => isOwnRule(rule) && !reached.has(index));
    if (!isOpen) return [];
    const frames = network.endpoints
      .filter(({ subnetGroup, interfaceGroup }) => [subnetGroup, interfaceGroup].includes(list.group))
      .flatMap((endpoint) => framesOfEnd(endpoint, list.direction, [list.matches], lists.space));
    frames.forEach((frame) => noteReached(frame, list, reached));
    return list.rules.flatMap((rule, index) =>
      isOwnRule(rule) && !reached.has(index)
        ? [
            {
              rule: referenceTo(list, index),
              direction: list.direction,
              shadowedBy: [...new Set(frames.flatMap((frame) => shadowsOf(frame, list, index)))]
                .sort((a, b) => a - b)
                .map((match) => list.rules[list.matches[match].index].name)
                .filter((name, at, all) => all.indexOf(name) === at),
            },
          ]
        : [],
    );
  });
}

/** Adds the rules that decide some connection of a frame in some world. */
function noteReached(frame: Frame, list: RuleList, reached: Set<number>): void {
  const choices = list.judging.flatMap((_, match) => frame.choicesOf(0, match));
  for (const world of distinct(choices).flatMap((taken) => frame.worldsOf(taken))) {
    frame.walk(
      frame.partOf(world, [0]),
      frame.allBoxes(world),
      (cell) => {
        const rules = cell.boxes[0].map(({ index }) => list.matches[index].index);
        return rules.every((rule) => reached.has(rule)) ? null : decided(cell, 0);
      },
      ({ index }) => reached.add(list.matches[index].index),
    );
  }
}

/** The matches before a rule that share connections with it. */
function shadowsOf(frame: Frame, list: RuleList, rule: number): number[] {
  return list.matches.flatMap((match, own) =>
    match.index !== rule
      ? []
      : frame.choicesOf(0, own).flatMap((taken) =>
          frame.worldsOf(taken).flatMap((world) => {
            const region = frame.regionOf(world);
            const box = frame.boxOf(0, own, world);
            const part = box && region && frame.common(box, region);
            if (!part) return [];
            return frame
              .boxesOf(0, world)
              .filter(({ index }) => index < own && list.matches[index].index !== rule)
              .filter((earlier) => frame.common(earlier, part))
              .map(({ index }) => index);
          }),
        ),
  );
}
