import type { NatGateway } from "@cdktf/provider-azurerm/lib/nat-gateway";
import type { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { RouteTable } from "@cdktf/provider-azurerm/lib/route-table";
import { VirtualNetwork, type VirtualNetworkSubnet } from "@cdktf/provider-azurerm/lib/virtual-network";
import { type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkEngine } from "../engine";
import { AZURE_ABBREVIATIONS, type IResourceNaming, NamedResource } from "../../azure/naming";
import { normalizeLocation } from "../../azure/azure-settings";
import { inAzureCasing } from "../../azure/azure-id";
import { checkNetworkPart } from "../../plan/checks/deployment";
import { checkDnsServers } from "../../plan/checks/network";
import { checkNameOf } from "../../azure/names";
import { checkPrefixList, type GivenPrefix, overlapsWithin } from "../../plan/checks/prefixes";
import { type Problem, problemUnless, refused, refuseProblems } from "../../base/problem";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import { dnsServersEndpoint } from "../../plan/flows/documented-flows";
import { hasWayOut } from "../../plan/flows/public-flows";
import { textOrder } from "../../base/natural-order";
import { isOpaque } from "../../base/opaque";
import { formatIpv4Prefix, overlaps } from "../../azure/sets/ipv4-prefix";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import {
  type ExistingSubnetInput,
  networkFacts,
  type NetworkPart,
  resourceGroupFacts,
  wayOutOf,
} from "../../plan/deployment";
import { refuseNamingAndProvider } from "../argument-types";
import { checkedPart, givenNetwork } from "../given-props";
import type { BackupNetworkProps } from "./backup-network-props";
import { type AzureFirewallOptions, Destinations } from "./destinations";
import { staysInRegion } from "./inline-subnets";
import { makeNatGateway, type NatGatewayWay } from "./nat-gateway-way";
import { take, takeName } from "./taken-in-stack";
import { BackupVirtualNetwork } from "./virtual-network";
import { textIn, tokenIn } from "../../terraform/in-memory/terraform-text";

/** What a network knows of a place in it. @internal */
interface PlaceInNetwork {
  readonly endpoint: FlowEndpoint;
  /** Id of the subnet's own route table. */
  readonly ownRouteTableId?: string;
  flows(): Flow[];
}

/**
 * The resource group, the virtual network and the outbound access of a
 * deployment. The components create their subnets.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class BackupNetwork extends Construct {
  /** Name of the deployment. */
  public readonly deploymentName: string;
  /** Region of all resources. */
  public readonly location: string;
  /** Name of the resource group of all new resources. */
  public readonly resourceGroupName: string;
  /** Name of the virtual network. */
  public readonly virtualNetworkName: string;
  /** Name of the resource group that the virtual network is in. */
  public readonly virtualNetworkResourceGroupName: string;
  /** IPv4 prefixes of the virtual network. */
  public readonly addressSpace: string[];
  /** Addresses of the network's own DNS servers; empty for Azure's own. */
  public readonly dnsServers: string[];
  /** Tags of all resources that support tags. */
  public readonly tags: { [name: string]: string };
  /** The resource group. @default - it exists already */
  public readonly resourceGroup?: ResourceGroup;
  /** The virtual network. @default - it exists already */
  public readonly virtualNetwork?: VirtualNetwork;

  /** How Microsoft's services are named in rules. */
  public readonly destinations: Destinations;

  /** The network as a deployment has it. @internal */
  public readonly _part: NetworkPart;

  /** How resources are named. */
  public readonly naming: IResourceNaming;
  /** Provider of all resources. @default - the stack's own */
  public readonly provider?: TerraformProvider;

  private readonly placeOfResources: string;
  private readonly placeOfSubnets: string;
  private firewallRoutes?: RouteTable;
  private wayOut?: NatGatewayWay;
  private readonly inlineSubnets?: Array<VirtualNetworkSubnet & { readonly name: string }>;
  private readonly places: PlaceInNetwork[] = [];
  private readonly givenPrefixes: GivenPrefix[] = [];

  constructor(scope: Construct, id: string, props: BackupNetworkProps) {
    super(scope, id);
    checkEngine(this);
    const { naming, provider } = props ?? {};
    refuseNamingAndProvider(this.node.path, { naming, provider });
    this.naming = naming ?? AZURE_ABBREVIATIONS;
    this.provider = provider;
    const deployment = checkedPart<NetworkPart>(props) ?? this.checked(props);
    this._part = deployment;

    const { name, location, tags } = deployment;
    const resourceGroup = resourceGroupFacts(deployment);
    const { existing, addressSpace, dnsServers, inlineSubnets } = networkFacts(deployment.virtualNetwork);
    this.deploymentName = name;
    this.location = normalizeLocation(location);
    refuseProblems(this.node.path, this.checkRegion(props.virtualNetwork));
    const subscription = provider?.node.path ?? "";
    this.placeOfResources = `${subscription} ${resourceGroup.name}`;
    this.placeOfSubnets = existing
      ? `${subscription} ${existing.resourceGroup} ${existing.name}`
      : `${this.placeOfResources} ${this.node.path}`;
    // A set, whose order must not show.
    this.addressSpace = mergePrefixes(addressSpace);
    this.dnsServers = [...dnsServers];
    this.tags = tags ?? {};

    if (!resourceGroup.exists) {
      const owner = takeName(
        TerraformStack.of(this),
        `${subscription} resource group ${resourceGroup.name}`,
        this.node.path,
      );
      refuseProblems(
        this.node.path,
        problemUnless(owner === this.node.path, "name-taken", "resourceGroup", resourceGroup.name, {
          what: `is a resource group that ${owner} already creates`,
          allowed: "a resource group that is created once",
          change: "Use BackupResourceGroup.fromResource for the second, or another name",
        }),
      );
      this.resourceGroup = new ResourceGroup(this, "resource-group", {
        name: resourceGroup.name,
        location: this.location,
        tags: this.tags,
        provider,
      });
    }
    this.resourceGroupName = this.resourceGroup?.name ?? resourceGroup.name;

    if (!existing) {
      this.virtualNetwork = new VirtualNetwork(this, "virtual-network", {
        ...this._resource(NamedResource.VIRTUAL_NETWORK),
        addressSpace: this.addressSpace,
        dnsServers: this.dnsServers,
        // Without the last subnet the list is empty: a network without a list keeps the subnets that it has.
        subnet: inlineSubnets ? [] : undefined,
        lifecycle: inlineSubnets ? staysInRegion(this.location) : undefined,
      });
    }
    if (inlineSubnets) this.inlineSubnets = [];
    this.virtualNetworkName = this.virtualNetwork?.name ?? existing?.name ?? "";
    this.virtualNetworkResourceGroupName = existing?.resourceGroup ?? this.resourceGroupName;
    const { destinations } = props;
    this.destinations =
      destinations instanceof Destinations ? destinations : Destinations._of(deployment.destinations);
  }

  /** The network of props that are not part of a checked deployment. */
  private checked(props: BackupNetworkProps): NetworkPart {
    const deployment = givenNetwork(this.node.path, props);
    refuseProblems(this.node.path, checkNetworkPart(deployment, this.naming, []));
    return deployment;
  }

  /** Azure attaches only groups of the network's own region to its subnets. */
  private checkRegion(network: unknown): Problem[] {
    const location = network instanceof BackupVirtualNetwork ? network._location : undefined;
    if (location === undefined || isOpaque(location)) return [];
    const ofNetwork = normalizeLocation(location);
    return problemUnless(ofNetwork === this.location, "region-of-network", "location", this.location, {
      what: "is not the region of the virtual network",
      allowed: ofNetwork,
      change: `Write "${ofNetwork}", or give another network`,
    });
  }

  /** The NAT gateway. @default - no subnet has a flow to public addresses, or outbound access is managed elsewhere */
  public get natGateway(): NatGateway | undefined {
    return this.wayOut?.natGateway;
  }

  /** The NAT gateway's public address. @default - no NAT gateway is created */
  public get publicIp(): PublicIp | undefined {
    return this.wayOut?.publicIp;
  }

  /** What the resources that have a name, a region and tags share. @internal */
  public _resource(kind: NamedResource, component?: string) {
    const { location, resourceGroupName, tags, provider } = this;
    return { name: this._nameOf(kind, component), location, resourceGroupName, tags, provider };
  }

  /** The name of a resource of the deployment, or of one of its components. @internal */
  public _nameOf(kind: NamedResource, component?: string): string {
    const resource = { kind, deploymentName: this.deploymentName, component };
    const [path, given] = component === undefined ? ["name", this.deploymentName] : ["component", component];
    refuseProblems(this.node.path, checkNameOf(path, given, resource, this.naming));
    const name = this.naming.resourceName(resource);
    this.refuseSecond(kind, name, component);
    return name;
  }

  /** Two deployments can have the same name, and a custom naming may give two components the same. */
  private refuseSecond(kind: NamedResource, name: string, component = "the deployment"): void {
    const place = kind === NamedResource.SUBNET ? this.placeOfSubnets : this.placeOfResources;
    const taker = `${component} of ${this.node.path}`;
    const owner = takeName(TerraformStack.of(this), `${place} ${kind} ${name}`, taker);
    if (owner === taker) return;
    const isOurs = owner.endsWith(` of ${this.node.path}`);
    refuseProblems(
      this.node.path,
      refused(
        "name-taken",
        isOurs ? `naming.resourceName(${kind} of ${component})` : "name",
        isOurs ? name : this.deploymentName,
        {
          what: isOurs
            ? `is the name of that of ${owner.slice(0, -` of ${this.node.path}`.length)} too`
            : `results in the name of a resource (${kind}) that ${owner} already has`,
          allowed: "names that differ in more than case, because Azure ignores it",
          change: isOurs ? "Let the naming use the component" : "Give the deployments different names",
        },
      ),
    );
  }

  /**
   * Id of the NAT gateway, which the first subnet that needs it creates;
   * undefined if outbound access is managed elsewhere.
   *
   * @internal
   */
  public _natGatewayId(): string | undefined {
    const wayOut = wayOutOf(this._part);
    if (wayOut.kind === "existingNatGateway") return inAzureCasing(wayOut.natGatewayId);
    if (wayOut.kind !== "natGateway") return undefined;
    this.wayOut ??= this.makeWayOut();
    return this.wayOut.natGatewayId;
  }

  /**
   * Whether the deployment creates the network and its outbound access, so that
   * only Azure's own routes exist.
   *
   * @internal
   */
  public _routesItself(): boolean {
    return this.virtualNetwork !== undefined && wayOutOf(this._part).kind === "natGateway";
  }

  /**
   * Id of the route table to the firewall, which the first subnet that needs it
   * creates; undefined without a firewall.
   *
   * @internal
   */
  public _firewallRouteTableId(): string | undefined {
    const { firewall } = this.destinations;
    if (!firewall) return undefined;
    this.firewallRoutes ??= this.makeFirewallRoutes(firewall);
    return this.firewallRoutes.id;
  }

  private makeFirewallRoutes(firewall: AzureFirewallOptions): RouteTable {
    // Few deployments have a firewall, and its classes of the provider are among the largest.
    // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
    const { makeFirewallRoutes } = require("./firewall-way") as typeof import("./firewall-way");
    return makeFirewallRoutes(new Construct(this, "firewall"), {
      routeTable: {
        ...this._resource(NamedResource.ROUTE_TABLE),
        // Terraform takes the routes off the subnets before it deletes them.
        lifecycle: this._hasInlineSubnets() ? { createBeforeDestroy: true } : undefined,
      },
      ruleCollectionGroupName: this._nameOf(NamedResource.RULE_COLLECTION_GROUP),
      firewall,
      isRouted: () => this.goingOut().some(({ ownRouteTableId }) => ownRouteTableId === undefined),
      sources: () =>
        this.goingOut().flatMap(({ endpoint }) => endpoint.prefixes.map((prefix) => tokenIn(this, prefix))),
    });
  }

  /** The places with a flow to public addresses. */
  private goingOut(): PlaceInNetwork[] {
    return this.places.filter((place) => hasWayOut(place.endpoint, place.flows()));
  }

  private makeWayOut(): NatGatewayWay {
    return makeNatGateway(
      this,
      this._resource(NamedResource.NAT_GATEWAY),
      this._resource(NamedResource.PUBLIC_IP),
      () => this.goingOut().length > 0,
    );
  }

  /** The network's own DNS servers as an end of flows. @internal */
  public _dnsEndpoint(): FlowEndpoint | undefined {
    return dnsServersEndpoint(`${this.node.path}/dns-servers`, this.dnsServers);
  }

  /**
   * Adds a place. It is refused if its name is taken, if a DNS server of the
   * network is in it, or if it overlaps another place. A place that is not alone
   * in its subnet can overlap those of other deployments.
   *
   * @internal
   */
  public _addPlace(
    place: PlaceInNetwork,
    path: string,
    given: readonly GivenPrefix[],
    isAlone: boolean,
  ): void {
    refuseProblems(this.node.path, [
      ...this.checkName(place, path),
      ...overlapsWithin("subnet-overlap", [...this.givenPrefixes, ...given], "subnets that do not overlap"),
      ...checkDnsServers(
        `${networkFacts(this._part.virtualNetwork).path}.dnsServers`,
        this.dnsServers,
        given,
      ),
    ]);
    this.givenPrefixes.push(...given);
    this.places.push(place);
    if (!isAlone) return;
    const problems = given.flatMap((one) => {
      const taken = { ...one, path: `${one.path} of ${this.node.path}` };
      const earlier = take(TerraformStack.of(this), `subnet ${this.placeOfSubnets}`, taken);
      const other = earlier.find(({ prefix }) => overlaps(prefix, one.prefix));
      if (!other) return [];
      return refused("subnet-overlap", one.path, formatIpv4Prefix(one.prefix), {
        what: `overlaps ${other.path} (${formatIpv4Prefix(other.prefix)}) in the same virtual network`,
        allowed: "subnets that do not overlap",
        change: "Choose prefixes that do not overlap",
      });
    });
    refuseProblems(this.node.path, problems);
  }

  /** Adds a place in an existing subnet; a dedicated subnet can be added once in the app. @internal */
  public _addExistingPlace(place: PlaceInNetwork, path: string, subnet: ExistingSubnetInput): void {
    const isAlone = subnet.group === undefined;
    if (isAlone) this.takeDedicated(`${path}.id`, subnet.id, `${path} of ${this.node.path}`);
    // The prefixes were checked with the component.
    const { prefixes } = checkPrefixList(`${path}.addressPrefixes`, subnet.addressPrefixes);
    this._addPlace(place, path, prefixes, isAlone);
  }

  private takeDedicated(path: string, subnetId: string, taker: string): void {
    const id = textIn(this, inAzureCasing(subnetId));
    // What is known only at apply is a text of its own stack.
    const scope = isOpaque(id) ? TerraformStack.of(this) : this.node.root;
    const owner = takeName(scope, `dedicated subnet ${id}`, taker);
    refuseProblems(
      this.node.path,
      problemUnless(owner === taker, "subnet-taken", path, subnetId, {
        what: `is already the subnet of ${owner}, so its group would be replaced`,
        allowed: "one component per dedicated subnet",
        change: "Let the second share the machine of the first, or give it another subnet",
      }),
    );
  }

  /** Whether subnets are inside the virtual network's resource. @internal */
  public _hasInlineSubnets(): boolean {
    return this.inlineSubnets !== undefined;
  }

  /** Puts a subnet into the virtual network's resource, and returns its id. @internal */
  public _addInlineSubnet(subnet: VirtualNetworkSubnet & { readonly name: string }): string {
    this.inlineSubnets?.push(subnet);
    this.inlineSubnets?.sort((a, b) => textOrder(a.name, b.name));
    this.virtualNetwork?.putSubnet([...(this.inlineSubnets ?? [])]);
    return `${this.virtualNetwork?.id}/subnets/${subnet.name}`;
  }

  private checkName(place: PlaceInNetwork, path: string): Problem[] {
    const { label } = place.endpoint;
    const same = this.places.find(({ endpoint }) => endpoint.label.toLowerCase() === label.toLowerCase());
    if (!same) return [];
    const { deploymentName, naming } = this;
    const name = naming.resourceName({ kind: NamedResource.SUBNET, deploymentName, component: label });
    return refused("name-taken", path, label, {
      what: `results in a second subnet "${name}"`,
      allowed: `names that differ in more than case from "${same.endpoint.label}", because Azure ignores it`,
      change: "Give one of the two another key",
    });
  }
}
