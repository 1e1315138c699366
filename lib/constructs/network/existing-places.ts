import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type Problem, problemOf, refuseProblems } from "../../base/problem";
import { bandOf, bandTaken, shareOne, type TakenBand } from "../../plan/checks/groups";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { nameInSharedGroup } from "../../plan/rules/rules-of-endpoint";
import type { SecurityRule } from "../../azure/security-rule";
import { emittedWhen } from "./emitted-when";
import type { ExistingSubnetInput, ExternalGroupInput } from "../../plan/deployment";
import { inAzureCasing } from "../../azure/azure-id";
import { type AddedToGroup, FilteredPlace, type FilteredPlaceProps } from "./filtered-place";
import { FlowSecurityRule } from "./flow-security-rule";
import { take, takeName } from "./taken-in-stack";
import { textsIn } from "../../terraform/in-memory/terraform-text";

/** A place in an existing subnet. */
interface ExistingPlaceProps extends FilteredPlaceProps {
  /** The subnet. */
  readonly existing: ExistingSubnetInput;
}

/** An existing subnet with this deployment's group, which denies everything without a flow. Its routes are managed elsewhere. */
export class DedicatedSubnet extends FilteredPlace {
  public readonly subnetId: string;

  constructor(scope: Construct, id: string, props: ExistingPlaceProps) {
    super(scope, id, props, mergePrefixes(props.existing.addressPrefixes));
    this.subnetId = inAzureCasing(props.existing.id);
    props.network._addExistingPlace(this, props.path, props.existing);
    this.associate(this.makeGroup().id);
  }
}

interface SharedGroupProps extends ExistingPlaceProps {
  /** The subnet's group, managed elsewhere, and the priorities that are free in it. */
  readonly group: ExternalGroupInput;
}

/**
 * An existing subnet whose group is managed elsewhere. A rule for each flow is
 * added, in the priorities that the group's owner reserved. No rule denies the
 * rest: it would block what the owner allows.
 */
export class SharedGroup extends FilteredPlace {
  public readonly subnetId: string;

  /** The group managed elsewhere to which rules are added. */
  public readonly group: ExternalGroupInput;
  private readonly made = new Set<string>();

  constructor(scope: Construct, id: string, props: SharedGroupProps) {
    super(scope, id, props, mergePrefixes(props.existing.addressPrefixes));
    this.subnetId = inAzureCasing(props.existing.id);
    this.group = props.group;
    const band = bandOf(`${props.path}.group`, props.group);
    refuseProblems(this.node.path, this.checkOthersInGroup(band));
    this.band = band;
    props.network._addExistingPlace(this, props.path, props.existing);
    this._flowsChanged();
  }

  /**
   * The rules with the names that they have in the group: these contain the
   * deployment and the component, because names in a group are unique.
   *
   * @internal
   */
  public override _addedToGroup(): AddedToGroup {
    const { network, endpoint, group } = this;
    const named = (name: string): string => nameInSharedGroup(name, network.deploymentName, endpoint.label);
    return {
      group,
      rules: this._plannedRules().map(({ rule, flows }) => ({
        id: rule.name,
        rule: { ...rule, name: named(rule.name) },
        flows,
      })),
    };
  }

  private owner(): string {
    return `${this.network.deploymentName}-${this.endpoint.label}`;
  }

  /** What other components of this stack have taken in the group already. */
  private checkOthersInGroup({ path, ...band }: TakenBand): Problem[] {
    const { provider } = this.network;
    const { name, resourceGroup } = this.group;
    const group = textsIn(this, [provider?.node.path ?? "", resourceGroup, name]).join(" ");
    const stack = TerraformStack.of(this);
    const earlier = take(stack, `band ${group}`, { ...band, path: `${path} of ${this.network.node.path}` });
    const other = earlier.find((one) => shareOne(one, band));
    const owner = takeName(stack, `${group} rules ${this.owner()}`, this.node.path);
    return [
      ...(other ? [bandTaken({ ...band, path }, other)] : []),
      ...(owner === this.node.path ? [] : [ownerTwice(path, this.owner(), owner)]),
    ];
  }

  /**
   * Creates a resource for each new rule. One without a flow at synthesis is
   * left out.
   *
   * @internal
   */
  public override _flowsChanged(): void {
    super._flowsChanged();
    const { group, network } = this;
    for (const { id, rule } of this._addedToGroup().rules) {
      if (this.made.has(id)) continue;
      this.made.add(id);
      const current = (): SecurityRule | undefined =>
        this._addedToGroup().rules.find((one) => one.id === id)?.rule;
      const resource = new FlowSecurityRule(this, id, { group, rule, provider: network.provider }, current);
      emittedWhen(resource, () => current() !== undefined);
    }
  }
}

function ownerTwice(path: string, owner: string, other: string): Problem {
  return problemOf("name-taken", path, owner, {
    what: `is a group to which ${other} adds rules whose names have the same ending`,
    allowed: "different names for deployments that add rules to one group",
    change: "Give one of the two deployments another name",
  });
}
