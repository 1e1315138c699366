import { isPrivate } from "./addresses";
import type { HostPlan } from "./hosts";
import type { Host } from "./lab";
import { rulesetOf, type TagPrefixes } from "./ruleset";
import type { StackNetwork, StackRule } from "./stack";
import { tagPrefixes } from "./service-tags";

/** Applies the rules of a stack's groups to the hosts of their subnets. */
export class Filters {
  private readonly tags: TagPrefixes;

  /** @param hosts all hosts; a private address outside the network is behind a peering or a gateway */
  constructor(
    private readonly network: StackNetwork,
    hosts: readonly HostPlan[],
  ) {
    const beyond = hosts.filter(({ subnet, address }) => subnet === undefined && isPrivate(address));
    this.tags = tagPrefixes([...network.addressSpace, ...beyond.map(({ address }) => address)]);
  }

  /**
   * Replaces the rules of a host by those of its subnet.
   *
   * @param isKept whether a rule is applied; by default all are
   */
  public apply({ subnet }: HostPlan, host: Host, isKept: (rule: StackRule) => boolean = () => true): void {
    const rules = this.network.subnets.find(({ prefix }) => prefix === subnet)?.rules;
    if (rules) host.filter(rulesetOf(rules.filter(isKept), this.tags));
  }
}
