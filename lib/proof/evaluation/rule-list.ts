import type { AddressSpace, Peer } from "./address-space";
import { DEFAULT_RULES, isDefaultRule } from "../../azure/default-rules";
import { isEverything, matchOfRule, type Match } from "./match";
import { Attachment, type GuardedEndpoint, type Network, type SecurityGroup } from "../network";
import { Direction, type Access, type SecurityRule } from "../../azure/security-rule";

/** A rule, told by the group that it is in. */
export interface RuleReference {
  /** Name of the group. */
  readonly group: string;
  /** Name of the rule. */
  readonly rule: string;
  /** Priority of the rule. */
  readonly priority: number;
  /** What the rule does. */
  readonly access: Access;
  /** Whether Azure adds the rule to every group. */
  readonly isDefault: boolean;
}

/** The rules of one group in one direction, in the order in which Azure tries them. */
export interface RuleList {
  readonly group: string;
  readonly direction: Direction;
  /** Azure's default rules come last. */
  readonly rules: readonly SecurityRule[];
  readonly matches: readonly Match[];
  /** The matches up to the first rule that leaves nothing for those after it. */
  readonly judging: readonly Match[];
}

/** A list of rules that stands before an endpoint. */
export interface AttachedList {
  readonly attachment: Attachment;
  readonly list: RuleList;
}

/** The rule lists of a network, each read once. */
export class RuleLists {
  private readonly groups: ReadonlyMap<string, SecurityGroup>;
  private readonly made = new Map<string, RuleList>();

  /** Throws an Error where two groups have one name. */
  constructor(
    network: Network,
    private readonly space: AddressSpace,
  ) {
    this.groups = new Map(network.groups.map((group) => [group.name, group]));
    refuseDoubts(network);
    if (this.groups.size < network.groups.length)
      throw new Error("Two groups of the network have the same name.");
  }

  /** The lists that a connection has to pass at an endpoint, in Azure's order: subnet first inbound, interface first outbound. */
  before(endpoint: GuardedEndpoint, direction: Direction): AttachedList[] {
    const attached: AttachedList[] = [];
    if (endpoint.subnetGroup !== undefined) {
      attached.push({ attachment: Attachment.SUBNET, list: this.list(endpoint.subnetGroup, direction) });
    }
    if (endpoint.interfaceGroup !== undefined) {
      attached.push({
        attachment: Attachment.NETWORK_INTERFACE,
        list: this.list(endpoint.interfaceGroup, direction),
      });
    }
    return direction === Direction.OUTBOUND ? attached.reverse() : attached;
  }

  /** Every list of the groups that endpoints name, each once, in the order of the groups. */
  attached(network: Network): RuleList[] {
    const named = new Set(
      network.endpoints.flatMap((endpoint) => [endpoint.subnetGroup, endpoint.interfaceGroup]),
    );
    return network.groups
      .filter(({ name }) => named.has(name))
      .flatMap(({ name }) =>
        [Direction.INBOUND, Direction.OUTBOUND].map((direction) => this.list(name, direction)),
      );
  }

  /** The rules of a group in one direction. Throws an Error where the network has no such group. */
  list(name: string, direction: Direction): RuleList {
    const key = `${direction}:${name}`;
    const made = this.made.get(key) ?? this.make(name, direction);
    this.made.set(key, made);
    return made;
  }

  private make(name: string, direction: Direction): RuleList {
    const group = this.groups.get(name);
    if (!group) {
      const names = [...this.groups.keys()].join(", ") || "none";
      throw new Error(`The network has no group "${name}"; its groups are: ${names}.`);
    }
    const rules = [...group.rules, ...DEFAULT_RULES]
      .filter((rule) => rule.direction === direction)
      .sort((a, b) => a.priority - b.priority);
    const matches = rules.map((rule) => matchOfRule(rule, this.space));
    const last = matches.findIndex(isEverything);
    return { group: name, direction, rules, matches, judging: matches.slice(0, last + 1) };
  }
}

/** What is not judged yet may not be passed over. */
function refuseDoubts({ endpoints, groups, peerings }: Network): void {
  const isDoubted =
    peerings !== undefined ||
    groups.some(({ rules }) => rules.some(({ existsIf }) => existsIf)) ||
    endpoints.some((one) => one.noSubnetGroupIf ?? one.noInterfaceGroupIf ?? one.refusedIf);
  if (isDoubted) throw new Error("Doubts and peerings are not judged yet.");
}

/** A rule as results tell it. */
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

/** The sets that are not known on one side of some matches. */
export function unknownsOf(matches: readonly Match[], side: (match: Match) => Peer): string[] {
  return [...new Set(matches.flatMap((match) => side(match).unknowns))];
}
