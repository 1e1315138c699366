import type { Protocol } from "./security-rule";

/** Where a flow begins or ends: addresses, a service tag, or application security groups. */
export interface FlowEndpoint {
  /** Stable identity; two flows meet at one endpoint where the ids are equal. */
  readonly id: string;
  /** Name in the report and in messages. */
  readonly label: string;
  /** IPv4 prefixes (sorted, none inside another), one service tag, or values known only at apply. Empty where application security groups stand for it. */
  readonly prefixes: string[];
  /** Ids of application security groups. @default - none */
  readonly applicationSecurityGroupIds?: string[];
}

/** A row of a page that asks for a flow, in the page's words. */
export interface FlowSource {
  /** The page: "Entra ID ports" or "Used ports". */
  readonly page: string;
  /** Day of the page's text, YYYY-MM-DD. */
  readonly pageDate: string;
  /** Address of the page. */
  readonly source: string;
  /** Title of the row's section; empty on a page without sections. */
  readonly section: string;
  /** Who opens the connections. A row can name several parties. */
  readonly from: string;
  /** Who is connected to. */
  readonly to: string;
  /** Protocol: `TCP`, `UDP`, or both. */
  readonly protocol: string;
  /** Ports as the page prints them. */
  readonly ports: string[];
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
  /** What asks for it, in a few words: a page of Veeam's, or "Declared flow". */
  readonly origin: string;
  /** Address of the page that asks for it. @default - the user's own words ask for it */
  readonly source?: string;
  /** Date of that page, YYYY-MM-DD. @default - the user's own words ask for it */
  readonly pageDate?: string;
  /** Every row of a page that asks for it. @default - the user's own words ask for it */
  readonly sources?: FlowSource[];
}
