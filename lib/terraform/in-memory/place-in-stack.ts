import type { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import type { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { FlowEndpoint } from "../../azure/flow";
import type { SecurityRule } from "../../azure/security-rule";
import type { FoundSubnet } from "../found-network";
import type { JoinedNetwork } from "../joined/join-files";
import type { JoinedGroup } from "../joined/join-groups";
import type { TerraformIndex } from "../resources/terraform-index";
import type { OpaqueSource } from "../resources/terraform-resource";

/** A construct for a subnet whose group is read as the stack will emit it. */
export interface PlaceInStack extends IConstruct {
  /** The subnet as an end of flows. */
  readonly endpoint: FlowEndpoint;
  /** Id of the subnet. */
  readonly subnetId: string;
  /** The subnet's resource. @default - it exists, or is inside the virtual network's resource */
  readonly subnet?: Subnet;
  /** The group. @default - it is managed elsewhere */
  readonly networkSecurityGroup?: IConstruct;
  /** The network that the subnet is in. */
  readonly network: NetworkInStack;
  /** The rules that are added to a group that is managed elsewhere. */
  _addedToGroup(): AddedInStack | undefined;
}

/** Rules in a group that is managed elsewhere, each a construct of the place. */
export interface AddedInStack {
  readonly group: { readonly name: string };
  /** Each as it is in the group, and the id of its construct. */
  readonly rules: ReadonlyArray<{ readonly id: string; readonly rule: SecurityRule }>;
}

/** A construct for the virtual network of places. */
export interface NetworkInStack {
  /** The virtual network's resource. @default - it exists */
  readonly virtualNetwork?: VirtualNetwork;
  /** IPv4 prefixes of the virtual network. */
  readonly addressSpace: string[];
  /** Whether the deployment creates the network and its way out, so that only Azure's own routes exist. */
  _routesItself(): boolean;
}

/** Stacks in memory as the reader of files reads them. */
export interface ReadStacks {
  /** The stack from which references are written. */
  readonly reader: TerraformStack;
  readonly index: TerraformIndex;
  /** Modules and templates, whose resources no stack shows. */
  readonly opaqueSources: readonly OpaqueSource[];
  readonly joined: JoinedNetwork;
  /** Keys of the subnets that are created here. */
  readonly made: ReadonlySet<string>;
}

/** A place, and what was found of its subnet. */
export interface FoundPlace {
  readonly place: PlaceInStack;
  /** Key of the subnet. */
  readonly key: string;
  readonly prefixes: string[];
  readonly subnet?: FoundSubnet;
  /** The group that surely filters it. @default - none does, or nothing is known of it */
  readonly group?: JoinedGroup;
}
