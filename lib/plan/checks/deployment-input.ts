import type { IResourceNaming } from "../../azure/naming";
import type { VeeamFeature } from "../../ports/features";
import type { DnsNameGroup } from "../../ports/parties";
import { isSingle, VeeamRole } from "../../ports/port-table";
import type { SubnetSettingsInput } from "./subnet-settings";

/**
 * A deployment in one shape, whether it was written as a file or as code. The
 * checks read nothing else. What is undefined was left out, or was refused
 * already by whoever read the input.
 */
export interface DeploymentInput {
  readonly name?: string;
  /** How resources are named. @default - by Azure's abbreviations */
  readonly naming?: IResourceNaming;
  readonly location?: string;
  readonly resourceGroup?: { readonly path: string; readonly name: string };
  readonly virtualNetwork?: VirtualNetworkInput;
  /** Revision of the port table. */
  readonly portTable: string;
  readonly consoles?: readonly string[];
  readonly components: readonly ComponentInput[];
  readonly cacheMigration?: { readonly from?: string; readonly to?: string };
  readonly tags?: Readonly<Record<string, string>>;
  readonly features?: readonly VeeamFeature[];
  /** From where administrators come, under the path that gives it. */
  readonly administrators?: {
    readonly path: string;
    readonly throughBastion: boolean;
    readonly prefixes: readonly string[];
  };
  readonly restClients?: readonly string[];
  readonly mountServers?: readonly string[];
  readonly services?: Readonly<Partial<Record<ServiceName, readonly string[]>>>;
  readonly dnsNames?: DnsNamesInput;
  readonly backupCopies?: ReadonlyArray<{ readonly from?: string; readonly to?: string }>;
  readonly scaleOutRepositories?: Readonly<Record<string, { readonly extents?: readonly string[] }>>;
  readonly transmissionPorts?: {
    readonly from?: number;
    readonly to?: number;
    readonly concurrentConnections?: number;
  };
}

/** Servers that a deployment names under `services`. */
export const SERVICES = ["ntp", "nts", "directory", "mail", "kms", "syslog", "syslogTls"] as const;

/** A kind of server that a deployment names under `services`. */
export type ServiceName = (typeof SERVICES)[number];

/** How endpoints without a service tag are reached. */
export interface DnsNamesInput {
  readonly firewall?: { readonly addresses?: readonly string[]; readonly port?: number };
  readonly addresses?: Readonly<Partial<Record<DnsNameGroup, readonly string[]>>>;
}

/** The virtual network of a deployment. */
export interface VirtualNetworkInput {
  /** Path of its properties: `virtualNetwork`, or `virtualNetwork.existing`. */
  readonly path: string;
  /** Name and resource group of one that exists. @default - it is created */
  readonly existing?: { readonly name?: string; readonly resourceGroup?: string };
  readonly addressSpace?: readonly string[];
  readonly dnsServers?: readonly string[];
}

/** One component of a deployment. */
export interface ComponentInput {
  /** Path of its properties: `backupServer`, `cacheRepositories.cache`. Also what `on` calls it. */
  readonly path: string;
  readonly role: VeeamRole;
  readonly key: string;
  readonly subnet?: string;
  readonly existingSubnet?: ExistingSubnetInput;
  /** What the subnet that is made has beside its prefix and its group. */
  readonly subnetSettings?: SubnetSettingsInput;
  readonly addresses?: readonly string[];
  readonly on?: string;
  readonly port?: number;
  readonly directAccess?: boolean;
  /** What it is: `windows`, `smb`. */
  readonly type?: string;
  /** For object storage by service tag: the region. */
  readonly region?: string;
  /** For a repository behind gateways: what `on` calls the machines that speak to it. */
  readonly gateways?: readonly string[];
  /** Properties of its placement that were given but refused already. @default - none */
  readonly refused?: readonly string[];
}

/** A subnet that exists. */
export interface ExistingSubnetInput {
  readonly id?: string;
  readonly addressPrefixes?: readonly string[];
  /** Whether nothing else lives there. */
  readonly dedicated?: boolean;
  /** The group of others before it. */
  readonly group?: {
    readonly name?: string;
    readonly resourceGroup?: string;
    readonly firstPriority?: number;
    readonly lastPriority?: number;
  };
}

/** The property of a deployment that holds the components of a role. */
export const COMPONENT_PROPERTY: Readonly<Record<Exclude<VeeamRole, VeeamRole.CONSOLE>, string>> = {
  [VeeamRole.BACKUP_SERVER]: "backupServer",
  [VeeamRole.POSTGRESQL]: "postgresql",
  [VeeamRole.HTTP_PROXY]: "httpProxy",
  [VeeamRole.CACHE_REPOSITORY]: "cacheRepositories",
  [VeeamRole.GATEWAY_SERVER]: "gatewayServers",
  [VeeamRole.BACKUP_REPOSITORY]: "backupRepositories",
};

/** The path of a component's properties in a deployment. */
export function componentPath(role: VeeamRole, key: string): string {
  if (role === VeeamRole.CONSOLE) return "consoles";
  const property = COMPONENT_PROPERTY[role];
  return isSingle(role) ? property : `${property}.${key}`;
}
