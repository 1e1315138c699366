import type { Span } from "./axis";
import { mostCertain, type Certainty } from "./certainty";
import { divide, type Within } from "./even-parts";
import type { Flow } from "../../azure/flow";
import type { Match } from "./match";
import type { GuardedEndpoint } from "../network";
import { decided, holdsAll, meet, partition, type Box, type Cell } from "./partition";
import type { RuleList } from "./rule-list";
import type { Scene } from "./scene";
import { Access, type Direction } from "../../azure/security-rule";

export interface AskedFlow {
  readonly flow: Flow;
  readonly match: Match;
}

/** A flow as one end sees it. */
export interface FlowAtEnd extends AskedFlow {
  /** Whether the flow surely begins or ends there, so that it is missed where it is refused. */
  readonly isExpected: boolean;
}

/** One end of connections: an endpoint of ours, and the rules before it in one direction. */
export interface End {
  readonly endpoint: GuardedEndpoint;
  readonly direction: Direction;
  readonly lists: readonly RuleList[];
}

/** Something found at an end, as one address family sees it. */
export interface Sighting<S> {
  /** What is found. */
  readonly subject: S;
  readonly scene: Scene;
  readonly certainty: Certainty;
}

/** The index of a list among those at the end, and of a rule in it. */
export type RulePosition = readonly [list: number, rule: number];

/** An end as one address family sees it. */
export class EndView {
  /** For each list, the index of the rule that allows what no flow asks for. */
  readonly excess: readonly Sighting<readonly number[]>[];
  /** For each list, the indices of rules that were seen to decide; there may be more. */
  readonly reached: readonly Set<number>[];
  private readonly rules: readonly (readonly Box[])[];
  private readonly asked: readonly Box[];
  private readonly seenAsked: readonly Set<number>[];
  private isSomethingMissing = false;

  constructor(
    private readonly end: End,
    private readonly flows: readonly FlowAtEnd[],
    private readonly scene: Scene,
  ) {
    this.rules = end.lists.map(({ judging }) => scene.boxesOf(judging));
    this.asked = scene.boxesOf(flows.map(({ match }) => match));
    this.seenAsked = end.lists.map(() => new Set());
    this.reached = end.lists.map(() => new Set());
    this.excess = this.findExcess();
  }

  /** One pass over everything: collects what is in excess, and notes whether a flow is refused anywhere. */
  private findExcess(): Sighting<readonly number[]>[] {
    const found = new Findings<readonly number[]>(this.scene);
    const lists = [...this.rules, this.asked];
    const flowList = this.rules.length;
    partition(lists, this.scene.sizes, (cell) => {
      const flows = cell.boxes[flowList];
      this.noteReached(cell);
      if (this.refuser(cell, 0)) {
        if (flows.length > 0) this.isSomethingMissing = true;
        return true;
      }
      if (flows.some((box) => holdsAll(box, cell))) {
        if (this.mayRefuse(cell, 0)) return false;
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
    return found.sightings((spans) =>
      divide(lists, spans, (cell) => {
        if (this.refuser(cell, 0)) return false;
        const flows = cell.boxes[flowList];
        if (flows.some((box) => holdsAll(box, cell))) return false;
        return flows.length === 0 && !this.mayRefuse(cell, 0) ? true : undefined;
      }),
    );
  }

  /** Which rules refuse a flow; nothing is looked at again where no flow was seen to be refused. */
  refusersOf(flow: FlowAtEnd): Sighting<RulePosition>[] {
    return this.isSomethingMissing ? this.findRefusers(this.flows.indexOf(flow)) : [];
  }

  private findRefusers(index: number): Sighting<RulePosition>[] {
    const own = this.asked.filter((box) => box.index === index);
    const near = this.rules.map((list) => list.filter((box) => own.some((part) => meet(part, box))));
    const lists = [own, ...near];
    const found = new Findings<RulePosition>(this.scene);
    partition(lists, this.scene.sizes, (cell) => {
      const part = cell.boxes[0][0];
      if (!part || !this.mayRefuse(cell, 1)) return true;
      const refuser = this.refuser(cell, 1);
      if (!refuser || !holdsAll(part, cell)) return false;
      found.add(refuser, cell.spans);
      return true;
    });
    return found.sightings((spans) =>
      divide(lists, spans, (cell) => {
        const part = cell.boxes[0][0];
        if (!part || !this.mayRefuse(cell, 1)) return false;
        return this.refuser(cell, 1) && holdsAll(part, cell) ? true : undefined;
      }),
    );
  }

  /** The rules of a list that some flow asks for, in part or in whole. */
  askedRules(list: number): number[] {
    const seen = this.seenAsked[list];
    const rest = this.rules[list].filter(({ index }) => !seen.has(index) && this.allows(list, index));
    const met = rest.filter((box) => this.asked.some((flow) => meet(flow, box)));
    return [...seen, ...met.map(({ index }) => index)];
  }

  private noteReached(cell: Cell): void {
    this.reached.forEach((reached, list) => {
      const first = decided(cell, list);
      if (first) reached.add(first.index);
    });
  }

  private noteAsked(cell: Cell): void {
    this.seenAsked.forEach((seen, list) => cell.boxes[list].forEach(({ index }) => seen.add(index)));
  }

  private allows(list: number, index: number): boolean {
    return this.end.lists[list].rules[index].access === Access.ALLOW;
  }

  /** The list and rule that refuse all of a cell, where the lists come after `offset` others. */
  private refuser(cell: Cell, offset: number): RulePosition | undefined {
    for (let list = 0; list < this.rules.length; list++) {
      const index = decided(cell, list + offset)?.index;
      if (index !== undefined && !this.allows(list, index)) return [list, index];
    }
    return undefined;
  }

  private mayRefuse(cell: Cell, offset: number): boolean {
    return this.rules.some((_, list) =>
      cell.boxes[list + offset].some(({ index }) => !this.allows(list, index)),
    );
  }

  private mayAllow(cell: Cell): boolean {
    return this.rules.every((_, list) => cell.boxes[list].some(({ index }) => this.allows(list, index)));
  }
}

/** Cells under the rules that explain them. Once one is beyond doubt, the others say no more. */
class Findings<K extends readonly number[]> {
  private readonly found = new Map<string, { key: K; cells: (readonly Span[])[]; isSure: boolean }>();

  constructor(private readonly scene: Scene) {}

  add(key: K, spans: readonly Span[]): void {
    const name = key.join();
    const entry = this.found.get(name) ?? { key, cells: [], isSure: false };
    this.found.set(name, entry);
    if (entry.isSure) return;
    const sure = this.scene.undoubtedPoint(spans);
    entry.isSure = sure !== undefined;
    entry.cells = sure ? [spans] : [...entry.cells, spans];
  }

  /** In the order of the rules. */
  sightings(within: Within): Sighting<K>[] {
    const byRule = (a: K, b: K) =>
      a.map((index, i) => index - b[i]).find((difference) => difference !== 0) ?? 0;
    return [...this.found.values()]
      .sort((a, b) => byRule(a.key, b.key))
      .map(({ key, cells }) => ({
        subject: key,
        scene: this.scene,
        certainty: mostCertain(this.scene, cells, within),
      }));
  }
}
