import type { Span } from "./axis";
import { mostCertain } from "./certainty";
import { divide, type Within } from "./even-parts";
import type { Flow } from "./flow";
import type { Match } from "./match";
import { ConnectionEnd, type GuardedEndpoint } from "./network";
import { decided, holdsAll, meet, partition, type Box, type Cell } from "./partition";
import type { ExcessConnection, MissingFlow } from "./proof";
import { referenceTo, type RuleList } from "./rule-list";
import type { Scene } from "./scene";
import { Access, Direction } from "./security-rule";

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

/** An end as one address family sees it. */
export class EndView {
  readonly excess: ExcessConnection[];
  private readonly rules: readonly (readonly Box[])[];
  private readonly asked: readonly Box[];
  private readonly seenAsked: readonly Set<number>[];
  /** For each list, the indices of rules that were seen to decide; there may be more. */
  readonly reached: readonly Set<number>[];
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
  private findExcess(): ExcessConnection[] {
    const found = new Findings<readonly number[]>(this.scene);
    const flowList = this.rules.length;
    partition([...this.rules, this.asked], this.scene.sizes, (cell) => {
      const flows = cell.boxes[flowList];
      this.noteReached(cell);
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
    return found.entries().map(({ key, cells }) => this.describeExcess(key, cells));
  }

  private describeExcess(deciding: readonly number[], cells: readonly (readonly Span[])[]): ExcessConnection {
    const { endpoint, direction, lists } = this.end;
    const flowList = this.rules.length;
    const within = divideIn([...this.rules, this.asked], (cell) => {
      if (this.isRefused(cell)) return false;
      const flows = cell.boxes[flowList];
      if (flows.some((box) => holdsAll(box, cell))) return false;
      return flows.length === 0 && !this.mayRefuse(cell) ? true : undefined;
    });
    const { point, dependsOn } = mostCertain(this.scene, cells, within);
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
    if (!this.isSomethingMissing) return [];
    return this.flows.flatMap((flow, index) => (flow.isExpected ? this.findMissing(flow, index) : []));
  }

  private findMissing({ flow }: FlowAtEnd, index: number): MissingFlow[] {
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
    const within = divideIn([own, ...near], (cell) => {
      const part = cell.boxes[0][0];
      if (!part || !this.mayRefuse(cell, 1)) return false;
      return this.refuser(cell, 1) && holdsAll(part, cell) ? true : undefined;
    });
    return found.entries().map(({ key: [list, rule], cells }) => {
      const { point, dependsOn } = mostCertain(this.scene, cells, within);
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
}

function divideIn(lists: readonly (readonly Box[])[], holds: (cell: Cell) => boolean | undefined): Within {
  return (spans) => divide(lists, spans, holds);
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
  entries(): { key: K; cells: readonly (readonly Span[])[] }[] {
    const byRule = (a: K, b: K) =>
      a.map((index, i) => index - b[i]).find((difference) => difference !== 0) ?? 0;
    return [...this.found.values()].sort((a, b) => byRule(a.key, b.key));
  }
}

function endOf(direction: Direction): ConnectionEnd {
  return direction === Direction.OUTBOUND ? ConnectionEnd.SOURCE : ConnectionEnd.DESTINATION;
}
