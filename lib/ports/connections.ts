import { Protocol } from "../azure/security-rule";
import { VeeamFeature } from "./features";
import type { Party } from "./parties";
import { PROXY_PORT } from "./port-table";
import { type PageName, TRANSMISSION_PORTS as RANGE } from "./port-page";

/**
 * A connection that rows of pages ask for. Rows come and go with the
 * revisions; the rule keeps its name and its priority.
 */
export interface Connection {
  /** Stem of the names of its rules. */
  readonly name: string;
  /** Priority of its rules in both directions. */
  readonly priority: number;
  /** The end that opens the connection. */
  readonly from: Party;
  /** The end that is connected to. */
  readonly to: Party;
  readonly protocol: Protocol;
  /** Every port that a row can ask for, in the order of the rule. */
  readonly ports: readonly string[];
  /** What it is for; becomes part of the rule's description. */
  readonly reason: string;
  /** Features, any of which opens the rows of Used Ports; empty if naming the ends opens them. */
  readonly features: readonly VeeamFeature[];
  /** What does not work while it is not enabled. */
  readonly without: string;
  /** The only page whose rows ask for it. @default - both */
  readonly onlyOn?: PageName;
}

function connection(
  name: string,
  priority: number,
  from: Party,
  to: Party,
  protocol: Protocol,
  ports: readonly string[],
  reason: string,
  features: readonly VeeamFeature[] = [],
  without = "",
): Connection {
  return { name, priority, from, to, protocol, ports, reason, features, without };
}

const { TCP, UDP } = Protocol;
const LOGS = VeeamFeature.LOG_BACKUP;
const COPIES = VeeamFeature.TENANT_BACKUP_COPY;
const SETUP = VeeamFeature.COMPONENT_DEPLOYMENT;
const JOBS = [LOGS, COPIES];
const ALL = [SETUP, LOGS, COPIES];
const CONSOLE = [VeeamFeature.MANAGEMENT];
const TO_SERVER = [VeeamFeature.COPY_TO_BACKUP_SERVER];
const UPDATES = [VeeamFeature.APPLIANCE_UPDATES];
const LICENCE = [VeeamFeature.LICENCE_UPDATES];
const DEPLOYMENT_PORTS = ["135", "137", "139", "445"];
const DIRECTORY_UDP = ["389", "445", "139", "88"];
const DIRECTORY_TCP = ["636", "3268", "3269", ...DIRECTORY_UDP];

const NO_JOBS_HERE = "the backup server cannot run jobs on the repository";
const NO_SETUP = "the backup server cannot install or update Veeam's components there";
const NO_MIGRATION = "the cache repository cannot be changed";
const NO_COPIES = "backups cannot be copied from one repository to another";
const NO_APPLIANCE = "nothing can be written to the appliance";
const NO_CLUSTER = "the members of the cluster cannot take over from each other";
const NO_DIRECTORY = "accounts of the domain cannot sign in";
const NO_MOUNT = "the mount server cannot serve the backup server";
const NO_CONFIGURATION = "the backup server cannot reach its configuration database";

/** Every connection. Append new ones; never change a name or a priority. */
// prettier-ignore
export const CONNECTIONS: readonly Connection[] = [
  connection("console-to-backup-server-rest-api", 100, "console", "backup-server", TCP, ["9419"], "REST API of the backup server"),
  connection("console-to-backup-server", 110, "console", "backup-server", TCP, ["443"], "console and web UI of the backup server", CONSOLE, "consoles cannot connect"),
  { ...connection("console-to-backup-server", 110, "console", "backup-server", TCP, ["9392", "9420"], "console of the backup server"), onlyOn: "Entra ID ports" },
  connection("backup-server-to-postgresql", 120, "backup-server", "postgresql", TCP, ["5432"], "database of the Entra ID backup repository"),
  connection("backup-server-to-http-proxy", 130, "backup-server", "http-proxy", TCP, ["3128", PROXY_PORT], "HTTP proxy on the way to Microsoft"),
  connection("backup-server-to-entra-id", 140, "backup-server", "AzureActiveDirectory", TCP, ["443"], "Microsoft Graph and sign-in of Microsoft Entra ID", [VeeamFeature.MICROSOFT_MAIL], "notifications are not sent through Exchange Online"),
  connection("backup-server-to-resource-manager", 150, "backup-server", "AzureResourceManager", TCP, ["443"], "Azure Resource Manager"),
  connection("http-proxy-to-entra-id", 160, "http-proxy", "AzureActiveDirectory", TCP, ["443"], "Microsoft Graph and sign-in, for the backup server"),
  connection("http-proxy-to-resource-manager", 170, "http-proxy", "AzureResourceManager", TCP, ["443"], "Azure Resource Manager, for the backup server"),

  connection("cache-repository-to-gateway-server", 180, "cache-repository", "gateway-server", TCP, [RANGE], "data channels of log backup and log backup copy", [LOGS], "log backup cannot write through the gateway server"),
  connection("cache-repository-to-gateway-server-transport", 185, "cache-repository", "gateway-server", TCP, ["6162"], "Veeam transport service of log backup and log backup copy", [LOGS], "log backup cannot write through the gateway server"),
  connection("cache-repository-to-backup-repository", 190, "cache-repository", "backup-repository", TCP, [RANGE], "data channels of log backup and log backup copy", [LOGS], "log backup cannot write to the backup repository"),
  connection("cache-repository-to-backup-repository-transport", 195, "cache-repository", "backup-repository", TCP, ["6162"], "Veeam transport service of log backup and log backup copy", [LOGS], "log backup cannot write to the backup repository"),
  connection("backup-server-to-cache-repository", 200, "backup-server", "cache-repository", TCP, ["6160", "6162"], "Veeam installer and transport services", [LOGS], "the backup server cannot run log backup on the cache repository"),
  connection("backup-server-to-migrating-cache-repositories", 210, "backup-server", "migrating-cache-repositories", TCP, [RANGE], "data channels while the cache repository changes", [], NO_MIGRATION),
  connection("backup-server-to-migrating-cache-repositories-transport", 215, "backup-server", "migrating-cache-repositories", TCP, ["6162"], "Veeam transport service while the cache repository changes", [], NO_MIGRATION),
  connection("old-cache-repository-to-new", 220, "old-cache-repository", "new-cache-repository", TCP, [RANGE], "data channels while the cache repository changes", [], NO_MIGRATION),
  connection("new-cache-repository-to-old", 230, "new-cache-repository", "old-cache-repository", TCP, [RANGE], "data channels while the cache repository changes", [], NO_MIGRATION),

  connection("backup-server-to-windows-repository-deployment", 400, "backup-server", "windows-repository", TCP, DEPLOYMENT_PORTS, "deployment of Veeam's components on Windows", [SETUP], NO_SETUP),
  connection("backup-server-to-windows-backup-repository-installer", 410, "backup-server", "windows-backup-repository", TCP, ["6160"], "Veeam installer service", ALL, NO_JOBS_HERE),
  connection("backup-server-to-windows-backup-repository-transport", 420, "backup-server", "windows-backup-repository", TCP, ["6162"], "Veeam transport service", ALL, NO_JOBS_HERE),
  connection("backup-server-to-linux-repository-ssh", 430, "backup-server", "linux-repository", TCP, ["22"], "SSH control channel: deployment of Veeam's components on Linux", [SETUP], NO_SETUP),
  connection("backup-server-to-linux-repository-ssh", 430, "backup-server", "linux-cache-repository", TCP, ["22"], "SSH control channel: deployment of Veeam's components on Linux", [SETUP, LOGS], "the backup server cannot run log backup on the cache repository"),
  connection("backup-server-to-linux-backup-repository-installer", 440, "backup-server", "linux-backup-repository", TCP, ["6160"], "Veeam installer service", ALL, NO_JOBS_HERE),
  connection("backup-server-to-linux-backup-repository-transport", 450, "backup-server", "linux-backup-repository", TCP, ["6162"], "Veeam transport service", ALL, NO_JOBS_HERE),
  connection("backup-proxy-to-backup-repository", 460, "backup-server", "linux-backup-repository", TCP, [RANGE], "data channels of tenant backup copy, and collection of logs", JOBS, "tenant backups cannot be copied to the repository"),
  connection("backup-proxy-to-backup-repository", 460, "backup-server", "data-mover-backup-repository", TCP, [RANGE], "data channels of tenant backup copy, and collection of logs", JOBS, "tenant backups cannot be copied to the repository"),
  connection("backup-proxy-to-backup-repository", 460, "backup-server", "windows-backup-repository", TCP, [RANGE], "data channels of tenant backup copy, and collection of logs", JOBS, "tenant backups cannot be copied to the repository"),
  connection("backup-copy-data", 470, "source-backup-repository", "target-backup-repository", TCP, [RANGE], "data channels of copies between backup repositories", [], NO_COPIES),
  connection("backup-copy-transport", 480, "source-backup-repository", "target-backup-repository", TCP, ["6162"], "Veeam transport service, for copies between backup repositories", [], NO_COPIES),
  connection("gateway-to-nfs-repository-tcp", 500, "gateway-of-nfs", "nfs-repository", TCP, ["111", "2049"], "NFS share of a repository", JOBS, "nothing can be written to the NFS share"),
  connection("gateway-to-nfs-repository-udp", 510, "gateway-of-nfs", "nfs-repository", UDP, ["111", "2049"], "NFS share of a repository", JOBS, "nothing can be written to the NFS share"),
  connection("gateway-to-smb-repository", 520, "gateway-of-smb", "smb-repository", TCP, ["445"], "SMB share of a repository", JOBS, "nothing can be written to the SMB share"),
  connection("gateway-to-domain-controller", 530, "gateway-of-smb", "domain-controller", TCP, ["389", "88"], "sign-in to the SMB share with an account of the domain", JOBS, "accounts of the domain cannot sign in to the SMB share"),
  connection("gateway-to-object-storage", 540, "gateway-of-object-storage", "object-storage", TCP, ["443"], "object storage of a repository", JOBS, "nothing can be written to the object storage"),
  connection("gateway-to-certificate-revocation", 550, "gateway-of-object-storage", "certificate-revocation", TCP, ["80"], "revocation of the object storage's certificates", JOBS, "the object storage's certificates cannot be checked"),
  connection("gateway-server-to-gateway-or-backup-server", 560, "gateway-server-of-object-storage", "gateway-or-backup-server", TCP, [RANGE], "data channels of the gateway server of object storage", JOBS, "the gateway server cannot pass data to and from the object storage"),
  connection("gateway-server-to-gateway-or-backup-server", 560, "gateway-server-of-object-storage", "direct-backup-proxy", TCP, [RANGE], "data channels of the gateway server of object storage", JOBS, "the gateway server cannot pass data to and from the object storage"),
  connection("gateway-server-to-gateway-or-backup-server-transport", 565, "gateway-server-of-object-storage", "gateway-or-backup-server", TCP, ["6162"], "Veeam transport service, for the gateway server of object storage", JOBS, "the gateway server cannot pass data to and from the object storage"),
  connection("gateway-server-to-gateway-or-backup-server-transport", 565, "gateway-server-of-object-storage", "direct-backup-proxy", TCP, ["6162"], "Veeam transport service, for the gateway server of object storage", JOBS, "the gateway server cannot pass data to and from the object storage"),
  connection("extent-to-extent", 570, "source-extent", "target-extent", TCP, [RANGE, "6162"], "data moved between extents of a scale-out backup repository", [], "backups cannot be moved between extents"),
  connection("extent-to-extent", 570, "target-extent", "source-extent", TCP, [RANGE, "6162"], "data moved between extents of a scale-out backup repository", [], "backups cannot be moved between extents"),
  connection("gateway-to-data-domain", 580, "gateway-of-data-domain", "data-domain", TCP, ["111", "2049", "2052"], "Dell Data Domain", JOBS, NO_APPLIANCE),
  connection("backup-server-to-linux-based-appliance", 590, "backup-server", "linux-based-appliance", TCP, ["22", "6160", "6162", RANGE], "deduplicating appliance that runs Veeam's services", JOBS, NO_APPLIANCE),
  connection("gateway-to-store-once", 600, "gateway-of-store-once", "store-once", TCP, ["9387", "9388"], "HPE StoreOnce", JOBS, NO_APPLIANCE),

  connection("backup-server-to-windows-gateway-server-deployment", 620, "backup-server", "windows-gateway-server", TCP, DEPLOYMENT_PORTS, "deployment of Veeam's components on Windows", [SETUP], NO_SETUP),
  connection("backup-server-to-windows-gateway-server", 630, "backup-server", "windows-gateway-server", TCP, ["6160", "6162"], "Veeam installer and transport services", ALL, "the backup server cannot run jobs on the gateway server"),
  connection("backup-server-to-linux-gateway-server-ssh", 640, "backup-server", "linux-gateway-server", TCP, ["22"], "SSH control channel: deployment of Veeam's components on Linux", [SETUP], NO_SETUP),
  connection("backup-server-to-linux-gateway-server", 650, "backup-server", "linux-gateway-server", TCP, ["6160", "6162"], "Veeam installer and transport services", ALL, "the backup server cannot run jobs on the gateway server"),
  connection("backup-server-to-gateway-server-data", 655, "backup-server", "gateway-server", TCP, [RANGE], "data channels through the gateway server", JOBS, "no data reaches a repository behind the gateway server"),
  connection("backup-server-to-gateway-server-data", 655, "backup-server", "windows-gateway-server", TCP, [RANGE], "data channels through the gateway server", JOBS, "no data reaches a repository behind the gateway server"),
  connection("backup-server-to-gateway-server-data", 655, "backup-server", "linux-gateway-server", TCP, [RANGE], "data channels through the gateway server", JOBS, "no data reaches a repository behind the gateway server"),
  connection("backup-proxy-to-cache-repository", 700, "backup-server", "cache-repository", TCP, [RANGE], "data channels of log backup", [LOGS], "log backup cannot read its cache"),

  connection("administrator-ssh", 750, "administrator", "linux-backup-server", TCP, ["22"], "SSH, for administrators", [], "nobody can log on over SSH"),
  connection("administrator-ssh", 750, "administrator", "infrastructure-appliance", TCP, ["22"], "SSH, for administrators", [], "nobody can log on over SSH"),
  connection("administrator-web-ui", 760, "web-ui", "backup-server", TCP, ["443"], "web UI of the backup server, for administrators", [], "administrators cannot open the web UI"),
  connection("administrator-web-ui-redirect", 765, "web-ui", "backup-server", TCP, ["80"], "from http to the web UI, for administrators", [VeeamFeature.WEB_UI_REDIRECT], "the web UI opens with https:// only"),
  connection("administrator-host-management", 770, "web-ui", "linux-backup-server", TCP, ["10443"], "host management console of the appliance, for administrators", [], "administrators cannot open the appliance's host management console"),
  connection("administrator-host-management", 770, "web-ui", "infrastructure-appliance", TCP, ["10443"], "host management console of the appliance, for administrators", [], "administrators cannot open the appliance's host management console"),
  connection("administrator-remote-desktop", 780, "administrator", "windows-backup-server", TCP, ["3389"], "Remote Desktop, for administrators", [], "nobody can log on over Remote Desktop"),
  connection("administrator-remote-desktop-udp", 785, "administrator", "windows-backup-server", UDP, ["3389"], "Remote Desktop over UDP, for administrators", [VeeamFeature.REMOTE_DESKTOP_UDP], "Remote Desktop uses TCP only"),
  connection("rest-client-to-backup-server", 790, "rest-client", "backup-server", TCP, ["9419"], "REST API of the backup server", [], "programs outside the networks of the consoles cannot use the REST API"),
  connection("rest-client-to-backup-server-web-ui", 795, "rest-client", "backup-server", TCP, ["443"], "REST API of the backup server, through the web UI", [], "programs cannot use the REST API through the web UI"),
  connection("linux-backup-repository-to-backup-server", 800, "linux-backup-repository", "backup-server", TCP, ["6162", RANGE], "copies to the backup server", TO_SERVER, "nothing can be copied from the repository to the backup server"),
  connection("windows-backup-repository-to-backup-server", 810, "windows-backup-repository", "backup-server", TCP, ["6162", RANGE], "copies to the backup server", TO_SERVER, "nothing can be copied from the repository to the backup server"),
  connection("mount-server-to-backup-server", 820, "mount-server", "backup-server", TCP, ["9401", "6162", "443", RANGE], "mount servers", [], NO_MOUNT),
  connection("gateway-server-to-backup-server", 830, "gateway-server", "backup-server", TCP, ["6162", RANGE], "copies to the backup server", TO_SERVER, "nothing can be copied through the gateway server to the backup server"),
  connection("console-to-backup-repository", 835, "console", "repository-with-data-mover", TCP, ["6162", RANGE], "files of a repository in the console", CONSOLE, "consoles cannot reach the files of the repository"),
  connection("mount-server-to-backup-repository", 840, "mount-server", "repository-with-data-mover", TCP, ["6162", RANGE], "mount servers read backups", [], "mount servers cannot read backups from the repository"),
  connection("backup-server-to-mount-server", 850, "backup-server", "mount-server", TCP, ["445", "6160", "6162", "6170", RANGE], "mount servers", [], NO_MOUNT),
  connection("console-updates", 860, "console", "backup-server", TCP, ["9420"], "update of consoles of build 12.3.2.4165", [VeeamFeature.CONSOLE_UPDATES], "consoles of build 12.3.2.4165 do not update themselves"),
  connection("backup-server-to-cluster-member", 870, "backup-server", "cluster-member", TCP, ["8008", "8500"], "management of the high-availability cluster", [], NO_CLUSTER),
  connection("cluster-member-to-backup-server", 875, "cluster-member", "backup-server", TCP, ["8008", "8500"], "management of the high-availability cluster", [], NO_CLUSTER),
  connection("backup-server-to-cluster-member-database", 880, "backup-server", "cluster-member", TCP, ["5432"], "configuration database of the high-availability cluster", [], NO_CLUSTER),
  connection("cluster-member-to-backup-server-database", 885, "cluster-member", "backup-server", TCP, ["5432"], "configuration database of the high-availability cluster", [], NO_CLUSTER),

  connection("every-component-to-dns-server-udp", 900, "every-component", "dns-server", UDP, ["53"], "name resolution by the virtual network's own DNS servers", [], "the network's own DNS servers resolve no names"),
  connection("every-component-to-dns-server-tcp", 910, "every-component", "dns-server", TCP, ["53"], "name resolution by the virtual network's own DNS servers", [], "the network's own DNS servers resolve no names"),
  connection("backup-server-to-ntp-server", 920, "linux-backup-server", "ntp-server", UDP, ["123"], "time", [], "the appliance's clock may drift, and sign-in to Microsoft would fail with it"),
  connection("backup-server-to-ntp-server", 920, "linux-backup-server", "nts-server", UDP, ["123"], "time", [], "the appliance's clock may drift, and sign-in to Microsoft would fail with it"),
  connection("backup-server-to-nts-server", 930, "linux-backup-server", "nts-server", TCP, ["4460"], "keys for secured time", [], "the appliance cannot secure its time"),
  connection("backup-server-to-appliance-updates", 940, "linux-backup-server", "appliance-updates", TCP, ["443", "80"], "updates of the Linux appliance", UPDATES, "the appliance is not updated automatically"),
  connection("backup-server-to-licence-servers", 950, "backup-server", "licence-updates", TCP, ["443"], "renewal of the licence", LICENCE, "the licence is not renewed automatically"),
  connection("backup-server-to-licence-certificates", 960, "backup-server", "licence-certificates", TCP, ["80"], "certificates of the licence servers", LICENCE, "the licence servers' certificates cannot be checked"),
  connection("backup-server-to-update-notifications", 970, "backup-server", "update-notifications", TCP, ["443"], "notifications of newer versions", [VeeamFeature.UPDATE_NOTIFICATIONS], "newer versions are not reported"),
  connection("backup-server-to-mail-server", 980, "backup-server", "mail-server", TCP, ["25", "587"], "notifications by mail", [], "notifications are not sent by mail"),
  connection("backup-server-to-google-mail", 985, "backup-server", "google-mail", TCP, ["443"], "notifications through Google mail", [VeeamFeature.GOOGLE_MAIL], "notifications are not sent through Google mail"),
  connection("backup-server-to-kms-server", 990, "backup-server", "kms-server", TCP, ["5696"], "keys of a KMIP server", [], "backups cannot be encrypted with keys of a KMIP server"),
  connection("backup-server-to-syslog-server-tcp", 1000, "backup-server", "syslog-server", TCP, ["514"], "events to syslog", [], "the syslog server receives no events"),
  connection("backup-server-to-syslog-server-udp", 1010, "backup-server", "syslog-server", UDP, ["514"], "events to syslog", [], "the syslog server receives no events"),
  connection("backup-server-to-syslog-tls-server", 1020, "backup-server", "syslog-tls-server", TCP, ["6514"], "events to syslog over TLS", [], "the syslog server receives no events over TLS"),
  connection("backup-server-to-domain-controller", 1030, "backup-server", "domain-controller", TCP, DIRECTORY_TCP, "accounts of the directory", [], NO_DIRECTORY),
  connection("backup-server-to-domain-controller-udp", 1035, "backup-server", "domain-controller", UDP, DIRECTORY_UDP, "accounts of the directory", [], NO_DIRECTORY),
  connection("backup-server-to-veeam-one", 1060, "backup-server", "veeam-one", TCP, ["2741", "2805", "1239"], "Veeam ONE", [], "Veeam ONE collects no data and the Analytics view stays empty"),
  connection("backup-server-to-update-mirror", 1065, "linux-backup-server", "update-mirror", TCP, ["443", "80"], "updates of the Linux appliance from a mirror", [], "the appliance cannot update itself from the mirror"),
  connection("backup-server-to-certificate-revocation", 1070, "backup-server", "certificate-revocation", TCP, ["80", "443"], "revocation of the components' certificates", [VeeamFeature.CERTIFICATE_REVOCATION], "revoked certificates of components go unnoticed"),
  connection("backup-server-to-configuration-postgresql", 1075, "windows-backup-server", "configuration-postgresql", TCP, ["5432"], "configuration database on PostgreSQL", [], NO_CONFIGURATION),
  connection("backup-server-to-configuration-sql-server", 1080, "windows-backup-server", "configuration-sql-server", TCP, ["1433"], "configuration database on Microsoft SQL Server", [], NO_CONFIGURATION),

  connection("backup-server-to-infrastructure-appliance", 1100, "backup-server", "infrastructure-appliance", TCP, ["443"], "settings of the appliance's updates", ALL, "the backup server cannot manage the appliance"),
  connection("infrastructure-appliance-to-backup-server", 1105, "infrastructure-appliance", "backup-server", TCP, ["443"], "authentication of connections from the backup server", ALL, "the appliance cannot accept connections from the backup server"),
  connection("infrastructure-appliance-to-appliance-updates", 1110, "infrastructure-appliance", "appliance-updates", TCP, ["443", "80"], "updates of the infrastructure appliance", UPDATES, "the appliance is not updated automatically"),
  connection("infrastructure-appliance-to-update-mirror", 1115, "infrastructure-appliance", "update-mirror", TCP, ["443", "80"], "updates of the infrastructure appliance from a mirror", [], "the appliance cannot update itself from the mirror"),
  connection("infrastructure-appliance-to-ntp-server", 1120, "infrastructure-appliance", "ntp-server", UDP, ["123"], "time", [], "the appliance's clock may drift"),
  connection("infrastructure-appliance-to-ntp-server", 1120, "infrastructure-appliance", "nts-server", UDP, ["123"], "time", [], "the appliance's clock may drift"),
  connection("infrastructure-appliance-to-nts-server", 1125, "infrastructure-appliance", "nts-server", TCP, ["4460"], "keys for secured time", [], "the appliance cannot secure its time"),
  connection("infrastructure-appliance-to-domain-controller", 1130, "infrastructure-appliance", "domain-controller", TCP, DIRECTORY_TCP, "accounts of the directory", [], NO_DIRECTORY),
  connection("infrastructure-appliance-to-domain-controller-udp", 1135, "infrastructure-appliance", "domain-controller", UDP, DIRECTORY_UDP, "accounts of the directory", [], NO_DIRECTORY),
];
