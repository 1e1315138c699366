import type { BadDeployment } from "./bad-deployment";

/** Features, types, and everything else that a deployment asks for beside tenants. */
export const features: readonly BadDeployment[] = [
  {
    title: "a cache repository on object storage",
    change: { cacheRepositories: { cache: { addresses: ["10.2.0.0/27"], type: "objectStorage" } } },
    problems: ["type-unsupported cacheRepositories.cache.type"],
  },
  {
    title: "a hardened cache repository",
    change: { cacheRepositories: { cache: { addresses: ["10.2.0.0/27"], type: "hardened" } } },
    problems: ["type-unsupported cacheRepositories.cache.type"],
  },
  {
    title: "a cache repository on the machine of object storage",
    change: {
      cacheRepositories: { cache: { on: "backupRepositories.archive" } },
      backupRepositories: { archive: { type: "objectStorage", region: "westeurope" } },
    },
    problems: ["host-is-service cacheRepositories.cache.on"],
  },
  {
    title: "a Cloud Connect repository",
    change: { backupRepositories: { cloud: { addresses: ["10.2.0.0/27"], type: "cloudConnect" } } },
    problems: ["type-unsupported backupRepositories.cloud.type"],
  },
  {
    title: "a type of repository that nobody knows",
    change: { backupRepositories: { r: { addresses: ["10.2.0.0/27"], type: "exagrid" } } },
    problems: ["type-unsupported backupRepositories.r.type"],
  },
  {
    title: "a gateway server that is a share",
    change: { gatewayServers: { gw: { addresses: ["10.2.0.0/27"], type: "smb" } } },
    problems: ["type-unsupported gatewayServers.gw.type"],
  },
  {
    title: "types that features need",
    change: {
      features: ["logBackup", "tenantBackupCopy"],
      cacheRepositories: { cache: { addresses: ["10.2.0.0/27"] } },
      gatewayServers: { gw: { on: "backupServer" } },
      backupRepositories: { r: { addresses: ["10.2.0.32/27"] } },
    },
    problems: [
      "type-missing cacheRepositories.cache.type",
      "type-missing gatewayServers.gw.type",
      "type-missing backupRepositories.r.type",
    ],
  },
  {
    title: "administrators of machines whose type is unknown",
    change: { administrators: ["10.1.9.0/24"], postgresql: { addresses: ["10.2.0.0/27"] } },
    problems: ["type-missing backupServer.type"],
  },
  {
    title: "two operating systems on one machine",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      gatewayServers: { gw: { on: "backupServer", type: "windows" } },
    },
    problems: ["type-differs-from-host gatewayServers.gw.type"],
  },
  {
    title: "object storage in a subnet",
    change: { backupRepositories: { o: { type: "objectStorage", subnet: "10.20.0.64/27" } } },
    problems: ["placement-ambiguous backupRepositories.o"],
  },
  {
    title: "object storage by region and by addresses",
    change: {
      backupRepositories: { o: { type: "objectStorage", region: "westeurope", addresses: ["10.2.0.4/32"] } },
    },
    problems: ["placement-ambiguous backupRepositories.o"],
  },
  {
    title: "object storage that is nowhere",
    change: { backupRepositories: { o: { type: "objectStorage" } } },
    problems: ["placement-missing backupRepositories.o"],
  },
  {
    title: "a region that nobody knows",
    change: { backupRepositories: { o: { type: "objectStorage", region: "westeurop" } } },
    problems: ["region-unknown backupRepositories.o.region"],
  },
  {
    title: "a region of something else",
    change: { backupRepositories: { o: { type: "smb", region: "westeurope", addresses: ["10.2.0.4/32"] } } },
    problems: ["region-not-allowed backupRepositories.o.region"],
  },
  {
    title: "gateways of a repository that needs none",
    change: {
      backupRepositories: { r: { type: "linux", addresses: ["10.2.0.4/32"], gateways: ["backupServer"] } },
    },
    problems: ["gateways-not-allowed backupRepositories.r.gateways"],
  },
  {
    title: "gateways that are not there",
    change: {
      gatewayServers: { gw: { addresses: ["10.2.1.0/27"] } },
      backupRepositories: {
        r: { type: "smb", addresses: ["10.2.0.4/32"], gateways: ["gatewayServers.gv", "postgresql"] },
      },
    },
    problems: [
      "component-unknown backupRepositories.r.gateways[0]",
      "component-unknown backupRepositories.r.gateways[1]",
    ],
  },
  {
    title: "no gateways at all",
    change: { backupRepositories: { r: { type: "smb", addresses: ["10.2.0.4/32"], gateways: [] } } },
    problems: ["empty backupRepositories.r.gateways"],
  },
  {
    title: "administrators from the Internet",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: ["203.0.113.0/28", "10.1.0.0/24"],
    },
    problems: ["address-public administrators[0]"],
  },
  {
    title: "administrators from everywhere",
    change: { backupServer: { subnet: "10.20.0.0/27", type: "linux" }, administrators: ["0.0.0.0/0"] },
    problems: ["address-public administrators[0]"],
  },
  {
    title: "administrators by service tag",
    change: { backupServer: { subnet: "10.20.0.0/27", type: "linux" }, administrators: ["Internet"] },
    problems: ["prefix-invalid administrators[0]"],
  },
  {
    title: "a Bastion with a public subnet",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { bastionSubnet: "20.1.2.0/26" },
    },
    problems: ["address-public administrators.bastionSubnet"],
  },
  {
    title: "a Bastion whose subnet is too small",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { bastionSubnet: "10.1.2.0/27" },
    },
    problems: ["subnet-too-small administrators.bastionSubnet"],
  },
  {
    title: "a Bastion in a subnet of ours",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { bastionSubnet: "10.20.0.0/26" },
    },
    problems: ["address-in-subnet administrators.bastionSubnet"],
  },
  {
    title: "time servers of a Windows backup server",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "windows" },
      services: { ntp: ["10.0.0.4/32"], nts: ["10.0.0.5/32"] },
    },
    problems: ["linux-appliance-only services.ntp", "linux-appliance-only services.nts"],
  },
  {
    title: "updates of the appliance on Windows",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "windows" },
      features: ["applianceUpdates"],
      httpProxy: { addresses: ["10.2.9.4/32"], port: 3128 },
    },
    problems: ["linux-appliance-only features[0]"],
  },
  {
    title: "licence updates with no way there",
    change: { features: ["licenceUpdates"] },
    problems: ["dns-names-missing dnsNames"],
  },
  {
    title: "licence updates through a proxy that has no way on",
    change: { features: ["licenceUpdates"], httpProxy: { subnet: "10.20.0.64/28", port: 3128 } },
    problems: ["dns-names-missing dnsNames"],
  },
  {
    title: "licence updates beside a proxy elsewhere with direct access",
    change: {
      features: ["updateNotifications"],
      httpProxy: { addresses: ["10.2.9.4/32"], port: 3128, directAccess: true },
    },
    problems: ["dns-names-missing dnsNames"],
  },
  {
    title: "object storage whose certificates cannot be checked",
    change: {
      features: ["tenantBackupCopy"],
      backupRepositories: { o: { type: "objectStorage", region: "westeurope" } },
    },
    problems: ["dns-names-missing dnsNames"],
  },
  {
    title: "addresses for one of two groups",
    change: {
      features: ["licenceUpdates"],
      dnsNames: { addresses: { licenceUpdates: ["198.51.100.0/28"] } },
    },
    problems: ["dns-names-missing dnsNames.addresses.licenceCertificates"],
  },
  {
    title: "a copy to itself, and to a repository that is not there",
    change: {
      backupRepositories: { a: { type: "linux", addresses: ["10.2.0.0/27"] } },
      backupCopies: [
        { from: "a", to: "a" },
        { from: "a", to: "b" },
      ],
    },
    problems: ["same-ends backupCopies[0].to", "component-unknown backupCopies[1].to"],
  },
  {
    title: "a copy from a share",
    change: {
      backupRepositories: {
        a: { type: "linux", addresses: ["10.2.0.0/27"] },
        s: { type: "smb", addresses: ["10.2.0.32/27"] },
      },
      backupCopies: [{ from: "s", to: "a" }],
    },
    problems: ["type-unsupported backupCopies[0].from"],
  },
  {
    title: "a scale-out repository of one extent",
    change: {
      backupRepositories: { a: { type: "linux", addresses: ["10.2.0.0/27"] } },
      scaleOutRepositories: { all: { extents: ["a"] } },
    },
    problems: ["list-too-short scaleOutRepositories.all.extents"],
  },
  {
    title: "extents that are not there",
    change: { scaleOutRepositories: { all: { extents: ["a", "b"] } } },
    problems: [
      "component-unknown scaleOutRepositories.all.extents[0]",
      "component-unknown scaleOutRepositories.all.extents[1]",
    ],
  },
  {
    title: "a range that ends before it begins",
    change: { transmissionPorts: { from: 2600, to: 2500 } },
    problems: ["range-reversed transmissionPorts"],
  },
];
