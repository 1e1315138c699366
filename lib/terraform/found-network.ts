import type { GroupNames, SubnetNames } from "../azure/azure-id";
import type { Problem } from "../base/problem";
import type { Doubts, GroupRule } from "../proof/network";

/** A network security group that a file holds. */
export interface FoundGroup {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** What errors call it. */
  readonly path: string;
  readonly names: GroupNames;
  /**
   * The rules inside it, without Azure's default rules. Undefined where the
   * file says nothing of them.
   */
  readonly rules?: GroupRule[];
  /** Its tags, as far as they are texts. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether the file only reads what others made; what made it knows better. */
  readonly isRead: boolean;
  /** What the file does not say of its rules. @default - it says all of them */
  readonly doubts?: readonly FoundDoubt[];
  /** Whether the file's configuration writes the rules inside. @default - not known; they may be read back */
  readonly writesRules?: boolean;
  /** Why Azure would refuse it. @default - nothing is wrong */
  readonly problems?: readonly Problem[];
}

/** Something that a file does not say of a group, so that nothing is sure that rests on it. */
export interface FoundDoubt {
  /** What a verdict depends on, in a few words. */
  readonly subject: string;
  /** What is not known, and what to do about it: one or two sentences. */
  readonly text: string;
  /** What in the configuration causes it. @default - something that no configuration says */
  readonly cause?: DoubtCause;
  /** What errors call the part of the configuration. @default - the group as a whole */
  readonly path?: string;
}

/** What in a configuration keeps the rules of a group from being known. */
export enum DoubtCause {
  /** Rules inside and rules beside the group overwrite each other. */
  OVERWRITTEN = "rules-overwritten",
  /** Terraform ignores changes of the rules. */
  IGNORED = "rules-ignored",
  /** A dynamic block creates the rules. */
  DYNAMIC = "rules-dynamic",
  /** Values that decide a rule are known only at apply. */
  UNDECIDED = "rules-undecided",
  /** A module or a template may add rules. */
  MAKER = "rules-of-maker",
}

/** Something that is not known of groups: no verdict that rests on them is sure. */
export interface NetworkDoubt extends FoundDoubt {
  /** Keys of the groups; in a network of files, their names. */
  readonly groups: readonly string[];
  /** The same text where two files leave the same open. */
  readonly identity: string;
  /** The rule that one of the groups may have. @default - it is about something else */
  readonly rule?: KnownRule;
}

/** How a rule says which group it is in. */
export interface GroupReference extends GroupNames {
  /** Key of the group. @default - it is named */
  readonly key?: string;
}

/** A rule that is a resource of its own. */
export interface FoundRule {
  /** What errors call it. */
  readonly address: string;
  /** @default - not enough is known of it, or something is wrong with it */
  readonly rule?: GroupRule;
  readonly group: GroupReference;
  /** What the file does not say of it. @default - it says all of it */
  readonly doubt?: FoundDoubt;
  /** Why Azure would refuse it. @default - nothing is wrong */
  readonly problems?: readonly Problem[];
}

/** A rule of its own that is fully known. */
export type KnownRule = FoundRule & { readonly rule: GroupRule };

/** What a plan takes away; other files, and what was read before, still have it. */
export interface TakenAway {
  /** Ids of groups, subnets and network interfaces. */
  readonly ids: ReadonlySet<string>;
  /** Keys of subnets and network interfaces that lose their group. */
  readonly groupless: ReadonlySet<string>;
  /** Rules that are resources of their own. */
  readonly rules: ReadonlyArray<{
    /** What errors call it. */
    readonly address: string;
    readonly name: string;
    readonly group: GroupReference;
  }>;
}

/** Nothing is taken away. */
export const NOTHING_TAKEN: TakenAway = { ids: new Set(), groupless: new Set(), rules: [] };

/** A route table that a file holds. */
export interface FoundRouteTable {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** Whether it may route public addresses, as a route for 0.0.0.0/0 does. */
  readonly mayRoutePublic: boolean;
}

/** That a route table applies to a subnet. */
export interface FoundRouting {
  /** Key of the subnet. @default - not known: any may be meant */
  readonly subnet?: string;
  /** Key of the route table. @default - not known: it may hold any route */
  readonly table?: string;
}

/** What a file says of routes. */
export interface FoundRoutes {
  readonly tables: readonly FoundRouteTable[];
  readonly routings: readonly FoundRouting[];
}

/** A subnet that a file contains or refers to. */
export interface FoundSubnet {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  readonly names: SubnetNames;
  /** Its prefixes; one value known only at apply where the file does not say them. */
  readonly prefixes: string[];
  /** Key of its group. @default - none that the file knows of */
  readonly group?: string;
  /** The group is not attached where these are true. @default - it surely is */
  readonly noGroupIf?: Doubts;
  /** A further group, of which nothing is known, is attached where these are true. @default - none is */
  readonly refusedIf?: Doubts;
  /** Whether it may have a group that the file does not say. */
  readonly mayHaveGroup: boolean;
  /** Why Azure would refuse it. @default - nothing is wrong */
  readonly problems?: readonly Problem[];
  /** Whether Azure itself lists it, so that it surely has no group unless one is listed. @default false */
  readonly isListed?: boolean;
  /** Key of its virtual network. @default - the file does not say it */
  readonly virtualNetwork?: string;
  /** Service that it is delegated to, to which groups may not be applied. @default - none, or groups surely are */
  readonly delegatedTo?: string;
  /** Whether groups are applied to private endpoints in it. @default - the file does not say it */
  readonly filtersPrivateEndpoints?: boolean;
  /** Keys of all network interfaces in it. @default - the file does not say them */
  readonly interfaces?: string[];
  /**
   * Whether the file says all that routes there: its virtual network is in
   * the file, and has no gateway that may bring routes.
   *
   * @default - there may be routes that it does not say
   */
  readonly saysRoutes?: boolean;
}

/** A network interface that a file contains or refers to. */
export interface FoundInterface {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** What errors call it. @default - its name */
  readonly path?: string;
  /** Why Azure would refuse it. @default - nothing is wrong */
  readonly problems?: readonly Problem[];
  /** Its addresses; empty where the file does not say all of them. */
  readonly addresses: string[];
  /** Key of its subnet. @default - the file does not say it */
  readonly subnet?: string;
  /** Key of its own group. @default - none that the file knows of */
  readonly group?: string;
  /** The group is not attached where these are true. @default - it surely is */
  readonly noGroupIf?: Doubts;
  /** Ids of the application security groups that it is in. @default - none that the file knows of */
  readonly applicationSecurityGroupIds?: readonly string[];
  /** Whether Azure itself lists it, so that it surely has no group unless one is listed. @default false */
  readonly isListed?: boolean;
  /** Whether it is that of a private endpoint, to which groups are not applied unless its subnet says so. @default false */
  readonly isPrivateEndpoint?: boolean;
}

/** Another virtual network that one is connected to. */
export interface FoundPeering {
  /** Key of the other virtual network. */
  readonly remote: string;
  /** Prefixes of the other one; one value known only at apply where the file does not say them. */
  readonly prefixes: string[];
  /** The connection exists where these are true. @default - it surely exists */
  readonly existsIf?: Doubts;
}

/** A virtual network that a file holds. */
export interface FoundVirtualNetwork {
  /** Identity in its file: Azure's id in lower case, or Terraform's address. */
  readonly key: string;
  /** What people call it. */
  readonly name: string;
  /** Its address space; one value known only at apply where the file does not say it. */
  readonly prefixes: string[];
  /** The peerings that it has. */
  readonly peerings: readonly FoundPeering[];
  /** Whether these are all of its peerings. */
  readonly areAllPeerings: boolean;
}

/** The groups in a file, and what they are attached to. */
export interface FoundNetwork {
  /** Name of the file. */
  readonly file: string;
  readonly groups: FoundGroup[];
  /** Rules that are resources of their own. */
  readonly rules: FoundRule[];
  readonly subnets: FoundSubnet[];
  readonly interfaces: FoundInterface[];
  readonly virtualNetworks: FoundVirtualNetwork[];
  /** Route tables, and where they apply. @default - none */
  readonly routes?: FoundRoutes;
  /** What it takes away, where it is a plan. @default - nothing */
  readonly takenAway?: TakenAway;
  /** Why nothing that it says of groups is sure, each a sentence. @default - nothing is missing */
  readonly gaps?: readonly string[];
  /** What it leaves open, each a sentence. */
  readonly notes: string[];
}
