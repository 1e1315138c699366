import type { ConnectionDifference, ConnectionRange } from "./evaluation/connection-range";
import type { GroupExplanation, SkippedRule } from "./evaluation/explainer";
import type { ConnectionQuery, EndExplanation, Explanation } from "./explain";
import { Verdict } from "./network";
import type { ExcessConnection, MissingFlow, ShadowedRule } from "./prove";
import type { RuleReference } from "./evaluation/rule-list";
import type { ExampleConnection } from "./evaluation/example";
import { Protocol } from "../azure/security-rule";
import { isOpaque } from "../base/opaque";

/** An explanation as plain text, several lines. */
export function describeExplanation(explanation: Explanation): string {
  const { query, verdict, dependsOn, ends, unconnected } = explanation;
  return [
    `${describeQuery(query)}: ${describeVerdict(verdict, dependsOn)}`,
    ...(unconnected === undefined ? [] : [`  ${unconnected}`]),
    ...ends.flatMap(describeEnd),
  ].join("\n");
}

function describeQuery({ from, to, protocol, port, sourcePort, direction }: ConnectionQuery): string {
  const source = sourcePort === undefined ? from : `${from} port ${sourcePort}`;
  const target = port === undefined ? to : `${to} port ${port}`;
  const end = direction === undefined ? "" : ` (${direction.toLowerCase()} only)`;
  return `${source} -> ${target}, ${describeProtocol(protocol)}${end}`;
}

function describeEnd(end: EndExplanation): string[] {
  const place = end.endpoint === undefined ? end.end : `${end.end}, ${end.endpoint}`;
  if (end.groups.length === 0) return [`  ${place}: no network security group here`];
  return [`  ${place}: ${describeVerdict(end.verdict, end.dependsOn)}`, ...end.groups.flatMap(describeGroup)];
}

function describeGroup(group: GroupExplanation): string[] {
  const direction = group.direction.toLowerCase();
  const verdict = describeVerdict(group.verdict, group.dependsOn);
  return [
    `    group ${group.group} (${group.attachment}, ${direction}): ${verdict}`,
    ...group.skipped.map(describePassedOver),
    ...group.deciding.map((rule) => {
      const does = group.deciding.length === 1 ? "decides" : "may decide";
      return `      ${describeRule(rule)} ${does}: ${rule.access.toLowerCase()}`;
    }),
  ];
}

function describePassedOver({ rule, unmatchedFields: mismatches }: SkippedRule): string {
  const why =
    mismatches.length === 0
      ? "earlier rules cover everything that it matches"
      : `other ${mismatches.join(", other ")}`;
  return `      ${describeRule(rule)} does not match: ${why}`;
}

/** A blocked flow as one line. */
export function describeMissing(missing: MissingFlow): string {
  const { flow, from, to, end, endpoint, blockedBy, example, dependsOn } = missing;
  return (
    `Flow ${flow} (${from} -> ${to}) ${unless(dependsOn, "is blocked", "may be blocked")} at its ${end}, ${endpoint}: ` +
    `${describeRule(blockedBy)} of ${blockedBy.group} denies ${describeExample(example)}${on(dependsOn)}.`
  );
}

/** Connections that no flow needs, as one line. */
export function describeExcess(excess: ExcessConnection): string {
  const { end, endpoint, allowedBy, example, dependsOn } = excess;
  const rules = allowedBy.map((rule) => `${describeRule(rule)} of ${rule.group}`).join(" and ");
  return (
    `${endpoint} (${end}) ${unless(dependsOn, "allows", "may allow")} more than its flows: ` +
    `${rules} ${allowedBy.length === 1 ? "allows" : "allow"} ${describeExample(example)}${on(dependsOn)}.`
  );
}

/** A rule that never applies, as one line. */
export function describeUnmatchable({ rule, direction, shadowedBy }: ShadowedRule): string {
  const why =
    shadowedBy.length === 0
      ? "no endpoint of the group has addresses that it matches"
      : `earlier rules cover everything that it matches: ${shadowedBy.join(", ")}`;
  return `${capital(describeRule(rule))} of ${rule.group} (${direction.toLowerCase()}) never applies: ${why}.`;
}

/** A rule that no flow needs, as one line. */
export function describeRuleWithoutFlow(rule: RuleReference): string {
  return `No flow needs ${describeRule(rule)} of ${rule.group}.`;
}

/** A difference as plain text: a line for each range, `+` opened and `-` closed. */
export function describeDifference({ opened, closed }: ConnectionDifference): string {
  if (opened.length + closed.length === 0) return "No connection is opened or closed.";
  return [
    ...closed.map((range) => `- ${describeRange(range)}`),
    ...opened.map((range) => `+ ${describeRange(range)}`),
  ].join("\n");
}

function describeRange({ from, to, protocol, ports, sourcePorts, dependsOn }: ConnectionRange): string {
  const source = `${from.join(", ")}${portsInWords(sourcePorts)}`;
  const target = portsInWords(ports);
  return `${source} -> ${to.join(", ")}, ${describeProtocol(protocol)}${target}${on(dependsOn)}`;
}

/** ` port 22`, ` ports 22 and 2500-3300`; nothing for all ports. */
function portsInWords(ports: readonly string[] = []): string {
  if (ports.length === 0) return "";
  const isOne = ports.length === 1 && !ports[0].includes("-");
  return ` ${isOne ? "port" : "ports"} ${ports.join(", ").replace(/, ([^,]*)$/, " and $1")}`;
}

/** A connection in words: `TCP 10.0.0.4:49152 -> 10.0.0.36:5432`. */
export function describeExample(example: ExampleConnection): string {
  const source = withPort(example.source, example.sourcePort?.toString());
  const port = example.destinationPort?.toString() ?? example.destinationPortWithin[0];
  const destination = withPort(example.destination, port);
  const from = taken(example.source, example.sourceWithin);
  const to = taken(example.destination, example.destinationWithin);
  return `${describeProtocol(example.protocol)} ${source}${from} -> ${destination}${to}`;
}

function withPort(host: string, port: string | undefined): string {
  if (port === undefined) return host;
  // An IPv6 address; the expression of a value known only at apply may hold a colon too.
  return host.includes(":") && !isOpaque(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

function taken(host: string, within: readonly string[]): string {
  const others = within.filter((name) => name !== host);
  return others.length === 0 || host === within.join(" and ") ? "" : ` (in ${others.join(" and ")})`;
}

function describeProtocol(protocol: Protocol): string {
  return protocol === Protocol.ANY ? "any protocol" : protocol.toUpperCase();
}

function describeRule({ rule, priority }: RuleReference): string {
  return `rule ${rule} (${priority})`;
}

function describeVerdict(verdict: Verdict, dependsOn: readonly string[]): string {
  return verdict === Verdict.DEPENDS ? `depends on ${dependsOn.join(", ")}` : verdict;
}

function unless(dependsOn: readonly string[], sure: string, doubtful: string): string {
  return dependsOn.length === 0 ? sure : doubtful;
}

function on(dependsOn: readonly string[]): string {
  return dependsOn.length === 0 ? "" : ` (depends on ${dependsOn.join(", ")})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
