import { Access } from "../../azure/security-rule";
import type { Ruling } from "./certainty";
import type { Decider, HeaderSpace } from "./header-space";
import { decided, type Cell } from "./partition";
import type { RuleList } from "./rule-list";
import { distinct, type Taken } from "./world";

/** Whether a match, by its list and its index there, counts. */
export type IsCounted = (list: number, match: number) => boolean;

/**
 * The first match decides: what some lists of a header space make of its
 * connections. All of them have to allow.
 */
export class FirstMatch {
  /**
   * @param lists the first lists of the header space
   * @param indices those of them that decide
   */
  constructor(
    private readonly lists: readonly RuleList[],
    readonly indices: readonly number[] = [...lists.keys()],
  ) {}

  /** Whether the connections of a cell pass; undefined where some do and others do not. */
  judge(cell: Cell): Ruling | undefined {
    const by: Decider[] = [];
    for (const list of this.indices) {
      const index = decided(cell, list)?.index;
      if (index === undefined) continue;
      if (!this.has(Access.ALLOW, list, index)) return { holds: false, by: [[list, index]] };
      by.push([list, index]);
    }
    return by.length === this.indices.length ? { holds: true, by } : undefined;
  }

  /** Whether some rule that meets a cell denies. */
  mayRefuse(cell: Cell): boolean {
    return this.indices.some((list) => this.meets(Access.DENY, cell, list));
  }

  /** Whether in each list some rule that meets a cell allows. */
  mayAllow(cell: Cell): boolean {
    return this.indices.every((list) => this.meets(Access.ALLOW, cell, list));
  }

  /** The indices of the matches of a list, by what their rules do. */
  matchesThat(access: Access, list: number): number[] {
    return [...this.lists[list].judging.keys()].filter((index) => this.has(access, list, index));
  }

  /** For each list, the choices in which some connection is allowed, or denied, by the counted matches. */
  choicesOf(headers: HeaderSpace, access: Access, isCounted: IsCounted = () => true): Taken[][] {
    return this.indices.map((list) =>
      distinct(
        this.matchesThat(access, list)
          .filter((match) => isCounted(list, match))
          .flatMap((match) => headers.choicesOf(list, match)),
      ),
    );
  }

  private meets(access: Access, cell: Cell, list: number): boolean {
    return cell.boxes[list].some(({ index }) => this.has(access, list, index));
  }

  private has(access: Access, list: number, index: number): boolean {
    const { judging, rules } = this.lists[list];
    return rules[judging[index].index].access === access;
  }
}
