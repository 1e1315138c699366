import type { Protocol } from "./security-rule";

/** Where a flow begins or ends: addresses, a service tag, or application security groups. */
export interface FlowEndpoint {
  /** Stable identity: endpoints with the same id are the same endpoint. */
  readonly id: string;
  /** Name in the report and in messages. */
  readonly label: string;
  /** IPv4 prefixes (sorted, none inside another), one service tag, or values known only at apply. Empty where application security groups stand for it. */
  readonly prefixes: string[];
  /** Ids of application security groups. @default - none */
  readonly applicationSecurityGroupIds?: string[];
}

/** A row of a page that documents a flow, in the page's words. */
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

/** Connections from one endpoint to another, and the row or declaration that they are for. */
export interface Flow {
  /** Stem of the name of its rules: `allow-in-` or `allow-out-` goes before it. */
  readonly name: string;
  /** Priority of its rules, 100 to 4095. */
  readonly priority: number;
  /**
   * Whether a rule of the flow gets the next free priority if its own is taken. Otherwise
   * two rules with the same priority are refused.
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
  /** Purpose of the flow, in words. */
  readonly reason: string;
  /** Its source in a few words: a page of Veeam's, or "Declared flow". */
  readonly origin: string;
  /** URL of that page. @default - it is a declared flow */
  readonly source?: string;
  /** Date of that page, YYYY-MM-DD. @default - it is a declared flow */
  readonly pageDate?: string;
  /** The rows that document it. @default - it is a declared flow */
  readonly sources?: FlowSource[];
}
