import type { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import { TerraformStack } from "cdktf";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { distinctItems, groupBy, kept } from "../../base/collections";
import { refuseProblems } from "../../base/problem";
import { openGroup } from "../joined/unknown-group";
import type { GuardedEndpoint, Network } from "../../proof/network";
import { emittedValue } from "./emitted-value";
import type { FoundSubnet, NetworkDoubt } from "../found-network";
import { joinFound } from "../joined/join-files";
import type { JoinedGroup } from "../joined/join-groups";
import { textList } from "../files/json-values";
import type { FoundPlace, PlaceInStack, ReadStacks } from "./place-in-stack";
import { networkOfJoined } from "../joined/network-of-files";
import { refusalsAt, refusalsOfDoubts, assumptionsAt, wideConstants } from "./refusals-at-synthesis";
import { StacksInMemory, stacksOfApp } from "./stack-in-memory";
import { indexOf, opaqueSourcesIn, networkOfTerraform } from "../network/network-of-resources";
import { isData } from "../resources/terraform-resource";
import { flowIn } from "./terraform-text";
import { allSubnets } from "../network/virtual-networks";

/** Places, and what concerns them, as they will be deployed. */
export interface PlacesInMemory {
  /** The places whose group is created here, and the groups that are attached to them. */
  readonly network: Network;
  /** The flows, whose ends have the addresses that will be deployed. */
  readonly flows: Flow[];
  /** Why a synthesis is refused, whatever the rules allow; each a sentence. */
  readonly refusals: readonly string[];
  /** What is not known, or not filtered; each a sentence. */
  readonly assumptions: readonly string[];
}

/** Reads places as they will be deployed with the stacks of an app. */
export class PlaceReader {
  /** A reader that sees all stacks of an app. */
  public static ofApp(places: readonly PlaceInStack[]): PlaceReader {
    return new PlaceReader(places.length === 0 ? [] : stacksOfApp(places[0]));
  }

  private readonly memory = new StacksInMemory();
  private readonly known = new Map<string, ReadStacks>();

  /** @param stacks the stacks whose resources may add rules to groups */
  constructor(private readonly stacks: readonly TerraformStack[]) {}

  /** Whether a stack has rules that are resources of their own. */
  public seesRulesIn(stack: TerraformStack): boolean {
    return this.memory.hasRules(stack);
  }

  /**
   * The places and their flows.
   *
   * @throws InvalidInputError where Azure would refuse what is emitted
   */
  public read(places: readonly PlaceInStack[], flows: readonly Flow[]): PlacesInMemory {
    if (places.length === 0)
      return { network: { endpoints: [], groups: [] }, flows: [], refusals: [], assumptions: [] };
    const read = this.readStacks(places);
    const found = places.map((place) => findPlace(place, read));
    const groups = [...new Set(found.flatMap(({ group }) => group ?? []))];
    for (const { place, subnet } of found) refuseProblems(place.node.path, subnet?.problems ?? []);
    for (const { path, problems } of groups) refuseProblems(path, problems);
    const judged = networkOfPlaces(found, namedApart(groups), read);
    const told = flowsAsEmitted(flows, found, read);
    const doubts = refusalsOfDoubts(judged.doubts);
    return {
      network: judged.network,
      // Two stacks write the same flow with references of their own.
      flows: distinctItems(told.map((flow) => read.index.resolveAll(flow) as Flow)),
      refusals: [...doubts.refusals, ...wideConstants(told, read), ...refusalsAt(found, read)],
      assumptions: [...doubts.assumptions, ...assumptionsAt(found, read)],
    };
  }

  /** The stacks of places and of their networks. References are written as the first place's stack writes them, so that equal ones are the same text. */
  private readStacks(places: readonly PlaceInStack[]): ReadStacks {
    const reader = TerraformStack.of(places[0]);
    const parts = places.flatMap((place) => [place, place.subnet, place.network.virtualNetwork]);
    const own = [...new Set(parts.flatMap((part) => (part ? TerraformStack.of(part) : [])))];
    return kept(this.known, own.map(({ node }) => node.path).join("\n"), () => {
      const resources = this.memory.resources(reader, own, this.stacks);
      const index = indexOf(resources);
      return {
        reader,
        index,
        opaqueSources: opaqueSourcesIn(resources),
        joined: joinFound([networkOfTerraform("the stack", resources, index)]),
        made: new Set(allSubnets(index).flatMap((one) => (isData(one) ? [] : [index.keyOf(one)]))),
      };
    });
  }
}

function findPlace(place: PlaceInStack, { reader, index, joined, made }: ReadStacks): FoundPlace {
  const told = (value: unknown): unknown => emittedValue(value, TerraformStack.of(place), reader);
  const key = index.keyReferred(String(told(place.subnetId)), "azurerm_subnet");
  const subnet = joined.subnets.find((one) => one.key === key);
  const prefixes =
    subnet && made.has(key) ? subnet.prefixes : (textList(told(place.endpoint.prefixes)) ?? []);
  const group = subnet?.noGroupIf ? undefined : joined.groups.find((one) => one.key === subnet?.group);
  return {
    place,
    key,
    prefixes: mergePrefixes(prefixes),
    ...(subnet && { subnet }),
    ...(group && !group.isRead && { group }),
  };
}

/** The groups under unique names: their own, or their paths if two have the same name. */
function namedApart(groups: readonly JoinedGroup[]): JoinedGroup[] {
  const alike = groupBy(groups, ({ name }) => name.toLowerCase());
  return groups.map((group) => {
    const isTwice = alike.get(group.name.toLowerCase())?.length !== 1;
    return isTwice || group.name === group.key ? { ...group, name: group.path } : group;
  });
}

/** The part of the read resources that concerns the places, as the network of the proof. */
function networkOfPlaces(found: readonly FoundPlace[], groups: readonly JoinedGroup[], read: ReadStacks) {
  const { joined, index, reader } = read;
  const guarded = found.filter(({ place }) => place.networkSecurityGroup !== undefined);
  const keys = new Set(groups.map(({ key }) => key));
  // What a place adds to a group managed elsewhere is not in ours.
  const added = found.flatMap(({ place }) => (place._addedToGroup() ? [`${place.node.path}/`] : []));
  const doubts = joined.doubts
    .filter((doubt) => doubt.groups.some((key) => keys.has(key)))
    .filter(({ rule }) => !rule || !added.some((path) => rule.address.startsWith(path)));
  const networks = [...new Set(found.map(({ place }) => place.network))];
  const made = new Set(
    networks.flatMap(({ virtualNetwork: one }) => (one ? addressOfConstruct(one, reader) : [])),
  );
  const { network } = networkOfJoined({
    ...joined,
    groups: groups.map((group) => withPossibleRules(group, doubts)),
    subnets: guarded.map(({ key, prefixes, subnet, group }): FoundSubnet => {
      const { group: _, noGroupIf: __, ...rest } = subnet ?? { key, name: key, names: {} };
      return { ...rest, prefixes, mayHaveGroup: false, ...(group && { group: group.key }) };
    }),
    interfaces: [],
    virtualNetworks: joined.virtualNetworks.filter(({ key }) => made.has(key)),
    doubts: [],
    notes: [],
  });
  const given = networks.flatMap(({ virtualNetwork, addressSpace }) =>
    virtualNetwork ? [] : (textList(index.resolveAll(emittedValue(addressSpace, reader, reader))) ?? []),
  );
  const open = guarded.filter(({ group }) => !group);
  const around = [...new Set([...(network.virtualNetworkPrefixes ?? []), ...given])];
  return {
    doubts,
    network: {
      groups: [...network.groups, ...open.map((one) => openGroup(nameOfNone(one)))],
      endpoints: guarded.map((one): GuardedEndpoint => {
        const { names: _, ...endpoint } = network.endpoints.find(({ id }) => id === one.key) ?? {};
        const { endpoint: own } = one.place;
        return {
          ...endpoint,
          ...own,
          prefixes: one.prefixes,
          ...(!one.group && { subnetGroup: nameOfNone(one) }),
        };
      }),
      // Another deployment of the app, or another team, may route where this one does not do it itself.
      hasDefaultRoute: network.hasDefaultRoute === true || networks.some((one) => !one._routesItself()),
      virtualNetworkPrefixes: around,
      ...(network.connectedPrefixes && { connectedPrefixes: network.connectedPrefixes }),
      ...(network.peerings && { peerings: network.peerings }),
    },
  };
}

/** A group with the rules that may be in it, each on condition that it is. */
function withPossibleRules(group: JoinedGroup, doubts: readonly NetworkDoubt[]): JoinedGroup {
  const possible = doubts.flatMap(({ rule: one, subject, groups }) =>
    one && groups.includes(group.key)
      ? [{ ...one.rule, existsIf: [...(one.rule.existsIf ?? []), subject] }]
      : [],
  );
  return { ...group, rules: [...group.rules, ...possible] };
}

function addressOfConstruct(network: VirtualNetwork, reader: TerraformStack): string {
  const stack = TerraformStack.of(network);
  const address = `${network.terraformResourceType}.${network.friendlyUniqueId}`;
  return stack === reader ? address : `${stack.node.path}:${address}`;
}

/** The flows between the addresses that their ends will have. */
function flowsAsEmitted(
  flows: readonly Flow[],
  found: readonly FoundPlace[],
  { reader }: ReadStacks,
): Flow[] {
  const prefixes = new Map(found.map((one) => [one.place.endpoint.id, one.prefixes]));
  const end = (endpoint: FlowEndpoint): FlowEndpoint => ({
    ...endpoint,
    prefixes: prefixes.get(endpoint.id) ?? endpoint.prefixes,
  });
  return flows.map((flow) => {
    const { from, to, ...rest } = flowIn(reader, flow);
    return { ...rest, from: end(from), to: end(to) };
  });
}

/** What results call the group of a place that has none, or one of which nothing is known. */
function nameOfNone({ place, subnet }: FoundPlace): string {
  const where = place.node.path;
  const group = subnet?.noGroupIf ? undefined : subnet?.group;
  return group === undefined
    ? `no group before ${where}`
    : `${group} before ${where}, which is not created by this deployment`;
}
