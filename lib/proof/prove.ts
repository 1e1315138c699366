import type { Flow } from "../azure/flow";
import { Access, Direction } from "../azure/security-rule";
import { distinctTexts, groupBy, kept } from "../base/collections";
import { assumptionsOf } from "./assumptions";
import { AddressSpace } from "./evaluation/address-space";
import { byDependence } from "./evaluation/certainty";
import {
  EndSearch,
  headerSpacesOfEnd,
  relationTo,
  sideOf,
  type End,
  type FlowAtEnd,
  type Found,
} from "./evaluation/end-search";
import { exampleOf, type ExampleConnection } from "./evaluation/example";
import { matchesOfFlow } from "./evaluation/match";
import { isOwnRule, referenceTo, RuleLists, type RuleList, type RuleReference } from "./evaluation/rule-list";
import { plainEnd } from "./evaluation/plain-end";
import { decided } from "./evaluation/partition";
import type { HeaderSpace } from "./evaluation/header-space";
import type { ConnectionEnd, Network } from "./network";

/** A flow that does not pass at one of its ends, or a part of it. */
export interface MissingFlow {
  /** Name of the flow. */
  readonly flow: string;
  /** Label of the endpoint that opens the connections. */
  readonly from: string;
  /** Label of the endpoint that is connected to. */
  readonly to: string;
  /** The end at which it is blocked. */
  readonly end: `${ConnectionEnd}`;
  /** Label of the endpoint at that end. */
  readonly endpoint: string;
  /** The rule that denies it. */
  readonly blockedBy: RuleReference;
  /** A connection of the flow that is blocked. */
  readonly example: ExampleConnection;
  /** What it depends on, by name; empty if it is certainly blocked. */
  readonly dependsOn: string[];
}

/** Connections that the groups at one end allow and no flow needs, whatever the other end does. */
export interface ExcessConnection {
  /** The end at which they are allowed. */
  readonly end: `${ConnectionEnd}`;
  /** Label of the endpoint at that end. */
  readonly endpoint: string;
  /** The rules that allow them, one for each group at that end, in Azure's order. */
  readonly allowedBy: RuleReference[];
  /** One of the connections. */
  readonly example: ExampleConnection;
  /** What decides whether such a connection exists, by name; empty if it certainly does. */
  readonly dependsOn: string[];
}

/** A rule that no connection reaches at any endpoint of its group. */
export interface ShadowedRule {
  /** The rule. */
  readonly rule: RuleReference;
  /** Direction in which the rule applies. */
  readonly direction: Direction;
  /** Names of the earlier rules that together cover it; empty if its own side contains no endpoint of its group. */
  readonly shadowedBy: string[];
}

/** The result of comparing the rules of a network with flows. */
export interface Proof {
  /** Whether all flows are allowed and nothing else is, whatever unknown sets contain. */
  readonly holds: boolean;
  /** Blocked flows: one entry for each flow, end and rule that denies. */
  readonly missing: MissingFlow[];
  /**
   * Connections that are allowed without a flow: one entry for each endpoint, end and set of rules
   * that allow them.
   */
  readonly excess: ExcessConnection[];
  /** Rules, except Azure's own, that never apply. */
  readonly shadowedRules: ShadowedRule[];
  /** Allow rules, except Azure's own, that no flow needs. */
  readonly rulesWithoutFlow: RuleReference[];
  /** Sets and values that something above depends on, by name. */
  readonly dependsOn: string[];
  /** Assumptions of the proof, in words. */
  readonly assumptions: string[];
}

/** The findings for which a network is refused: all that a synthesis needs of a proof. */
export type Judgement = Pick<Proof, "missing" | "excess" | "rulesWithoutFlow">;

/**
 * Compares a network with the flows that it should allow: each flow must pass
 * at both of its ends, and each end, alone and as if the other allowed
 * everything, must allow nothing but the flows.
 *
 * Throws an Error if a rule or a flow contains a text that is not a prefix or
 * port, or an endpoint names a group that does not exist.
 */
export function prove(flows: readonly Flow[], network: Network): Proof {
  const { lists, ends } = judgeEnds(flows, network);
  const judgement = judgementOf(lists, ends);
  const findings = [...judgement.missing, ...judgement.excess];
  return {
    holds: findings.length === 0,
    ...judgement,
    shadowedRules: findShadowedRules(network, lists, rulesByList(ends, "reached")),
    dependsOn: distinctTexts(findings.flatMap((finding) => finding.dependsOn)),
    assumptions: assumptionsOf(network, flows, lists.attached()),
  };
}

/** Compares as `prove` does, and throws as it does. */
export function judge(flows: readonly Flow[], network: Network): Judgement {
  const { lists, ends } = judgeEnds(flows, network);
  return judgementOf(lists, ends);
}

function judgementOf(lists: RuleLists, ends: readonly JudgedEnd[]): Judgement {
  return {
    missing: ends.flatMap(({ missing }) => missing),
    excess: ends.flatMap(({ excess }) => excess),
    rulesWithoutFlow: findRulesWithoutFlow(lists, rulesByList(ends, "askedRules")),
  };
}

function judgeEnds(flows: readonly Flow[], network: Network) {
  const space = new AddressSpace(network);
  const lists = new RuleLists(network, space);
  const asked = flows.map((flow, index) => ({ flow, matches: matchesOfFlow(flow, index, space) }));
  const ends = network.endpoints.flatMap((endpoint) =>
    [Direction.INBOUND, Direction.OUTBOUND].flatMap((direction) => {
      const before = lists.before(endpoint, direction).map(({ list }) => list);
      return before.length === 0 ? [] : [judgeEnd({ endpoint, direction, lists: before }, asked, space)];
    }),
  );
  return { lists, ends };
}

interface JudgedEnd extends End {
  readonly missing: MissingFlow[];
  readonly excess: ExcessConnection[];
  /** The indices of the rules of a list that a flow needs. */
  readonly askedRules: (list: number) => ReadonlySet<number>;
  /** The indices of rules of a list that are known to decide; there may be more. */
  readonly reached: (list: number) => ReadonlySet<number>;
}

function judgeEnd(
  end: End,
  asked: ReadonlyArray<Pick<FlowAtEnd, "flow" | "matches">>,
  space: AddressSpace,
): JudgedEnd {
  const { endpoint, direction, lists } = end;
  const side = sideOf(direction);
  // Rules that never apply count as well: their author uses the name for the endpoint.
  const names = lists.flatMap(({ matches }) => matches.flatMap((match) => match[side].unknowns));
  const relation = relationTo(endpoint, names, space);
  const flows = asked.flatMap(({ flow, matches }): FlowAtEnd[] => {
    const its = relation(matches[0][side]);
    return its === "none" ? [] : [{ flow, matches, isExpected: its === "expected" }];
  });
  const plain = plainEnd(end, flows, space);
  if (plain)
    return { ...end, missing: [], excess: [], askedRules: () => plain.asked, reached: plain.reached };
  const headerSpaces = headerSpacesOfEnd(
    endpoint,
    direction,
    [...lists.map(({ judging }) => judging), flows.flatMap(({ matches }) => matches)],
    space,
  );
  const searches = headerSpaces.map((headers) => new EndSearch(end, flows, headers));
  const at = { end: side, endpoint: endpoint.label };
  const excess = surest(searches.map((search) => search.excess())).map(({ rules, ...finding }) => ({
    ...at,
    allowedBy: rules.map(([list, rule]) => referenceTo(lists[list], rule)),
    ...finding,
  }));
  const missing = flows
    .filter(({ isExpected }) => isExpected)
    .flatMap(({ flow, matches: [{ index }] }) =>
      surest(searches.map((search) => search.missing(index))).map(
        ({ rules: [[list, rule]], ...finding }) => ({
          flow: flow.name,
          from: flow.from.label,
          to: flow.to.label,
          ...at,
          blockedBy: referenceTo(lists[list], rule),
          ...finding,
        }),
      ),
    );
  return {
    ...end,
    missing,
    excess,
    askedRules: (list) => new Set(searches.flatMap((search) => search.askedRules(list))),
    reached: (list) => new Set(searches.flatMap((search) => [...search.reached[list]])),
  };
}

/**
 * For each combination of rules, the finding that depends on the fewest names.
 * An unknown set may contain addresses of one family only: a finding about any
 * of its addresses is certain if it is certain in the header spaces of both.
 */
function surest(headerSpaces: readonly (readonly Found[])[]) {
  const byRules = groupBy(headerSpaces.flat(), ({ rules }) => JSON.stringify(rules));
  const inOrder = [...byRules.values()].sort(([a], [b]) => compare(a.rules.flat(), b.rules.flat()));
  return inOrder.map((same) => {
    const isSureInAll =
      same.length === headerSpaces.length && same.every(({ certainty }) => certainty.dependsOn.length === 0);
    const findings = same.map(({ rules, certainty }) => {
      const { sighting, spans, dependsOn, located } = certainty;
      const names = isSureInAll || dependsOn.length > 0 ? [...dependsOn] : distinctTexts(located);
      const example = exampleOf(sighting.headers, sighting.world, spans, names.length === 0);
      return { rules, example, dependsOn: names };
    });
    return findings.reduce((best, one) => (byDependence(one.dependsOn, best.dependsOn) < 0 ? one : best));
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((one, index) => one !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** Indices of the rules in a list. */
type RulesOf = (list: RuleList) => ReadonlySet<number>;

/** The rules that flows need or that are known to decide, from all ends that a list applies to. */
function rulesByList(ends: readonly JudgedEnd[], which: "askedRules" | "reached"): RulesOf {
  const keyOf = ({ group, direction }: RuleList): string => `${direction} ${group}`;
  const found = new Map<string, Set<number>>();
  for (const end of ends) {
    end.lists.forEach((list, at) => {
      const known = kept(found, keyOf(list), () => new Set<number>());
      end[which](at).forEach((index) => known.add(index));
    });
  }
  return (list) => found.get(keyOf(list)) ?? new Set();
}

/**
 * A rule is needed if a flow needs a part of it at one of the endpoints behind its group. Rules behind
 * a rule for everything never apply, and are reported as such.
 */
function findRulesWithoutFlow(lists: RuleLists, askedIn: RulesOf): RuleReference[] {
  return lists.attached().flatMap((list) => {
    const asked = askedIn(list);
    return [...new Set(list.judging.map(({ index }) => index))]
      .filter((index) => !asked.has(index) && list.rules[index].access === Access.ALLOW)
      .filter((index) => isOwnRule(list.rules[index]))
      .map((index) => referenceTo(list, index));
  });
}

/** The rules of the network's groups that never decide, without Azure's default rules. */
function findShadowedRules(network: Network, lists: RuleLists, reachedIn: RulesOf): ShadowedRule[] {
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
