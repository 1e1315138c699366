import { Token } from "cdktf";
import { type DeploymentInput, SERVICES } from "../../plan/checks/deployment-input";
import type { FlowEndpoint } from "../../azure/flow";
import { mergePrefixes } from "../../azure/sets/prefix-list";
import type { DnsNameWay, Topology } from "../../plan/flows/topology";
import { type DnsNameGroup, DNS_NAME_GROUPS, type PeerName } from "../../ports/parties";
import type { DeploymentFeatures } from "./deployment-features";
import type { DnsNames } from "./dns-names";

/** What a deployment wants, as the checks see it. */
export function featuresAsInput(props: DeploymentFeatures): Partial<DeploymentInput> {
  const { administrators } = props;
  return {
    features: props.features,
    administrators: administrators && {
      path: administrators.throughBastion ? "administrators.bastionSubnet" : "administrators",
      throughBastion: administrators.throughBastion,
      prefixes: administrators.prefixes,
    },
    restClients: props.restClients,
    mountServers: props.mountServers,
    services: props.services,
    dnsNames: props.dnsNames,
    backupCopies: props.backupCopies,
    scaleOutRepositories: props.scaleOutRepositories,
    transmissionPorts: props.transmissionPorts,
  };
}

/**
 * What a deployment wants, as the port table sees it.
 *
 * @param path under which the ends that are no components get their identity
 */
export function featuresInTopology(
  props: DeploymentFeatures,
  consoles: readonly string[] | undefined,
  path: string,
): Omit<Topology, "components"> {
  const { transmissionPorts } = props;
  return {
    features: props.features,
    peers: peersOf(props, consoles, path),
    backupCopies: props.backupCopies,
    scaleOutRepositories: Object.values(props.scaleOutRepositories ?? {}).map(({ extents }) => extents),
    dnsNames: props.dnsNames && wayOf(props.dnsNames, path),
    transmissionPorts:
      transmissionPorts && `${portText(transmissionPorts.from)}-${portText(transmissionPorts.to)}`,
  };
}

function peersOf(
  { administrators, restClients, mountServers, services = {} }: DeploymentFeatures,
  consoles: readonly string[] | undefined,
  path: string,
): Partial<Record<PeerName, FlowEndpoint>> {
  const given: ReadonlyArray<readonly [PeerName, string, readonly string[] | undefined]> = [
    ["consoles", "console", consoles],
    [
      "administrators",
      administrators?.throughBastion ? "Azure Bastion" : "administrators",
      administrators?.prefixes,
    ],
    ["restClients", "REST clients", restClients],
    ["mountServers", "mount servers", mountServers],
    ...SERVICES.map(
      (service) => [`services.${service}`, SERVICE_LABELS[service], services[service]] as const,
    ),
  ];
  return Object.fromEntries(
    given.flatMap(([name, label, prefixes]) =>
      prefixes ? [[name, endpoint(`${path}/${name}`, label, prefixes)]] : [],
    ),
  );
}

const SERVICE_LABELS: Readonly<Record<(typeof SERVICES)[number], string>> = {
  ntp: "NTP servers",
  nts: "NTS servers",
  directory: "domain controllers",
  mail: "mail servers",
  kms: "KMS servers",
  syslog: "syslog servers",
  syslogTls: "syslog servers over TLS",
};

function wayOf({ firewall, addresses }: DnsNames, path: string): DnsNameWay {
  return {
    firewall: firewall && {
      endpoint: endpoint(`${path}/dnsNames.firewall`, "firewall", firewall.addresses),
      port: portText(firewall.port),
    },
    addresses:
      addresses &&
      Object.fromEntries(
        (Object.keys(DNS_NAME_GROUPS) as DnsNameGroup[]).flatMap((group) => {
          const prefixes = addresses[group];
          if (!prefixes) return [];
          return [[group, endpoint(`${path}/dnsNames.${group}`, DNS_NAME_GROUPS[group], prefixes)]];
        }),
      ),
  };
}

function endpoint(id: string, label: string, prefixes: readonly string[]): FlowEndpoint {
  return { id, label, prefixes: mergePrefixes(prefixes) };
}

function portText(port: number): string {
  return Token.isUnresolved(port) ? Token.asString(port) : String(port);
}

/** Of the props of a whole deployment, those that say what it wants. */
export function featuresOf(props: DeploymentFeatures): DeploymentFeatures {
  const {
    features,
    administrators,
    restClients,
    mountServers,
    services,
    dnsNames,
    backupCopies,
    scaleOutRepositories,
    transmissionPorts,
  } = props;
  return {
    features,
    administrators,
    restClients,
    mountServers,
    services,
    dnsNames,
    backupCopies,
    scaleOutRepositories,
    transmissionPorts,
  };
}
