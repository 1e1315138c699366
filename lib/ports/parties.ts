import type { ComponentType, OperatingSystem } from "./component-types";
import type { VeeamRole } from "./port-table";

/** Components of a role, where `types` is given only those of these types. */
export interface ComponentSelector {
  readonly role: `${VeeamRole}`;
  readonly types?: readonly ComponentType[];
  readonly except?: readonly ComponentType[];
}

/** Properties with the addresses of machines that are not components. */
export type PeerName =
  | "consoles"
  | "administrators"
  | "webUi"
  | "restClients"
  | "mountServers"
  | "clusterMembers"
  | "services.ntp"
  | "services.nts"
  | "services.directory"
  | "services.mail"
  | "services.kms"
  | "services.syslog"
  | "services.syslogTls"
  | "services.veeamOne"
  | "services.updateMirror"
  | "services.configurationPostgresql"
  | "services.configurationSqlServer";

/** Endpoints with DNS names, but without a service tag or fixed addresses. */
export type DnsNameGroup =
  | "applianceUpdates"
  | "licenceUpdates"
  | "licenceCertificates"
  | "updateNotifications"
  | "certificateRevocation"
  | "googleMail";

/** Titles of the groups. */
export const DNS_NAME_GROUPS: Readonly<Record<DnsNameGroup, string>> = {
  applianceUpdates: "appliance updates",
  licenceUpdates: "licence servers",
  licenceCertificates: "licence servers' certificates",
  updateNotifications: "update notifications",
  certificateRevocation: "certificate revocation",
  googleMail: "Google mail",
};

/** Who a party is in a deployment. */
export type PartyMembers =
  /** Components by role and type. */
  | { readonly kind: "components"; readonly of: readonly ComponentSelector[]; readonly ownPort?: boolean }
  /** Every component that is a machine with the operating system. */
  | { readonly kind: "machines"; readonly operatingSystem: `${OperatingSystem}` }
  /** Components through which Veeam reaches the repositories. */
  | {
      readonly kind: "gateways";
      readonly of: readonly ComponentSelector[];
      readonly repositories: readonly ComponentSelector[];
    }
  /** Machines whose addresses the deployment gives. */
  | { readonly kind: "peers"; readonly given: readonly PeerName[] }
  /** Endpoints that are known by DNS name only. */
  | { readonly kind: "dnsNames"; readonly group: DnsNameGroup }
  | { readonly kind: "serviceTag" }
  /** An end of the change of a cache repository. */
  | { readonly kind: "migration"; readonly ends: ReadonlyArray<"from" | "to"> }
  /** An end of a copy from one backup repository to another. */
  | { readonly kind: "copy"; readonly end: "from" | "to"; readonly of: readonly ComponentSelector[] }
  /** An extent of a scale-out backup repository; the other end is another extent of it. */
  | { readonly kind: "extent"; readonly of: readonly ComponentSelector[] }
  /** Every place with a group. */
  | { readonly kind: "everyone" }
  | { readonly kind: "dnsServers" };

/** A party: Veeam's words for it, and who it is in a deployment. */
export interface PartyFacts {
  /** Its name on Veeam's pages. */
  readonly words: string;
  readonly members: PartyMembers;
}

const LINUX: readonly ComponentType[] = ["linux", "hardened", "infrastructureAppliance"];
const RUNS_VEEAM: readonly ComponentType[] = ["windows", ...LINUX];
const LINUX_BASED_APPLIANCES: readonly ComponentType[] = [
  "exaGrid",
  "quantumDxi",
  "fujitsuEternus",
  "infinidat",
];

function components(words: string, ...of: ComponentSelector[]): PartyFacts {
  return { words, members: { kind: "components", of } };
}

function repositories(...types: readonly ComponentType[]): ComponentSelector {
  return { role: "backup-repository", types };
}

function repositoriesAndCaches(...types: readonly ComponentType[]): ComponentSelector[] {
  return [repositories(...types), { role: "cache-repository", types }];
}

function gateways(words: string, ...of: ComponentSelector[]): PartyFacts {
  const either: ComponentSelector[] = [{ role: "gateway-server" }, { role: "backup-server" }];
  return { words, members: { kind: "gateways", of: either, repositories: of } };
}

function peers(words: string, ...given: PeerName[]): PartyFacts {
  return { words, members: { kind: "peers", given } };
}

function dnsNames(words: string, group: DnsNameGroup): PartyFacts {
  return { words, members: { kind: "dnsNames", group } };
}

const OBJECT_STORAGE = repositories("objectStorage");

/**
 * Who the ends of connections are. Pages say "Backup server" also where a row
 * is for one operating system only, so several parties can have the same words.
 */
export const PARTIES = {
  console: peers("Veeam Backup & Replication console", "consoles"),
  "backup-server": components("Backup server", { role: "backup-server" }),
  "windows-backup-server": components("Backup server (Microsoft Windows)", {
    role: "backup-server",
    types: ["windows"],
  }),
  "linux-backup-server": components("Backup server (Linux appliance)", {
    role: "backup-server",
    types: ["linux"],
  }),
  postgresql: {
    words: "PostgreSQL server (Microsoft Entra ID backup repository)",
    members: { kind: "components", of: [{ role: "postgresql" }], ownPort: true },
  },
  "http-proxy": {
    words: "HTTP proxy server",
    members: { kind: "components", of: [{ role: "http-proxy" }], ownPort: true },
  },
  AzureActiveDirectory: { words: "Microsoft Entra ID Services", members: { kind: "serviceTag" } },
  AzureResourceManager: { words: "Azure Resource Manager", members: { kind: "serviceTag" } },

  "cache-repository": components("Cache repository", { role: "cache-repository" }),
  "linux-cache-repository": components("Cache repository (Linux)", {
    role: "cache-repository",
    types: LINUX,
  }),
  "migrating-cache-repositories": {
    words: "Old cache repository, new cache repository",
    members: { kind: "migration", ends: ["from", "to"] },
  },
  "old-cache-repository": { words: "Old cache repository", members: { kind: "migration", ends: ["from"] } },
  "new-cache-repository": { words: "New cache repository", members: { kind: "migration", ends: ["to"] } },

  "gateway-server": components("Gateway server", { role: "gateway-server" }),
  "windows-gateway-server": components("Gateway server (Microsoft Windows)", {
    role: "gateway-server",
    types: ["windows"],
  }),
  "linux-gateway-server": components("Gateway server (Linux)", { role: "gateway-server", types: LINUX }),

  // Object storage is a service: it has no ports of Veeam's own.
  "backup-repository": components("Primary or secondary backup repository", {
    role: "backup-repository",
    except: ["objectStorage"],
  }),
  "data-mover-backup-repository": components("Backup repository", repositories(...RUNS_VEEAM)),
  "repository-with-data-mover": components(
    "Backup repository",
    repositories(...RUNS_VEEAM, ...LINUX_BASED_APPLIANCES),
  ),
  "windows-backup-repository": components("Backup repository (Microsoft Windows)", repositories("windows")),
  "linux-backup-repository": components("Backup repository (Linux)", repositories(...LINUX)),
  // A cache repository is a repository too when its machine is set up.
  "windows-repository": components(
    "Backup repository (Microsoft Windows)",
    ...repositoriesAndCaches("windows"),
  ),
  "linux-repository": components("Backup repository (Linux)", ...repositoriesAndCaches(...LINUX)),
  "source-backup-repository": {
    words: "Source backup repository",
    members: { kind: "copy", end: "from", of: [repositories(...RUNS_VEEAM)] },
  },
  "target-backup-repository": {
    words: "Target backup repository",
    members: { kind: "copy", end: "to", of: [repositories(...RUNS_VEEAM)] },
  },
  "source-extent": {
    words: "Source extent",
    members: { kind: "extent", of: [{ role: "backup-repository", except: ["objectStorage"] }] },
  },
  "target-extent": {
    words: "Target extent",
    members: { kind: "extent", of: [{ role: "backup-repository", except: ["objectStorage"] }] },
  },

  "nfs-repository": components("NFS backup repository", ...repositoriesAndCaches("nfs")),
  "gateway-of-nfs": gateways("Gateway server or backup proxy", ...repositoriesAndCaches("nfs")),
  "smb-repository": components("SMB backup repository", ...repositoriesAndCaches("smb")),
  "gateway-of-smb": gateways("Gateway server or backup proxy", ...repositoriesAndCaches("smb")),
  "object-storage": components("Microsoft Azure object storage", OBJECT_STORAGE),
  "gateway-of-object-storage": gateways("Gateway server or backup server", OBJECT_STORAGE),
  "gateway-server-of-object-storage": {
    words: "Gateway server",
    members: { kind: "gateways", of: [{ role: "gateway-server" }], repositories: [OBJECT_STORAGE] },
  },
  "gateway-or-backup-server": components(
    "Backup proxy, gateway server or backup server",
    { role: "gateway-server" },
    { role: "backup-server" },
  ),
  // Remote backup proxies are not supported: the backup server is the only one.
  "direct-backup-proxy": components("Backup proxy (direct connection)", { role: "backup-server" }),
  "data-domain": components("Dell Data Domain", repositories("dataDomain")),
  "gateway-of-data-domain": gateways("Backup server or gateway server", repositories("dataDomain")),
  "store-once": components("HPE StoreOnce", repositories("storeOnce")),
  "gateway-of-store-once": gateways("Backup server or gateway server", repositories("storeOnce")),
  "linux-based-appliance": components(
    "ExaGrid, Quantum DXi, Fujitsu ETERNUS CS800, Infinidat InfiniGuard",
    repositories(...LINUX_BASED_APPLIANCES),
  ),
  "infrastructure-appliance": components(
    "Veeam Infrastructure Appliance",
    ...repositoriesAndCaches("infrastructureAppliance"),
    { role: "gateway-server", types: ["infrastructureAppliance"] },
  ),

  administrator: peers("Remote access PC", "administrators"),
  "web-ui": peers("PC where the web UI is open", "webUi"),
  "windows-machine": {
    words: "Machines with Windows",
    members: { kind: "machines", operatingSystem: "windows" },
  },
  "linux-machine": { words: "Machines with Linux", members: { kind: "machines", operatingSystem: "linux" } },
  "rest-client": peers("REST client", "restClients"),
  "mount-server": peers("Mount server", "mountServers"),
  "cluster-member": peers("Other member of the high-availability cluster", "clusterMembers"),

  "every-component": { words: "Any backup infrastructure component", members: { kind: "everyone" } },
  "dns-server": { words: "DNS server", members: { kind: "dnsServers" } },
  "ntp-server": peers("NTP server", "services.ntp"),
  "nts-server": peers("NTS server", "services.nts"),
  "domain-controller": peers("Active Directory Domain Controllers", "services.directory"),
  "mail-server": peers("SMTP server", "services.mail"),
  "kms-server": peers("Key Management System (KMIP) server", "services.kms"),
  "syslog-server": peers("Syslog server", "services.syslog"),
  "syslog-tls-server": peers("Syslog server over TLS", "services.syslogTls"),
  "veeam-one": peers("Veeam ONE Server", "services.veeamOne"),
  "update-mirror": peers("Veeam Update Repository (local mirror)", "services.updateMirror"),
  "configuration-postgresql": peers("PostgreSQL configuration database", "services.configurationPostgresql"),
  "configuration-sql-server": peers(
    "Microsoft SQL Server hosting the Veeam Backup & Replication configuration database",
    "services.configurationSqlServer",
  ),
  "appliance-updates": dnsNames("Veeam Update Repository", "applianceUpdates"),
  "licence-updates": dnsNames("Veeam License Update Server", "licenceUpdates"),
  "licence-certificates": dnsNames(
    "Veeam License Update Server CRL distribution points",
    "licenceCertificates",
  ),
  "update-notifications": dnsNames("Veeam Update Notification Server", "updateNotifications"),
  "certificate-revocation": dnsNames("Certificate Revocation Lists", "certificateRevocation"),
  "google-mail": dnsNames("Gmail REST API", "googleMail"),
} as const satisfies Record<string, PartyFacts>;

/** One end of a row. */
export type Party = keyof typeof PARTIES;

/** The service tags that stand for a party. */
export const SERVICE_TAG_PARTIES: readonly Party[] = ["AzureActiveDirectory", "AzureResourceManager"];

/** Who a party is in a deployment. */
export function membersOfParty(party: Party): PartyMembers {
  return PARTIES[party].members;
}

/** The words for a party. */
export function wordsOfParty(party: Party): string {
  return PARTIES[party].words;
}

/** The roles and types of a party's components. */
export function selectorsOf(party: Party): readonly ComponentSelector[] {
  const members = membersOfParty(party);
  switch (members.kind) {
    case "components":
    case "copy":
    case "extent":
      return members.of;
    case "gateways":
      return [...members.of, ...members.repositories];
    default:
      return [];
  }
}
