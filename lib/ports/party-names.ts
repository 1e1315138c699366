import type { Party } from "./parties";

const BACKUP_SERVER: readonly Party[] = [
  "backup-server",
  "windows-backup-server",
  "linux-backup-server",
  "every-component",
];
const REPOSITORY: readonly Party[] = [
  "windows-backup-repository",
  "linux-backup-repository",
  "data-mover-backup-repository",
  "repository-with-data-mover",
];
const WEB_UI: readonly Party[] = ["web-ui"];
const GATEWAYS_OF_SHARES: readonly Party[] = ["gateway-of-nfs", "gateway-of-smb"];
const GATEWAYS_OF_APPLIANCES: readonly Party[] = ["gateway-of-data-domain", "gateway-of-store-once"];

/**
 * The names of the parties on all texts of the pages. A name can stand for
 * several parties: a repository runs Windows or Linux. A backup proxy is the
 * backup server, because Veeam does not support remote proxies here.
 */
const NAMES: Readonly<Record<string, readonly Party[]>> = {
  "Veeam Backup & Replication console": ["console"],
  "Remote Veeam Backup & Replication console": ["console"],
  "Backup server": [...BACKUP_SERVER, ...GATEWAYS_OF_APPLIANCES],
  "Backup proxy": BACKUP_SERVER,
  "Backup proxy (direct connection)": [...BACKUP_SERVER, "direct-backup-proxy"],
  "Backup proxy / Backup proxy (direct connection)": [...BACKUP_SERVER, "direct-backup-proxy"],
  "PostgreSQL server (Microsoft Entra ID backup repository)": ["postgresql"],
  "HTTP proxy server": ["http-proxy"],
  "Proxy server": ["http-proxy"],
  "Microsoft Entra ID Services": ["AzureActiveDirectory"],
  "Azure Resource Manager": ["AzureResourceManager"],
  // The names of the Microsoft Graph REST API are behind the service tag of Microsoft Entra ID.
  "Microsoft Graph REST API": ["AzureActiveDirectory"],
  "Gmail REST API": ["google-mail"],

  "Cache repository": ["cache-repository"],
  "Cache repository (Linux)": ["linux-cache-repository"],
  "Old cache repository": ["old-cache-repository", "migrating-cache-repositories"],
  "New cache repository": ["new-cache-repository", "migrating-cache-repositories"],
  "new cache repository": ["migrating-cache-repositories"],

  "Gateway server": [
    "gateway-server",
    "windows-gateway-server",
    "linux-gateway-server",
    "gateway-server-of-object-storage",
    ...GATEWAYS_OF_APPLIANCES,
  ],
  "Gateway server / Gateway server for Veeam Data Cloud Vault": [
    "gateway-server",
    "windows-gateway-server",
    "linux-gateway-server",
  ],
  "Gateway server (Microsoft Windows)": ["windows-gateway-server"],
  "Gateway server (Linux)": ["linux-gateway-server"],
  "Gateway server or backup proxy": GATEWAYS_OF_SHARES,
  "Backup server or gateway server": GATEWAYS_OF_APPLIANCES,
  "Backup proxy (direct connection)/Gateway server or backup server": [
    "gateway-of-object-storage",
    "gateway-or-backup-server",
  ],

  "Primary or secondary backup repository": ["backup-repository"],
  "Backup repository": REPOSITORY,
  "Microsoft Windows/Linux-based backup repository": REPOSITORY,
  "On-premises backup repository": REPOSITORY,
  "Backup repository (Microsoft Windows)": ["windows-backup-repository", "windows-repository"],
  "Backup repository (Linux)": ["linux-backup-repository", "linux-repository"],
  "Source backup repository": ["source-backup-repository"],
  "Target backup repository": ["target-backup-repository"],
  "Source extent": ["source-extent"],
  "Target extent": ["target-extent"],
  "NFS backup repository": ["nfs-repository"],
  "SMB (CIFS) backup repository (Microsoft Windows)": ["smb-repository"],
  "Microsoft Azure object storage": ["object-storage", "certificate-revocation"],
  "Microsoft Azure CRL distribution points": ["certificate-revocation"],
  "Dell Data Domain": ["data-domain"],
  "HPE StoreOnce": ["store-once"],
  ExaGrid: ["linux-based-appliance"],
  "Quantum DXi": ["linux-based-appliance"],
  "Fujitsu ETERNUS CS800": ["linux-based-appliance"],
  "Infinidat InfiniGuard": ["linux-based-appliance"],
  "Deduplicating appliance": ["linux-based-appliance"],
  "Veeam Infrastructure Appliance": ["infrastructure-appliance", "every-component"],

  "Management client PC (remote access)": ["administrator", ...WEB_UI],
  "Remote access PC": ["administrator"],
  "PC where web UI is open": WEB_UI,
  "Web UI and Host Management console PC": WEB_UI,
  "Web UI PC": WEB_UI,
  "Host Management console PC": WEB_UI,
  "REST client": ["rest-client"],
  "Mount server": ["mount-server"],
  "Primary backup server with PostgreSQL configuration database": ["backup-server"],
  "Standby backup server with PostgreSQL configuration database": ["cluster-member"],
  "Backup server (primary or standby)": [...BACKUP_SERVER, "cluster-member"],
  "Backup Server Cluster member": ["backup-server", "cluster-member"],

  "Any backup infrastructure component": ["every-component"],
  "DNS server": ["dns-server"],
  "NTP server": ["ntp-server"],
  "NTS server": ["nts-server"],
  "Active Directory Domain Controllers": ["domain-controller"],
  "SMTP server": ["mail-server"],
  "KMS server": ["kms-server"],
  "Key Management System (KMIP) server": ["kms-server"],
  "Syslog server": ["syslog-server", "syslog-tls-server"],
  "Veeam ONE Server": ["veeam-one"],
  "Veeam ONE Web Services": ["veeam-one"],
  "Veeam ONE Web Services Server": ["veeam-one"],
  // The page says that the row serves the members of a cluster too, which hold a database each.
  "PostgreSQL configuration database": ["configuration-postgresql", "cluster-member", "backup-server"],
  "Microsoft SQL Server hosting the Veeam Backup & Replication configuration database": [
    "configuration-sql-server",
  ],
  "Veeam Update Repository": ["appliance-updates"],
  "Veeam Update Repository (local mirror)": ["update-mirror"],
  "Veeam License Update Server": ["licence-updates", "licence-certificates"],
  "Veeam License Update Server CRL distribution points": ["licence-certificates"],
  "Veeam Update Notification Server": ["update-notifications"],
  "Certificate Revocation Lists": ["certificate-revocation"],
};

/** The parties of a name on a page; empty if no deployment has them. */
export function partiesNamed(name: string): readonly Party[] {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : [];
}
