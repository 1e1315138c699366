import { type Protocol } from "../azure/security-rule";
import type { VeeamFeature } from "./features";
import type { Party } from "./parties";

export type { Party } from "./parties";

/** What a machine does, in Veeam's words. The value is the text of the tag `veeam-role`. */
export enum VeeamRole {
  /** The Veeam Backup & Replication console; a person's machine, never ours. */
  CONSOLE = "console",
  /** The backup server, which is also the only backup proxy. */
  BACKUP_SERVER = "backup-server",
  /** The PostgreSQL server that holds the Entra ID backup repository. */
  POSTGRESQL = "postgresql",
  /** The HTTP proxy on the way to Microsoft. */
  HTTP_PROXY = "http-proxy",
  /** The cache repository of log backup. */
  CACHE_REPOSITORY = "cache-repository",
  /** The gateway server in front of a repository that cannot run Veeam's services. */
  GATEWAY_SERVER = "gateway-server",
  /** A primary or secondary backup repository. */
  BACKUP_REPOSITORY = "backup-repository",
}

/** Whether a deployment has at most one component of the role. */
export function isSingle(role: VeeamRole): boolean {
  return role === VeeamRole.BACKUP_SERVER || role === VeeamRole.POSTGRESQL || role === VeeamRole.HTTP_PROXY;
}

/** The service tags that stand for a party. */
export const SERVICE_TAG_PARTIES: readonly Party[] = ["AzureActiveDirectory", "AzureResourceManager"];

/** The cell that stands for whatever port the HTTP proxy listens on. */
export const PROXY_PORT = "<proxy port>";

/** The cell of the ports that data channels use. A deployment can narrow it. */
export const TRANSMISSION_PORTS = "2500-3300";

/** One row of a table: who opens which ports to whom. A row becomes at most one rule at each end. */
export interface PortTableRow {
  /** Stem of the names of its rules. The same flow has the same name in every table. */
  readonly name: string;
  /** Priority of its rules in both directions, 100 to 4095. The same flow has the same priority in every table. */
  readonly priority: number;
  /** The end that opens the connections. */
  readonly from: Party;
  /** The end that is connected to. */
  readonly to: Party;
  readonly protocol: Protocol;
  /** Ports as the page prints them: `443`, `2500-3300`, or `<proxy port>`. */
  readonly ports: readonly string[];
  /** The page's own mark of what not every deployment has. */
  readonly optional: boolean;
  /** What the connection is for; becomes part of the rule's description. */
  readonly reason: string;
  /** When the page asks for the row. @default - whenever both ends are there */
  readonly condition?: string;
}

/** What rows are read from: a page as it stood on one day. */
export interface PortPage {
  /** The page's address. */
  readonly source: string;
  /** The day of the page's text, YYYY-MM-DD. */
  readonly pageDate: string;
  /** The build of Veeam Backup & Replication that the page speaks of. */
  readonly build: string;
  readonly rows: readonly PortTableRow[];
}

/** One revision of the page "Ports" of Veeam Backup for Microsoft Entra ID. */
export interface PortTable extends PortPage {
  /** `build@pageDate`; also the name of the revision's file. */
  readonly revision: string;
  /** What else is known of the revision. @default - nothing */
  readonly note?: string;
}

/** One section of the page "Used Ports" of Veeam Backup & Replication, to which the Entra ID page refers. */
export interface PortSection extends PortPage {
  /** Title of the section. */
  readonly section: string;
  readonly rows: readonly SectionRow[];
}

/** One row of a section: closed until a deployment asks for it. */
export interface SectionRow extends PortTableRow {
  /** Features any of which opens the row; none where naming both ends is what asks for it. */
  readonly features: readonly VeeamFeature[];
  /** What does not work while the row is closed. */
  readonly without: string;
}

/** The row with what asks for it, which is what a flow is made of. */
export interface SourcedRow {
  readonly row: PortTableRow;
  /** The page that the row comes from. @default - the deployment's own words ask for it */
  readonly page?: PortPage;
  /** What asks for the row in a few words, for descriptions of rules. */
  readonly origin: string;
}

/** Each row of a revision with its source. */
export function rowsOfTable(table: PortTable): SourcedRow[] {
  return table.rows.map((row) => ({ row, page: table, origin: `Entra ID ports ${table.revision}` }));
}

/** Each row of a section with its source. */
export function rowsOfSection(section: PortSection): SourcedRow[] {
  return section.rows.map((row) => ({ row, page: section, origin: `Used ports ${section.pageDate}` }));
}

/** What a component is called in names of resources: its role, and its key where the role can have several. */
export function componentSlug(role: VeeamRole, key: string): string {
  return isSingle(role) ? role : `${role}-${key}`;
}
