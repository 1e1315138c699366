import type { ConnectionEnd } from "./network";
import type { RuleReference } from "./evaluation/rule-list";
import type { ExampleConnection } from "./evaluation/example";
import type { ShadowedRule } from "./evaluation/shadowed-rules";

/** A flow that does not pass at one of its ends, or a part of it. */
export interface MissingFlow {
  /** Name of the flow. */
  readonly flow: string;
  /** Label of the endpoint that opens the connections. */
  readonly from: string;
  /** Label of the endpoint that is connected to. */
  readonly to: string;
  /** The end at which it is blocked. */
  readonly end: `${ConnectionEnd}`;
  /** Label of the endpoint at that end. */
  readonly endpoint: string;
  /** The rule that denies it. */
  readonly blockedBy: RuleReference;
  /** A connection of the flow that is blocked. */
  readonly example: ExampleConnection;
  /** What it depends on, by name; empty if it is certainly blocked. */
  readonly dependsOn: string[];
}

/** Connections that the groups at one end allow and no flow needs, whatever the other end does. */
export interface ExcessConnection {
  /** The end at which they are allowed. */
  readonly end: `${ConnectionEnd}`;
  /** Label of the endpoint at that end. */
  readonly endpoint: string;
  /** The rules that allow them, one for each group at that end, in Azure's order. */
  readonly allowedBy: RuleReference[];
  /** One of the connections. */
  readonly example: ExampleConnection;
  /** What decides whether such a connection exists, by name; empty if it certainly does. */
  readonly dependsOn: string[];
}

/** What the rules of a network have been found to do, against flows. */
export interface Proof {
  /** Whether nothing is missing and nothing in excess, whatever unknown sets contain. */
  readonly holds: boolean;
  /** Blocked flows: one entry for each flow, end and rule that denies. */
  readonly missing: MissingFlow[];
  /** What is open without being asked for: one entry for each endpoint, end and rules that allow. */
  readonly excess: ExcessConnection[];
  /** Rules, except Azure's own, that never apply. */
  readonly shadowedRules: ShadowedRule[];
  /** Allow rules, except Azure's own, that no flow needs. */
  readonly rulesWithoutFlow: RuleReference[];
  /** Sets and values that something above depends on, by name. */
  readonly dependsOn: string[];
  /** What is taken for granted, in words. */
  readonly assumptions: string[];
}
