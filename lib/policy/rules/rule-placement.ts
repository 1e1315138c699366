import { contains, parseIpv4Prefix } from "../sets/ipv4-prefix";
import type { PriorityBand } from "./priority-band";
import { Protocol, type SecurityRule } from "../security-rule";

/** A rule before its priority is settled. */
export interface CandidateRule {
  readonly rule: SecurityRule;
  /** Whether it may take another priority than its own. */
  readonly movable: boolean;
}

/**
 * The candidates without the movable ones that another allows already, all of
 * one direction of one group: what they ask for is open, and a rule behind
 * the one that opens it could never match.
 */
export function withoutCovered(candidates: readonly CandidateRule[]): CandidateRule[] {
  const ordered = [...candidates].sort((a, b) => compareNames(a.rule, b.rule));
  return candidates.filter(
    (candidate) =>
      !candidate.movable ||
      !ordered.some(
        (other) =>
          other !== candidate &&
          covers(other.rule, candidate.rule) &&
          // Of two that cover each other, the one that stays put is kept, or the first by name.
          (!covers(candidate.rule, other.rule) ||
            !other.movable ||
            ordered.indexOf(other) < ordered.indexOf(candidate)),
      ),
  );
}

/**
 * The rules with priorities that differ. A rule that may move keeps its own
 * priority unless another has the same; then the first by name keeps it, and
 * the others take the next of the band that nobody has or prefers.
 *
 * @throws Error where two rules that may not move have one priority
 */
export function withPriorities(
  candidates: readonly CandidateRule[],
  group: string,
  band: PriorityBand,
): SecurityRule[] {
  const taken = new Map<number, string>();
  for (const { rule, movable } of candidates) {
    if (movable) continue;
    const other = taken.get(rule.priority);
    if (other !== undefined) {
      throw new Error(
        `${group}: the rules "${other}" and "${rule.name}" share the priority ${rule.priority} (${rule.direction}). Give one of the two flows another priority.`,
      );
    }
    taken.set(rule.priority, rule.name);
  }
  const movable = candidates
    .filter((candidate) => candidate.movable)
    .map(({ rule }) => rule)
    .sort(compareNames);
  const preferred = new Set(movable.map((rule) => rule.priority));
  const displaced: SecurityRule[] = [];
  const placed = new Map<SecurityRule, number>();
  for (const rule of movable) {
    if (taken.has(rule.priority)) {
      displaced.push(rule);
    } else {
      taken.set(rule.priority, rule.name);
      placed.set(rule, rule.priority);
    }
  }
  for (const rule of displaced) {
    const priority = nextFree(rule.priority, band, (number) => taken.has(number) || preferred.has(number));
    if (priority === undefined) {
      throw new Error(`${group}: no priority is left for the rule "${rule.name}" (${rule.direction}).`);
    }
    taken.set(priority, rule.name);
    placed.set(rule, priority);
  }
  return candidates.map(({ rule }) => ({ ...rule, priority: placed.get(rule) ?? rule.priority }));
}

function nextFree(
  start: number,
  { first, last }: PriorityBand,
  unavailable: (priority: number) => boolean,
): number | undefined {
  const span = last - first + 1;
  for (let step = 1; step < span; step++) {
    const priority = first + ((((start - first + step) % span) + span) % span);
    if (!unavailable(priority)) return priority;
  }
  return undefined;
}

/** Whether every connection that `inner` matches is matched by `outer`, as far as that can be told at synthesis. */
function covers(outer: SecurityRule, inner: SecurityRule): boolean {
  return (
    (outer.protocol === inner.protocol || outer.protocol === Protocol.ANY) &&
    inner.destinationPortRanges.every((range) =>
      outer.destinationPortRanges.some((o) => coversPorts(o, range)),
    ) &&
    coversSide(
      outer.sourceAddressPrefixes,
      outer.sourceApplicationSecurityGroupIds,
      inner.sourceAddressPrefixes,
      inner.sourceApplicationSecurityGroupIds,
    ) &&
    coversSide(
      outer.destinationAddressPrefixes,
      outer.destinationApplicationSecurityGroupIds,
      inner.destinationAddressPrefixes,
      inner.destinationApplicationSecurityGroupIds,
    )
  );
}

function coversSide(
  outer: readonly string[],
  outerGroups: readonly string[] = [],
  inner: readonly string[],
  innerGroups: readonly string[] = [],
): boolean {
  // A side of application security groups and one of prefixes cannot be compared.
  if (outerGroups.length > 0 !== innerGroups.length > 0) return false;
  return (
    innerGroups.every((group) => outerGroups.includes(group)) &&
    inner.every((prefix) => outer.some((candidate) => coversPrefix(candidate, prefix)))
  );
}

function coversPrefix(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  const [outerPrefix, innerPrefix] = [parseIpv4Prefix(outer), parseIpv4Prefix(inner)];
  return outerPrefix !== undefined && innerPrefix !== undefined && contains(outerPrefix, innerPrefix);
}

function coversPorts(outer: string, inner: string): boolean {
  if (outer === inner || outer === "*") return true;
  const [outerPorts, innerPorts] = [parsePorts(outer), parsePorts(inner)];
  return (
    outerPorts !== undefined &&
    innerPorts !== undefined &&
    outerPorts.first <= innerPorts.first &&
    innerPorts.last <= outerPorts.last
  );
}

function parsePorts(range: string): { first: number; last: number } | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(range);
  return match ? { first: Number(match[1]), last: Number(match[2] ?? match[1]) } : undefined;
}

function compareNames(a: SecurityRule, b: SecurityRule): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
