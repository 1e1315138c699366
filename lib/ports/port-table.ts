import type { PortPage } from "./port-page";

/** The role of a machine, in Veeam's words. The value is that of the tag `veeam-role`. */
export enum VeeamRole {
  /** The Veeam Backup & Replication console, on a machine outside the deployment. */
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

/** The cell of a page for the port of the HTTP proxy. */
export const PROXY_PORT = "<proxy port>";

/** Veeam's pages as they were on one day. */
export interface PortTable {
  /** `build@date`: the day, and the build that the page which changed on it speaks of. */
  readonly revision: string;
  readonly build: string;
  readonly date: string;
  /** The page of Veeam Backup for Microsoft Entra ID. */
  readonly entraId: PortPage;
  /** The page of all of Veeam Backup & Replication, to which the other refers. @default - not known yet on that day */
  readonly usedPorts?: PortPage;
}

/** The pages of a table, that of Microsoft Entra ID first. */
export function pagesOf({ entraId, usedPorts }: PortTable): PortPage[] {
  return usedPorts ? [entraId, usedPorts] : [entraId];
}

/** A component in names of resources: its role, and its key if the role can have several. */
export function componentSlug(role: VeeamRole, key: string): string {
  return isSingle(role) ? role : `${role}-${key}`;
}
