import type { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import type { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import type { TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { NamedResource } from "../../azure/naming";
import { type Problem, refuseProblems } from "../../base/problem";
import { problemsOfRules, type TakenBand } from "../../plan/checks/groups";
import { dnsFlows } from "../../plan/flows/documented-flows";
import { beyondGroupLimits } from "../../azure/group-limits";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import type { PlannedRule } from "../../plan/rules/rule-placement";
import { rulesOfGroup } from "../../plan/rules/rules-of-endpoint";
import type { SecurityRule } from "../../azure/security-rule";
import type { BackupNetwork } from "./backup-network";
import { FlowSecurityGroup } from "./flow-security-group";
import type { ExternalGroupInput } from "../../plan/deployment";
import { endpointIn, flowIn } from "../../terraform/in-memory/terraform-text";

/** A group managed elsewhere, and the rules added to it. @internal */
export interface AddedToGroup {
  readonly group: ExternalGroupInput;
  /** The rules, by the names that they have there, and the ids of their constructs. */
  readonly rules: ReadonlyArray<PlannedRule & { readonly id: string }>;
}

/** A place in the network whose traffic is filtered here. */
export interface FilteredPlaceProps {
  /** The network that the place is in. */
  readonly network: BackupNetwork;
  /** What the place is called in names and reports: `cache-repository-cache`. */
  readonly component: string;
  /** Path by which errors name the place: `cacheRepositories.cache.subnet`. */
  readonly path: string;
  /** Tags of the group, in addition to the network's. @default - none */
  readonly tags?: { [name: string]: string };
}

/** A place where flows begin and end: a new or existing subnet, and the group with the rules for its flows. */
export abstract class FilteredPlace extends Construct {
  /** The place as an end of flows. */
  public readonly endpoint: FlowEndpoint;
  /** The network that the place is in. */
  public readonly network: BackupNetwork;
  /** Id of the subnet. */
  public abstract readonly subnetId: string;
  /** The subnet. @default - it exists, or is inside the virtual network's resource */
  public subnet?: Subnet;
  /** The group. @default - the group is managed elsewhere, and rules are added to it */
  public networkSecurityGroup?: NetworkSecurityGroup;
  /** The association of the two; machines depend on it, and therefore never boot unfiltered. @default - the subnet is inline, or the group is managed elsewhere */
  public association?: SubnetNetworkSecurityGroupAssociation;

  /** The priorities that are free in the group, if that is managed elsewhere. */
  protected band?: TakenBand;

  private readonly flowSources = new Set<() => readonly Flow[]>();
  private knownFlows?: Flow[];
  private knownRules?: PlannedRule[];
  private portTable?: string;

  constructor(
    scope: Construct,
    id: string,
    protected readonly props: FilteredPlaceProps,
    prefixes: string[],
  ) {
    super(scope, id);
    const { network, component: label } = props;
    this.network = network;
    this.endpoint = endpointIn(this, { id: this.node.path, label, prefixes });
    const dnsServers = network._dnsEndpoint();
    if (dnsServers) this.flowSources.add(() => dnsFlows(this.endpoint, dnsServers, this.portTable));
    this.node.addValidation({
      validate: () => beyondGroupLimits(this.rules()).map((excess) => `${label} ${excess}.`),
    });
  }

  /** Creates the group of the place. */
  protected makeGroup(lifecycle?: TerraformResourceLifecycle): FlowSecurityGroup {
    const { component, tags } = this.props;
    const shared = this.network._resource(NamedResource.NETWORK_SECURITY_GROUP, component);
    const config = { ...shared, tags: { ...shared.tags, ...tags }, lifecycle };
    const group = new FlowSecurityGroup(this, "group", config, () => this._plannedRules());
    this.networkSecurityGroup = group;
    return group;
  }

  /** Associates the group with the subnet. */
  protected associate(networkSecurityGroupId: string): void {
    this.association = new SubnetNetworkSecurityGroupAssociation(this, "association", {
      subnetId: this.subnetId,
      networkSecurityGroupId,
      provider: this.network.provider,
    });
  }

  /** The flows that begin or end here. */
  public flows(): Flow[] {
    const { id } = this.endpoint;
    this.knownFlows ??= [...this.flowSources]
      .flatMap((source) => source())
      .map((flow) => flowIn(this, flow))
      .filter((flow) => flow.from.id === id || flow.to.id === id);
    return this.knownFlows;
  }

  /** The rules that the flows ask for. */
  public rules(): SecurityRule[] {
    return this._plannedRules().map(({ rule }) => rule);
  }

  /** The rules, each with the flows that it was made for. @internal */
  public _plannedRules(): readonly PlannedRule[] {
    if (this.knownRules) return this.knownRules;
    const flows = this.flows();
    refuseProblems(this.node.path, this._problemsOf(flows));
    this.knownRules = rulesOfGroup(this.endpoint, flows, this.band);
    return this.knownRules;
  }

  /** The group managed elsewhere to which rules are added; undefined for a group of this app. @internal */
  public _addedToGroup(): AddedToGroup | undefined {
    return undefined;
  }

  /** Problems of flows that cannot be rules of one group. @internal */
  public _problemsOf(flows: readonly Flow[]): Problem[] {
    return problemsOfRules(this.endpoint, flows, this.band);
  }

  /** Adds flows that are read whenever the rules are made. @internal */
  public _addFlows(source: () => readonly Flow[]): void {
    this.flowSources.add(source);
    this._flowsChanged();
  }

  /**
   * Adds documented flows, whose owner announces them. The group's tag says which
   * revision of Veeam's pages they follow, so that rules that stay need not change
   * with it.
   *
   * @internal
   */
  public _addDocumented(source: () => readonly Flow[], revision: string): void {
    this.flowSources.add(source);
    this.portTable = revision;
    const group = this.networkSecurityGroup;
    if (group) group.tags = { ...group.tagsInput, "veeam-port-table": revision };
  }

  /**
   * Called when flows may have come or gone. Synthesis asks for rules several
   * times, so they are kept until then.
   *
   * @internal
   */
  public _flowsChanged(): void {
    this.knownFlows = undefined;
    this.knownRules = undefined;
  }
}
