import { normalizeLocation } from "../azure/azure-settings";
import type { Flow, FlowEndpoint } from "../azure/flow";
import { mergePrefixes } from "../azure/sets/prefix-list";
import { findStorageRegion } from "../azure/storage-regions";
import { shortName } from "../base/stable-hash";
import { componentSlug } from "../ports/port-table";
import type { Network } from "../proof/network";
import type { Proof } from "../proof/prove";
import {
  componentPath,
  type DeploymentComponent,
  networkFacts,
  type NetworkPart,
  resourceGroupFacts,
  wayOutOf,
} from "./deployment";
import type { ClosedSection } from "./flows/closed-sections";
import { failoverUse, followedDisagreements } from "./flows/page-notes";
import type { PlannedFlows } from "./flows/planned-flows";
import { hasWayOut } from "./flows/public-flows";
import type {
  ReportClosedSection,
  ReportComponent,
  ReportInput,
  ReportNetwork,
  ReportSharedGroup,
} from "./report-input";
import { reportDnsNames } from "./reported-dns-names";
import type { PlannedRule } from "./rules/rule-placement";

// What Azure takes for the name of a rule.
const MAX_RULE_NAME_LENGTH = 80;

/** A place of a deployment, as a report reads it. */
export interface ReportedPlace {
  readonly endpoint: FlowEndpoint;
  readonly flows: readonly Flow[];
  readonly rules: readonly PlannedRule[];
  /** The group that is managed elsewhere, and the rules as they are added to it. @default - the group is created with the deployment */
  readonly sharedGroup?: Omit<ReportSharedGroup, "endpointId">;
}

/** A network of a deployment, and the paths of the components in it. */
export interface ReportedNetwork {
  readonly part: NetworkPart;
  /** Name of the virtual network. */
  readonly virtualNetwork: string;
  readonly components: readonly string[];
}

/** All that is known of a deployment whose rules are made; values known only at apply are expressions. */
export interface ReportedDeployment {
  /** Path of the construct. */
  readonly path: string;
  readonly documented: PlannedFlows;
  readonly components: readonly DeploymentComponent[];
  readonly networks: readonly ReportedNetwork[];
  readonly places: readonly ReportedPlace[];
  /** Facts of machines, by the paths of their components. */
  readonly machines: ReadonlyMap<string, { readonly [name: string]: string }>;
  readonly flows: readonly Flow[];
  readonly network: Network;
  readonly proof: Proof;
  readonly warnings: readonly string[];
  /** Ids of the places of all deployments of the app. @default - only this deployment */
  readonly placesOfApp?: readonly string[];
}

/** The content of a deployment's report. */
export function reportOf(deployment: ReportedDeployment): ReportInput {
  const { path, documented, places, networks, flows, network, proof, warnings } = deployment;
  const { portTable, rows, topology } = documented;
  const { revision, entraId, usedPorts } = portTable;
  const filtered = new Set(places.map(({ endpoint }) => endpoint.id));
  return {
    path,
    portTable: {
      revision,
      source: entraId.source,
      pageDate: entraId.pageDate,
      usedPorts: usedPorts && { source: usedPorts.source, pageDate: usedPorts.pageDate },
    },
    networks: networks.map((one) => networkOf(one, deployment)),
    components: deployment.components.map((component) => componentOf(component, deployment)),
    sharedGroups: places.flatMap(({ endpoint, sharedGroup }) =>
      sharedGroup ? [{ endpointId: endpoint.id, ...sharedGroup }] : [],
    ),
    openedBySameApp: (deployment.placesOfApp ?? []).filter((id) => !filtered.has(id)),
    flows: [...flows],
    network,
    rulesOfEnds: places.map(({ endpoint, rules }) => ({ endpointId: endpoint.id, rules })),
    proof,
    warnings: [...warnings],
    closedSections: documented.closedSections.map(closedSectionOf),
    disagreements: followedDisagreements(portTable, topology),
    failover: failoverUse(portTable, topology, filtered),
    dnsNames: reportDnsNames(rows, topology, filtered),
  };
}

/** The name of a rule in a group that is managed elsewhere, which says for whom it is. */
export function nameInSharedGroup(name: string, deploymentName: string, label: string): string {
  return shortName(`${name}-of-${deploymentName}-${label}`, MAX_RULE_NAME_LENGTH);
}

/** What a proof cannot say of the groups that are managed elsewhere; empty without such groups. */
export function sharedGroupAssumptions(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  return [
    `The groups on ${[...labels].sort().join(", ")} are managed elsewhere: only the rules that this deployment adds are verified, not their other rules.`,
  ];
}

/**
 * A warning for each machine that nobody can log on to.
 *
 * @param machines Paths of the components whose machines are created
 */
export function logOnWarnings(
  machines: readonly string[],
  documented: PlannedFlows,
  places: ReadonlyArray<Pick<ReportedPlace, "endpoint" | "flows">>,
): string[] {
  const ours = new Set(documented.topology.components.map(({ endpoint }) => endpoint.id));
  return machines.flatMap((path) => {
    const id = endpointOf(path, documented)?.id;
    const flows = places.find(({ endpoint }) => endpoint.id === id)?.flows ?? [];
    const canLogOn = flows.some(
      ({ from, to, ports }) => to.id === id && !ours.has(from.id) && /^(22|3389)$/m.test(ports.join("\n")),
    );
    if (canLogOn) return [];
    return [
      `${path}: nobody can log on to its machine, since no administrators are named. Name them, or rely on the serial console.`,
    ];
  });
}

function endpointOf(path: string, { topology }: PlannedFlows): FlowEndpoint | undefined {
  return topology.components.find(({ role, key }) => componentPath(role, key) === path)?.endpoint;
}

function componentOf(
  { path, role, key, subnet, existingSubnet, addresses, on, region }: DeploymentComponent,
  { components, documented, machines }: ReportedDeployment,
): ReportComponent {
  const there = documented.topology.components.find((one) => one.role === role && one.key === key);
  const host = components.find((one) => one.path === on);
  const prefixes = subnet === undefined ? (existingSubnet?.addressPrefixes ?? []) : [subnet];
  return {
    role,
    key,
    label: componentSlug(role, key),
    endpointId: there?.endpoint.id ?? path,
    type: there?.type,
    subnet: prefixes.join(", ") || undefined,
    existingSubnetId: existingSubnet?.id,
    region: region && (findStorageRegion(region)?.region ?? region),
    addresses: addresses && [...addresses],
    sharesMachineOf: host && componentSlug(host.role, host.key),
    machine: machines.get(path),
  };
}

function networkOf(
  { part, virtualNetwork, components }: ReportedNetwork,
  { components: all, places, documented }: ReportedDeployment,
): ReportNetwork {
  const group = resourceGroupFacts(part);
  const { existing, addressSpace, dnsServers } = networkFacts(part.virtualNetwork);
  const { kind, ...wayOut } = wayOutOf(part);
  // Outbound access is created for new subnets that need it.
  const made = all.filter(({ path, subnet }) => subnet !== undefined && components.includes(path));
  const ids = made.map(({ path }) => endpointOf(path, documented)?.id);
  return {
    name: part.name,
    location: normalizeLocation(part.location),
    resourceGroup: group.name,
    resourceGroupExists: group.exists,
    virtualNetwork,
    virtualNetworkExists: existing !== undefined,
    virtualNetworkResourceGroup: existing?.resourceGroup ?? group.name,
    addressSpace: mergePrefixes(addressSpace),
    dnsServers: [...dnsServers],
    egress: kind,
    ...wayOut,
    egressOf: places
      .filter(({ endpoint, flows }) => ids.includes(endpoint.id) && hasWayOut(endpoint, flows))
      .map(({ endpoint }) => endpoint.id),
  };
}

/** A closed section: what needs the rows that are closed, and what does not work without them. */
function closedSectionOf({ section, source, pageDate, closedRows }: ClosedSection): ReportClosedSection {
  const distinct = (texts: readonly string[]): string => [...new Set(texts)].join("; ");
  return {
    section,
    neededFor: distinct(closedRows.map(({ from, to }) => `${from} to ${to}`)),
    breaks: distinct(
      closedRows.map(({ without, opensWith }) => `${without} (to enable: ${opensWith.join(" and ")})`),
    ),
    source,
    pageDate,
  };
}
