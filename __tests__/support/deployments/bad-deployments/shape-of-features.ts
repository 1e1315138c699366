import type { BadDeployment } from "./bad-deployment";

const MANAGED_DATABASE =
  "would be a database service of a cloud, none of which Veeam supports for the repository of Microsoft Entra ID";
const BRING_A_MACHINE = "Bring a machine with PostgreSQL 14, 15 or 17, or let postgresql.machine make one.";

/** The same where the file's shape is wrong, which the types of the props rule out in code. */
export const shapeOfFeatures: readonly BadDeployment[] = [
  {
    title: "DNS servers among the services",
    change: { services: { dns: ["10.0.0.4/32"] } },
    problems: [
      'services.dns: would be DNS servers, which are the virtual network\'s (got ["10.0.0.4/32"]). Allowed: ntp, nts, directory, mail, kms, syslog, syslogTls. Leave it out, and list them in virtualNetwork.dnsServers.',
    ],
  },
  {
    title: "a feature that nobody knows",
    change: { features: ["logbackups"] },
    problems: [
      'features[0]: is not what is expected here (got "logbackups"). Allowed: "logBackup" or "tenantBackupCopy" or "componentDeployment" or "management" or "copyToBackupServer" or "licenceUpdates" or "updateNotifications" or "applianceUpdates" (A feature; docs/features.md says what each opens). Did you mean "logBackup"? Write that.',
    ],
  },
  {
    title: "a feature that is nothing like one",
    change: { features: ["everything"] },
    problems: [
      'features[0]: is not what is expected here (got "everything"). Allowed: "logBackup" or "tenantBackupCopy" or "componentDeployment" or "management" or "copyToBackupServer" or "licenceUpdates" or "updateNotifications" or "applianceUpdates" (A feature; docs/features.md says what each opens). Write what is allowed.',
    ],
  },
  {
    title: "features that are no list",
    change: { features: "logBackup" },
    problems: [
      'features: is not what is expected here (got "logBackup"). Allowed: a list, each entry "logBackup" or "tenantBackupCopy" or "componentDeployment" or "management" or "copyToBackupServer" or "licenceUpdates" or "updateNotifications" or "applianceUpdates" (A feature; docs/features.md says what each opens) (What the deployment is to do beside backing up tenants. Default: nothing). Write what is allowed.',
    ],
  },
  {
    title: "a type that is no text",
    change: { backupServer: { subnet: "10.20.0.0/27", type: 1 }, features: ["applianceUpdates"] },
    problems: [
      'backupServer.type: is not what is expected here (got 1). Allowed: "windows" or "linux" (Operating system of the machine). Write what is allowed.',
    ],
  },
  {
    title: "remote backup proxies",
    change: { backupProxies: { p: { subnet: "10.20.0.64/27" } } },
    problems: [
      'backupProxies: would be remote backup proxies, which Veeam Backup for Microsoft Entra ID does not support: the backup server is the only proxy (got {"p":{"subnet":"10.20.0.64/27"}}). Allowed: name, …, tags. Leave it out; an HTTP proxy is httpProxy.',
    ],
  },
  {
    title: "Cloud Connect",
    change: { cloudConnectRepositories: {} },
    problems: [
      "cloudConnectRepositories: would be Cloud Connect, to whose repositories Veeam Backup for Microsoft Entra ID does not write (got {}). Allowed: name, …, tags. Leave it out, and name other backup repositories.",
    ],
  },
  {
    title: "a second PostgreSQL",
    change: { postgresqlServers: {} },
    problems: [
      "postgresqlServers: would be several repositories of Microsoft Entra ID, of which Veeam supports one (got {}). Allowed: name, …, tags. Leave it out, and describe the one in postgresql.",
    ],
  },
  {
    title: "a managed database",
    change: {
      azureDatabaseForPostgresql: {},
      postgresql: { subnet: "10.20.0.32/28", flexibleServer: "psql-veeam" },
    },
    problems: [
      `postgresql.flexibleServer: ${MANAGED_DATABASE} (got "psql-veeam"). Allowed: subnet, …, machine. ${BRING_A_MACHINE}`,
      `azureDatabaseForPostgresql: ${MANAGED_DATABASE} (got {}). Allowed: name, …, tags. ${BRING_A_MACHINE}`,
    ],
  },
  {
    title: "administrators that are none",
    change: { backupServer: { subnet: "10.20.0.0/27", type: "linux" }, administrators: [] },
    problems: [
      'administrators: is empty (got []). Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27"), or an object with bastionSubnet (From where administrators log on: private prefixes, or the subnet of an Azure Bastion). Write what is allowed.',
    ],
  },
  {
    title: "a Bastion by another name",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { subnet: "10.1.2.0/26" },
    },
    problems: [
      "administrators.bastionSubnet: is missing. Allowed: a text (Prefix of AzureBastionSubnet, of an Azure Bastion that exists). Add it.",
      'administrators.subnet: is not known (got "10.1.2.0/26"). Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27"), or an object with bastionSubnet. Leave it out.',
    ],
  },
  {
    title: "servers that are no addresses",
    change: { services: { mail: ["mail.example.com"], kms: [] } },
    problems: [
      'services.kms: is empty (got []). Allowed: a list, each entry a text (IPv4 prefix, such as "10.20.0.0/27") (KMIP servers for keys). Write what is allowed.',
      'services.mail[0]: is no prefix; service tags, names and wildcards are not accepted here (got "mail.example.com"). Allowed: an IPv4 prefix such as "10.1.0.0/24". List the addresses themselves.',
    ],
  },
  {
    title: "servers of a kind that nobody knows",
    change: { services: { smtp: ["10.0.0.4/32"] } },
    problems: [
      'services.smtp: is not known (got ["10.0.0.4/32"]). Allowed: ntp, nts, directory, mail, kms, syslog, syslogTls. Did you mean "ntp"? Write that.',
    ],
  },
  {
    title: "a firewall and addresses",
    change: {
      features: ["licenceUpdates"],
      dnsNames: { firewall: { addresses: ["10.3.0.4/32"], port: 8080 }, addresses: {} },
    },
    problems: [
      "dnsNames: gives a firewall and addresses. Allowed: exactly one of firewall and addresses. Keep one of the two.",
    ],
  },
  {
    title: "neither a firewall nor addresses",
    change: { features: ["licenceUpdates"], dnsNames: {} },
    problems: [
      "dnsNames: gives neither a firewall nor addresses. Allowed: exactly one of firewall and addresses. Add one of the two.",
    ],
  },
  {
    title: "a way that is no object",
    change: { features: ["licenceUpdates"], dnsNames: "httpProxy" },
    problems: [
      'dnsNames: is not what is expected here (got "httpProxy"). Allowed: an object with firewall, addresses (How endpoints with a DNS name and no service tag are reached. Default: by the HTTP proxy). Write what is allowed.',
    ],
  },
  {
    title: "a firewall without a port",
    change: { features: ["licenceUpdates"], dnsNames: { firewall: { addresses: ["10.3.0.4/32"] } } },
    problems: [
      "dnsNames.firewall.port: is missing. Allowed: a whole number from 1 to 65535 (Port on which the firewall takes connections). Add it.",
    ],
  },
  {
    title: "addresses of a group that nobody knows",
    change: {
      features: ["licenceUpdates"],
      dnsNames: {
        addresses: { licenseUpdates: ["198.51.100.0/28"], licenceCertificates: ["198.51.100.16/28"] },
      },
    },
    problems: [
      'dnsNames.addresses.licenseUpdates: is not known (got ["198.51.100.0/28"]). Allowed: applianceUpdates, licenceUpdates, licenceCertificates, updateNotifications, certificateRevocation. Did you mean "licenceUpdates"? Write that.',
    ],
  },
  {
    title: "a range beyond Veeam's",
    change: { transmissionPorts: { from: 2400, to: 3301 } },
    problems: [
      "transmissionPorts.from: is not what is expected here (got 2400). Allowed: a whole number from 2500 to 3300 (The first port). Write what is allowed.",
      "transmissionPorts.to: is not what is expected here (got 3301). Allowed: a whole number from 2500 to 3300 (The last port). Write what is allowed.",
    ],
  },
  {
    title: "a range without an end",
    change: { transmissionPorts: { from: 2500 } },
    problems: [
      "transmissionPorts.to: is missing. Allowed: a whole number from 2500 to 3300 (The last port). Add it.",
    ],
  },
  {
    title: "ports that are no numbers",
    change: { transmissionPorts: { from: "2500", to: 2600.5, concurrentConnections: 0 } },
    problems: [
      'transmissionPorts.from: is not what is expected here (got "2500"). Allowed: a whole number from 2500 to 3300 (The first port). Write 2500 without quotes.',
      "transmissionPorts.to: is not what is expected here (got 2600.5). Allowed: a whole number from 2500 to 3300 (The last port). Write what is allowed.",
      "transmissionPorts.concurrentConnections: is not what is expected here (got 0). Allowed: a whole number from 1 to 65535 (Connections that are open at the same time; each takes a port). Write what is allowed.",
    ],
  },
];
