import type { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import type { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import type { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import type { Construct } from "constructs";
import { checkPriorityBand } from "../checks/priority-band";
import { type Problem, refuseProblems } from "../checks/problem";
import { bandIsFull, checkSameRules } from "../checks/rules-of-group";
import { mergePrefixes } from "../policy/sets/prefix-list";
import type { PriorityBand } from "../policy/rules/priority-band";
import { allowRulesInBand } from "../policy/rules/rules-of-endpoint";
import type { Flow } from "../policy/flow";
import type { SecurityRule } from "../policy/security-rule";
import { emittedWhen } from "./emitted-when";
import type { ExistingSecurityGroup, ExistingSubnet } from "./existing-subnet";
import { FilteredPlace, type FilteredPlaceProps } from "./filtered-place";
import { FlowSecurityRule } from "./flow-security-rule";

/** An existing subnet whose group others made. */
export interface SharedGroupProps extends FilteredPlaceProps {
  /** The subnet. */
  readonly existing: ExistingSubnet;
  /** Its group, and the priorities that are free in it. */
  readonly group: ExistingSecurityGroup;
}

/**
 * A subnet that exists with a group of others, to which a rule for each flow
 * is added, in the priorities that its owner leaves free. There is no deny of
 * the rest: it would cut off what others opened.
 */
export class SharedGroup extends FilteredPlace {
  public readonly subnetId: string;
  public readonly subnet?: Subnet;
  public readonly networkSecurityGroup?: NetworkSecurityGroup;
  public readonly association?: SubnetNetworkSecurityGroupAssociation;

  /** The group of others to which rules are added. */
  public readonly group: ExistingSecurityGroup;
  private readonly path: string;
  private readonly made = new Set<string>();

  constructor(scope: Construct, id: string, props: SharedGroupProps) {
    super(scope, id, props.network, props.component, mergePrefixes(props.existing.addressPrefixes));
    refuseProblems(this.node.path, checkPriorityBand(`${props.path}.group`, props.group));
    props.network._addExistingPlace(this, props.path, props.existing.addressPrefixes);
    this.subnetId = props.existing.id;
    this.group = props.group;
    this.path = props.path;
    this._flowsChanged();
  }

  /**
   * The rules that are added to the group.
   *
   * @internal
   */
  protected override _makeRules(flows: readonly Flow[]): SecurityRule[] {
    return allowRulesInBand(this.endpoint, flows, this.band());
  }

  /**
   * What keeps flows from being rules together. Priorities that are given do
   * not count in a group of others, whose owner says which are free.
   *
   * @internal
   */
  public override _problemsOf(flows: readonly Flow[]): Problem[] {
    const problems = checkSameRules(this.endpoint, flows);
    return problems.length > 0 ? problems : this.checkBand(flows);
  }

  private checkBand(flows: readonly Flow[]): Problem[] {
    try {
      this._makeRules(flows);
      return [];
    } catch (error) {
      const why = (error as Error).message.replace(`${this.endpoint.id}: `, "").replace(/\.$/, "");
      return [bandIsFull(`${this.path}.group`, this.band(), why)];
    }
  }

  private band(): PriorityBand {
    return { first: this.group.firstPriority, last: this.group.lastPriority };
  }

  /**
   * Makes a resource of each rule that is new. One that is not asked for any
   * more by the time of synthesis is left out then.
   *
   * @internal
   */
  public override _flowsChanged(): void {
    super._flowsChanged();
    for (const rule of this.rules()) {
      if (this.made.has(rule.name)) continue;
      this.made.add(rule.name);
      const current = (): SecurityRule | undefined => this.rules().find(({ name }) => name === rule.name);
      emittedWhen(
        new FlowSecurityRule(
          this,
          rule.name,
          { group: this.group, rule, provider: this.network.provider },
          current,
        ),
        () => current() !== undefined,
      );
    }
  }
}
