import type { Flow, FlowEndpoint } from "../../azure/flow";
import { Access, Direction, Protocol, type SecurityRule } from "../../azure/security-rule";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { groupBy } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { shortName } from "../../base/stable-hash";
import { CONNECTIONS } from "../../ports/connections";
import { isFixedByUser, USER_ORIGIN } from "../flows/user-flow";
import {
  type CandidateRule,
  nextFree,
  type PlannedRule,
  preferredPriority,
  type PriorityBand,
  reservedPriorities,
  USER_PRIORITIES,
  withoutCovered,
  withPriorities,
} from "./rule-placement";

/** The priority of the deny rules: the last that Azure allows. */
const DENY_PRIORITY = 4096;

/** The longest description that Azure takes. */
const MAX_DESCRIPTION_LENGTH = 140;

/** The names of all flows that Veeam documents, in any revision and with any feature. New ones come at the end. */
export const DOCUMENTED_FLOW_NAMES: readonly string[] = [...new Set(CONNECTIONS.map(({ name }) => name))];

const ANY = ["*"];

/**
 * The rules of the group at an endpoint, each with its flows: inbound before
 * outbound, by priority. Flows of one name are one rule, so its name and
 * priority do not depend on other components. They have to agree, which
 * `problemsOfRules` checks.
 *
 * A group of the deployment denies the rest. In a group managed elsewhere
 * nothing is denied, and priorities are in the reserved band.
 *
 * @throws Error where two rules have one priority, or the band is too narrow
 */
export function rulesOfGroup(
  endpoint: FlowEndpoint,
  flows: readonly Flow[],
  band?: PriorityBand,
): PlannedRule[] {
  const withReasons = withReasonsOfRules(flows);
  return [Direction.INBOUND, Direction.OUTBOUND].flatMap((direction) => {
    const candidates = withoutCovered(candidatesOf(endpoint, withReasons, direction));
    const placed = band
      ? candidates.map((candidate) => inBand(candidate, direction, band, endpoint.id))
      : candidates;
    const rules = withPriorities(placed, endpoint.id, band ?? USER_PRIORITIES);
    rules.sort((a, b) => a.rule.priority - b.rule.priority);
    return band ? rules : [...rules, { rule: denyRule(direction), flows: [] }];
  });
}

// What Azure takes for the name of a rule.
const MAX_RULE_NAME_LENGTH = 80;

/** The name of a rule in a group that is managed elsewhere, which says for whom it is. */
export function nameInSharedGroup(name: string, deploymentName: string, label: string): string {
  return shortName(`${name}-of-${deploymentName}-${label}`, MAX_RULE_NAME_LENGTH);
}

/** The name of a flow's rule in a group. It contains the direction, because names in a group are unique. */
function ruleName(flowName: string, direction: Direction): string {
  return `allow-${direction === Direction.INBOUND ? "in" : "out"}-${flowName}`;
}

/** The candidate with its priority in a band: the user's, or one that depends on its name and the band only, so other rules never move it. */
function inBand(
  candidate: CandidateRule,
  direction: Direction,
  band: PriorityBand,
  group: string,
): CandidateRule {
  const { rule, flows } = candidate;
  if (flows.some(isFixedByUser)) return candidate;
  const priority = priorityInBand(rule.name, direction, band, group);
  return { ...candidate, rule: { ...rule, priority }, movable: false };
}

function priorityInBand(name: string, direction: Direction, band: PriorityBand, group: string): number {
  const reserved = reservedPriorities(
    DOCUMENTED_FLOW_NAMES.map((flow) => ruleName(flow, direction)),
    band,
  );
  const own = reserved.get(name);
  if (own !== undefined) return own;
  const taken = new Set(reserved.values());
  const free = nextFree(preferredPriority(name, band), band, (priority) => taken.has(priority));
  if (free !== undefined) return free;
  const needed = DOCUMENTED_FLOW_NAMES.indexOf(name.replace(/^allow-(in|out)-/, "")) + 1;
  throw new Error(
    `${group}: no priority is left for the rule "${name}" (${direction}), which takes a band of ${needed || DOCUMENTED_FLOW_NAMES.length + 1} priorities.`,
  );
}

function candidatesOf(endpoint: FlowEndpoint, flows: readonly Flow[], direction: Direction): CandidateRule[] {
  const ofDirection = flows.filter(
    ({ from, to }) => (direction === Direction.INBOUND ? to : from).id === endpoint.id,
  );
  return [...groupBy(ofDirection, ({ name }) => name).values()].map((same) => ({
    rule: allowRule(endpoint, same, direction),
    flows: same,
    movable: same[0].movable ?? false,
  }));
}

function allowRule(endpoint: FlowEndpoint, flows: readonly Flow[], direction: Direction): SecurityRule {
  const inbound = direction === Direction.INBOUND;
  const [first] = flows;
  const peers = flows.map((flow) => (inbound ? flow.from : flow.to));
  const own = sideOf([endpoint]);
  const other = sideOf(peers);
  const source = inbound ? other : own;
  const destination = inbound ? own : other;
  return {
    name: ruleName(first.name, direction),
    priority: first.priority,
    direction,
    access: Access.ALLOW,
    protocol: first.protocol,
    sourceAddressPrefixes: source.prefixes,
    sourcePortRanges: ANY,
    destinationAddressPrefixes: destination.prefixes,
    destinationPortRanges: [...first.ports],
    ...(source.groups.length > 0 && { sourceApplicationSecurityGroupIds: source.groups }),
    ...(destination.groups.length > 0 && { destinationApplicationSecurityGroupIds: destination.groups }),
    description: `${first.origin}: ${first.reason}`.slice(0, MAX_DESCRIPTION_LENGTH),
  };
}

function sideOf(endpoints: readonly FlowEndpoint[]): { prefixes: string[]; groups: string[] } {
  return {
    prefixes: mergePrefixes(endpoints.flatMap((endpoint) => endpoint.prefixes)),
    groups: [...new Set(endpoints.flatMap((endpoint) => endpoint.applicationSecurityGroupIds ?? []))].sort(),
  };
}

function denyRule(direction: Direction): SecurityRule {
  return {
    name: `deny-all-${direction === Direction.INBOUND ? "in" : "out"}`,
    priority: DENY_PRIORITY,
    direction,
    access: Access.DENY,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: ANY,
    sourcePortRanges: ANY,
    destinationAddressPrefixes: ANY,
    destinationPortRanges: ANY,
    description: "Denies everything that no flow allows.",
  };
}

/** The longest reason of a declared flow: what its origin leaves of a rule's description. */
export const MAX_REASON_LENGTH = MAX_DESCRIPTION_LENGTH - USER_ORIGIN.length - 2;

/**
 * The flows with the reasons that their rules show: if a connection was
 * declared several times, all reasons, sorted so that the order of the
 * declarations does not matter.
 */
export function withReasonsOfRules(flows: readonly Flow[]): Flow[] {
  const reasons = new Map<string, Set<string>>();
  for (const { name, reason, origin } of flows) {
    if (origin === USER_ORIGIN) reasons.set(name, (reasons.get(name) ?? new Set()).add(reason));
  }
  return flows.map((flow) => {
    const all = flow.origin === USER_ORIGIN ? reasons.get(flow.name) : undefined;
    return all === undefined || all.size < 2 ? flow : { ...flow, reason: joined([...all].sort()) };
  });
}

const MORE = "...";

/** As many whole reasons as a description holds; the report has all. */
function joined(reasons: readonly string[]): string {
  const all = reasons.join("; ");
  if (all.length <= MAX_REASON_LENGTH) return all;
  for (let count = reasons.length - 1; count > 0; count--) {
    const some = [...reasons.slice(0, count), MORE].join("; ");
    if (some.length <= MAX_REASON_LENGTH) return some;
  }
  return shortened(reasons[0]);
}

/** A reason with the mark that there are more; what is known only at apply cannot be cut. */
function shortened(reason: string): string {
  return isOpaque(reason) ? reason : `${reason.slice(0, MAX_REASON_LENGTH - MORE.length)}${MORE}`;
}
