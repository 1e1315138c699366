import type { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import type { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import type { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { componentSlug } from "../../ports/port-table";
import { checkAddresses, checkSharing, checkType } from "../../plan/checks/components";
import { checkComponent } from "../../plan/checks/deployment";
import { checkExistingSubnet } from "../../plan/checks/network";
import type { DeploymentComponent } from "../../plan/deployment";
import { formatProblem, type Problem, problemUnless, refused, refuseProblems } from "../../base/problem";
import type { BackupNetwork } from "../network/backup-network";
import { Connections, type IConnectable } from "../network/connections";
import { DedicatedSubnet, SharedGroup } from "../network/existing-places";
import type { FilteredPlace } from "../network/filtered-place";
import { FilteredSubnet } from "../network/filtered-subnet";
import { textsIn } from "../../terraform/in-memory/terraform-text";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { operatingSystemOf } from "../../ports/component-types";
import type { VeeamRole } from "../../ports/port-table";
import { endpointOfComponent } from "../../plan/topology";
import type { ProxiedNames } from "../../plan/flows/dns-named-rows";
import { checkObject, COMPONENT } from "../argument-types";
import { checkedPart, givenComponent } from "../given-props";
import type { ComponentOptions } from "./component-options";

/** Properties of a component: its place, as in cdktf.json, and the network of the deployment. */
export type BackupComponentProps<Options extends ComponentOptions = ComponentOptions> = Options & {
  /** The network of the deployment. */
  readonly network: BackupNetwork;
  /** Name among the components of its role, part of names of resources. @default - the construct's id */
  readonly key?: string;
};

/** The components of each network by their paths, which `on` names. */
const COMPONENTS = new WeakMap<BackupNetwork, Map<string, BackupComponent>>();

/**
 * One component of a deployment: its role and its place. The group of its own
 * subnet denies everything without a flow.
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
   * machine have the label of the component that owns the machine.
   */
  public readonly label: string;
  /** The network of the deployment. */
  public readonly network: BackupNetwork;
  /** Its subnet. @default - it has none of its own, or it exists or is inside the virtual network's resource */
  public readonly subnet?: Subnet;
  /** Id of its subnet, new or existing. @default - it has no subnet of its own */
  public readonly subnetId?: string;
  /** The group of its subnet. @default - it has no subnet of its own, or the group is managed elsewhere */
  public readonly networkSecurityGroup?: NetworkSecurityGroup;
  /**
   * The association of group and subnet. Make your own machines depend on it: otherwise
   * one can boot before its subnet is filtered.
   *
   * @default - it has no subnet of its own, the subnet is inline, or the group is managed elsewhere
   */
  public readonly association?: SubnetNetworkSecurityGroupAssociation;

  /** Connections that you declare in addition to the documented ones. */
  public readonly connections: Connections;

  /** Facts of its machine that a report shows; undefined if the machine is managed elsewhere. @internal */
  public _machineFacts?: { readonly [name: string]: string };

  private readonly host?: BackupComponent;
  private readonly input: DeploymentComponent;
  private readonly place?: FilteredPlace;
  private readonly ownEndpoint?: FlowEndpoint;
  private documented = false;
  private readonly proxiedNames: Array<() => readonly ProxiedNames[]> = [];

  constructor(scope: Construct, id: string, role: VeeamRole, props: BackupComponentProps) {
    super(scope, id);
    refuseProblems(this.node.path, checkParts(props));
    this.role = role;
    this.key = props.key ?? id;
    this.label = componentSlug(role, this.key);
    this.network = props.network;
    this.connections = Connections._of(
      () => this._endpoint(),
      () => this._place(),
    );

    const input = { ...(checkedPart<DeploymentComponent>(props) ?? this.checked(props)), key: this.key };
    this.input = input;
    const components = COMPONENTS.get(this.network) ?? new Map<string, BackupComponent>();
    if (input.on !== undefined) {
      const others = [...components.values()].map((component) => component._input());
      refuseProblems(this.node.path, checkSharing([...others, input]));
      this.host = components.get(input.on);
    }
    COMPONENTS.set(this.network, components.set(input.path, this));
    this.node.addValidation({ validate: () => this.checkDocumented().map(formatProblem) });

    this.place = placeOf(this, input);
    this.subnet = this.place?.subnet;
    this.subnetId = this.place?.subnetId;
    this.networkSecurityGroup = this.place?.networkSecurityGroup;
    this.association = this.place?.association;
    if (!this.place && input.on === undefined) {
      const known = { ...input, addresses: input.addresses && textsIn(this, input.addresses) };
      this.ownEndpoint = endpointOfComponent(known, this.node.path);
    }
  }

  /**
   * The place that filters the component's traffic: its own, or that of the
   * machine it shares; none where the machine is elsewhere.
   *
   * @internal
   */
  public _place(): FilteredPlace | undefined {
    return this.place ?? this.host?._place();
  }

  /** The component as an end of flows. @internal */
  public _endpoint(): FlowEndpoint {
    const endpoint = this._place()?.endpoint ?? this.ownEndpoint ?? this.host?._endpoint();
    if (!endpoint) throw new Error(`${this.node.path}: has no place`);
    return endpoint;
  }

  /** The component as a deployment has it. @internal */
  public _input(): DeploymentComponent {
    return this.input;
  }

  /** Port on which it listens; undefined for that of the port table. @internal */
  public _port(): number | undefined {
    const { port } = this.input;
    return typeof port === "string" ? Token.asNumber(port) : port;
  }

  /** What it is: what it says, or the operating system of the machine that it shares. @internal */
  public _type(): string | undefined {
    return this.input.type ?? operatingSystemOf(this.host?._type());
  }

  /** The component of props that are not part of a checked deployment. */
  private checked({ network: _network, key: _key, ...options }: BackupComponentProps): DeploymentComponent {
    const component = givenComponent(this.node.path, this.role, this.key, options);
    const { path, existingSubnet, addresses = [] } = component;
    refuseProblems(this.node.path, [
      ...checkComponent(component, this.network._part, this.network.naming),
      ...checkType(component),
      ...(existingSubnet ? checkExistingSubnet(`${path}.existingSubnet`, existingSubnet).problems : []),
      ...checkAddresses(`${path}.addresses`, addresses, []),
    ]);
    return component;
  }

  /**
   * Adds the documented flows of the component's machine, and what an HTTP
   * proxy among the same components has to let through by name.
   *
   * @internal
   */
  public _addDocumented(
    source: () => readonly Flow[],
    names: () => readonly ProxiedNames[],
    revision: string,
  ): void {
    this.documented = true;
    this.proxiedNames.push(names);
    this._place()?._addDocumented(source, revision);
  }

  /** What it has to let through by name, as the HTTP proxy; known once all flows are declared. @internal */
  public _proxiedNames(): readonly ProxiedNames[] {
    return this.proxiedNames.flatMap((names) => names());
  }

  /** A component outside every DocumentedFlows is blocked, and its group is not verified. */
  private checkDocumented(): Problem[] {
    if (!this.place || this.documented) return [];
    return refused("flows-missing", this.node.path, {
      what: "was not added to a DocumentedFlows, so its flows stay blocked and its group is not proven",
      allowed: "components of one DocumentedFlows",
      change:
        "List it in the components of new DocumentedFlows(...), or pass it to add(...) of the existing one",
    });
  }
}

/** The problem of a value that is not a component. */
export function checkIsComponent(path: string, value: unknown): Problem[] {
  return checkObject(path, value, ...COMPONENT);
}

/** Problems of props that cannot be read. */
function checkParts(props: Partial<BackupComponentProps> | null | undefined): Problem[] {
  const { network, formerKey } = props ?? {};
  return [
    ...checkObject("network", network, "_addPlace", "a BackupNetwork", "Give it a new BackupNetwork(...)"),
    ...problemUnless(formerKey === undefined, "former-key-alone", "formerKey", formerKey, {
      what: "is for components of an EntraIdBackup",
      allowed: "StateMoves.moveFromPath for a construct that has another id",
      change: "Leave it out",
    }),
  ];
}

/** The place of a component that has a subnet of its own. */
function placeOf(
  component: BackupComponent,
  { path, subnet, subnetSettings: settings, existingSubnet: existing }: DeploymentComponent,
): FilteredPlace | undefined {
  const { network, role, key, label } = component;
  const tags = { "veeam-role": role, "veeam-component": label === role ? role : key };
  const props = {
    network,
    component: label,
    tags,
    path: `${path}.${existing ? "existingSubnet" : "subnet"}`,
  };
  if (existing?.group) {
    return new SharedGroup(component, "network", { ...props, existing, group: existing.group });
  }
  if (existing) return new DedicatedSubnet(component, "network", { ...props, existing });
  if (subnet === undefined) return undefined;
  return new FilteredSubnet(component, "network", { ...props, addressPrefix: subnet, settings });
}
