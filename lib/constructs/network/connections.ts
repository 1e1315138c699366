import { distinctItems } from "../../base/collections";
import { type Problem, problemUnless, refused, refuseProblems } from "../../base/problem";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { isPrivate, parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { isOpaque, isOpaqueNumber, isWholeNumber } from "../../base/opaque";
import { Protocol } from "../../azure/security-rule";
import { userFlow } from "../../plan/flows/user-flow";
import { checkObject } from "../argument-types";
import type { FilteredPlace } from "./filtered-place";
import type { Port } from "./port";
import { MAX_REASON_LENGTH } from "../../plan/rules/rules-of-endpoint";
import { asWordsOf, endpointIn, flowIn, textsIn } from "../../terraform/in-memory/terraform-text";

/** An end of connections: a component, a Peer, or a construct of your own. */
export interface IConnectable {
  /** Its connections; of a construct of your own, `Peer.cidr("10.5.0.4/32").connections`. */
  readonly connections: Connections;
}

/** Options of a connection. */
export interface ConnectionOptions {
  /**
   * Priority of its rules at both ends, 100 to 4095, unique in each group. In a group
   * managed elsewhere it has to be one of the reserved priorities.
   *
   * @default - from 2000 to 3999, derived from the connection itself, so that it stays the same when other connections change
   */
  readonly priority?: number;
}

/** The texts of values: an expression for a value known only at apply, the value itself otherwise. */
type Texts = (values: readonly string[]) => string[];

/** An end of flows, which does not depend on how the Terraform CDK numbers its tokens. */
type EndpointOf = (texts: Texts) => FlowEndpoint;

const AS_GIVEN: Texts = (values) => [...values];

// Ports by which machines are managed; they are never opened to the Internet.
const MANAGEMENT_PORTS = [22, 3389, 5985, 5986, 10443];

/**
 * Connections that you declare in addition to the documented ones. Each is
 * allowed in the groups of both ends, or of one if the other is elsewhere.
 * Groups are stateful, so replies need no rule. The order of calls does not
 * matter; a connection that is declared twice is one rule with both reasons.
 */
export class Connections {
  /** @internal */
  public static _of(endpoint: EndpointOf, place: () => FilteredPlace | undefined): Connections {
    return new Connections(endpoint, place);
  }

  private constructor(
    private readonly endpoint: EndpointOf,
    /** @internal */
    public readonly _place: () => FilteredPlace | undefined,
  ) {}

  /**
   * Allows connections from this end to the other.
   *
   * @param other The end that is connected to
   * @param port Protocol and ports connected to
   * @param reason Why, in up to 125 characters; shown in the rule, the proof and the report
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public allowTo(other: IConnectable, port: Port, reason: string, options: ConnectionOptions = {}): void {
    refuseProblems("the connection", checkArguments(other, port, reason));
    open(this, other.connections, port, reason, options);
  }

  /**
   * Allows connections from the other end to this one.
   *
   * @param other The end that opens the connections
   * @param port Protocol and ports connected to
   * @param reason Why, in up to 125 characters; shown in the rule, the proof and the report
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public allowFrom(other: IConnectable, port: Port, reason: string, options: ConnectionOptions = {}): void {
    refuseProblems("the connection", checkArguments(other, port, reason));
    open(other.connections, this, port, reason, options);
  }

  /** The end, with values known only at apply as `texts` has them. @internal */
  public _endpoint(texts: Texts = AS_GIVEN): FlowEndpoint {
    return this.endpoint(texts);
  }
}

function open(
  source: Connections,
  destination: Connections,
  port: Port,
  reason: string,
  { priority }: ConnectionOptions,
): void {
  const places = [...new Set([source._place(), destination._place()].filter((place) => place !== undefined))];
  const [scope] = places as [FilteredPlace?];
  // Names and priorities come from the expression of a token: its number depends on the tokens before it.
  const texts = scope ? (values: readonly string[]) => textsIn(scope, values) : AS_GIVEN;
  const [from, to] = [source, destination].map((end) => {
    const endpoint = end._endpoint(texts);
    return scope ? endpointIn(scope, endpoint) : endpoint;
  });
  const subject = `the connection ${from.label} -> ${to.label}`;
  refuseProblems(subject, [
    ...checkReason(reason),
    ...checkPriority(priority),
    ...(destination._place() && port.protocol === Protocol.TCP
      ? checkManagement(from, source._place() !== undefined, texts(port.ranges))
      : []),
    ...problemUnless(scope !== undefined, "connection-elsewhere", "connection", {
      what: `does not begin or end in a subnet of a deployment (${from.label} -> ${to.label}), so it would have no rule`,
      allowed: "connections that begin or end at a component with its own subnet",
      change: "Declare it for a component that has its own subnet",
    }),
  ]);
  if (!scope) return;
  const { protocol, ranges } = port;
  const words = { ports: texts(ranges), reason: texts([reason])[0] };
  const flow = asWordsOf(scope, userFlow({ from, to, protocol, priority, ...words }));
  if (places.every((place) => place.flows().some((other) => isSame(other, flowIn(place, flow))))) return;
  // Which of two ends a disagreement is found at makes no difference to who declared it.
  const problems = places.flatMap((place) => place._problemsOf([...place.flows(), flowIn(place, flow)]));
  refuseProblems(subject, distinctItems(problems));
  for (const place of places) place._addFlows(() => [flow]);
}

/** Whether two flows are one declaration, made twice. */
function isSame(a: Flow, b: Flow): boolean {
  const keyOf = ({ from, to, ...rest }: Flow): string => JSON.stringify([from.id, to.id, rest]);
  return keyOf(a) === keyOf(b);
}

/** JavaScript does not check types; most often an address or a number is given directly. */
function checkArguments(other: unknown, port: unknown, reason: unknown): Problem[] {
  const peer = typeof other === "string" ? `Write Peer.cidr(${JSON.stringify(other)})` : "Name the other end";
  return [
    ...checkObject("other", other, "connections", "a component or a Peer", peer),
    ...checkObject(
      "port",
      port,
      "ranges",
      "a Port",
      `Write Port.tcp(${typeof port === "number" ? port : 443})`,
    ),
    ...problemUnless(typeof reason === "string", "missing", "reason", reason, {
      what: "is missing",
      ...WORDS_OF_REASON,
    }),
  ];
}

const WORDS_OF_REASON = {
  allowed: `1 to ${MAX_REASON_LENGTH} characters`,
  change: "Describe the purpose of the connection in a few words",
};

function checkReason(reason: string): Problem[] {
  if (isOpaque(reason) || (reason.trim().length > 0 && reason.length <= MAX_REASON_LENGTH)) return [];
  return refused("reason-invalid", "reason", reason, {
    what: reason.trim().length === 0 ? "is empty" : `has ${reason.length} characters`,
    ...WORDS_OF_REASON,
  });
}

function checkPriority(priority: number | undefined): Problem[] {
  if (priority === undefined || isOpaqueNumber(priority) || isWholeNumber(priority, 100, 4095)) return [];
  return refused("priority-invalid", "priority", priority, {
    what: "is not a priority that a rule can have",
    allowed: "a whole number from 100 to 4095; 4096 is the rule that denies everything else",
    change: "Choose one that no other rule of the two groups has, or leave it out",
  });
}

/**
 * Management ports are never opened to public addresses. A value known only at
 * apply could be one; components of this app are exempt.
 */
function checkManagement(from: FlowEndpoint, fromHere: boolean, ports: readonly string[]): Problem[] {
  const open = ports.filter(
    (range) => isOpaque(range) || MANAGEMENT_PORTS.some((number) => holds(range, number)),
  );
  const strangers = from.prefixes.filter((text) => {
    const prefix = parseIpv4Prefix(text);
    return prefix === undefined || !isPrivate(prefix);
  });
  if (fromHere || strangers.length === 0 || open.length === 0) return [];
  const unknown = [...strangers, ...open].filter(isOpaque);
  return refused("management-public", "port", open.join(", "), {
    what:
      unknown.length === 0
        ? `opens management to public addresses (${from.prefixes.join(", ")})`
        : `may open management to public addresses: ${unknown.join(", ")} is known only at apply`,
    allowed: "management ports from private addresses only",
    change:
      unknown.length === 0
        ? "Reach the machine through Azure Bastion or a private network"
        : "Write the port and the private prefixes, or reach the machine through Azure Bastion",
  });
}

function holds(range: string, port: number): boolean {
  const [first, last = first] = range.split("-").map(Number);
  return first <= port && port <= last;
}
