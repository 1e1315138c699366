import { AddressSpace } from "./address-space";
import { assumptionsOf } from "./assumptions";
import { isUndoubted, mostCertain } from "./certainty";
import { concerns, extentOfEnd } from "./end";
import type { Flow } from "./flow";
import { matchOfFlow, type Match } from "./match";
import type { Span } from "./axis";
import { ConnectionEnd, type GuardedEndpoint, type Network } from "./network";
import { decided, holdsAll, holdsPoint, meet, partition, type Box, type Cell } from "./partition";
import { referenceTo, RuleLists, type RuleList, type RuleReference } from "./rule-list";
import { Scene, type Point, type Witness } from "./scene";
import { Access, Direction } from "./security-rule";
import { findUnmatchable, type UnmatchableRule } from "./unmatchable";

/** A flow that does not pass at one of its ends, or a part of it. */
export interface MissingFlow {
  /** Name of the flow. */
  readonly flow: string;
  /** Label of the endpoint that opens the connections. */
  readonly from: string;
  /** Label of the endpoint that is connected to. */
  readonly to: string;
  /** The end at which it is refused. */
  readonly end: ConnectionEnd;
  /** Label of our endpoint at that end. */
  readonly endpoint: string;
  /** The rule that refuses it. */
  readonly blockedBy: RuleReference;
  /** A connection of the flow that is refused. */
  readonly witness: Witness;
  /** What it depends on whether it is refused, by name; empty where it surely is. */
  readonly dependsOn: string[];
}

/** Connections that the groups at one end allow, whatever the other end does, and that no flow asks for. */
export interface ExcessConnection {
  /** The end at which they are allowed. */
  readonly end: ConnectionEnd;
  /** Label of our endpoint at that end. */
  readonly endpoint: string;
  /** The rules that allow them, one for each group at that end, in Azure's order. */
  readonly allowedBy: RuleReference[];
  /** One of the connections. */
  readonly witness: Witness;
  /** What it depends on whether there is such a connection, by name; empty where there surely is. */
  readonly dependsOn: string[];
}

/** What the rules of a network have been found to do, against flows. */
export interface Proof {
  /** Whether nothing is missing and nothing in excess, whatever the sets hold that are not known. */
  readonly holds: boolean;
  /** Flows that do not pass: one entry for each flow, end and rule that refuses. */
  readonly missing: MissingFlow[];
  /** What is open without being asked for: one entry for each endpoint, end and rules that allow. */
  readonly excess: ExcessConnection[];
  /** Rules of ours that no connection can reach. */
  readonly unmatchable: UnmatchableRule[];
  /** Rules of ours that allow, and no part of which any flow asks for. */
  readonly unasked: RuleReference[];
  /** Sets and values that something above depends on, by name. */
  readonly dependsOn: string[];
  /** What is taken for granted, in words. */
  readonly assumptions: string[];
}

/**
 * Judges a network against the flows that it is to carry: each flow has to
 * pass at every end of ours, and each end of ours, alone and as though the
 * other allowed everything, may allow no more than the flows.
 *
 * Throws an Error where a rule or a flow holds a text that is no prefix or
 * port, or an endpoint names a group that is not there.
 */
export function prove(flows: Flow[], network: Network): Proof {
  const space = new AddressSpace(network);
  const lists = new RuleLists(network, space);
  const asked = flows.map((flow): AskedFlow => ({ flow, match: matchOfFlow(flow, space) }));
  const ends = network.endpoints.flatMap((endpoint) =>
    [Direction.INBOUND, Direction.OUTBOUND].flatMap((direction) => {
      const before = lists.before(endpoint, direction).map(({ list }) => list);
      return before.length === 0 ? [] : [judgeEnd({ endpoint, direction, lists: before }, asked, space)];
    }),
  );
  const missing = ends.flatMap((end) => end.missing);
  const excess = ends.flatMap((end) => end.excess);
  const dependsOn = [...missing, ...excess].flatMap((finding) => finding.dependsOn);
  return {
    holds: missing.length === 0 && excess.length === 0,
    missing,
    excess,
    unmatchable: findUnmatchable(network, lists, space),
    unasked: findUnasked(network, lists, ends),
    dependsOn: [...new Set(dependsOn)].sort(),
    assumptions: assumptionsOf(network),
  };
}

interface AskedFlow {
  readonly flow: Flow;
  readonly match: Match;
}

/** One end of connections: an endpoint of ours, and the rules before it in one direction. */
interface End {
  readonly endpoint: GuardedEndpoint;
  readonly direction: Direction;
  readonly lists: readonly RuleList[];
}

interface JudgedEnd extends End {
  readonly missing: MissingFlow[];
  readonly excess: ExcessConnection[];
  /** For each list, the indices of the rules that some flow asks for. */
  readonly askedRules: readonly ReadonlySet<number>[];
}

function judgeEnd(end: End, asked: readonly AskedFlow[], space: AddressSpace): JudgedEnd {
  const { endpoint, direction, lists } = end;
  const flows = asked.filter(({ match }) => concerns(match, endpoint, direction, lists, space));
  const matches = flows.map(({ match }) => match);
  const extent = extentOfEnd([endpoint], direction, lists, matches, space);
  const all = [...lists.flatMap(({ judging }) => judging), ...matches];
  const views = Scene.of(extent, space, all).map((scene) => new EndView(end, flows, scene));
  return {
    ...end,
    missing: views.flatMap((view) => view.missing()),
    excess: views.flatMap((view) => view.excess),
    askedRules: lists.map((_, list) => new Set(views.flatMap((view) => view.askedRules(list)))),
  };
}

/** An end as one address family sees it. */
class EndView {
  readonly excess: ExcessConnection[];
  private readonly rules: readonly (readonly Box[])[];
  private readonly asked: readonly Box[];
  private readonly seenAsked: readonly Set<number>[];
  private isSomethingMissing = false;

  constructor(
    private readonly end: End,
    private readonly flows: readonly AskedFlow[],
    private readonly scene: Scene,
  ) {
    this.rules = end.lists.map(({ judging }) => scene.boxesOf(judging));
    this.asked = scene.boxesOf(flows.map(({ match }) => match));
    this.seenAsked = end.lists.map(() => new Set());
    this.excess = this.findExcess();
  }

  /** One pass over everything: collects what is in excess, and notes whether a flow is refused anywhere. */
  private findExcess(): ExcessConnection[] {
    const found = new Findings<readonly number[]>(this.scene);
    const flowList = this.rules.length;
    partition([...this.rules, this.asked], this.scene.sizes, (cell) => {
      const flows = cell.boxes[flowList];
      if (this.isRefused(cell)) {
        if (flows.length > 0) this.isSomethingMissing = true;
        return true;
      }
      if (flows.some((box) => holdsAll(box, cell))) {
        if (this.mayRefuse(cell)) return false;
        this.noteAsked(cell);
        return true;
      }
      if (flows.length > 0) return false;
      const deciding = this.rules.map((_, list) => decided(cell, list)?.index);
      if (deciding.every((index) => index !== undefined)) {
        found.add(deciding, cell.spans);
        return true;
      }
      return !this.mayAllow(cell);
    });
    return found.entries().map(([deciding, points]) => this.describeExcess(deciding, points));
  }

  private describeExcess(deciding: readonly number[], points: readonly Point[]): ExcessConnection {
    const { endpoint, direction, lists } = this.end;
    const isFound = (point: Point) =>
      !this.refuserAt(point) && !this.asked.some((box) => holdsPoint(box, point));
    const { point, dependsOn } = mostCertain(this.scene, points, isFound);
    return {
      end: endOf(direction),
      endpoint: endpoint.label,
      allowedBy: deciding.map((index, list) => referenceTo(lists[list], index)),
      witness: this.scene.witnessAt(point, dependsOn.length === 0),
      dependsOn,
    };
  }

  /** Flow by flow, which rules refuse it; nothing is looked at again where nothing was seen to be refused. */
  missing(): MissingFlow[] {
    return this.isSomethingMissing ? this.flows.flatMap((flow, index) => this.findMissing(flow, index)) : [];
  }

  private findMissing({ flow }: AskedFlow, index: number): MissingFlow[] {
    const { endpoint, direction, lists } = this.end;
    const own = this.asked.filter((box) => box.index === index);
    const near = this.rules.map((list) => list.filter((box) => own.some((part) => meet(part, box))));
    const found = new Findings<readonly [list: number, rule: number]>(this.scene);
    partition([own, ...near], this.scene.sizes, (cell) => {
      const part = cell.boxes[0][0];
      if (!part || !this.mayRefuse(cell, 1)) return true;
      const refuser = this.refuser(cell, 1);
      if (!refuser) return false;
      if (!holdsAll(part, cell)) return false;
      found.add(refuser, cell.spans);
      return true;
    });
    const isFound = (point: Point) =>
      own.some((box) => holdsPoint(box, point)) && this.refuserAt(point) !== undefined;
    return found.entries().map(([[list, rule], points]) => {
      const { point, dependsOn } = mostCertain(this.scene, points, isFound);
      return {
        flow: flow.name,
        from: flow.from.label,
        to: flow.to.label,
        end: endOf(direction),
        endpoint: endpoint.label,
        blockedBy: referenceTo(lists[list], rule),
        witness: this.scene.witnessAt(point, dependsOn.length === 0),
        dependsOn,
      };
    });
  }

  /** The rules of a list that some flow asks for, in part or in whole. */
  askedRules(list: number): number[] {
    const seen = this.seenAsked[list];
    const rest = this.rules[list].filter(({ index }) => !seen.has(index) && this.allows(list, index));
    const met = rest.filter((box) => this.asked.some((flow) => meet(flow, box)));
    return [...seen, ...met.map(({ index }) => index)];
  }

  private noteAsked(cell: Cell): void {
    this.seenAsked.forEach((seen, list) => cell.boxes[list].forEach(({ index }) => seen.add(index)));
  }

  private allows(list: number, index: number): boolean {
    return this.end.lists[list].rules[index].access === Access.ALLOW;
  }

  /** The list and rule that refuse all of a cell, where the lists come after `offset` others. */
  private refuser(cell: Cell, offset: number): readonly [list: number, rule: number] | undefined {
    for (let list = 0; list < this.rules.length; list++) {
      const index = decided(cell, list + offset)?.index;
      if (index !== undefined && !this.allows(list, index)) return [list, index];
    }
    return undefined;
  }

  private isRefused(cell: Cell): boolean {
    return this.refuser(cell, 0) !== undefined;
  }

  private mayRefuse(cell: Cell, offset = 0): boolean {
    return this.rules.some((_, list) =>
      cell.boxes[list + offset].some(({ index }) => !this.allows(list, index)),
    );
  }

  private mayAllow(cell: Cell): boolean {
    return this.rules.every((_, list) => cell.boxes[list].some(({ index }) => this.allows(list, index)));
  }

  private refuserAt(point: Point): readonly [list: number, rule: number] | undefined {
    for (const [list, boxes] of this.rules.entries()) {
      const index = boxes.find((box) => holdsPoint(box, point))?.index;
      if (index !== undefined && !this.allows(list, index)) return [list, index];
    }
    return undefined;
  }
}

/** Points under the rules that explain them. Once one is beyond doubt, the others say no more. */
class Findings<K extends readonly number[]> {
  private readonly found = new Map<string, { key: K; points: Point[]; isSure: boolean }>();

  constructor(private readonly scene: Scene) {}

  add(key: K, spans: readonly Span[]): void {
    const name = key.join();
    const entry = this.found.get(name) ?? { key, points: [], isSure: false };
    this.found.set(name, entry);
    if (entry.isSure) return;
    const points = this.scene.pointsIn(spans);
    entry.isSure = points.length === 1 && isUndoubted(this.scene, points[0]);
    entry.points = entry.isSure ? points : [...entry.points, ...points];
  }

  /** In the order of the rules. */
  entries(): [K, Point[]][] {
    return [...this.found.values()]
      .sort((a, b) => a.key.map((index, i) => index - b.key[i]).find((difference) => difference !== 0) ?? 0)
      .map(({ key, points }) => [key, points]);
  }
}

function endOf(direction: Direction): ConnectionEnd {
  return direction === Direction.OUTBOUND ? ConnectionEnd.SOURCE : ConnectionEnd.DESTINATION;
}

/** A rule is asked for where a flow asks for a part of it at one of the endpoints behind its group. */
function findUnasked(network: Network, lists: RuleLists, ends: readonly JudgedEnd[]): RuleReference[] {
  return lists.attached(network).flatMap((list) => {
    const asked = ends.flatMap((end) => end.askedRules.filter((_, i) => end.lists[i] === list));
    return list.rules
      .map((_, index) => ({ index, rule: referenceTo(list, index) }))
      .filter(({ rule }) => !rule.isDefault && rule.access === Access.ALLOW)
      .filter(({ index }) => !asked.some((rules) => rules.has(index)))
      .map(({ rule }) => rule);
  });
}
