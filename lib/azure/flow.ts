import type { Protocol } from "./security-rule";

/**
 * Where a flow begins or ends: addresses, a service tag, or application
 * security groups.
 */
export interface FlowEndpoint {
  /** Stable identity; two flows meet at one endpoint where the ids are equal. */
  readonly id: string;
  /** What a reader calls it. */
  readonly label: string;
  /** IPv4 prefixes (sorted, none inside another), one service tag, or values known only at apply. Empty where application security groups stand for it. */
  readonly prefixes: string[];
  /** Ids of application security groups. @default - none */
  readonly applicationSecurityGroupIds?: string[];
}

/** One endpoint opening connections to another, and the words that ask for it. */
export interface Flow {
  /** Stem of the name of its rules: `allow-in-` or `allow-out-` goes before it. */
  readonly name: string;
  /** Priority of its rules, 100 to 4095. */
  readonly priority: number;
  /**
   * Whether a rule of the flow takes the next free priority where its own is
   * taken; otherwise two rules of one priority are refused.
   *
   * @default false
   */
  readonly movable?: boolean;
  /** The end that opens the connections. */
  readonly from: FlowEndpoint;
  /** The end that is connected to. */
  readonly to: FlowEndpoint;
  /** Protocol of the connections. */
  readonly protocol: Protocol;
  /** Ports connected to: `443`, `2500-3300`, or values known only at apply. */
  readonly ports: string[];
  /** Why the flow is there, in words. */
  readonly reason: string;
  /** What asks for it, in a few words: a revision of a port table, a section, or "user". */
  readonly origin: string;
  /** Address of the page that asks for it. @default - the user's own words ask for it */
  readonly source?: string;
  /** Date of that page, YYYY-MM-DD. @default - the user's own words ask for it */
  readonly pageDate?: string;
}
