import type { Protocol } from "../azure/security-rule";
import type { Party } from "./parties";
import type { PageRow, PortPage } from "./port-page";

/** Source, destination and ports of one or several rows of pages. It becomes at most one rule at each end. */
export interface PortTableRow {
  /** Stem of the names of its rules. */
  readonly name: string;
  /** Priority of its rules in both directions, 100 to 4095. */
  readonly priority: number;
  /** The end that opens the connections. */
  readonly from: Party;
  /** The end that is connected to. */
  readonly to: Party;
  readonly protocol: Protocol;
  /** Ports as pages print them: `443`, `2500-3300`, or `<proxy port>`. */
  readonly ports: readonly string[];
  /** Purpose of the connection; part of the rule's description. */
  readonly reason: string;
}

/** A row of a page, with the page. */
export interface RowOfPage {
  readonly page: PortPage;
  readonly row: PageRow;
}

/** A row with the rows of pages that ask for it. Flows are made of these. */
export interface SourcedRow {
  readonly row: PortTableRow;
  /** The rows of pages that ask for it. @default - the deployment itself asks for it */
  readonly askedBy?: readonly RowOfPage[];
  /** The page or property that asks for it, for descriptions of rules. */
  readonly origin: string;
}
