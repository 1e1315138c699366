import { addressNumber, type AddressRange, rangeOf, SERVICE_TAGS } from "../oracle/addresses";
import { type ExpectedFlow, expectedFlows, type Place, placeOf } from "./expected-flows";
import type { FeatureDeployment, FeatureComponent } from "../arbitraries/feature-deployment-arbitrary";
import { wantsRow } from "./wanted-rows";
import { namesIn, pagesOn, rowsOf, TRANSCRIBED_REVISIONS, type TranscribedRow } from "./veeam-pages";

// What features should open, worked out from the transcription of the
// vendor's pages. It shares no code with lib.

type Ends = ReadonlyArray<readonly [Place, Place]>;

const STORAGE_TAGS: Readonly<Record<string, string>> = {
  northeurope: "Storage.NorthEurope",
  westeurope: "Storage.WestEurope",
};

/** Every flow of a deployment with features. */
export function expectedFlowsWithFeatures(deployment: FeatureDeployment): ExpectedFlow[] {
  return new Expectation(deployment).flows();
}

/** Every address that a deployment with features speaks of, at its edges and just outside. */
export function spokenAddresses(deployment: FeatureDeployment): number[] {
  const prefixes = [...JSON.stringify(deployment).matchAll(/"(\d+\.\d+\.\d+\.\d+(?:\/\d+)?)"/g)];
  const ranges: AddressRange[] = [
    ...prefixes.map(([, prefix]) => rangeOf(prefix)),
    ...Object.values(SERVICE_TAGS).flat(),
  ];
  const nobody = ["10.20.15.200", "192.168.7.7", "168.63.129.16", "8.8.8.8"].map(addressNumber);
  const edges = ranges.flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  return [...new Set([...edges, ...nobody])];
}

class Expectation {
  private readonly components: ReadonlyMap<string, FeatureComponent>;

  constructor(private readonly deployment: FeatureDeployment) {
    const { backupServer, postgresql, httpProxy } = deployment;
    const several = (["cacheRepositories", "gatewayServers", "backupRepositories"] as const).flatMap((role) =>
      Object.entries(deployment[role] ?? {}).map(
        ([key, component]) => [`${role}.${key}`, component] as const,
      ),
    );
    this.components = new Map<string, FeatureComponent>([
      ["backupServer", backupServer],
      ...(postgresql ? [["postgresql", postgresql] as const] : []),
      ...(httpProxy ? [["httpProxy", httpProxy] as const] : []),
      ...several,
    ]);
  }

  flows(): ExpectedFlow[] {
    const { usedPorts } = pagesOn(this.deployment.portTable ?? (TRANSCRIBED_REVISIONS.at(-1) as string));
    const rows = rowsOf(usedPorts);
    const flows = [
      ...this.flowsOfEntraIdPage(rows).filter(({ to }) => this.typeAt(to.id) !== "objectStorage"),
      ...rows.flatMap((row) => this.flowsOfRow(row)),
      ...this.administratorsOfMachines(),
    ];
    return flows.map((flow) => ({ ...flow, ports: flow.ports.map((range) => this.narrowed(range)) }));
  }

  /** The rows of the Entra ID page; narrowed where the deployment follows the newer page, and that has the range as failover. */
  private flowsOfEntraIdPage(usedPorts: readonly TranscribedRow[]): ExpectedFlow[] {
    const flows = expectedFlows(this.deployment as never);
    if (this.deployment.failoverRange !== "closedOnBothPages" || !this.wants("logBackup")) return flows;
    const narrow = usedPorts.some((row) => row.from === "Cache repository" && isFailover(row));
    if (!narrow) return flows;
    const isCache = ({ id }: Place): boolean =>
      this.all("cacheRepositories").some((place) => place.id === id);
    return flows.map((flow) =>
      isCache(flow.from) ? { ...flow, ports: flow.ports.filter(([first]) => first !== 2500) } : flow,
    );
  }

  private wants(feature: string): boolean {
    return (this.deployment.features ?? []).includes(feature);
  }

  private narrowed(range: readonly [number, number]): readonly [number, number] {
    const { transmissionPorts } = this.deployment;
    if (!transmissionPorts || range[0] !== 2500 || range[1] !== 3300) return range;
    return [transmissionPorts.from, transmissionPorts.to];
  }

  private flowsOfRow(row: TranscribedRow): ExpectedFlow[] {
    const closed = (this.deployment.failoverRange ?? "open") !== "open" && isFailover(row);
    const ports = row.ports.filter((port) => /^\d/.test(port) && !(closed && port === RANGE));
    return namesIn(row.from).flatMap((from) =>
      namesIn(row.to).flatMap((to) =>
        row.protocol.split(", ").flatMap((protocol) =>
          ports.flatMap((port) => {
            if (!wantsRow(this.deployment.features ?? [], from, to, port, protocol)) return [];
            const group = dnsNameGroup(to, port);
            if (group !== undefined) return this.byName(this.whoConnects(from, to), group, Number(port));
            return flowsBetween(this.endsOf(from, to, port), protocol, [port]);
          }),
        ),
      ),
    );
  }

  /** Who connects to what has only a DNS name. */
  private whoConnects(from: string, to: string): Place[] {
    if (from.startsWith("Backup proxy (direct connection)/")) return this.speakersOf("objectStorage");
    if (from === "Veeam Infrastructure Appliance") return this.appliances();
    return this.server(to === "Veeam Update Repository" ? "linux" : undefined);
  }

  private endsOf(from: string, to: string, port: string): Ends {
    const { services = {} } = this.deployment;
    const serverOnly = ["Backup server", "Backup proxy", "Backup server (primary or standby)"];
    if (/vPower|S3|Vault|AI Assistant|Signature/.test(`${from} ${to}`.replace(BOTH_GATEWAYS, ""))) return [];
    if (/old cache|new cache|dns server/i.test(to)) return []; // worked out with the Entra ID page's own rows
    if (from === "On-premises backup repository" && to.includes("Vault")) return [];
    if (from.startsWith("Source") || from.startsWith("Target")) return this.together(from);
    switch (to) {
      case "NFS backup repository":
        return this.speaking("nfs");
      case "SMB (CIFS) backup repository (Microsoft Windows)":
        return this.speaking("smb");
      case "Microsoft Azure object storage":
        return this.speaking("objectStorage");
      case "Dell Data Domain":
        return this.speaking("dataDomain");
      case "HPE StoreOnce":
        return this.speaking("storeOnce");
      case "Backup proxy (direct connection)/Gateway server or backup server":
        return cross(this.gatewaysOfObjectStorage(), [...this.all("gatewayServers"), ...this.server()]);
      case "Backup proxy (direct connection)":
      case "Backup proxy / Backup proxy (direct connection)": {
        // The row is for object storage; with copies to the backup server any gateway server connects.
        const onlyOfObjectStorage = from === "Gateway server" && !this.wants("copyToBackupServer");
        return cross(
          onlyOfObjectStorage ? this.gatewaysOfObjectStorage() : this.sources(from, port),
          this.server(),
        );
      }
      case "Active Directory Domain Controllers":
        return from === "Gateway server or backup proxy"
          ? cross(this.speakersOf("smb"), this.peers(services.directory))
          : cross(this.sources(from, port), this.peers(services.directory));
      case "PostgreSQL configuration database":
        return [
          ...cross(this.server("windows"), this.peers(services.configurationPostgresql)),
          ...cross(this.server(), this.peers(this.deployment.clusterMembers)),
          ...(from === "Backup server (primary or standby)"
            ? cross(this.peers(this.deployment.clusterMembers), this.server())
            : []),
        ];
      case "Backup Server Cluster member":
        return [
          ...cross(this.server(), this.peers(this.deployment.clusterMembers)),
          ...cross(this.peers(this.deployment.clusterMembers), this.server()),
        ];
      case "Standby backup server with PostgreSQL configuration database":
        return cross(this.server(), this.peers(this.deployment.clusterMembers));
      case "Microsoft SQL Server hosting the Veeam Backup & Replication configuration database":
        return cross(this.server("windows"), this.peers(services.configurationSqlServer));
      case "Backup server":
        if (serverOnly.includes(from)) return [];
        return cross(
          this.sources(from, port),
          this.server({ 22: "linux", 10443: "linux", 3389: "windows" }[Number(port)]),
        );
      default:
        if (to.startsWith("Backup proxy"))
          return cross(this.sources(from, port), serverOnly.includes(from) ? [] : this.server());
        return cross(this.sources(from, port, to), this.destinations(to, port, from));
    }
  }

  private sources(from: string, port: string, to = ""): Place[] {
    const { deployment } = this;
    switch (from) {
      case "Backup server":
      case "Backup proxy":
        return this.server(/^(NTP|NTS) server$|local mirror/.test(to) ? "linux" : undefined);
      case "Veeam Backup & Replication console":
      case "Remote Veeam Backup & Replication console":
        return this.peers(deployment.consoles);
      case "Management client PC (remote access)":
        return /^(10)?443$/.test(port) ? this.webUi() : this.peers(administratorsOf(deployment));
      case "Remote access PC":
        return this.peers(administratorsOf(deployment));
      case "PC where web UI is open":
      case "Web UI and Host Management console PC":
      case "Web UI PC":
      case "Host Management console PC":
        return this.webUi();
      case "REST client":
        return this.peers(deployment.restClients);
      case "Mount server":
        return this.peers(deployment.mountServers);
      case "Cache repository":
        return this.all("cacheRepositories");
      case "Gateway server":
        return this.all("gatewayServers");
      case "Veeam Infrastructure Appliance":
        return this.appliances();
      case "Primary backup server with PostgreSQL configuration database":
        return this.server();
      case "Backup repository (Linux)":
        return this.all("backupRepositories", isLinux);
      case "Backup repository (Microsoft Windows)":
        return this.all("backupRepositories", (type) => type === "windows");
      case "Backup repository":
      case "On-premises backup repository":
      case "Microsoft Windows/Linux-based backup repository":
        return this.all("backupRepositories", (type) => type === "windows" || isLinux(type));
      default:
        throw new Error(`nobody knows ${from}`);
    }
  }

  private destinations(to: string, port: string, from: string): Place[] {
    const { services = {} } = this.deployment;
    // A cache repository is a repository when its machine is set up, and has rows of its own for the rest.
    const machines = (chosen: (type: string | undefined) => boolean): Place[] => [
      ...this.all("backupRepositories", chosen),
      ...(["22", "135", "137", "139", "445"].includes(port) ? this.all("cacheRepositories", chosen) : []),
    ];
    const runsServices = (type: string | undefined): boolean =>
      type === "windows" || isLinux(type) || (!/^Backup (server|proxy)/.test(from) && isLinuxAppliance(type));
    switch (to) {
      case "Backup repository (Microsoft Windows)":
        return machines((type) => type === "windows");
      case "Backup repository (Linux)":
        return machines(isLinux);
      case "Backup repository":
        return this.all("backupRepositories", runsServices);
      case "Primary or secondary backup repository":
        return this.all("backupRepositories", (type) => type !== "objectStorage");
      case "ExaGrid":
      case "Quantum DXi":
      case "Fujitsu ETERNUS CS800":
      case "Infinidat InfiniGuard":
      case "Deduplicating appliance":
        return this.all("backupRepositories", isLinuxAppliance);
      case "Gateway server":
      case "Gateway server / Gateway server for Veeam Data Cloud Vault":
        return this.all("gatewayServers");
      case "Gateway server (Microsoft Windows)":
        return this.all("gatewayServers", (type) => type === "windows");
      case "Gateway server (Linux)":
        return this.all("gatewayServers", isLinux);
      case "Cache repository":
        return this.all("cacheRepositories");
      case "Cache repository (Linux)":
        return this.all("cacheRepositories", isLinux);
      case "Veeam Infrastructure Appliance":
        return this.appliances();
      case "Mount server":
        return /console/.test(from) ? [] : this.peers(this.deployment.mountServers);
      case "NTP server":
        return this.peers(services.ntp);
      case "NTS server":
        return this.peers(services.nts);
      case "SMTP server":
        return this.peers(services.mail);
      case "KMS server":
      case "Key Management System (KMIP) server":
        return this.peers(services.kms);
      case "Syslog server":
        return this.peers(port === "6514" ? services.syslogTls : services.syslog);
      case "Veeam ONE Server":
      case "Veeam ONE Web Services":
      case "Veeam ONE Web Services Server":
        return this.peers(services.veeamOne);
      case "Veeam Update Repository (local mirror)":
        return this.peers(services.updateMirror);
      case "Microsoft Graph REST API":
        return []; // by the service tag that the Entra ID page's own row has
      default:
        throw new Error(`nobody knows ${to}`);
    }
  }

  /** Ends that only make sense together. */
  private together(from: string): Ends {
    if (from === "Source backup repository") {
      return (this.deployment.backupCopies ?? []).map(
        (copy) => [this.repository(copy.from), this.repository(copy.to)] as const,
      );
    }
    return Object.values(this.deployment.scaleOutRepositories ?? {}).flatMap(({ extents }) => {
      const machines = extents.filter((key) => this.typeAt(`backupRepositories.${key}`) !== "objectStorage");
      const places = machines.map((key) => this.repository(key));
      return cross(places, places);
    });
  }

  private webUi(): Place[] {
    return this.peers(this.deployment.webUi ?? administratorsOf(this.deployment));
  }

  private appliances(): Place[] {
    return ["cacheRepositories", "gatewayServers", "backupRepositories"].flatMap((role) =>
      this.all(role, (type) => type === "infrastructureAppliance"),
    );
  }

  private gatewaysOfObjectStorage(): Place[] {
    const speaking = this.speakersOf("objectStorage").map(({ id }) => id);
    // The gateway servers among those who speak; the backup server is none.
    return this.all("gatewayServers").filter(({ id }) => speaking.includes(id));
  }

  private byName(sources: readonly Place[], group: string, port: number): ExpectedFlow[] {
    const { httpProxy, dnsNames } = this.deployment;
    if (sources.length === 0) return [];
    const proxy = httpProxy && this.place("httpProxy");
    const onwards = proxy ? [proxy, ...(httpProxy.directAccess ? sources : [])] : sources;
    const firewall = dnsNames?.firewall;
    const addresses = dnsNames?.addresses?.[group];
    return [
      ...(proxy ? flowsBetween(cross(sources, [proxy]), "TCP", [String(httpProxy.port)]) : []),
      ...(firewall
        ? flowsBetween(cross(onwards, this.peers(firewall.addresses)), "TCP", [String(firewall.port)])
        : []),
      ...(addresses ? flowsBetween(cross(onwards, this.peers(addresses)), "TCP", [String(port)]) : []),
    ];
  }

  private administratorsOfMachines(): ExpectedFlow[] {
    const from = this.peers(administratorsOf(this.deployment));
    return [...this.components.keys()].flatMap((path) => {
      const type = this.typeAt(path);
      const port = type === "windows" ? "3389" : isLinux(type) ? "22" : undefined;
      return port === undefined ? [] : flowsBetween(cross(from, [this.place(path)]), "TCP", [port]);
    });
  }

  /** Who speaks to each repository or cache of the type. */
  private speaking(type: string): Ends {
    const paths = [...this.components.keys()].filter(
      (path) => /^(backup|cache)Repositories/.test(path) && this.typeAt(path) === type,
    );
    return paths.flatMap((path) => {
      const named = this.components.get(path)?.gateways;
      const speakers = named
        ? named.map((gateway) => this.place(gateway))
        : [...this.server(), ...this.all("gatewayServers")];
      return cross(speakers, [this.place(path)]);
    });
  }

  private speakersOf(type: string): Place[] {
    return this.speaking(type).map(([speaker]) => speaker);
  }

  private server(type?: string): Place[] {
    if (type !== undefined && this.typeAt("backupServer") !== type) return [];
    return [this.place("backupServer")];
  }

  private all(role: string, chosen: (type: string | undefined) => boolean = () => true): Place[] {
    return [...this.components.keys()]
      .filter((path) => path.startsWith(`${role}.`) && chosen(this.typeAt(path)))
      .map((path) => this.place(path));
  }

  private repository(key: string): Place {
    return this.place(`backupRepositories.${key}`);
  }

  private place(path: string): Place {
    const region = this.components.get(path)?.region;
    return region === undefined
      ? placeOf(this.deployment as never, path)
      : { id: path, addresses: SERVICE_TAGS[STORAGE_TAGS[region]] };
  }

  private typeAt(path: string): string | undefined {
    const component = this.components.get(path);
    if (component?.type !== undefined || component?.on === undefined) return component?.type;
    return isLinux(this.typeAt(component.on)) ? "linux" : this.typeAt(component.on);
  }

  private peers(prefixes: readonly string[] | undefined): Place[] {
    return prefixes ? [{ id: `peers ${prefixes.join()}`, addresses: prefixes.map(rangeOf) }] : [];
  }
}

const RANGE = "2500-3300";
const BOTH_GATEWAYS = /Gateway server \/ Gateway server for Veeam Data Cloud Vault/;

/** Whether the page has the range only for failover. */
function isFailover({ ports, note = "" }: TranscribedRow): boolean {
  return ports.includes(RANGE) && note.includes("as failover where 6162 is unavailable");
}

/** What a destination without a service tag is called where its addresses are given. */
function dnsNameGroup(to: string, port: string): string | undefined {
  switch (to) {
    case "Veeam Update Repository":
      return "applianceUpdates";
    case "Veeam License Update Server":
      return port === "80" ? "licenceCertificates" : "licenceUpdates";
    case "Veeam License Update Server CRL distribution points":
      return "licenceCertificates";
    case "Veeam Update Notification Server":
      return "updateNotifications";
    case "Certificate Revocation Lists":
    case "Microsoft Azure CRL distribution points":
      return "certificateRevocation";
    case "Microsoft Azure object storage":
      return port === "80" ? "certificateRevocation" : undefined;
    case "Gmail REST API":
      return "googleMail";
    default:
      return undefined;
  }
}

function administratorsOf({ administrators }: FeatureDeployment): string[] | undefined {
  if (administrators === undefined || Array.isArray(administrators)) return administrators;
  return [administrators.bastionSubnet];
}

function isLinux(type: string | undefined): boolean {
  return type === "linux" || type === "hardened" || type === "infrastructureAppliance";
}

function isLinuxAppliance(type: string | undefined): boolean {
  return ["exaGrid", "quantumDxi", "fujitsuEternus", "infinidat"].includes(type ?? "");
}

function cross(from: readonly Place[], to: readonly Place[]): Ends {
  return from.flatMap((source) => to.map((destination) => [source, destination] as const));
}

function flowsBetween(ends: Ends, protocol: string, ports: readonly string[]): ExpectedFlow[] {
  return ends
    .filter(([from, to]) => from.id !== to.id)
    .map(([from, to]) => ({
      from,
      to,
      protocol: protocol === "UDP" ? "Udp" : "Tcp",
      ports: ports.map((text) => text.split("-").map(Number)).map(([first, last = first]) => [first, last]),
    }));
}
