import type { Flow } from "../../azure/flow";
import { Access, Direction } from "../../azure/security-rule";
import { hasNoAddress, intersectAddresses } from "../../azure/sets/address-set";
import { distinctTexts, groupBy } from "../../base/collections";
import type { GuardedEndpoint } from "../network";
import type { AddressSpace, Peer } from "./address-space";
import { mostCertain, type Certainty, type Judge, type Ruling, type Sighting } from "./certainty";
import { FirstMatch } from "./first-match";
import type { Span } from "./axis";
import { HeaderSpace, type Decider } from "./header-space";
import type { Match } from "./match";
import { decided, holdsAll, type Cell } from "./partition";
import { EVERYTHING, placesOfEndpoint } from "./place";
import type { RuleList } from "./rule-list";
import {
  boundedProduct,
  distinct,
  isNothing,
  NOTHING_TAKEN,
  subtract,
  union,
  type Taken,
  type World,
} from "./world";

/** The side of a connection at which the rules of a direction apply. */
export function sideOf(direction: Direction): "source" | "destination" {
  return direction === Direction.OUTBOUND ? "source" : "destination";
}

/** Everything that an endpoint can open, or that can be opened to it: a header space for each of its places and each address family. */
export function headerSpacesOfEnd(
  endpoint: GuardedEndpoint,
  direction: Direction,
  lists: readonly (readonly Match[])[],
  space: AddressSpace,
): HeaderSpace[] {
  return placesOfEndpoint(endpoint, space).flatMap((own) =>
    HeaderSpace.of(
      { ...EVERYTHING, [sideOf(direction)]: own },
      [space],
      lists.map((matches) => ({ matches, space: 0 })),
    ),
  );
}

/**
 * How flows relate to an endpoint, by their side that is ours: `expected` if they begin or end there by known
 * addresses, or by the very same set; `names` are the sets that rules name on that side. `possible` if they
 * could because the endpoint's prefix is known only at apply and may hold addresses of the flow: such a flow
 * can explain an allowed connection, and is not reported as blocked.
 */
export function relationTo(
  endpoint: GuardedEndpoint,
  names: readonly string[],
  space: AddressSpace,
): (peer: Peer) => "expected" | "possible" | "none" {
  const own = space.peer(endpoint.prefixes, endpoint.applicationSecurityGroupIds);
  const shared = new Set([...own.unknowns, ...names]);
  // Not the addresses of other members of its application security groups.
  const { addresses, unknowns } = space.peer(endpoint.prefixes);
  return (peer) => {
    const isExpected =
      peer.any ||
      peer.zones.length > 0 ||
      !hasNoAddress(intersectAddresses(peer.addresses, addresses)) ||
      peer.unknowns.some((name) => shared.has(name));
    if (isExpected) return "expected";
    return unknowns.length > 0 && !hasNoAddress(peer.addresses) ? "possible" : "none";
  };
}

/** A flow as one end sees it. */
export interface FlowAtEnd {
  readonly flow: Flow;
  readonly matches: readonly Match[];
  /** Whether the flow certainly begins or ends there, so that it is missing if it is blocked. */
  readonly isExpected: boolean;
}

/** One end of connections: an endpoint, and the rules before it in one direction. */
export interface End {
  readonly endpoint: GuardedEndpoint;
  readonly direction: Direction;
  readonly lists: readonly RuleList[];
}

/** Something found at an end, by the rules that make it so: the index of each list among those at the end, and of the rule in it. */
export interface Found {
  readonly rules: ReadonlyArray<readonly [list: number, rule: number]>;
  readonly certainty: Certainty;
}

/** The connections of one header space at an end: whether they pass, and whether a flow needs them. */
export class EndSearch {
  /** For each list, the indices of the rules that were seen to decide; there may be more. */
  readonly reached: readonly Set<number>[];
  private readonly rules: FirstMatch;
  private readonly flowList: number;
  private readonly seenAsked: readonly Set<number>[];
  private readonly flowMatches: readonly Match[];
  /** The indices of each flow's matches among `flowMatches`. */
  private readonly matchesOfFlow: ReadonlyMap<number, readonly number[]>;
  /** The choices in which some connection is denied. */
  private readonly refusing: readonly Taken[];
  private isSomethingMissing = false;

  constructor(
    private readonly end: End,
    flows: readonly FlowAtEnd[],
    private readonly headers: HeaderSpace,
  ) {
    this.rules = new FirstMatch(end.lists);
    this.flowList = end.lists.length;
    this.flowMatches = flows.flatMap(({ matches }) => matches);
    this.matchesOfFlow = groupBy([...this.flowMatches.keys()], (index) => this.flowMatches[index].index);
    this.refusing = distinct([NOTHING_TAKEN, ...this.rules.choicesOf(headers, Access.DENY).flat()]);
    this.seenAsked = end.lists.map(() => new Set());
    this.reached = end.lists.map(() => new Set());
  }

  /** What passes and no flow asks for, by the rules that allow it. One pass over everything in the plain world notes whether a flow is refused anywhere. */
  excess(): Found[] {
    const { headers, rules } = this;
    const seen: Seen[] = [];
    const { taken, beyond } = boundedProduct(rules.choicesOf(headers, Access.ALLOW));
    headers.search<Ruling>(
      [NOTHING_TAKEN, ...taken],
      rules.indices,
      (cell, world) => this.findExcess(cell, world),
      ({ by }, spans, world) =>
        seen.push({
          rules: by.map((decider) => this.ruleOf(decider)),
          sighting: { headers, world, spans, by },
        }),
      headers.everyList,
    );
    const anything = isNothing(beyond) ? [] : this.anything(beyond);
    if (seen.length === 0) return anything;
    const alternatives = [
      ...this.refusing,
      ...this.flowMatches.flatMap((_, index) => headers.choicesOf(this.flowList, index)),
    ];
    return [...findingsOf(seen, alternatives, (cell) => this.judgeExcess(cell)), ...anything];
  }

  /** What is too much to look at together may be in excess: by the first rules that need some of it to be true. */
  private anything(beyond: Taken): Found[] {
    const { headers } = this;
    const by = this.rules.indices.map((list): Decider => {
      const allowing = this.rules.matchesThat(Access.ALLOW, list);
      return [
        list,
        allowing.find((index) => !headers.choicesOf(list, index).every(isNothing)) ?? allowing[0],
      ];
    });
    const spans = headers.sizes.map((): Span => [0, 0]);
    const dependsOn = headers.namesOf(beyond).sort();
    return headers
      .worldsOf(NOTHING_TAKEN)
      .slice(0, 1)
      .map((world) => ({
        rules: by.map((decider) => this.ruleOf(decider)),
        certainty: { sighting: { headers, world, spans, by }, spans, dependsOn, located: [] },
      }));
  }

  private findExcess(cell: Cell, world: World): Ruling | null | undefined {
    const passes = this.rules.judge(cell);
    this.noteReached(cell);
    const flows = cell.boxes[this.flowList];
    if (passes?.holds === false) {
      if (flows.length > 0) this.isSomethingMissing = true;
      return null;
    }
    if (flows.some((box) => holdsAll(box, cell))) {
      if (this.rules.mayRefuse(cell)) return undefined;
      this.noteAsked(cell);
      return null;
    }
    if (flows.length > 0) return undefined;
    if (passes) return this.headers.areUsed(world.taken, passes.by) ? passes : null;
    return this.rules.mayAllow(cell) ? undefined : null;
  }

  private judgeExcess(cell: Cell): Ruling | undefined {
    const passes = this.rules.judge(cell);
    if (passes?.holds === false) return passes;
    const flows = cell.boxes[this.flowList];
    const asking = flows.find((box) => holdsAll(box, cell));
    if (asking) return { holds: false, by: [[this.flowList, asking.index]] };
    return flows.length > 0 ? undefined : passes;
  }

  /** Where a flow is refused, by the rules that refuse it. Nothing is looked at again where no flow was seen to be refused. */
  missing(flow: number): Found[] {
    const { headers, rules, flowList } = this;
    const seen: Seen[] = [];
    const own = this.matchesOfFlow.get(flow) ?? [];
    const asking = distinct(own.flatMap((index) => headers.choicesOf(flowList, index)));
    if (!this.isSomethingMissing && [...asking, ...this.refusing].every(isNothing)) return [];
    const boxesIn = (world: World) =>
      headers
        .boxes(world)
        .map((boxes, list) => (list === flowList ? boxes.filter(({ index }) => own.includes(index)) : boxes));
    for (const asked of asking) {
      for (const refused of this.refusing) {
        const doubted = subtract(refused, asked);
        const taken = union(asked, refused);
        if (isNothing(taken) && !this.isSomethingMissing) continue;
        for (const world of headers.worldsOf(taken)) {
          const lists = boxesIn(world);
          const region = headers.regionOf(world);
          headers.walk<Ruling>(
            region ? lists[flowList].flatMap((box) => headers.common(region, box) ?? []) : [],
            lists,
            (cell) => this.findMissing(cell, world),
            ({ by }, spans) =>
              seen.push({
                rules: [this.ruleOf(by[0])],
                sighting: { headers, world, spans, by, doubted, boxesIn },
              }),
          );
        }
      }
    }
    if (seen.length === 0) return [];
    const { taken, beyond } = boundedProduct(rules.choicesOf(headers, Access.ALLOW));
    return findingsOf(seen, taken, (cell) => this.judgeMissing(cell), headers.namesOf(beyond));
  }

  private findMissing(cell: Cell, world: World): Ruling | null | undefined {
    const ruling = this.judgeMissing(cell);
    if (!ruling) return cell.boxes[this.flowList].length > 0 && this.rules.mayRefuse(cell) ? undefined : null;
    return ruling.holds && this.headers.areUsed(world.taken, ruling.by) ? ruling : null;
  }

  private judgeMissing(cell: Cell): Ruling | undefined {
    const [part] = cell.boxes[this.flowList];
    if (!part) return { holds: false, by: [] };
    const passes = this.rules.judge(cell);
    if (!passes || passes.holds) return passes && { holds: false, by: passes.by };
    return holdsAll(part, cell)
      ? { holds: true, by: [...passes.by, [this.flowList, part.index]] }
      : undefined;
  }

  /** The rules of a list that some flow asks for, in part or in whole. */
  askedRules(list: number): number[] {
    const { judging } = this.end.lists[list];
    const seen = this.seenAsked[list];
    const met = this.rules
      .matchesThat(Access.ALLOW, list)
      .filter((index) => !seen.has(judging[index].index))
      .filter((index) => this.flowMatches.some((_, flow) => this.shareConnections(list, index, flow)));
    return [...seen, ...met.map((index) => judging[index].index)];
  }

  /** Whether a rule and a flow hold the same connection by known addresses and ports, or by the same names. */
  private shareConnections(list: number, index: number, flow: number): boolean {
    const { headers, flowList } = this;
    return headers.choicesOf(list, index).some((one) =>
      headers.choicesOf(flowList, flow).some((other) => {
        const areAlike = one.every(
          (names, slot) =>
            names.length === 0 || other[slot].length === 0 || names.join() === other[slot].join(),
        );
        if (!areAlike) return false;
        return headers.worldsOf(union(one, other)).some((world) => {
          const rule = headers.partOfBox(list, index, world);
          const asked = headers.boxOf(flowList, flow, world);
          return rule && asked && headers.common(rule, asked) !== undefined;
        });
      }),
    );
  }

  private ruleOf([list, match]: Decider): readonly [list: number, rule: number] {
    return [list, this.end.lists[list].judging[match].index];
  }

  private noteReached(cell: Cell): void {
    this.reached.forEach((reached, list) => {
      const first = decided(cell, list);
      if (first) reached.add(this.ruleOf([list, first.index])[1]);
    });
  }

  private noteAsked(cell: Cell): void {
    this.seenAsked.forEach((seen, list) =>
      cell.boxes[list].forEach(({ index }) => seen.add(this.ruleOf([list, index])[1])),
    );
  }
}

/** Something seen at an end. */
interface Seen {
  readonly rules: Found["rules"];
  readonly sighting: Sighting;
}

/**
 * For each combination of rules, the sighting that depends on the least.
 *
 * @param more names that each finding depends on besides
 */
function findingsOf(
  seen: readonly Seen[],
  alternatives: readonly Taken[],
  judge: Judge,
  more: readonly string[] = [],
): Found[] {
  const choices = distinct(alternatives);
  return [...groupBy(seen, ({ rules }) => JSON.stringify(rules)).values()].map((same) => {
    const sightings = same.map(({ sighting }) => sighting);
    const certainty = mostCertain(sightings, choices, judge);
    const dependsOn = distinctTexts([...certainty.dependsOn, ...more]);
    return { rules: same[0].rules, certainty: { ...certainty, dependsOn } };
  });
}
