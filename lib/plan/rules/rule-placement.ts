import type { Flow } from "../../azure/flow";
import { Protocol, type SecurityRule } from "../../azure/security-rule";
import {
  type AddressSet,
  hasNoAddress,
  NO_ADDRESSES,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
} from "../../azure/sets/address-set";
import { subtract } from "../../azure/sets/interval-set";
import { portSet } from "../../azure/sets/port-set";
import { stableHash } from "../../base/stable-hash";

/** A rule of a group, and the flows that it allows. */
export interface PlannedRule {
  readonly rule: SecurityRule;
  /** Empty for the rules that deny the rest. */
  readonly flows: readonly Flow[];
}

/** A rule before its priority is settled. */
export interface CandidateRule extends PlannedRule {
  /** Whether it may take another priority than its own. */
  readonly movable: boolean;
}

/**
 * The candidates of one direction of a group, without movable ones that another
 * covers: a rule behind it could never match. That one takes over their flows.
 */
export function withoutCovered(candidates: readonly CandidateRule[]): CandidateRule[] {
  const ordered = [...candidates].sort((a, b) => compareNames(a.rule, b.rule));
  const kept = candidates.filter(
    (candidate) =>
      !candidate.movable ||
      !ordered.some(
        (other) =>
          covers(other.rule, candidate.rule) &&
          // Of two that cover each other, the one that stays put is kept, or the first by name.
          (!covers(candidate.rule, other.rule) ||
            !other.movable ||
            ordered.indexOf(other) < ordered.indexOf(candidate)),
      ),
  );
  if (kept.length === candidates.length) return kept;
  const dropped = candidates.filter((candidate) => !kept.includes(candidate));
  return kept.map((candidate) => {
    const covered = dropped.filter(({ rule }) => covers(candidate.rule, rule));
    return { ...candidate, flows: [...candidate.flows, ...covered.flatMap(({ flows }) => flows)] };
  });
}

/**
 * The rules with different priorities. A movable rule keeps its priority unless
 * another has the same; then the first by name keeps it, and the others take
 * the next free one of the band that no other prefers.
 *
 * @throws Error where two rules that may not move have one priority
 */
export function withPriorities(
  candidates: readonly CandidateRule[],
  group: string,
  band: PriorityBand,
): PlannedRule[] {
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
  const movable = candidates.flatMap((one) => (one.movable ? one.rule : [])).sort(compareNames);
  const preferred = new Set(movable.map(({ priority }) => priority));
  const placed = new Map<SecurityRule, number>();
  const place = (rule: SecurityRule, priority: number): void => {
    taken.set(priority, rule.name);
    placed.set(rule, priority);
  };
  for (const rule of movable) if (!taken.has(rule.priority)) place(rule, rule.priority);
  for (const rule of movable.filter((one) => !placed.has(one))) {
    const priority = nextFree(rule.priority, band, (one) => taken.has(one) || preferred.has(one));
    if (priority === undefined) {
      throw new Error(`${group}: no priority is left for the rule "${rule.name}" (${rule.direction}).`);
    }
    place(rule, priority);
  }
  return candidates.map(({ rule, flows }) => ({
    rule: { ...rule, priority: placed.get(rule) ?? rule.priority },
    flows,
  }));
}

/** Whether `outer` is known to match every connection that `inner` matches. */
function covers(outer: SecurityRule, inner: SecurityRule): boolean {
  return (
    (outer.protocol === inner.protocol || outer.protocol === Protocol.ANY) &&
    coversPorts(outer.destinationPortRanges, inner.destinationPortRanges) &&
    coversPrefixes(outer.sourceAddressPrefixes, inner.sourceAddressPrefixes) &&
    coversPrefixes(outer.destinationAddressPrefixes, inner.destinationAddressPrefixes) &&
    coversGroups(outer.sourceApplicationSecurityGroupIds, inner.sourceApplicationSecurityGroupIds) &&
    coversGroups(outer.destinationApplicationSecurityGroupIds, inner.destinationApplicationSecurityGroupIds)
  );
}

function coversPorts(outer: readonly string[], inner: readonly string[]): boolean {
  const [all, some] = [portSet(outer), portSet(inner)];
  return all.any || (subtract(some.known, all.known).length === 0 && holdsAll(all.unknowns, some.unknowns));
}

/** Of prefixes whose addresses are not known at synthesis, each covers itself. */
function coversPrefixes(outer: readonly string[], inner: readonly string[]): boolean {
  const rest = subtractAddresses(addressesOf(inner), addressesOf(outer));
  const names = inner.filter((prefix) => parseAddresses(prefix) === undefined);
  return hasNoAddress(rest) && holdsAll(outer, names);
}

function addressesOf(prefixes: readonly string[]): AddressSet {
  return uniteAddresses(...prefixes.map((prefix) => parseAddresses(prefix) ?? NO_ADDRESSES));
}

/** A side of application security groups and one of prefixes cannot be compared: one of them has no groups. */
function coversGroups(outer: readonly string[] = [], inner: readonly string[] = []): boolean {
  return outer.length === 0 ? inner.length === 0 : inner.length > 0 && holdsAll(outer, inner);
}

function holdsAll(all: readonly string[], some: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

/** Names differ within a direction of a group. */
function compareNames(a: SecurityRule, b: SecurityRule): number {
  return a.name < b.name ? -1 : 1;
}

/** Priorities from the first to the last, inclusive. */
export interface PriorityBand {
  readonly first: number;
  readonly last: number;
}

/** The priorities of flows that a user declares, where the user gives none. */
export const USER_PRIORITIES: PriorityBand = { first: 2000, last: 3999 };

/**
 * The preferred priority of a rule of this name. It depends only on the name,
 * so other rules do not move it unless two prefer the same.
 */
export function preferredPriority(name: string, { first, last }: PriorityBand): number {
  return first + (stableHash(name) % (last - first + 1));
}

/**
 * Priorities for as many names as the band holds: each gets its preferred one,
 * or the next that no earlier name has.
 */
export function reservedPriorities(names: readonly string[], band: PriorityBand): Map<string, number> {
  const reserved = new Map<string, number>();
  const taken = new Set<number>();
  // As many names as there are priorities, so each finds a free one.
  for (const name of names.slice(0, band.last - band.first + 1)) {
    const priority = nextFree(preferredPriority(name, band), band, (one) => taken.has(one)) as number;
    reserved.set(name, priority);
    taken.add(priority);
  }
  return reserved;
}

/** The priority, or the next of the band, around its end, that is not taken. */
export function nextFree(
  start: number,
  { first, last }: PriorityBand,
  isTaken: (priority: number) => boolean,
): number | undefined {
  const span = last - first + 1;
  for (let step = 0; step < span; step++) {
    const priority = first + ((((start - first + step) % span) + span) % span);
    if (!isTaken(priority)) return priority;
  }
  return undefined;
}
