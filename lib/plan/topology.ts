import type { Flow, FlowEndpoint } from "../azure/flow";
import { mergePrefixes } from "../azure/sets/prefix-list";
import { findStorageRegion } from "../azure/storage-regions";
import type { FailoverRange } from "../ports/features";
import { DNS_NAME_GROUPS, type DnsNameGroup, type PeerName } from "../ports/parties";
import { componentSlug } from "../ports/port-table";
import {
  administratorsOf,
  componentPath,
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  effectiveType,
  hostOf,
} from "./deployment";

/** A component as flows see it. Its type is that of the machine it shares; without one, rows for one type do not apply. */
export interface TopologyComponent extends Pick<
  DeploymentComponent,
  "role" | "key" | "type" | "region" | "directAccess"
> {
  /** Its endpoint, or that of the machine it shares. */
  readonly endpoint: FlowEndpoint;
  /** For a repository behind gateways: the machines that connect to it. @default - Veeam chooses among all of them */
  readonly gateways?: readonly FlowEndpoint[];
  /** Port that it listens on, for the roles whose port a deployment chooses. @default - as the table prints */
  readonly port?: string;
}

/** How endpoints that are known by DNS name only are reached. */
interface DnsNameWay {
  /** An existing firewall, and the port on which it accepts connections. */
  readonly firewall?: { readonly endpoint: FlowEndpoint; readonly port: string };
  /** Addresses of the endpoints themselves. */
  readonly addresses?: Readonly<Partial<Record<DnsNameGroup, FlowEndpoint>>>;
}

/** The components of a deployment and what its flows depend on. */
export interface Topology extends Pick<Deployment, "features" | "cacheMigration" | "backupCopies"> {
  readonly components: readonly TopologyComponent[];
  /** Machines elsewhere, by their addresses. */
  readonly peers?: Readonly<Partial<Record<PeerName, FlowEndpoint>>>;
  /** Keys of the extents of each scale-out backup repository. @default - none */
  readonly scaleOutRepositories?: ReadonlyArray<readonly string[]>;
  /** How endpoints known by DNS name only are reached, where no HTTP proxy elsewhere reaches them. */
  readonly dnsNames?: DnsNameWay;
  /** The range configured for data channels. @default - that of the pages */
  readonly transmissionPorts?: string;
  /** Whether the range for data channels is open where Used Ports has it as failover only. @default "open" */
  readonly failoverRange?: `${FailoverRange}`;
}

/** What flows call the servers of `services`. */
const SERVICE_LABELS: Readonly<Record<keyof NonNullable<Deployment["services"]>, string>> = {
  ntp: "NTP servers",
  nts: "NTS servers",
  directory: "domain controllers",
  mail: "mail servers",
  kms: "KMS servers",
  syslog: "syslog servers",
  syslogTls: "syslog servers over TLS",
  veeamOne: "Veeam ONE",
  updateMirror: "update mirrors",
  configurationPostgresql: "configuration database (PostgreSQL)",
  configurationSqlServer: "configuration database (SQL Server)",
};

/** Machines elsewhere that a deployment lists by their addresses. */
interface ListedPeer {
  /** The property that lists them: `consoles`, `services.ntp`. */
  readonly name: PeerName;
  /** What flows call them. */
  readonly label: string;
  readonly prefixes: readonly string[];
}

/** The machines elsewhere that a deployment lists. */
export function listedPeers(deployment: Partial<Deployment>): ListedPeer[] {
  const { consoles, webUi, restClients, mountServers, clusterMembers, services = {} } = deployment;
  const administrators = administratorsOf(deployment);
  const given: ReadonlyArray<readonly [PeerName, string, readonly string[] | undefined]> = [
    ["consoles", "console", consoles],
    [
      "administrators",
      administrators?.throughBastion ? "Azure Bastion" : "administrators",
      administrators?.prefixes,
    ],
    ["restClients", "REST clients", restClients],
    ["webUi", "web UI", webUi],
    ["mountServers", "mount servers", mountServers],
    ["clusterMembers", "cluster members", clusterMembers],
    ...(Object.keys(SERVICE_LABELS) as Array<keyof typeof services>).map(
      (service) => [`services.${service}`, SERVICE_LABELS[service], services[service]] as const,
    ),
  ];
  return given.flatMap(([name, label, prefixes]) => (prefixes ? [{ name, label, prefixes }] : []));
}

/** Identifies the ends of flows. */
export interface EndpointIds {
  /** A component with its own place, or elsewhere. */
  readonly component: (component: DeploymentComponent) => FlowEndpoint;
  /** A list of addresses of the deployment: `consoles`, `services.ntp`, `dnsNames.firewall`. */
  readonly peer: (name: string) => string;
}

// For checks, which only ask which rows are open.
const BY_PATH: EndpointIds = {
  component: (component) => endpointOfComponent(component, component.path),
  peer: (name) => name,
};

/** The topology of a deployment. */
export function topologyOf(deployment: Partial<Deployment>, ids: EndpointIds = BY_PATH): Topology {
  const { features, backupCopies, scaleOutRepositories = {}, cacheMigration } = deployment;
  const { transmissionPorts, failoverRange } = deployment;
  const components = componentsOf(deployment);
  const machineOf = (component: DeploymentComponent): FlowEndpoint =>
    ids.component(hostOf(component, components) ?? component);
  return {
    components: components.map((component) => ({
      ...component,
      endpoint: machineOf(component),
      type: effectiveType(component, components),
      gateways: component.gateways?.flatMap((path) =>
        components.filter((gateway) => gateway.path === path).map(machineOf),
      ),
      port: component.port === undefined ? undefined : String(component.port),
    })),
    peers: peersOf(deployment, ids),
    features,
    cacheMigration,
    backupCopies,
    scaleOutRepositories: Object.values(scaleOutRepositories).map(({ extents }) => extents),
    dnsNames: dnsNameWayOf(deployment, ids),
    transmissionPorts: transmissionPorts && `${transmissionPorts.from}-${transmissionPorts.to}`,
    failoverRange,
  };
}

/** A component as an end of flows. */
export function endpointOfComponent(
  { role, key, subnet, existingSubnet, addresses, region }: DeploymentComponent,
  id: string,
): FlowEndpoint {
  const storage = region === undefined ? undefined : (findStorageRegion(region)?.serviceTag ?? region);
  const prefixes =
    addresses ?? existingSubnet?.addressPrefixes ?? [subnet ?? storage].filter((text) => text !== undefined);
  return { id, label: componentSlug(role, key), prefixes: mergePrefixes(prefixes) };
}

function peersOf(deployment: Partial<Deployment>, ids: EndpointIds): Partial<Record<PeerName, FlowEndpoint>> {
  const peers: Partial<Record<PeerName, FlowEndpoint>> = Object.fromEntries(
    listedPeers(deployment).map(({ name, label, prefixes }) => [
      name,
      { id: ids.peer(name), label, prefixes: mergePrefixes(prefixes) },
    ]),
  );
  // By default, administrators also open the web UI.
  return peers.administrators ? { webUi: peers.administrators, ...peers } : peers;
}

function dnsNameWayOf({ dnsNames }: Partial<Deployment>, ids: EndpointIds): DnsNameWay | undefined {
  if (dnsNames === undefined) return undefined;
  const { firewall, addresses } = dnsNames;
  const endpoint = (name: string, label: string, prefixes: readonly string[]): FlowEndpoint => ({
    id: ids.peer(`dnsNames.${name}`),
    label,
    prefixes: mergePrefixes(prefixes),
  });
  return {
    firewall: firewall && {
      endpoint: endpoint("firewall", "firewall", firewall.addresses),
      port: String(firewall.port),
    },
    addresses:
      addresses &&
      Object.fromEntries(
        (Object.keys(DNS_NAME_GROUPS) as DnsNameGroup[]).flatMap((group) => {
          const prefixes = addresses[group];
          return prefixes ? [[group, endpoint(group, DNS_NAME_GROUPS[group], prefixes)]] : [];
        }),
      ),
  };
}

/** An end of flows, and the names by which a user can ask for it. */
interface NamedEnd {
  readonly names: readonly string[];
  readonly endpoint: FlowEndpoint;
}

/**
 * The ends of a deployment by their names in reports and in cdktf.json.
 *
 * @param deploymentOf name of the deployment that a component, by its path, is part of
 */
export function namedEnds(
  { components, peers = {} }: Topology,
  flows: readonly Flow[],
  deploymentOf: (path: string) => string,
): NamedEnd[] {
  return [
    ...components.map(({ role, key, endpoint }) => {
      const [slug, path] = [componentSlug(role, key), componentPath(role, key)];
      return { names: [slug, path, `${deploymentOf(path)}/${slug}`], endpoint };
    }),
    ...Object.entries(peers).map(([name, endpoint]) => ({ names: [endpoint.label, name], endpoint })),
    ...flows.flatMap(({ from, to }) => [from, to]).map((endpoint) => ({ names: [endpoint.label], endpoint })),
  ];
}
