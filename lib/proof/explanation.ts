import type { Direction, Protocol } from "../azure/security-rule";
import type { RuleReference } from "./evaluation/rule-list";
import type { RuleField } from "./evaluation/unmatched-fields";
import type { Attachment, ConnectionEnd, Verdict } from "./network";

/** A question about one connection, or about several of a kind. */
export interface ConnectionQuery {
  /**
   * What opens the connection: the id or label of an endpoint, an
   * address or a prefix (IPv4 or IPv6), a service tag, `*`, or a value known
   * only at apply. An address is taken to be outside the endpoints' prefixes that
   * are known only at apply: ask for such an endpoint by its id.
   */
  readonly from: string;
  /** What is connected to, in the same words. */
  readonly to: string;
  /** Protocol of the connection; `Protocol.ANY` asks about all of them, and with a port about those that have ports. */
  readonly protocol: Protocol;
  /** Port that is connected to, 0 to 65535. @default - every port */
  readonly port?: number;
  /** Port from which the connection is opened, 0 to 65535. @default - every port */
  readonly sourcePort?: number;
  /** Judges one end only: outbound that of the source, inbound that of the destination. @default - both */
  readonly direction?: Direction;
}

/** A rule that came before the one that decided, and did not match. */
export interface SkippedRule {
  /** The rule. */
  readonly rule: RuleReference;
  /** Why it did not match; empty where it would have matched a connection that earlier rules decide. */
  readonly unmatchedFields: RuleField[];
}

/** What one group says. */
export interface GroupExplanation {
  /** Name of the group. */
  readonly group: string;
  /** Where it is attached. */
  readonly attachment: Attachment;
  /** Direction of the rules that judge. */
  readonly direction: Direction;
  /** What becomes of the connection, as far as this group goes. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty where it is sure. */
  readonly dependsOn: string[];
  /** The rule that decides, or those that may. */
  readonly deciding: RuleReference[];
  /** The rules before the last that may decide which cannot. */
  readonly skipped: SkippedRule[];
}

/** What one end of the connection says. */
export interface EndExplanation {
  /** Which end. */
  readonly end: ConnectionEnd;
  /** Label of the endpoint there. @default - the end is outside the network */
  readonly endpoint?: string;
  /** What becomes of the connection, as far as this end goes; it passes where no group stands. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty where it is sure. */
  readonly dependsOn: string[];
  /** The groups, in the order in which Azure asks them; empty if none is attached there. */
  readonly groups: GroupExplanation[];
}

/** What becomes of a connection, and why. */
export interface Explanation {
  /** The question. */
  readonly query: ConnectionQuery;
  /** What becomes of the connection. */
  readonly verdict: Verdict;
  /**
   * What the verdict depends on: names of sets, or `source address`,
   * `destination address`, `protocol`, `port` and `source port` where the
   * question leaves them open. Empty where the verdict is sure.
   */
  readonly dependsOn: string[];
  /** The ends that were asked about, the source first. */
  readonly ends: EndExplanation[];
  /** Why the connection does not arrive, whatever groups say, in words. @default - it may */
  readonly unconnected?: string;
}
