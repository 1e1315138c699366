import type { Direction, Protocol } from "../azure/security-rule";
import type { RuleReference } from "./evaluation/rule-list";
import type { RuleField } from "./evaluation/unmatched-fields";
import type { Attachment, ConnectionEnd, Verdict } from "./network";

/** A question about a connection, or about several of one kind. */
export interface ConnectionQuery {
  /**
   * Source of the connection: the id or label of an endpoint, an address or a
   * prefix (IPv4 or IPv6), a service tag, `*`, or a value known only at apply.
   * An endpoint whose prefix is known only at apply does not contain an address
   * that you give: use the id of such an endpoint.
   */
  readonly from: string;
  /** Destination of the connection, in the same form. */
  readonly to: string;
  /** Protocol of the connection; `Protocol.ANY` asks about all of them, and with a port about those that have ports. */
  readonly protocol: Protocol;
  /** Destination port, 0 to 65535. @default - every port */
  readonly port?: number;
  /** Source port, 0 to 65535. @default - every port */
  readonly sourcePort?: number;
  /** Evaluates one end only: outbound the source, inbound the destination. @default - both */
  readonly direction?: Direction;
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

/** The result at one end of the connection. */
export interface EndExplanation {
  /** Which end. */
  readonly end: `${ConnectionEnd}`;
  /** Label of the endpoint there. @default - the end is outside the network */
  readonly endpoint?: string;
  /** The verdict at this end: allow if no group is attached there. */
  readonly verdict: Verdict;
  /** What the verdict depends on, by name; empty if it is certain. */
  readonly dependsOn: string[];
  /** The groups, in the order in which Azure evaluates them; empty if none is attached there. */
  readonly groups: GroupExplanation[];
}

/** The verdict for a connection, and the reasons. */
export interface Explanation {
  /** The question. */
  readonly query: ConnectionQuery;
  /** The verdict for the connection. */
  readonly verdict: Verdict;
  /**
   * What the verdict depends on: names of sets, or `source address`,
   * `destination address`, `protocol`, `port` and `source port` if the question
   * leaves them open. Empty if the verdict is certain.
   */
  readonly dependsOn: string[];
  /** The evaluated ends, the source first. */
  readonly ends: EndExplanation[];
  /** Why the connection cannot arrive even if all groups allow it. @default - it can */
  readonly unconnected?: string;
}
