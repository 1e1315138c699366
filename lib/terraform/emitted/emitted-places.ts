import { TerraformStack } from "cdktf";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import type { GuardedEndpoint, Network, SecurityGroup } from "../../proof/network";
import { Access, Direction, Protocol } from "../../azure/security-rule";
import { isOpaque } from "../../base/opaque";
import { textList } from "../json-values";
import { isSameName } from "../terraform-index";
import { flowIn } from "../terraform-text";
import { changedRulesOf, interfacesAt, privateEndpointsAt } from "./around-places";
import { RULE } from "./rules-beside-groups";
import { type DoubtfulRule, EmittedRules } from "./emitted-rules";
import type { NetworkInStack, PlaceInStack } from "./place-in-stack";
import { mayHaveDefaultRoute } from "./default-routes";
import { EmittedResources, stacksOfApp } from "./emitted-resources";
import type { EmittedResource } from "./emitted-resource";
import { type EmittedSubnet, EmittedSubnets } from "./emitted-subnets";
import { emittedValue, inWordsOf } from "./emitted-value";

/** Places, and what concerns them, as they will be emitted. */
export interface EmittedPlaces {
  /** The places whose group is made here, and the groups that will stand before them. */
  readonly network: Network;
  /** The flows, whose ends have the addresses that will be emitted. */
  readonly flows: Flow[];
  /** Rules that may be in the groups beside those that surely are, by the name of the group. */
  readonly doubtful: ReadonlyMap<string, readonly DoubtfulRule[]>;
  /** What a synthesis is to be refused for, whatever the rules open; each a sentence. */
  readonly refusals: readonly string[];
  /** What the groups do not filter; each a sentence. */
  readonly unfiltered: readonly string[];
}

/** Reads places as they will be emitted with the stacks of an app. */
export class PlaceReader {
  /** A reader that sees all stacks of an app. */
  public static ofApp(places: readonly PlaceInStack[]): PlaceReader {
    return new PlaceReader(places.length === 0 ? [] : stacksOfApp(places[0]));
  }

  private readonly resources = new EmittedResources();
  private readonly subnets = new EmittedSubnets(this.resources);
  private readonly rules: EmittedRules;

  /** @param stacks the stacks whose resources may add rules to groups */
  constructor(stacks: readonly TerraformStack[]) {
    this.rules = new EmittedRules(this.resources, stacks);
  }

  /** Whether a stack has rules that are resources of their own. */
  public seesRulesIn(stack: TerraformStack): boolean {
    return this.resources.in(stack).ofType(RULE).length > 0;
  }

  /**
   * The places and their flows.
   *
   * @throws InvalidInputError where Azure would not take what is emitted
   */
  public read(places: readonly PlaceInStack[], flows: readonly Flow[]): EmittedPlaces {
    if (places.length === 0) return NO_PLACES;
    // Proof and report tell references in the words of one stack, so that equal ones are the same text.
    const reader = TerraformStack.of(places[0]);
    const all = places.map((place) => ({ place, subnet: this.subnets.of(place, reader) }));
    const guarded = all.filter(({ place }) => place.networkSecurityGroup !== undefined);
    const names = this.nameGroups(guarded.flatMap(({ subnet }) => subnet.group ?? []));
    const read = [...names].map(([group, name]) => ({ name, ...this.rules.of(group, reader) }));
    const networks = [...new Set(places.map(({ network }) => network))];
    const open = guarded.filter(({ subnet }) => !subnet.group);
    const endpointOf = ({ place, subnet }: PlaceInSubnet): GuardedEndpoint => ({
      ...place.endpoint,
      prefixes: subnet.prefixes,
      subnetGroup: (subnet.group && names.get(subnet.group)) ?? nameOfNone(place, subnet, reader),
    });
    const prefixes = new Map(all.map(({ place, subnet }) => [place.endpoint.id, subnet.prefixes]));
    return {
      network: {
        endpoints: guarded.map(endpointOf),
        groups: [
          ...read.map(({ name, rules }) => ({ name, rules })),
          ...open.map(({ place, subnet }) => openGroup(nameOfNone(place, subnet, reader))),
        ],
        hasDefaultRoute: all.some(({ place, subnet }) => mayHaveDefaultRoute(place, subnet, this.resources)),
        virtualNetworkPrefixes: [...new Set(networks.flatMap((one) => this.addressSpaceOf(one, reader)))],
      },
      flows: distinct(flows.map((flow) => flowAsEmitted(flowIn(reader, flow), prefixes, reader))),
      refusals: [
        ...read.flatMap(({ refusals }) => refusals),
        ...places.flatMap((place) => [
          ...interfacesAt(place, this.resources),
          ...changedRulesOf(place, this.resources),
        ]),
      ],
      unfiltered: places.flatMap((place) => privateEndpointsAt(place, this.resources)),
      doubtful: new Map(read.map(({ name, doubtful }) => [name, doubtful])),
    };
  }

  /** Names by which groups are told apart: their own, or, where two have one, their paths. */
  private nameGroups(groups: readonly EmittedResource[]): Map<EmittedResource, string> {
    const named = [...new Set(groups)].map((group) => {
      const name = this.resources.follow(group.attribute("name"), group.stack);
      return { group, name: typeof name === "string" && !isOpaque(name) ? name : group.path };
    });
    return new Map(
      named.map(({ group, name }) => {
        const isTwice = named.some((other) => other.group !== group && isSameName(other.name, name));
        return [group, isTwice ? group.path : name];
      }),
    );
  }

  private addressSpaceOf({ virtualNetwork, addressSpace }: NetworkInStack, reader: TerraformStack): string[] {
    if (!virtualNetwork) return textList(emittedValue(addressSpace, reader, reader)) ?? [];
    const stack = TerraformStack.of(virtualNetwork);
    const address = `${virtualNetwork.terraformResourceType}.${virtualNetwork.friendlyUniqueId}`;
    return textList(this.resources.in(stack).at(address)?.attribute("address_space", reader)) ?? [];
  }
}

const NO_PLACES: EmittedPlaces = {
  network: { endpoints: [], groups: [] },
  flows: [],
  doubtful: new Map(),
  refusals: [],
  unfiltered: [],
};

/** Flows, each once: two stacks tell one flow in words of their own. */
function distinct(flows: readonly Flow[]): Flow[] {
  return [...new Map(flows.map((flow) => [JSON.stringify(flow), flow])).values()];
}

interface PlaceInSubnet {
  readonly place: PlaceInStack;
  readonly subnet: EmittedSubnet;
}

/** A flow between the addresses that its ends will have. */
function flowAsEmitted(flow: Flow, prefixes: ReadonlyMap<string, string[]>, reader: TerraformStack): Flow {
  const end = (endpoint: FlowEndpoint): FlowEndpoint => {
    const known = prefixes.get(endpoint.id);
    return known ? { ...endpoint, prefixes: known } : endpoint;
  };
  return emittedValue({ ...flow, from: end(flow.from), to: end(flow.to) }, reader, reader) as Flow;
}

/** What results call the group of a place that has none, or one of which nothing is known. */
function nameOfNone(place: PlaceInStack, { groupId }: EmittedSubnet, reader: TerraformStack): string {
  const where = place.node.path;
  return groupId === undefined
    ? `no group before ${where}`
    : `${inWordsOf(reader, groupId)} before ${where}, which is not made here`;
}

/** The filter of a subnet whose group is missing or unknown: nothing that can be relied on. */
function openGroup(name: string): SecurityGroup {
  const any = ["*"];
  return {
    name,
    rules: [Direction.INBOUND, Direction.OUTBOUND].map((direction) => ({
      name: "nothing-is-filtered",
      priority: 100,
      direction,
      access: Access.ALLOW,
      protocol: Protocol.ANY,
      sourceAddressPrefixes: any,
      sourcePortRanges: any,
      destinationAddressPrefixes: any,
      destinationPortRanges: any,
    })),
  };
}
