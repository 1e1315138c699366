import type { GroupNames, SubnetNames } from "../azure/azure-id";
import type { Problem } from "../base/problem";
import type { Doubts, GroupRule } from "../proof/network";

// The records that every format is read into: what one file says of a network.
// Prefixes that a file does not say are one value known only at apply.

/** A resource that a file contains or refers to. */
interface Found {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** Name in results. */
  readonly name: string;
}

/** A network security group. */
export interface FoundGroup extends Found {
  /** Name in errors. */
  readonly path: string;
  readonly names: GroupNames;
  /** The rules inside it, without Azure's default rules. @default - the file does not say them */
  readonly rules?: GroupRule[];
  readonly tags: Readonly<Record<string, string>>;
  /** Whether the file only reads it; a file that creates it says more. */
  readonly isRead: boolean;
  readonly doubts?: readonly FoundDoubt[];
  /** Whether the configuration writes the rules inside. @default - not known; they may be read back */
  readonly writesRules?: boolean;
  /** Why Azure would refuse it. */
  readonly problems?: readonly Problem[];
}

/** Something that a file does not say of a group: verdicts that rest on it are not certain. */
export interface FoundDoubt {
  /** What a verdict depends on, in a few words. */
  readonly subject: string;
  /** What is not known, and what to do about it: one or two sentences. */
  readonly text: string;
  /** What the file writes there: with something else, it is another doubt. @default - the subject says it */
  readonly content?: string;
  /** The cause in the configuration. @default - the file is of another kind */
  readonly cause?: DoubtCause;
  /** Name of the part of the configuration in errors. @default - the whole group */
  readonly path?: string;
}

/** What in a configuration keeps the rules of a group from being known. */
export enum DoubtCause {
  /** Inline and separate rules of the group overwrite each other. */
  OVERWRITTEN = "rules-overwritten",
  /** Terraform ignores changes of the rules. */
  IGNORED = "rules-ignored",
  /** A dynamic block creates the rules. */
  DYNAMIC = "rules-dynamic",
  /** Values that decide a rule are known only at apply. */
  UNDECIDED = "rules-undecided",
  /** A module, a template or an update of the provider azapi may add rules. */
  OPAQUE_SOURCE = "rules-of-opaque-source",
}

/** A doubt, and the groups that it is about. */
export interface NetworkDoubt extends FoundDoubt {
  /** Keys of the groups; in a network of files, their names. */
  readonly groups: readonly string[];
  /** The same text if two files have the same doubt. */
  readonly identity: string;
  /** The rule that may be in one of the groups. @default - the doubt is about something else */
  readonly rule?: KnownRule;
}

/** The group that a rule names. */
export interface GroupReference extends GroupNames {
  /** @default - the rule gives names only */
  readonly key?: string;
}

/** A rule that is a resource of its own. */
export interface FoundRule {
  /** Name in errors. */
  readonly address: string;
  /** @default - not enough is known of it, or something is wrong with it */
  readonly rule?: GroupRule;
  readonly group: GroupReference;
  readonly doubt?: FoundDoubt;
  /** Why Azure would refuse it. */
  readonly problems?: readonly Problem[];
}

/** A rule of its own that is fully known. */
export type KnownRule = FoundRule & { readonly rule: GroupRule };

/** What a plan deletes; other files and data sources may still have it. */
export interface DeletedParts {
  /** Ids of groups, subnets and network interfaces. */
  readonly ids: ReadonlySet<string>;
  /** Keys of subnets and network interfaces that lose their group. */
  readonly groupless: ReadonlySet<string>;
  /** Rules that are resources of their own. */
  readonly rules: ReadonlyArray<Pick<FoundRule, "address" | "group"> & { readonly name: string }>;
}

/** Nothing is deleted. */
export const NOTHING_DELETED: DeletedParts = { ids: new Set(), groupless: new Set(), rules: [] };

/** A route table. */
export interface FoundRouteTable {
  readonly key: string;
  /** The known prefixes of its routes. */
  readonly prefixes: readonly string[];
  /** Whether it may route public addresses, as a route for 0.0.0.0/0 does. */
  readonly mayRoutePublic: boolean;
}

/** A route table on a subnet, by their keys. Without a subnet, any may be meant; without a table, there may be any route. */
export interface FoundRouting {
  readonly subnet?: string;
  readonly table?: string;
}

/** Something that groups are attached to. */
interface FoundPlace extends Found {
  /** Key of its group. @default - the file knows of none */
  readonly group?: string;
  /** The group is not attached where these are true. @default - it certainly is */
  readonly noGroupIf?: Doubts;
  /** Whether Azure itself lists it, so that a group that is not listed does not exist. @default false */
  readonly isListed?: boolean;
  /** Why Azure would refuse it. */
  readonly problems?: readonly Problem[];
}

/** A subnet. */
export interface FoundSubnet extends FoundPlace {
  readonly names: SubnetNames;
  readonly prefixes: string[];
  /** Another, unknown group is attached where these are true. @default - none is */
  readonly refusedIf?: Doubts;
  /** Whether it may have a group that the file does not say. */
  readonly mayHaveGroup: boolean;
  /** Key of its virtual network. @default - the file does not say it */
  readonly virtualNetwork?: string;
  /** Service that it is delegated to, to which groups may not be applied. @default - none, or groups certainly are */
  readonly delegatedTo?: string;
  /** Whether groups are applied to private endpoints in it. @default - the file does not say it */
  readonly filtersPrivateEndpoints?: boolean;
  /** Keys of all network interfaces in it. @default - the file does not say them */
  readonly interfaces?: string[];
  /** Whether the file says all of its routes: it contains the virtual network, which has no gateway. @default false */
  readonly saysRoutes?: boolean;
}

/** A network interface. */
export interface FoundInterface extends FoundPlace {
  /** Name in errors. @default - its name */
  readonly path?: string;
  /** Its addresses; empty if the file does not say all of them. */
  readonly addresses: string[];
  /** Key of its subnet. @default - the file does not say it */
  readonly subnet?: string;
  /** Ids of its application security groups. @default - the file knows of none */
  readonly applicationSecurityGroupIds?: readonly string[];
  /** Key of its private endpoint, to which groups are not applied unless its subnet says so. @default - none */
  readonly privateEndpoint?: string;
}

/** A connection to another virtual network. */
export interface FoundPeering {
  /** Key of the other virtual network. */
  readonly remote: string;
  /** Prefixes of the other one. */
  readonly prefixes: string[];
  /** The connection exists where these are true. @default - it certainly exists */
  readonly existsIf?: Doubts;
}

/** A virtual network. */
export interface FoundVirtualNetwork extends Found {
  readonly prefixes: string[];
  readonly peerings: readonly FoundPeering[];
  /** Whether these are all of its peerings. */
  readonly areAllPeerings: boolean;
  /** Whether a gateway or a route table may lead its connections elsewhere, as in a hub and its spokes. @default false */
  readonly mayRouteAway?: boolean;
}

/** What a file says of a network. */
export interface FoundNetwork {
  /** Name of the file. */
  readonly file: string;
  readonly groups: FoundGroup[];
  /** Rules that are resources of their own. */
  readonly rules: FoundRule[];
  readonly subnets: FoundSubnet[];
  readonly interfaces: FoundInterface[];
  readonly virtualNetworks: FoundVirtualNetwork[];
  readonly tables: FoundRouteTable[];
  readonly routings: FoundRouting[];
  /** What it deletes, if it is a plan. */
  readonly deleted: DeletedParts;
  /** Why the file may lack something, each a sentence. */
  readonly gaps: readonly string[];
  /** The variables and data sources that its resources name, as a configuration writes them. @default - it is not a configuration */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the file does not say, each a sentence. */
  readonly notes: string[];
}
