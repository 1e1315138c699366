import type { BadDeployment } from "./bad-deployment";

/** The same where the file's shape is wrong, which the types of the props rule out in code. */
export const shapeOfFeatures: readonly BadDeployment[] = [
  {
    title: "DNS servers among the services",
    change: { services: { dns: ["10.0.0.4/32"] } },
    problems: ["unsupported services.dns"],
  },
  {
    title: "a feature that nobody knows",
    change: { features: ["logbackups"] },
    problems: ["wrong-type features[0]"],
  },
  {
    title: "a feature that is nothing like one",
    change: { features: ["everything"] },
    problems: ["wrong-type features[0]"],
  },
  {
    title: "features that are not a list",
    change: { features: "logBackup" },
    problems: ["wrong-type features"],
  },
  {
    title: "a type that is not a string",
    change: { backupServer: { subnet: "10.20.0.0/27", type: 1 }, features: ["applianceUpdates"] },
    problems: ["wrong-type backupServer.type"],
  },
  {
    title: "remote backup proxies",
    change: { backupProxies: { p: { subnet: "10.20.0.64/27" } } },
    problems: ["unsupported backupProxies"],
  },
  {
    title: "Cloud Connect",
    change: { cloudConnectRepositories: {} },
    problems: ["unsupported cloudConnectRepositories"],
  },
  {
    title: "a second PostgreSQL",
    change: { postgresqlServers: {} },
    problems: ["unsupported postgresqlServers"],
  },
  {
    title: "a managed database",
    change: {
      azureDatabaseForPostgresql: {},
      postgresql: { subnet: "10.20.0.32/28", flexibleServer: "psql-veeam" },
    },
    problems: ["managed-database postgresql.flexibleServer", "managed-database azureDatabaseForPostgresql"],
  },
  {
    title: "invalid administrators",
    change: { backupServer: { subnet: "10.20.0.0/27", type: "linux" }, administrators: [] },
    problems: ["empty administrators"],
  },
  {
    title: "a Bastion by another name",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { subnet: "10.1.2.0/26" },
    },
    problems: ["missing administrators.bastionSubnet", "unknown-property administrators.subnet"],
  },
  {
    title: "servers that are no addresses",
    change: { services: { mail: ["mail.example.com"], kms: [] } },
    problems: ["empty services.kms"],
  },
  {
    title: "servers of a kind that nobody knows",
    change: { services: { smtp: ["10.0.0.4/32"] } },
    problems: ["unknown-property services.smtp"],
  },
  {
    title: "a firewall and addresses",
    change: {
      features: ["licenceUpdates"],
      dnsNames: { firewall: { addresses: ["10.3.0.4/32"], port: 8080 }, addresses: {} },
    },
    problems: ["dns-names-ambiguous dnsNames"],
  },
  {
    title: "neither a firewall nor addresses",
    change: { features: ["licenceUpdates"], dnsNames: {} },
    problems: ["dns-names-empty dnsNames"],
  },
  {
    title: "a way that is not an object",
    change: { features: ["licenceUpdates"], dnsNames: "httpProxy" },
    problems: ["wrong-type dnsNames"],
  },
  {
    title: "a firewall without a port",
    change: { features: ["licenceUpdates"], dnsNames: { firewall: { addresses: ["10.3.0.4/32"] } } },
    problems: ["missing dnsNames.firewall.port"],
  },
  {
    title: "addresses of a group that nobody knows",
    change: {
      features: ["licenceUpdates"],
      dnsNames: {
        addresses: { licenseUpdates: ["198.51.100.0/28"], licenceCertificates: ["198.51.100.16/28"] },
      },
    },
    problems: ["unknown-property dnsNames.addresses.licenseUpdates"],
  },
  {
    title: "a range beyond Veeam's",
    change: { transmissionPorts: { from: 2400, to: 3301 } },
    problems: ["wrong-type transmissionPorts.from", "wrong-type transmissionPorts.to"],
  },
  {
    title: "a range without an end",
    change: { transmissionPorts: { from: 2500 } },
    problems: ["missing transmissionPorts.to"],
  },
  {
    title: "ports that are no numbers",
    change: { transmissionPorts: { from: "2500", to: 2600.5, concurrentConnections: 0 } },
    problems: [
      "wrong-type transmissionPorts.from",
      "wrong-type transmissionPorts.to",
      "wrong-type transmissionPorts.concurrentConnections",
    ],
  },
];
