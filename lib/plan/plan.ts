import { isAzureId, namesInSubnetId, type SubnetNames } from "../azure/azure-id";
import type { Flow, FlowEndpoint } from "../azure/flow";
import { AZURE_ABBREVIATIONS, type IResourceNaming, NamedResource } from "../azure/naming";
import { parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import { mergePrefixes } from "../azure/sets/prefix-list";
import { findServiceTag, type ServiceTags } from "../azure/sets/service-tags";
import { distinctItems } from "../base/collections";
import type { Problem } from "../base/problem";
import { componentSlug, type PortTable } from "../ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../ports/revisions";
import type { SourcedRow } from "../ports/sourced-row";
import { checkDeployment } from "./checks/deployment";
import { bandOf, problemsOfRules } from "./checks/groups";
import {
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  inOrderOfSharing,
  networkFacts,
  resourceGroupFacts,
} from "./deployment";
import { type ClosedSection, closedSections } from "./flows/closed-sections";
import { type DnsNamedConnection, dnsNamedConnections } from "./flows/dns-named-rows";
import { dnsFlows, dnsServersEndpoint, documentedFlows } from "./flows/documented-flows";
import { openRows } from "./flows/open-rows";
import { hasWayOut } from "./flows/public-flows";
import { type UserFlow, userFlow } from "./flows/user-flow";
import type { PlannedRule } from "./rules/rule-placement";
import { nameInSharedGroup, rulesOfGroup } from "./rules/rules-of-endpoint";
import { type EndpointIds, endpointOfComponent, type Topology, topologyOf } from "./topology";

/** Options of a plan. */
interface PlanOptions {
  /** Path of the deployment's construct, the beginning of the ids of ends of flows. @default - that of the app */
  readonly path?: string;
  /** How resources are named. @default - by Azure's abbreviations */
  readonly naming?: IResourceNaming;
  /** Content of the file of `destinations.ipRanges`. @default - rules name service tags */
  readonly serviceTags?: ServiceTags;
  /** Connections in addition to those of Veeam's pages. @default - none */
  readonly connections?: (endpointOf: (path: string) => FlowEndpoint | undefined) => readonly UserFlow[];
}

/** A place of a deployment whose traffic is filtered. */
export interface PlannedPlace {
  /** Path of the component that lives there: `cacheRepositories.cache`. */
  readonly path: string;
  /** The place as an end of flows. */
  readonly endpoint: FlowEndpoint;
  /** The flows that begin or end there. */
  readonly flows: readonly Flow[];
  /** The rules of its group, each with the flows that it was made for. */
  readonly rules: readonly PlannedRule[];
  /** The group that is managed elsewhere, and the rules as they are added to it. @default - the group is created with the deployment */
  readonly sharedGroup?: {
    readonly name: string;
    readonly resourceGroup: string;
    readonly rules: readonly PlannedRule[];
  };
  /** Name of its group, created with the deployment or managed elsewhere. @default - unknown */
  readonly groupName?: string;
  /** Whether the group is managed elsewhere and may contain other rules. */
  readonly isOthers: boolean;
  /** Known names of its subnet. */
  readonly names: SubnetNames;
  /** Id of its subnet in a synthesized stack. @default - its names identify it */
  readonly subnetId?: string;
}

/** Everything that follows from a deployment and Veeam's pages. */
export interface Plan {
  /** Everything that is wrong with the deployment; if there is a problem, nothing else is planned. */
  readonly problems: readonly Problem[];
  /** Warnings; each is a sentence. */
  readonly warnings: readonly string[];
  /** What the pages ask for. @default - there are problems */
  readonly documented?: PlannedFlows;
  /** Every flow that begins or ends at a place: those of the pages, those to DNS servers, and the declared ones. */
  readonly flows: readonly Flow[];
  /** Places of the deployment that are filtered. */
  readonly places: readonly PlannedPlace[];
  /** Whether there may be a default route that the deployment does not create. */
  readonly hasDefaultRoute: boolean;
}

/** The plan of a deployment. It is pure: the same deployment has the same plan. */
export function plan(deployment: Deployment, options: PlanOptions = {}): Plan {
  const { path = `${deployment.name}/backup`, naming = AZURE_ABBREVIATIONS } = options;
  const { problems, warnings } = checkDeployment(deployment, options.naming);
  if (problems.length > 0) return nothing(problems, warnings);

  const components = inOrderOfSharing(componentsOf(deployment));
  const endpoints = new Map(
    components.map((component) => [component.path, endpointOfComponent(component, idOf(component, path))]),
  );
  const endpointOf = (component: string): FlowEndpoint | undefined => endpoints.get(component);
  const filtered = components.filter(isFiltered);
  const documented = planFlows(deployment, {
    ids: {
      component: (component) => endpoints.get(component.path) as FlowEndpoint,
      peer: (name) => `${path}/${name}`,
    },
    filtered: new Set(filtered.flatMap((component) => endpointOf(component.path)?.id ?? [])),
    serviceTags: options.serviceTags,
  });
  const declared = (options.connections?.(endpointOf) ?? []).map(userFlow);
  const { dnsServers: servers } = networkFacts(deployment.virtualNetwork);
  const dnsServers = dnsServersEndpoint(`${path}/network/dns-servers`, servers);
  const flowsAt = ({ id }: FlowEndpoint): Flow[] =>
    [...documented.flows, ...declared].filter(({ from, to }) => from.id === id || to.id === id);
  const filled = filtered.map((component) => {
    const { path: place, existingSubnet } = component;
    const endpoint = endpoints.get(place) as FlowEndpoint;
    const ofDns = dnsServers ? dnsFlows(endpoint, dnsServers, deployment.portTable) : [];
    const group = existingSubnet?.group;
    const band = group && bandOf(`${place}.existingSubnet.group`, group);
    return { component, endpoint, flows: [...ofDns, ...flowsAt(endpoint)], band };
  });
  const conflicts = filled.flatMap(({ endpoint, flows, band }) => problemsOfRules(endpoint, flows, band));
  if (conflicts.length > 0) return nothing(distinctItems(conflicts), warnings);
  const places = filled.map(({ component, endpoint, flows, band }) => {
    const rules = rulesOfGroup(endpoint, flows, band);
    return {
      path: component.path,
      endpoint,
      flows,
      rules,
      ...groupOf(component, rules, deployment, naming),
      names: subnetNames(component, deployment, naming),
      ...(component.existingSubnet && { subnetId: component.existingSubnet.id }),
    };
  });
  return {
    problems,
    warnings,
    documented,
    flows: [...new Set(places.flatMap(({ flows }) => flows))],
    places,
    hasDefaultRoute: places.some((place) => mayHaveDefaultRoute(place, deployment, components)),
  };
}

function nothing(problems: readonly Problem[], warnings: readonly string[]): Plan {
  return { problems, warnings, flows: [], places: [], hasDefaultRoute: false };
}

/** Whether the component's traffic is filtered here: it has a subnet, created or existing. */
function isFiltered({ subnet, existingSubnet }: DeploymentComponent): boolean {
  return subnet !== undefined || existingSubnet !== undefined;
}

/** The path of the construct that the end is. */
function idOf(component: DeploymentComponent, path: string): string {
  const slug = componentSlug(component.role, component.key);
  return isFiltered(component) ? `${path}/${slug}/network` : `${path}/${slug}`;
}

function groupOf(
  { role, key, existingSubnet }: DeploymentComponent,
  rules: readonly PlannedRule[],
  { name: deploymentName }: Deployment,
  naming: IResourceNaming,
): Pick<PlannedPlace, "groupName" | "isOthers" | "sharedGroup"> {
  const component = componentSlug(role, key);
  if (existingSubnet?.group) {
    const { name, resourceGroup } = existingSubnet.group;
    const added = rules.map(({ rule, flows }) => ({
      rule: { ...rule, name: nameInSharedGroup(rule.name, deploymentName, component) },
      flows,
    }));
    return { groupName: name, isOthers: true, sharedGroup: { name, resourceGroup, rules: added } };
  }
  const kind = NamedResource.NETWORK_SECURITY_GROUP;
  return { groupName: naming.resourceName({ kind, deploymentName, component }), isOthers: false };
}

function subnetNames(
  { role, key, existingSubnet }: DeploymentComponent,
  deployment: Deployment,
  naming: IResourceNaming,
): SubnetNames {
  if (existingSubnet) return namesInSubnetId(isAzureId(existingSubnet.id) ? existingSubnet.id : "");
  const { name: deploymentName, virtualNetwork } = deployment;
  const { existing } = networkFacts(virtualNetwork);
  const component = componentSlug(role, key);
  return {
    subnet: naming.resourceName({ kind: NamedResource.SUBNET, deploymentName, component }),
    virtualNetwork:
      existing?.name ?? naming.resourceName({ kind: NamedResource.VIRTUAL_NETWORK, deploymentName }),
    resourceGroup: existing?.resourceGroup ?? resourceGroupFacts(deployment).name,
  };
}

/** Whether the routes of a place are unknown: a network managed elsewhere or a route table may set them. */
function mayHaveDefaultRoute(
  { path, endpoint, flows }: PlannedPlace,
  { virtualNetwork, egress, destinations }: Deployment,
  components: readonly DeploymentComponent[],
): boolean {
  const component = components.find((one) => one.path === path);
  if (egress === "existing" || "existing" in virtualNetwork || component?.existingSubnet) return true;
  if (component?.subnetSettings?.routeTableId !== undefined) return true;
  const isRouted = typeof destinations === "object" && "azureFirewall" in destinations;
  return isRouted && hasWayOut(endpoint, flows);
}

/** The flows of a deployment, and the rows of Veeam's pages that stay closed. */
export interface PlannedFlows {
  readonly portTable: PortTable;
  readonly topology: Topology;
  /** The rows that the deployment asks for. */
  readonly rows: readonly SourcedRow[];
  /** Flows that begin or end at a place that is filtered here. */
  readonly flows: readonly Flow[];
  readonly closedSections: readonly ClosedSection[];
  readonly dnsNamedConnections: readonly DnsNamedConnection[];
}

/** Options of planFlows. */
interface FlowOptions {
  readonly ids: EndpointIds;
  /** Ids of the ends that are filtered here. */
  readonly filtered: ReadonlySet<string>;
  /** Addresses instead of service tags. @default - service tags */
  readonly serviceTags?: ServiceTags;
}

/** The flows of a deployment that passed its checks, or of the part of one that its components are. */
export function planFlows(
  deployment: Partial<Deployment>,
  { ids, filtered, serviceTags }: FlowOptions,
): PlannedFlows {
  const portTable = findPortTable(deployment.portTable ?? DEFAULT_REVISION) as PortTable;
  const topology = topologyOf(deployment, ids);
  const rows = openRows(portTable, topology);
  const flows = documentedFlows(portTable, topology).filter(
    ({ from, to }) => filtered.has(from.id) || filtered.has(to.id),
  );
  let closed: readonly ClosedSection[] | undefined;
  return {
    portTable,
    topology,
    rows,
    flows: serviceTags ? flowsWithRanges(flows, serviceTags) : flows,
    // Only reports read these two, and finding them takes as long as finding the flows.
    get closedSections() {
      return (closed ??= closedSections(portTable, topology));
    },
    get dnsNamedConnections() {
      return dnsNamedConnections(rows, topology);
    },
  };
}

/**
 * The flows with the addresses of a Service Tags file instead of the tags that
 * it contains. Their rules change with the file, so the description has the
 * file's change number.
 */
export function flowsWithRanges(flows: readonly Flow[], tags: ServiceTags): Flow[] {
  return flows.map((flow) => {
    const [name] = flow.to.prefixes;
    const tag = flow.to.prefixes.length === 1 ? findServiceTag(tags, name) : undefined;
    if (!tag) return flow;
    const prefixes = tag.addressPrefixes.filter((prefix) => parseIpv4Prefix(prefix) !== undefined);
    return {
      ...flow,
      to: { ...flow.to, prefixes: mergePrefixes(prefixes) },
      origin: `${flow.origin}, Service Tags ${tags.changeNumber}`,
    };
  });
}
