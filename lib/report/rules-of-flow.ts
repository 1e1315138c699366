import { explain } from "../proof/explain";
import { DEFAULT_RULES } from "../azure/default-rules";
import type { Flow, FlowEndpoint } from "../azure/flow";
import { ConnectionEnd, type Network } from "../proof/network";
import { ruleName } from "../plan/rules/rules-of-endpoint";
import type { RuleReference } from "../proof/evaluation/rule-list";
import { Access, Direction, Protocol, type SecurityRule } from "../azure/security-rule";
import { sortedBy } from "../base/natural-order";

/** A rule of a group that judges a flow. */
export interface RuleAtEnd {
  /** Name of the group. */
  readonly group: string;
  readonly rule: SecurityRule;
}

/** The rules that judge a flow where it leaves and where it arrives. */
export interface RulesOfFlow {
  /** Empty if the end is not part of the deployment. */
  readonly leaving: RuleAtEnd[];
  /** Empty if the end is not part of the deployment. */
  readonly arriving: RuleAtEnd[];
}

/**
 * The rules that decide about a flow at each end of ours, in the order in
 * which Azure reads them. They are found by asking about the first and the
 * last port of each range and about each prefix, which is enough to show the
 * rules; that nothing in between is decided otherwise is for the proof to say.
 */
export function rulesOfFlow(flow: Flow, network: Network): RulesOfFlow {
  return {
    leaving: rulesAt(ConnectionEnd.SOURCE, flow, network),
    arriving: rulesAt(ConnectionEnd.DESTINATION, flow, network),
  };
}

function rulesAt(end: ConnectionEnd, flow: Flow, network: Network): RuleAtEnd[] {
  const direction = end === ConnectionEnd.SOURCE ? Direction.OUTBOUND : Direction.INBOUND;
  const own = end === ConnectionEnd.SOURCE ? flow.from : flow.to;
  if (!network.endpoints.some(({ id }) => id === own.id)) return [];
  const named = namedAfter(direction, flow, network);
  const found = withoutRivals(decidingRules(direction, flow, network) ?? named, named);
  return sortedBy(found, ({ group, rule }) => [group, rule.priority, rule.name]);
}

/**
 * Two service tags may share addresses for all that is known, so that the
 * rule of either may decide. Where both allow it makes no difference, and the
 * flow's own rule is the one to show.
 */
function withoutRivals(found: RuleAtEnd[], named: readonly RuleAtEnd[]): RuleAtEnd[] {
  const own = found.filter(({ rule }) => named.some((one) => one.rule === rule));
  const groupsOf = (rules: readonly RuleAtEnd[]): number => new Set(rules.map(({ group }) => group)).size;
  const allAllow = found.every(({ rule }) => rule.access === Access.ALLOW);
  return allAllow && groupsOf(own) === groupsOf(found) ? own : found;
}

/** The rules that the engine says decide, or undefined where the flow is not one that can be asked about. */
function decidingRules(direction: Direction, flow: Flow, network: Network): RuleAtEnd[] | undefined {
  const ports = flow.ports.includes("*") || hasNoPorts(flow.protocol) ? [undefined] : portsOf(flow);
  const from = namesOf(flow.from, network);
  const to = namesOf(flow.to, network);
  if (!ports || from.length === 0 || to.length === 0) return undefined;
  const found = new Map<string, RuleAtEnd>();
  try {
    for (const port of ports) {
      for (const source of from) {
        for (const destination of to) {
          const query = { from: source, to: destination, protocol: flow.protocol, port, direction };
          const groups = explain(query, network).ends.flatMap((explained) => explained.groups);
          for (const reference of groups.flatMap(({ deciding }) => deciding)) {
            const rule = ruleOf(reference, direction, network);
            if (rule) found.set(`${reference.group}\n${reference.rule}`, { group: reference.group, rule });
          }
        }
      }
    }
  } catch {
    // An end whose prefix lies in part within a subnet of ours cannot be asked about as one.
    return undefined;
  }
  return [...found.values()];
}

function hasNoPorts(protocol: Protocol): boolean {
  return protocol !== Protocol.TCP && protocol !== Protocol.UDP && protocol !== Protocol.ANY;
}

/** First and last of each range, or undefined where a port is known only at apply. */
function portsOf(flow: Flow): number[] | undefined {
  const texts = flow.ports.flatMap((ports) => ports.split("-"));
  if (!texts.every((text) => /^\d{1,5}$/.test(text))) return undefined;
  return [...new Set(texts.map(Number))];
}

/** How a question names an end: by its id where it is ours, else by each of its prefixes. */
function namesOf(end: FlowEndpoint, network: Network): string[] {
  return network.endpoints.some(({ id }) => id === end.id) ? [end.id] : end.prefixes;
}

function ruleOf(
  { group, rule: name, isDefault }: RuleReference,
  direction: Direction,
  network: Network,
): SecurityRule | undefined {
  const rules = isDefault ? DEFAULT_RULES : network.groups.find((one) => one.name === group)?.rules;
  return rules?.find((rule) => rule.name === name && rule.direction === direction);
}

/** The rules that bear the flow's name. */
function namedAfter(direction: Direction, flow: Flow, network: Network): RuleAtEnd[] {
  const own = direction === Direction.OUTBOUND ? flow.from : flow.to;
  const endpoint = network.endpoints.find(({ id }) => id === own.id);
  const names = [endpoint?.subnetGroup, endpoint?.interfaceGroup];
  return network.groups
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name, rules }) => rules.map((rule) => ({ group: name, rule })))
    .filter(({ rule }) => rule.direction === direction && rule.name === ruleName(flow.name, direction));
}
