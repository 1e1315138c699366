import type { Protocol } from "./security-rule";

/** Connections of a kind: each source with each destination, on each port. */
export interface ConnectionRange {
  /** Prefixes, or names of sets, of the end that opens the connections. */
  readonly from: string[];
  /** Prefixes, or names of sets, of the end that is connected to. */
  readonly to: string[];
  /** Protocol; `*` stands for those that have no name of their own in a rule. */
  readonly protocol: Protocol;
  /** Ports that are connected to: `443`, `2500-3300`, `*`, or values known only at apply; empty for protocols without ports. */
  readonly ports: string[];
  /** Ports from which the connections are opened. @default - all of them, or the protocol has none */
  readonly sourcePorts?: string[];
  /** What it depends on whether these change, by name; empty where they surely do. */
  readonly dependsOn: string[];
}

/** What a change opens and closes. */
export interface ConnectionDifference {
  /** Connections that pass after the change only. */
  readonly opened: ConnectionRange[];
  /** Connections that passed before the change only. */
  readonly closed: ConnectionRange[];
}
