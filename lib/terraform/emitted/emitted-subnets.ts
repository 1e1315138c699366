import { TerraformStack } from "cdktf";
import { refuseProblems } from "../../base/problem";
import { isOpaque } from "../../base/opaque";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import { comparableId } from "../../azure/azure-id";
import type { TerraformAttributes } from "../security-rule-of-terraform";
import { objectsIn, textList } from "../json-values";
import { isSameName } from "../terraform-index";
import type { PlaceInStack } from "./place-in-stack";
import type { EmittedResources } from "./emitted-resources";
import type { EmittedResource } from "./emitted-resource";
import { emittedValue } from "./emitted-value";

/** The subnet of a place as it will be emitted. */
export interface EmittedSubnet {
  /** Its prefixes; of a subnet that exists, those that were said. */
  readonly prefixes: string[];
  /** Whether it is made in the app. */
  readonly isMade: boolean;
  /** Id of the group that will stand before it. @default - none will */
  readonly groupId?: string;
  /** That group. @default - none will stand before it, or it is not of the app */
  readonly group?: EmittedResource;
  /** Whether a route table is or may be tied to it here. */
  readonly hasRouteTable: boolean;
}

const GROUP_ID = /^\$\{([^\s"{}(),]+):(azurerm_network_security_group\.[\w-]+)\.id\}$/;
const SUBNET_ID = /^\$\{[^\s"{}(),]+:azurerm_subnet\.[\w-]+\.id\}$/;
const ID_IN_NETWORK = /^\$\{([^\s"{}(),]+):(azurerm_virtual_network\.[\w-]+)\.id\}\/subnets\/(.+)$/;

/** Reads the subnets of places: their prefixes, and what is tied to them. */
export class EmittedSubnets {
  private readonly groups: TiesOfSubnets;
  private readonly routeTables: TiesOfSubnets;

  constructor(private readonly resources: EmittedResources) {
    this.groups = new TiesOfSubnets(
      resources,
      "azurerm_subnet_network_security_group_association",
      "network_security_group_id",
    );
    this.routeTables = new TiesOfSubnets(
      resources,
      "azurerm_subnet_route_table_association",
      "route_table_id",
    );
  }

  /**
   * The subnet of a place.
   *
   * @param reader the stack in whose words its prefixes are told
   * @throws InvalidInputError where several groups would stand before it
   */
  public of(place: PlaceInStack, reader: TerraformStack): EmittedSubnet {
    const stack = TerraformStack.of(place);
    const id = String(emittedValue(place.subnetId, stack));
    const made = this.madeFor(place);
    const inside = this.insideNetwork(id, place);
    const groups = [...this.groups.of(id, stack), ...tieOf(place, inside()?.security_group)];
    const routeTables = [
      ...this.routeTables.of(id, stack),
      ...this.routeTables.ofNobodyKnows(stack),
      ...tieOf(place, inside()?.route_table_id),
    ];
    refuseSecondGroup(place, groups);
    const [, path, address] = GROUP_ID.exec(groups.at(0)?.to ?? "") ?? [];
    const prefixes =
      textList(made ? made.attribute("address_prefixes", reader) : inside(reader)?.address_prefixes) ??
      textList(emittedValue(place.endpoint.prefixes, stack, reader)) ??
      [];
    return {
      prefixes: mergePrefixes(prefixes),
      isMade: made !== undefined || inside() !== undefined,
      groupId: groups.at(0)?.to,
      group: address === undefined ? undefined : this.resources.find(path, address, stack),
      hasRouteTable: routeTables.length > 0,
    };
  }

  /** The resource that is made for a place. */
  private madeFor({ subnet }: PlaceInStack): EmittedResource | undefined {
    if (!subnet) return undefined;
    const address = `${subnet.terraformResourceType}.${subnet.friendlyUniqueId}`;
    return this.resources.in(TerraformStack.of(subnet)).at(address);
  }

  /** A subnet inside its network's resource, in the words of a stack. */
  private insideNetwork(
    id: string,
    place: PlaceInStack,
  ): (reader?: TerraformStack) => TerraformAttributes | undefined {
    const [, path, address, name] = ID_IN_NETWORK.exec(id) ?? [];
    const network = address === undefined ? undefined : this.resources.find(path, address, place);
    return (reader) =>
      objectsIn(network?.attribute("subnet", reader)).find((inside) => isSameName(inside.name, name));
  }
}

/** Something that is tied to a subnet. */
interface Tie {
  /** What ties it: the path of a construct. */
  readonly by: string;
  /** Id of what is tied. */
  readonly to: string;
}

function tieOf(place: PlaceInStack, id: unknown): Tie[] {
  return (textList(id) ?? []).map((to) => ({ by: place.node.path, to }));
}

/** What the associations of one type tie to subnets, by the ids of these. */
class TiesOfSubnets {
  private readonly known = new Map<TerraformStack, ReadonlyMap<string, Tie[]>>();

  constructor(
    private readonly resources: EmittedResources,
    private readonly type: string,
    private readonly attribute: string,
  ) {}

  /** What is tied to a subnet. */
  public of(subnetId: string, stack: TerraformStack): Tie[] {
    return this.inStack(stack).get(comparableId(subnetId)) ?? [];
  }

  /** What is tied to a subnet that is known only at apply, and may be any. */
  public ofNobodyKnows(stack: TerraformStack): Tie[] {
    return [...this.inStack(stack)]
      .filter(([id]) => isOpaque(id) && !SUBNET_ID.test(id) && !ID_IN_NETWORK.test(id))
      .flatMap(([, ties]) => ties);
  }

  private inStack(stack: TerraformStack): ReadonlyMap<string, Tie[]> {
    const ties = this.known.get(stack) ?? this.read(stack);
    this.known.set(stack, ties);
    return ties;
  }

  private read(stack: TerraformStack): ReadonlyMap<string, Tie[]> {
    const ties = new Map<string, Tie[]>();
    for (const resource of this.resources.in(stack).ofType(this.type)) {
      const subnet = resource.attribute("subnet_id");
      // One that is repeated may not be there even once, unless its count is known.
      const count = resource.attribute("count") ?? 1;
      const isThere = typeof count === "number" && count > 0 && !resource.attribute("for_each");
      if (typeof subnet !== "string" || !isThere) continue;
      const key = comparableId(subnet);
      ties.set(key, [
        ...(ties.get(key) ?? []),
        { by: resource.path, to: String(resource.attribute(this.attribute)) },
      ]);
    }
    return ties;
  }
}

function refuseSecondGroup(place: PlaceInStack, [first, second]: readonly Tie[]): void {
  if (!second) return;
  refuseProblems(place.node.path, [
    {
      code: "second-group",
      path: second.by,
      what: `puts a second network security group before the subnet of ${place.endpoint.label}`,
      value: second.to,
      allowed: "one group a subnet, as Azure demands",
      change: `Take it away: ${first.by} puts ${first.to} there`,
    },
  ]);
}
