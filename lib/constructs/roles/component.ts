import type { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import type { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import type { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { componentSlug } from "../../ports/port-table";
import { checkAddresses, checkKey, checkPlacement, checkPort } from "../../plan/checks/components";
import { type ComponentInput, componentPath } from "../../plan/checks/deployment-input";
import { checkExistingSubnet, checkSubnetOfNetwork } from "../../plan/checks/existing-subnet";
import { checkType } from "../../plan/checks/component-types";
import { formatProblem, type Problem, refuseProblems } from "../../base/problem";
import { checkSubnetSettings } from "../../plan/checks/subnet-settings";
import type { BackupNetwork } from "../network/backup-network";
import { Connections, type IConnectable } from "../network/connections";
import { DedicatedSubnet } from "../network/dedicated-subnet";
import type { ExistingSubnet } from "../network/existing-subnet";
import type { FilteredPlace, FilteredPlaceProps } from "../network/filtered-place";
import { FilteredSubnet } from "../network/filtered-subnet";
import { SharedGroup } from "../network/shared-group";
import type { SubnetSettings } from "../network/subnet-settings";
import { textsIn } from "../../terraform/terraform-text";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { type OperatingSystem, operatingSystemOf } from "../../ports/component-types";
import type { VeeamRole } from "../../ports/port-table";
import { findStorageRegion } from "../../azure/storage-regions";
import type { ProxiedNames } from "../../plan/flows/dns-name-flows";
import type { TopologyComponent } from "../../plan/flows/documented-flows";

/**
 * Where a component lives: exactly one of `subnet`, `existingSubnet`,
 * `addresses` and `on`. Object storage is a service: it has exactly one of
 * `region` and `addresses`.
 */
export interface BackupComponentProps {
  /** The network of the deployment. */
  readonly network: BackupNetwork;
  /**
   * Name among the components of its role, part of names of resources.
   *
   * @default - the construct's id
   */
  readonly key?: string;
  /**
   * IPv4 prefix of a subnet that is made for the component, /29 or wider, in
   * the network's address space.
   *
   * @default - it has no subnet of its own
   */
  readonly subnet?: string;
  /**
   * What the subnet that is made has beside its prefix and its group; refused
   * where no subnet is made.
   *
   * @default - nothing
   */
  readonly subnetSettings?: SubnetSettings;
  /**
   * A subnet that exists.
   *
   * @default - it has none
   */
  readonly existingSubnet?: ExistingSubnet;
  /**
   * IPv4 prefixes of a component elsewhere, private and /8 or longer, or
   * public and /24 or longer, outside the subnets made here; only the other
   * ends' rules are made.
   *
   * @default - it is not elsewhere
   */
  readonly addresses?: string[];
  /**
   * The component whose machine this one shares.
   *
   * @default - it shares none
   */
  readonly on?: BackupComponent;
}

/** Where a component lives that is a machine, and what runs it. */
export interface MachineProps extends BackupComponentProps {
  /**
   * Operating system of the machine.
   *
   * @default - that of the machine it shares, or unknown: refused where what opens depends on it
   */
  readonly type?: OperatingSystem;
}

/** Settings that the props of only some roles have. */
interface RoleSettings {
  readonly port?: number;
  readonly directAccess?: boolean;
  readonly type?: string;
  readonly region?: string;
  readonly gateways?: BackupComponent[];
}

/**
 * One component of a deployment: a role and where it lives. Where it has a
 * subnet of its own, the subnet's group denies everything that no flow of
 * the component asks for.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export abstract class BackupComponent extends Construct implements IConnectable {
  /** What the component does. */
  public readonly role: VeeamRole;
  /** Name among the components of its role. */
  public readonly key: string;
  /**
   * What flows, rules, the report and explain() call it: its role, and its key
   * where the role can have several. Flows of a component that shares a
   * machine bear the label of the component whose machine it is.
   */
  public readonly label: string;
  /** The network of the deployment. */
  public readonly network: BackupNetwork;
  /** Its subnet. @default - it has none of its own, it exists, or it stands inside the virtual network's resource */
  public readonly subnet?: Subnet;
  /**
   * Id of its subnet, made here or existing.
   *
   * @default - it has no subnet of its own
   */
  public readonly subnetId?: string;
  /** The group of its subnet. @default - it has no subnet of its own, or the group is others' */
  public readonly networkSecurityGroup?: NetworkSecurityGroup;
  /**
   * What ties the group to the subnet; machines of your own depend on it, so
   * that none boots unfiltered.
   *
   * @default - it has no subnet of its own, nothing ties the two, or the group is others'
   */
  public readonly association?: SubnetNetworkSecurityGroupAssociation;

  /** Connections of the user's own, beside the documented ones. */
  public readonly connections: Connections;

  private readonly props: BackupComponentProps & RoleSettings;
  private machineFacts?: { readonly [name: string]: string };
  private readonly place?: FilteredPlace;
  private readonly ownEndpoint?: FlowEndpoint;
  private documented = false;
  private readonly proxiedNames: Array<() => readonly ProxiedNames[]> = [];

  constructor(scope: Construct, id: string, role: VeeamRole, props: BackupComponentProps) {
    super(scope, id);
    this.role = role;
    this.key = props.key ?? id;
    this.label = componentSlug(role, this.key);
    this.props = props;
    this.network = props.network;
    this.connections = Connections._of(
      () => this._endpoint(),
      () => this._place(),
    );

    const input = this._input();
    refuseProblems(this.node.path, [
      ...checkPlacement(input),
      ...checkSubnetSettings(input),
      ...checkType(input),
      ...checkKey(input, props.network.deploymentName, props.network.naming),
      ...(input.port === undefined ? [] : checkPort(`${input.path}.port`, input.port)),
      ...(input.existingSubnet
        ? [
            ...checkExistingSubnet(`${input.path}.existingSubnet`, input.existingSubnet).problems,
            ...checkSubnetOfNetwork(
              `${input.path}.existingSubnet`,
              input.existingSubnet,
              props.network._asInput(),
            ),
          ]
        : []),
      ...(props.addresses ? checkAddresses(`${input.path}.addresses`, props.addresses, []).problems : []),
    ]);

    this.node.addValidation({ validate: () => this.checkDocumented().map(formatProblem) });

    const slug = this.label;
    const { network, subnet, subnetSettings, existingSubnet } = props;
    const tags = { "veeam-role": role, "veeam-component": slug === role ? role : this.key };
    if (subnet !== undefined || existingSubnet) {
      const common = { network, component: slug, tags };
      this.place =
        subnet !== undefined
          ? new FilteredSubnet(this, "network", {
              ...common,
              path: `${input.path}.subnet`,
              addressPrefix: subnet,
              settings: subnetSettings,
              settingsPath: `${input.path}.subnetSettings`,
            })
          : existingPlace(
              this,
              { ...common, path: `${input.path}.existingSubnet` },
              existingSubnet as ExistingSubnet,
            );
      this.subnet = this.place.subnet;
      this.subnetId = this.place.subnetId;
      this.networkSecurityGroup = this.place.networkSecurityGroup;
      this.association = this.place.association;
    } else if (props.addresses !== undefined) {
      this.ownEndpoint = {
        id: this.node.path,
        label: slug,
        prefixes: mergePrefixes(textsIn(this, props.addresses)),
      };
    } else if (input.region !== undefined) {
      const serviceTag = findStorageRegion(input.region)?.serviceTag ?? input.region;
      this.ownEndpoint = { id: this.node.path, label: slug, prefixes: [serviceTag] };
    }
  }

  /**
   * The place that filters the component's traffic: its own, or that of the
   * machine it shares; none where the machine is elsewhere.
   *
   * @internal
   */
  public _place(): FilteredPlace | undefined {
    return this.place ?? this.props.on?._place();
  }

  /**
   * The component as an end of flows.
   *
   * @internal
   */
  public _endpoint(): FlowEndpoint {
    const endpoint = this._place()?.endpoint ?? this.ownEndpoint ?? this.props.on?._endpoint();
    if (!endpoint) throw new Error(`${this.node.path}: has no place`);
    return endpoint;
  }

  /**
   * The component as the checks see it.
   *
   * @internal
   */
  public _input(): ComponentInput {
    const { subnet, subnetSettings, existingSubnet, addresses, on } = this.props;
    const { port, directAccess, type, region, gateways } = this.props;
    return {
      path: componentPath(this.role, this.key),
      role: this.role,
      key: this.key,
      subnet,
      subnetSettings,
      existingSubnet: existingSubnet?._input(),
      addresses,
      on: on && componentPath(on.role, on.key),
      port,
      directAccess,
      type,
      region,
      gateways: gateways?.map((gateway) => componentPath(gateway.role, gateway.key)),
    };
  }

  /**
   * The component as the port table sees it.
   *
   * @internal
   */
  public _member(): TopologyComponent {
    const { port, directAccess, region, gateways } = this.props;
    return {
      role: this.role,
      key: this.key,
      endpoint: this._endpoint(),
      port: port === undefined ? undefined : Token.isUnresolved(port) ? Token.asString(port) : String(port),
      directAccess,
      type: this.effectiveType(),
      region,
      gateways: gateways?.map((gateway) => gateway._endpoint()),
    };
  }

  /**
   * Says of the machine that is made for it what a report tells.
   *
   * @internal
   */
  public _describeMachine(facts: { readonly [name: string]: string }): void {
    this.machineFacts = facts;
  }

  /**
   * Facts of the machine that is made for it; none where it is somebody else's.
   *
   * @internal
   */
  public _machineFacts(): { readonly [name: string]: string } | undefined {
    return this.machineFacts;
  }

  /** What it is: what it says, or the operating system of the machine that it shares. */
  private effectiveType(): string | undefined {
    return this.props.type ?? operatingSystemOf(this.props.on?.effectiveType());
  }

  /**
   * Adds the documented flows of the component's machine, and what an HTTP
   * proxy among the same components has to let through by name.
   *
   * @internal
   */
  public _addFlows(source: () => readonly Flow[], names: () => readonly ProxiedNames[]): void {
    this.documented = true;
    this.proxiedNames.push(names);
    this._place()?._addFlows(source);
  }

  /**
   * What it has to let through by name, as the HTTP proxy; known once all flows are declared.
   *
   * @internal
   */
  public _proxiedNames(): readonly ProxiedNames[] {
    return this.proxiedNames.flatMap((names) => names());
  }

  /** Whatever is in no DocumentedFlows is cut off, and nobody proves what its group holds. */
  private checkDocumented(): Problem[] {
    if (!this.place || this.documented) return [];
    return [
      {
        path: this.node.path,
        what: "is in no DocumentedFlows, so that none of its flows is open and its group is not proven",
        allowed: "components of one DocumentedFlows",
        change:
          "Write it among the components of new DocumentedFlows(...), or give it to add(...) of the one that is there",
      },
    ];
  }
}

function existingPlace(scope: Construct, props: FilteredPlaceProps, existing: ExistingSubnet): FilteredPlace {
  return existing.group
    ? new SharedGroup(scope, "network", { ...props, existing, group: existing.group })
    : new DedicatedSubnet(scope, "network", { ...props, existing });
}
