import { formatAddresses } from "../../azure/sets/address-set";
import { Direction } from "../../azure/security-rule";
import type { GuardedEndpoint } from "../network";
import { Zone, type Peer } from "./address-space";
import type { AttachedList, RuleList, RuleLists } from "./rule-list";

/** A list of rules, and what each of its matches says: what has the same text lets the same connections pass. */
export interface ListInWords {
  readonly list: RuleList;
  readonly matches: readonly string[];
}

/** The lists that connections between two ends have to pass, and all that they say. */
export interface Judgement {
  /** Undefined where neither end is one of the network's. */
  readonly lists: readonly ListInWords[] | undefined;
  /** The same where the lists say the same. */
  readonly meaning: string;
}

/** What the groups of one network say of connections between its endpoints; each list is read once. */
export class Judgements {
  private readonly attached = new Map<GuardedEndpoint, Map<Direction, Judgement>>();
  private readonly inWords = new Map<RuleList, ListInWords>();
  private readonly peers = new Map<Peer, string>();
  private zones: string | undefined;

  /** @param numbers of what was said before, in either network: numbers are quicker to compare */
  constructor(
    private readonly lists: RuleLists,
    private readonly numbers: Map<string, number>,
  ) {}

  between(from: GuardedEndpoint | undefined, to: GuardedEndpoint | undefined): Judgement {
    if (!from && !to) return { lists: undefined, meaning: "" };
    const parts = [
      ...(from && to ? [this.judgement(this.lists.between(from, to))] : []),
      ...(from ? [this.at(from, Direction.OUTBOUND)] : []),
      ...(to ? [this.at(to, Direction.INBOUND)] : []),
    ];
    return {
      lists: parts.flatMap(({ lists }) => lists ?? []),
      meaning: `ours ${parts.map(({ meaning }) => meaning).join(" ")}`,
    };
  }

  private at(endpoint: GuardedEndpoint, direction: Direction): Judgement {
    const both = this.attached.get(endpoint) ?? new Map<Direction, Judgement>();
    this.attached.set(endpoint, both);
    const made = both.get(direction) ?? this.judgement(this.lists.before(endpoint, direction));
    both.set(direction, made);
    return made;
  }

  private judgement(attached: readonly AttachedList[]): Judgement {
    const lists = attached.map(({ list }) => this.wordsOf(list));
    const text = lists.map(({ matches }) => matches.join("\n")).join("\n\n");
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return { lists, meaning: `${lists.length}:${number}` };
  }

  private wordsOf(list: RuleList): ListInWords {
    const known = this.inWords.get(list) ?? {
      list,
      matches: list.judging.map(
        ({ index, protocols, source, sourcePorts, destination, destinationPorts, facts }) =>
          JSON.stringify([
            list.rules[index].access,
            protocols,
            this.textOf(source),
            sourcePorts,
            this.textOf(destination),
            destinationPorts,
            facts,
          ]),
      ),
    };
    this.inWords.set(list, known);
    return known;
  }

  private textOf(peer: Peer): string {
    if (peer.any) return "*";
    const known =
      this.peers.get(peer) ??
      JSON.stringify([
        formatAddresses(peer.addresses),
        // A set may hold what is known by another name, and what it can hold depends on the network.
        this.lists.space.withinAll(peer.unknowns),
        peer.zones,
        peer.zones.length + peer.unknowns.length > 0 && this.zonesText(),
      ]);
    this.peers.set(peer, known);
    return known;
  }

  private zonesText(): string {
    this.zones ??= [Zone.VIRTUAL_NETWORK, Zone.INTERNET, Zone.NEITHER]
      .map((zone) => formatAddresses(this.lists.space.possible(zone, [])).join())
      .join(" ");
    return this.zones;
  }
}
