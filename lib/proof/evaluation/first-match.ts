import { Access } from "../../azure/security-rule";
import type { Ruling } from "./certainty";
import type { Decider } from "./header-space";
import { decided, type Box, type Cell } from "./partition";
import type { RuleList } from "./rule-list";

/**
 * The first match decides: what some lists, at these indices among those of
 * a cell, make of its connections. All of them have to allow.
 */
export class FirstMatch {
  constructor(
    private readonly lists: readonly RuleList[],
    private readonly offset = 0,
  ) {}

  /** Whether the connections of a cell pass; undefined where some do and others do not. */
  judge(cell: Cell): Ruling | undefined {
    const by: Decider[] = [];
    for (let list = 0; list < this.lists.length; list++) {
      const index = decided(cell, list + this.offset)?.index;
      if (index === undefined) continue;
      if (!this.allows(list, index)) return { holds: false, by: [[list + this.offset, index]] };
      by.push([list + this.offset, index]);
    }
    return by.length === this.lists.length ? { holds: true, by } : undefined;
  }

  /** Whether some rule that meets a cell refuses. */
  mayRefuse(cell: Cell): boolean {
    return this.some(cell, (boxes, list) => boxes.some(({ index }) => !this.allows(list, index)));
  }

  /** Whether in each list some rule that meets a cell allows. */
  mayAllow(cell: Cell): boolean {
    return !this.some(cell, (boxes, list) => !boxes.some(({ index }) => this.allows(list, index)));
  }

  /** The indices of the matches of a list, by what their rules do. */
  matchesThat(access: Access, list: number): number[] {
    const { judging, rules } = this.lists[list];
    return judging.flatMap((match, index) => (rules[match.index].access === access ? [index] : []));
  }

  private some(cell: Cell, test: (boxes: readonly Box[], list: number) => boolean): boolean {
    return this.lists.some((_, list) => test(cell.boxes[list + this.offset], list));
  }

  private allows(list: number, index: number): boolean {
    const { judging, rules } = this.lists[list];
    return rules[judging[index].index].access === Access.ALLOW;
  }
}
