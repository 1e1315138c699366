import { nameInId } from "../../azure/azure-id";
import { DEFAULT_RULES, isDefaultRule } from "../../azure/default-rules";
import { Access, Direction, Protocol } from "../../azure/security-rule";
import { groupBy, kept } from "../../base/collections";
import {
  Attachment,
  type Doubts,
  type GroupRule,
  type GuardedEndpoint,
  type Network,
  type Peering,
  type SecurityGroup,
} from "../network";
import { oppositeOf, type AddressSpace } from "./address-space";
import { isEverything, matchesOfRule, type Match } from "./match";

/** A rule, with the group that it is in. */
export interface RuleReference {
  /** Name of the group. */
  readonly group: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Priority of the rule. */
  readonly priority: number;
  /** What the rule does. */
  readonly access: `${Access}`;
  /** Whether Azure adds the rule to every group. */
  readonly isDefault: boolean;
}

/** The rules of one group in one direction, in the order in which Azure tries them. */
export interface RuleList {
  readonly group: string;
  readonly direction: Direction;
  /** Azure's default rules come last. */
  readonly rules: readonly GroupRule[];
  /** The matches of the rules, in their order. */
  readonly matches: readonly Match[];
  /** The matches up to the first that matches everything. */
  readonly judging: readonly Match[];
}

/** A list of rules that applies to an endpoint. */
export interface AttachedList {
  readonly attachment: Attachment;
  readonly list: RuleList;
}

/** The rule lists of a network, each read once. */
export class RuleLists {
  private readonly groups: ReadonlyMap<string, SecurityGroup>;
  private readonly made = new Map<string, RuleList>();
  private readonly peerings: ReadonlyMap<string, readonly Peering[]>;

  /** Throws an Error where two groups have one name. */
  constructor(
    private readonly network: Network,
    readonly space: AddressSpace,
  ) {
    this.peerings = groupBy(network.peerings ?? [], ({ between }) => keyOfPair(...between));
    this.groups = new Map(network.groups.map((group) => [group.name, group]));
    if (this.groups.size < network.groups.length)
      throw new Error("Two groups of the network have the same name.");
  }

  /** The lists that a connection must pass at an endpoint, in Azure's order: subnet first inbound, interface first outbound. */
  before(endpoint: GuardedEndpoint, direction: Direction): AttachedList[] {
    const { subnetGroup, noSubnetGroupIf, interfaceGroup, noInterfaceGroupIf, refusedIf } = endpoint;
    const attached = (attachment: Attachment, group: string | undefined, unless: Doubts | undefined) =>
      group === undefined ? [] : [{ attachment, list: this.list(group, direction, unless) }];
    const lists = [
      ...attached(Attachment.SUBNET, subnetGroup, noSubnetGroupIf),
      ...attached(Attachment.NETWORK_INTERFACE, interfaceGroup, noInterfaceGroupIf),
      ...(refusedIf
        ? [{ attachment: Attachment.NOT_KNOWN, list: this.unknownGroup(direction, refusedIf) }]
        : []),
    ];
    return direction === Direction.OUTBOUND ? lists.reverse() : lists;
  }

  /** The peering of two endpoints' virtual networks as a list of rules: empty if it is one network, or they are certainly peered. */
  between(from: GuardedEndpoint, to: GuardedEndpoint): AttachedList[] {
    const [one, other] = [from, to].map(({ virtualNetwork }) => virtualNetwork?.toLowerCase());
    if (!this.network.peerings || one === undefined || other === undefined || one === other) return [];
    const pair = keyOfPair(one, other);
    const peerings = this.peerings.get(pair) ?? [];
    if (peerings.some(({ existsIf }) => existsIf === undefined)) return [];
    const direction = Direction.OUTBOUND;
    const list = kept(this.made, pair, () =>
      this.read(`${nameInId(one)} and ${nameInId(other)}`, direction, [
        ...peerings.map(({ existsIf }) => everything("peered", 0, direction, Access.ALLOW, existsIf)),
        everything("not peered", 1, direction, Access.DENY),
      ]),
    );
    return [{ attachment: Attachment.VIRTUAL_NETWORK, list }];
  }

  /** Every list of the groups that endpoints name, each once, in the order of the groups. */
  attached(): readonly RuleList[] {
    const named = new Set(
      this.network.endpoints.flatMap((endpoint) => [endpoint.subnetGroup, endpoint.interfaceGroup]),
    );
    return this.network.groups
      .filter(({ name }) => named.has(name))
      .flatMap(({ name }) =>
        [Direction.INBOUND, Direction.OUTBOUND].map((direction) => this.list(name, direction)),
      );
  }

  /** The rules of a group in one direction, after those that stand for its doubts. Throws an Error if the network has no such group. */
  private list(name: string, direction: Direction, unless?: Doubts): RuleList {
    const key = `${direction} ${name}${unless ? JSON.stringify(unless) : ""}`;
    return kept(this.made, key, () => this.make(name, direction, unless));
  }

  private make(name: string, direction: Direction, unless: Doubts | undefined): RuleList {
    const group = this.groups.get(name);
    if (!group) {
      const names = [...this.groups.keys()].join(", ") || "none";
      throw new Error(`The network has no group "${name}"; its groups are: ${names}.`);
    }
    const rules: GroupRule[] = [...group.rules, ...DEFAULT_RULES]
      .filter((rule) => rule.direction === direction)
      .sort((a, b) => a.priority - b.priority);
    // The index of a rule is the same with such doubts and without.
    return this.read(name, direction, [
      ...rules,
      ...(unless ? [everything("no group", 0, direction, Access.ALLOW, unless)] : []),
      ...(group.unknownRules ?? []).flatMap((doubt) => [
        everything("unknown rule", 0, direction, Access.ALLOW, [oppositeOf(doubt)]),
        everything("unknown rule", 1, direction, Access.DENY, [doubt]),
      ]),
    ]);
  }

  private unknownGroup(direction: Direction, refusedIf: Doubts): RuleList {
    return this.read("a group that is not known", direction, [
      everything("refusal", 0, direction, Access.DENY, refusedIf),
      everything("otherwise", 1, direction, Access.ALLOW),
    ]);
  }

  private read(group: string, direction: Direction, rules: readonly GroupRule[]): RuleList {
    const matches = rules
      .map((rule, index) => ({ rule, index }))
      .sort((a, b) => a.rule.priority - b.rule.priority)
      .flatMap(({ rule, index }) => matchesOfRule(rule, index, this.space));
    const last = matches.findIndex(isEverything);
    return { group, direction, rules, matches, judging: matches.slice(0, last + 1) };
  }
}

/** The same text for two virtual networks in either order. */
function keyOfPair(one: string, other: string): string {
  return [one.toLowerCase(), other.toLowerCase()].sort().join("\n");
}

/** The effect of a doubt on all connections, as a rule. Azure's priorities begin at 100. */
function everything(
  name: string,
  priority: number,
  direction: Direction,
  access: Access,
  existsIf?: Doubts,
): GroupRule {
  return {
    name,
    priority,
    direction,
    access,
    protocol: Protocol.ANY,
    sourceAddressPrefixes: ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: ["*"],
    existsIf,
  };
}

/** Whether a rule is a user's: neither one of Azure's default rules nor the effect of a doubt. */
export function isOwnRule({ priority }: Pick<GroupRule, "priority">): boolean {
  return priority > 1 && priority < 65000;
}

/** A rule as results refer to it. */
export function referenceTo(list: RuleList, index: number): RuleReference {
  const rule = list.rules[index];
  return {
    group: list.group,
    rule: rule.name,
    priority: rule.priority,
    access: rule.access,
    isDefault: isDefaultRule(rule),
  };
}
