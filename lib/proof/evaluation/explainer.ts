import { Access, type Direction } from "../../azure/security-rule";
import { distinctTexts } from "../../base/collections";
import { Verdict, type Attachment } from "../network";
import type { AddressSpace } from "./address-space";
import { lengthOf, type Span } from "./axis";
import { FirstMatch } from "./first-match";
import { HeaderSpace } from "./header-space";
import { hasPorts, type Match } from "./match";
import { decided, type Cell } from "./partition";
import type { Extent, Place } from "./place";
import { referenceTo, type AttachedList, type RuleReference } from "./rule-list";
import {
  AxisName,
  boundedProduct,
  distinct,
  isNothing,
  FACTS,
  NOTHING_TAKEN,
  union,
  type Taken,
  type World,
} from "./world";

/** A field in which a rule did not match. */
export enum RuleField {
  /** It is for another protocol. */
  PROTOCOL = "protocol",
  /** It is for other source addresses. */
  SOURCE = "source",
  /** It is for other source ports. */
  SOURCE_PORT = "source port",
  /** It is for other destination addresses. */
  DESTINATION = "destination",
  /** It is for other destination ports. */
  DESTINATION_PORT = "destination port",
}

/** A rule before the one that decided, which did not match. */
export interface SkippedRule {
  /** The rule. */
  readonly rule: RuleReference;
  /** Why it did not match; empty if earlier rules decide all that it matches. */
  readonly unmatchedFields: Array<`${RuleField}`>;
}

/** The result of one group. */
export interface GroupExplanation {
  /** Name of the group. */
  readonly group: string;
  /** Where it is attached. */
  readonly attachment: `${Attachment}`;
  /** Direction of the rules that apply. */
  readonly direction: Direction;
  /** The verdict of this group. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty if it is certain. */
  readonly dependsOn: string[];
  /** The rule that decides, or those that may. */
  readonly deciding: RuleReference[];
  /** The rules before the last of these that cannot decide. */
  readonly skipped: SkippedRule[];
}

/** A match that may decide, and connections that it decides. */
interface Decision {
  readonly match: Match;
  readonly index: number;
  readonly headers: HeaderSpace;
  readonly world: World;
  readonly spans: readonly Span[];
}

/** Evaluates the connections of a question by lists of rules. */
export class Explainer {
  private readonly headerSpaces: readonly HeaderSpace[];

  constructor(
    from: readonly Place[],
    to: readonly Place[],
    ports: Pick<Extent, "protocols" | "ports" | "sourcePorts">,
    private readonly attached: readonly AttachedList[],
    space: AddressSpace,
  ) {
    const lists = attached.map(({ list }) => ({ matches: list.judging, space: 0 }));
    this.headerSpaces = from.flatMap((source) =>
      to.flatMap((destination) => HeaderSpace.of({ source, destination, ...ports }, [space], lists)),
    );
    if (this.headerSpaces.length === 0) throw new Error("No address can be both ends' of this connection.");
  }

  /** The verdict of several lists together, because one set may decide in several of them. */
  judge(
    indices: readonly number[],
    groups: readonly GroupExplanation[],
  ): { verdict: Verdict; dependsOn: string[] } {
    const seen = new Set<boolean>();
    let beyond: Taken = NOTHING_TAKEN;
    const rules = new FirstMatch(
      this.attached.map(({ list }) => list),
      indices,
    );
    for (const headers of this.headerSpaces) {
      const allowing = boundedProduct(rules.choicesOf(headers, Access.ALLOW));
      beyond = union(beyond, allowing.beyond);
      const choices = [...allowing.taken, ...rules.choicesOf(headers, Access.DENY).flat()];
      for (const taken of distinct(choices)) {
        if (seen.size === 2) break;
        const judge = (cell: Cell) => (seen.size === 2 ? null : rules.judge(cell));
        headers.search([taken], indices, judge, ({ holds }) => seen.add(holds));
      }
    }
    const dependsOn = [
      ...indices.flatMap((index) => groups[index].dependsOn),
      ...this.headerSpaces[0].namesOf(beyond),
    ];
    const isBounded = isNothing(beyond);
    if (!seen.has(false) && isBounded) return { verdict: Verdict.ALLOW, dependsOn: [] };
    if (!seen.has(true) && isBounded) return { verdict: Verdict.DENY, dependsOn: [] };
    return { verdict: Verdict.DEPENDS, dependsOn: distinctTexts(dependsOn) };
  }

  explainGroup(index: number): GroupExplanation {
    const { attachment, list } = this.attached[index];
    const decisions = this.headerSpaces.flatMap((headers) => this.decisionsIn(headers, index));
    const deciding = [...new Set(decisions.map(({ match }) => match.index))];
    const inOrder = [...new Set(list.judging.map((match) => match.index))].filter((rule) =>
      deciding.includes(rule),
    );
    const accesses = new Set(inOrder.map((rule) => list.rules[rule].access));
    return {
      group: list.group,
      attachment,
      direction: list.direction,
      verdict:
        accesses.size > 1 ? Verdict.DEPENDS : accesses.has(Access.ALLOW) ? Verdict.ALLOW : Verdict.DENY,
      dependsOn: accesses.size > 1 ? this.dependencies(index, decisions) : [],
      deciding: inOrder.map((rule) => referenceTo(list, rule)),
      skipped: this.skipped(index, inOrder),
    };
  }

  private decisionsIn(headers: HeaderSpace, index: number): Decision[] {
    const { judging } = this.attached[index].list;
    const decisions: Decision[] = [];
    headers.search(
      judging.flatMap((_, match) => headers.choicesOf(index, match)),
      [index],
      (cell, { taken }) => {
        const first = decided(cell, index);
        return first && !headers.areUsed(taken, [[index, first.index]]) ? null : first;
      },
      (box, spans, world) =>
        decisions.push({ match: judging[box.index], index: box.index, headers, world, spans }),
    );
    return decisions;
  }

  /** The names that make a rule match instead of a later one with another access. */
  private dependencies(index: number, decisions: readonly Decision[]): string[] {
    const { list } = this.attached[index];
    const accessOf = ({ match }: Decision) => list.rules[match.index].access;
    const lastBut = (access: Access) =>
      Math.max(...decisions.filter((one) => accessOf(one) !== access).map((one) => one.index));
    const last = { [Access.ALLOW]: lastBut(Access.ALLOW), [Access.DENY]: lastBut(Access.DENY) };
    const names = decisions
      .filter((one) => one.index < last[accessOf(one)])
      .flatMap((decision) => [...restsOn(decision, index), ...this.familiesBeyond(decision, index)]);
    return distinctTexts(names);
  }

  /** The ends at which a rule matches nothing in the other header spaces. */
  private familiesBeyond({ match, headers }: Decision, index: number): string[] {
    const fields = this.headerSpaces
      .filter((other) => other !== headers)
      .flatMap((other) => unmatchedFields(other, index, [match]));
    return [
      ...(fields.includes(RuleField.SOURCE) ? ["source address"] : []),
      ...(fields.includes(RuleField.DESTINATION) ? ["destination address"] : []),
    ];
  }

  private skipped(index: number, deciding: readonly number[]): SkippedRule[] {
    const { list } = this.attached[index];
    const last = deciding[deciding.length - 1];
    const order = [...new Set(list.judging.map((match) => match.index))];
    return order
      .slice(0, order.indexOf(last))
      .filter((rule) => !deciding.includes(rule))
      .map((rule) => {
        const matches = list.judging.filter((match) => match.index === rule);
        const [first, ...others] = this.headerSpaces.map((headers) =>
          unmatchedFields(headers, index, matches),
        );
        // A field counts if it does not match in both address families.
        const fields = first.filter((field) => others.every((some) => some.includes(field)));
        return { rule: referenceTo(list, rule), unmatchedFields: fields };
      });
  }
}

/** What the match of a rule depends on: unknown sets, or what the question leaves open. */
function restsOn({ match, headers, world, spans }: Decision, list: number): string[] {
  const { taken, zones } = world;
  const onSide = (side: AxisName.SOURCE | AxisName.DESTINATION, open: string): string[] => {
    const { isWhole, spans: sure } = headers.surelyOn(list, match, side);
    if (isWhole) return [];
    const [position] = spans[side];
    if (sure.some(([first, last]) => first <= position && position <= last)) return [open];
    const { place, peerOf } = headers.ends[side];
    const named = zones[side].flatMap((zone, space) =>
      zone !== undefined && zone !== place.zones?.[space] && peerOf(match).zones.includes(zone) ? [zone] : [],
    );
    return [...named, ...taken[side].map((name) => headers.labelOf(name))];
  };
  const onPorts = (axis: AxisName.PORT | AxisName.SOURCE_PORT, open: string): readonly string[] => {
    if (taken[axis].length > 0) return taken[axis];
    return headers.surelyOn(list, match, axis).isWhole ? [] : [open];
  };
  const isEveryProtocol =
    lengthOf(headers.portAxis.spansOf(match.protocols)) === headers.sizes[AxisName.PORT];
  const [port] = spans[AxisName.PORT];
  return [
    ...onSide(AxisName.SOURCE, "source address"),
    ...onSide(AxisName.DESTINATION, "destination address"),
    ...(isEveryProtocol ? [] : ["protocol"]),
    ...(hasPorts(headers.portAxis.protocolAt(port))
      ? [...onPorts(AxisName.PORT, "port"), ...onPorts(AxisName.SOURCE_PORT, "source port")]
      : []),
    ...taken[FACTS].map((name) => headers.labelOf(name)),
  ];
}

/** The fields in which a rule matches nothing of a header space in any world. */
function unmatchedFields(headers: HeaderSpace, list: number, matches: readonly Match[]): RuleField[] {
  const near = matches.filter(({ protocols }) => headers.portAxis.spansOf(protocols).length > 0);
  if (near.length === 0) return [RuleField.PROTOCOL, ...fieldsOf(headers, list, matches[0])];
  const [first, ...others] = near.map((match) => fieldsOf(headers, list, match));
  return first.filter((field) => others.every((fields) => fields.includes(field)));
}

function fieldsOf(headers: HeaderSpace, list: number, match: Match): RuleField[] {
  return FIELDS.flatMap(([field, axis]) => (headers.mayHold(list, match, axis) ? [] : [field]));
}

const FIELDS = [
  [RuleField.SOURCE, AxisName.SOURCE],
  [RuleField.SOURCE_PORT, AxisName.SOURCE_PORT],
  [RuleField.DESTINATION, AxisName.DESTINATION],
  [RuleField.DESTINATION_PORT, AxisName.PORT],
] as const;
