import { addressNumber, type AddressRange, rangeOf, SERVICE_TAGS } from "../oracle/addresses";
import { type ExpectedFlow, expectedFlows, type Place, placeOf } from "./expected-flows";
import type { FeatureDeployment, FeatureComponent } from "../arbitraries/feature-deployment-arbitrary";
import { agreedRows, type TranscribedSectionRow, transcribedSections } from "./transcribed-sections";

// What features should open, worked out from the transcription of the
// vendor's page. It shares no code with lib.

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
    const flows = [
      ...expectedFlows(this.deployment as never).filter(({ to }) => this.typeAt(to.id) !== "objectStorage"),
      ...transcribedSections().flatMap(({ section, rows }) => {
        const agreed = agreedRows().get(section) ?? [];
        return rows.flatMap((row, index) => {
          const { features } = agreed[index];
          const wanted = features.length === 0 || features.some((one) => this.wants(one));
          return wanted ? this.flowsOfRow(section, row) : [];
        });
      }),
      ...this.administratorsOfMachines(),
    ];
    return flows.map((flow) => ({ ...flow, ports: flow.ports.map((range) => this.narrowed(range)) }));
  }

  private wants(feature: string): boolean {
    return (this.deployment.features ?? []).includes(feature);
  }

  private narrowed(range: readonly [number, number]): readonly [number, number] {
    const { transmissionPorts } = this.deployment;
    if (!transmissionPorts || range[0] !== 2500 || range[1] !== 3300) return range;
    return [transmissionPorts.from, transmissionPorts.to];
  }

  private flowsOfRow(section: string, row: TranscribedSectionRow): ExpectedFlow[] {
    const group = DNS_NAMES[row.to];
    if (group !== undefined) {
      const sources =
        row.from === "Backup server" ? this.server(row.onlyFor) : this.speakersOf("objectStorage");
      return this.byName(sources, group, Number(row.ports[0]));
    }
    return flowsBetween(this.endsOf(section, row), row.protocol, row.ports);
  }

  private endsOf(section: string, row: TranscribedSectionRow): Ends {
    const server = this.server(row.onlyFor);
    switch (row.from) {
      case "Backup server":
      case "Backup proxy (for Entra ID: the backup server)":
        return cross(server, this.servedBy(section, row));
      case "Source backup repository":
        return (this.deployment.backupCopies ?? []).map(
          ({ from, to }) => [this.repository(from), this.repository(to)] as const,
        );
      case "Source extent":
        return Object.values(this.deployment.scaleOutRepositories ?? {}).flatMap(({ extents }) => {
          const machines = extents.filter(
            (key) => this.typeAt(`backupRepositories.${key}`) !== "objectStorage",
          );
          const places = machines.map((key) => this.repository(key));
          return cross(places, places);
        });
      case "Gateway server or backup proxy":
      case "Gateway server or backup server":
      case "Backup server or gateway server":
        return this.throughSpeakers(row.to);
      case "Gateway server": {
        const gateways = this.all("gatewayServers");
        const speaking = this.speakersOf("objectStorage").map(({ id }) => id);
        // The gateway servers among those who speak; the backup server is none.
        return cross(
          gateways.filter(({ id }) => speaking.includes(id)),
          [...gateways, ...this.server()],
        );
      }
      case "Cache repository":
        return row.to === "Gateway server"
          ? cross(this.all("cacheRepositories"), this.all("gatewayServers"))
          : cross(
              this.all("cacheRepositories"),
              this.all("backupRepositories", (type) => type !== "objectStorage"),
            );
      case "Old cache repository":
      case "New cache repository":
      case "Any backup infrastructure component":
        // Worked out with the Entra ID page's own rows.
        return [];
      case "Management client PC":
        return cross(this.peers(administratorsOf(this.deployment)), server);
      case "Veeam Backup & Replication console":
        return cross(this.peers(this.deployment.consoles), server);
      case "REST client":
        return cross(this.peers(this.deployment.restClients), server);
      case "Mount server":
        return cross(this.peers(this.deployment.mountServers), server);
      case "Backup repository (Linux)":
        return cross(this.all("backupRepositories", isLinux), server);
      case "Backup repository (Microsoft Windows)":
        return cross(
          this.all("backupRepositories", (type) => type === "windows"),
          server,
        );
      default:
        throw new Error(`nobody knows ${row.from}`);
    }
  }

  /** Whom the backup server connects to. */
  private servedBy(section: string, row: TranscribedSectionRow): Place[] {
    const { services = {} } = this.deployment;
    // A cache repository is a repository when its machine is set up, and has rows of its own for the rest.
    const alsoCaches = row.ports[0] === "135" || row.ports[0] === "22";
    const machines = (chosen: (type: string | undefined) => boolean): Place[] => [
      ...this.all("backupRepositories", chosen),
      ...(alsoCaches ? this.all("cacheRepositories", chosen) : []),
    ];
    switch (row.to) {
      case "Backup repository (Microsoft Windows)":
        return machines((type) => type === "windows");
      case "Backup repository (Linux)":
        return machines(isLinux);
      case "Backup repository":
        return this.all("backupRepositories", (type) => type === "windows" || isLinux(type));
      case "ExaGrid, Quantum DXi, Fujitsu ETERNUS CS800, Infinidat InfiniGuard":
        return this.all("backupRepositories", (type) =>
          ["exaGrid", "quantumDxi", "fujitsuEternus", "infinidat"].includes(type ?? ""),
        );
      case "Gateway server (Microsoft Windows)":
        return this.all("gatewayServers", (type) => type === "windows");
      case "Gateway server (Linux)":
        return this.all("gatewayServers", (type) => type === "linux");
      case "Cache repository":
        return this.all("cacheRepositories");
      case "Old cache repository, new cache repository":
        return [];
      case "NTP server":
        return [...this.peers(services.ntp), ...this.peers(services.nts)];
      case "NTS server":
        return this.peers(services.nts);
      case "SMTP server":
        return this.peers(services.mail);
      case "KMS (KMIP) server":
        return this.peers(services.kms);
      case "Syslog server":
        return this.peers(services.syslog);
      case "Syslog server over TLS":
        return this.peers(services.syslogTls);
      case "Active Directory domain controllers":
        return this.peers(services.directory);
      default:
        throw new Error(`nobody knows ${row.to} of ${section}`);
    }
  }

  private throughSpeakers(to: string): Ends {
    switch (to) {
      case "NFS backup repository":
        return this.speaking("nfs");
      case "SMB backup repository":
        return this.speaking("smb");
      case "Active Directory domain controllers":
        return cross(this.speakersOf("smb"), this.peers(this.deployment.services?.directory));
      case "Microsoft Azure object storage":
        return this.speaking("objectStorage");
      case "Dell Data Domain":
        return this.speaking("dataDomain");
      case "HPE StoreOnce":
        return this.speaking("storeOnce");
      default:
        throw new Error(`nobody knows ${to}`);
    }
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

  private server(onlyFor?: string): Place[] {
    const type = this.typeAt("backupServer");
    if (onlyFor === "Linux appliance" && type !== "linux") return [];
    if (onlyFor === "Windows" && type !== "windows") return [];
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

const DNS_NAMES: Readonly<Record<string, string>> = {
  "Certificate revocation endpoints": "certificateRevocation",
  "repository.veeam.com": "applianceUpdates",
  "vbr.butler.veeam.com, autolk.veeam.com": "licenceUpdates",
  "*.ss2.us, *.amazontrust.com": "licenceCertificates",
  "dev.veeam.com, vbrad.butler.veeam.com, vbrce.butler.veeam.com": "updateNotifications",
};

function administratorsOf({ administrators }: FeatureDeployment): string[] | undefined {
  if (administrators === undefined || Array.isArray(administrators)) return administrators;
  return [administrators.bastionSubnet];
}

function isLinux(type: string | undefined): boolean {
  return type === "linux" || type === "hardened";
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
