import type { BadDeployment } from "./bad-deployment";

/** Features, types, and everything else that a deployment asks for beside tenants. */
export const features: readonly BadDeployment[] = [
  {
    title: "a cache repository on object storage",
    change: { cacheRepositories: { cache: { addresses: ["10.2.0.0/27"], type: "objectStorage" } } },
    problems: [
      'cacheRepositories.cache.type: is no cache repository that Veeam supports, which is a Windows or Linux server, an SMB or an NFS share, and nothing else (got "objectStorage"). Allowed: windows, linux, nfs, smb. Choose one of these.',
    ],
  },
  {
    title: "a hardened cache repository",
    change: { cacheRepositories: { cache: { addresses: ["10.2.0.0/27"], type: "hardened" } } },
    problems: [
      'cacheRepositories.cache.type: is no cache repository that Veeam supports, which is a Windows or Linux server, an SMB or an NFS share, and nothing else (got "hardened"). Allowed: windows, linux, nfs, smb. Choose one of these.',
    ],
  },
  {
    title: "a cache repository on the machine of object storage",
    change: {
      cacheRepositories: { cache: { on: "backupRepositories.archive" } },
      backupRepositories: { archive: { type: "objectStorage", region: "westeurope" } },
    },
    problems: [
      'cacheRepositories.cache.on: puts a cache repository on object storage, which Veeam does not support (got "backupRepositories.archive"). Allowed: a component that is a machine. Name a machine, or give the component a subnet.',
    ],
  },
  {
    title: "a Cloud Connect repository",
    change: { backupRepositories: { cloud: { addresses: ["10.2.0.0/27"], type: "cloudConnect" } } },
    problems: [
      'backupRepositories.cloud.type: is a Cloud Connect repository, to which Veeam Backup for Microsoft Entra ID does not write (got "cloudConnect"). Allowed: windows, linux, hardened, nfs, smb, objectStorage, dataDomain, storeOnce, exaGrid, quantumDxi, fujitsuEternus, infinidat. Choose one of these.',
    ],
  },
  {
    title: "a type of repository that nobody knows",
    change: { backupRepositories: { r: { addresses: ["10.2.0.0/27"], type: "exagrid" } } },
    problems: [
      'backupRepositories.r.type: is no type of backup repository that is known (got "exagrid"). Allowed: windows, linux, hardened, nfs, smb, objectStorage, dataDomain, storeOnce, exaGrid, quantumDxi, fujitsuEternus, infinidat. Did you mean "exaGrid"? Write that.',
    ],
  },
  {
    title: "a gateway server that is a share",
    change: { gatewayServers: { gw: { addresses: ["10.2.0.0/27"], type: "smb" } } },
    problems: [
      'gatewayServers.gw.type: is no operating system that the role runs on (got "smb"). Allowed: windows, linux. Choose one of these.',
    ],
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
      "cacheRepositories.cache.type: is missing, and what opens for logBackup, tenantBackupCopy depends on it. Allowed: windows, linux, nfs, smb. Say what the component is.",
      "gatewayServers.gw.type: is missing, and what opens for logBackup, tenantBackupCopy depends on it. Allowed: windows, linux. Say what the component is.",
      "backupRepositories.r.type: is missing, and what opens for logBackup, tenantBackupCopy depends on it. Allowed: windows, linux, hardened, nfs, smb, objectStorage, dataDomain, storeOnce, exaGrid, quantumDxi, fujitsuEternus, infinidat. Say what the component is.",
    ],
  },
  {
    title: "administrators of machines whose type is unknown",
    change: { administrators: ["10.1.9.0/24"], postgresql: { addresses: ["10.2.0.0/27"] } },
    problems: [
      "backupServer.type: is missing, and what opens for administrators depends on it. Allowed: windows, linux. Say what the component is.",
    ],
  },
  {
    title: "two operating systems on one machine",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      gatewayServers: { gw: { on: "backupServer", type: "windows" } },
    },
    problems: [
      'gatewayServers.gw.type: is not that of the machine it shares, backupServer (linux) (got "windows"). Allowed: one operating system a machine. Leave the type out, or give the two machines of their own.',
    ],
  },
  {
    title: "object storage in a subnet",
    change: { backupRepositories: { o: { type: "objectStorage", subnet: "10.20.0.64/27" } } },
    problems: [
      "backupRepositories.o: says how the object storage is reached by subnet. Allowed: exactly one of region (the service tag of its storage) and addresses (those of its private endpoint). Keep one of the two, and nothing else.",
    ],
  },
  {
    title: "object storage by region and by addresses",
    change: {
      backupRepositories: { o: { type: "objectStorage", region: "westeurope", addresses: ["10.2.0.4/32"] } },
    },
    problems: [
      "backupRepositories.o: says how the object storage is reached by addresses, region. Allowed: exactly one of region (the service tag of its storage) and addresses (those of its private endpoint). Keep one of the two, and nothing else.",
    ],
  },
  {
    title: "object storage that is nowhere",
    change: { backupRepositories: { o: { type: "objectStorage" } } },
    problems: [
      "backupRepositories.o: does not say how the object storage is reached. Allowed: exactly one of region (the service tag of its storage) and addresses (those of its private endpoint). Add one of the two.",
    ],
  },
  {
    title: "a region that nobody knows",
    change: { backupRepositories: { o: { type: "objectStorage", region: "westeurop" } } },
    problems: [
      'backupRepositories.o.region: is no region of the public Azure cloud whose storage has a service tag (got "westeurop"). Allowed: australiacentral, australiacentral2, australiaeast, australiasoutheast, austriaeast, belgiumcentral, brazilsouth, brazilsoutheast, canadacentral, canadaeast, centralindia, centralus, chilecentral, eastasia, eastus, eastus2, francecentral, francesouth, germanynorth, germanywestcentral, indonesiacentral, israelcentral, italynorth, japaneast, japanwest, jioindiacentral, jioindiawest, koreacentral, koreasouth, malaysiawest, mexicocentral, newzealandnorth, northcentralus, northeurope, norwayeast, norwaywest, polandcentral, qatarcentral, southafricanorth, southafricawest, southcentralus, southindia, southeastasia, spaincentral, swedencentral, swedensouth, switzerlandnorth, switzerlandwest, uaecentral, uaenorth, uksouth, ukwest, westcentralus, westeurope, westindia, westus, westus2, westus3. Did you mean "westeurope"? Write that.',
    ],
  },
  {
    title: "a region of something else",
    change: { backupRepositories: { o: { type: "smb", region: "westeurope", addresses: ["10.2.0.4/32"] } } },
    problems: [
      'backupRepositories.o.region: is for object storage only (got "westeurope"). Allowed: a region where the type is objectStorage. Leave it out, or set backupRepositories.o.type to "objectStorage".',
    ],
  },
  {
    title: "gateways of a repository that needs none",
    change: {
      backupRepositories: { r: { type: "linux", addresses: ["10.2.0.4/32"], gateways: ["backupServer"] } },
    },
    problems: [
      'backupRepositories.r.gateways: is for repositories that cannot run Veeam\'s services themselves (got ["backupServer"]). Allowed: gateways where the type is nfs, smb, objectStorage, dataDomain, storeOnce. Leave it out, or set the type.',
    ],
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
      'backupRepositories.r.gateways[0]: is no gateway server, and not the backup server (got "gatewayServers.gv"). Allowed: one or more of backupServer, gatewayServers.gw. Did you mean "gatewayServers.gw"? Write that.',
      'backupRepositories.r.gateways[1]: is no gateway server, and not the backup server (got "postgresql"). Allowed: one or more of backupServer, gatewayServers.gw. Name one that is there.',
    ],
  },
  {
    title: "no gateways at all",
    change: { backupRepositories: { r: { type: "smb", addresses: ["10.2.0.4/32"], gateways: [] } } },
    problems: [
      "backupRepositories.r.gateways: is empty, and nobody could speak to the repository (got []). Allowed: one or more of backupServer. Name a gateway, or leave it out where Veeam chooses one itself.",
    ],
  },
  {
    title: "administrators from the Internet",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: ["203.0.113.0/28", "10.1.0.0/24"],
    },
    problems: [
      'administrators[0]: is public, and nobody may log on from the Internet (got "203.0.113.0/28"). Allowed: private prefixes: administrators come over a private network, a VPN or Azure Bastion. Give the private prefixes from which they come, or the subnet of an Azure Bastion.',
    ],
  },
  {
    title: "administrators from everywhere",
    change: { backupServer: { subnet: "10.20.0.0/27", type: "linux" }, administrators: ["0.0.0.0/0"] },
    problems: [
      'administrators[0]: is public, and nobody may log on from the Internet (got "0.0.0.0/0"). Allowed: private prefixes: administrators come over a private network, a VPN or Azure Bastion. Give the private prefixes from which they come, or the subnet of an Azure Bastion.',
    ],
  },
  {
    title: "administrators by service tag",
    change: { backupServer: { subnet: "10.20.0.0/27", type: "linux" }, administrators: ["Internet"] },
    problems: [
      'administrators[0]: is no prefix; service tags, names and wildcards are not accepted here (got "Internet"). Allowed: an IPv4 prefix such as "10.1.0.0/24". List the addresses themselves.',
    ],
  },
  {
    title: "a Bastion with a public subnet",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { bastionSubnet: "20.1.2.0/26" },
    },
    problems: [
      'administrators.bastionSubnet: is public, and nobody may log on from the Internet (got "20.1.2.0/26"). Allowed: private prefixes: administrators come over a private network, a VPN or Azure Bastion. Give the private prefixes from which they come, or the subnet of an Azure Bastion.',
    ],
  },
  {
    title: "a Bastion whose subnet is too small",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { bastionSubnet: "10.1.2.0/27" },
    },
    problems: [
      'administrators.bastionSubnet: is too small for the subnet of an Azure Bastion (got "10.1.2.0/27"). Allowed: prefixes of /26 or wider. Give the prefix of AzureBastionSubnet, not an address in 10.1.2.0/27.',
    ],
  },
  {
    title: "a Bastion in a subnet of ours",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "linux" },
      administrators: { bastionSubnet: "10.20.0.0/26" },
    },
    problems: [
      'administrators.bastionSubnet: holds backupServer.subnet (10.20.0.0/27) (got "10.20.0.0/26"). Allowed: addresses outside the subnets that the deployment makes. Narrow the prefix to the machines that are meant; it would let in every machine of that subnet.',
    ],
  },
  {
    title: "time servers of a Windows backup server",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "windows" },
      services: { ntp: ["10.0.0.4/32"], nts: ["10.0.0.5/32"] },
    },
    problems: [
      'services.ntp: is for Veeam\'s Linux appliance only (got "windows"). Allowed: a backup server whose type is linux. Leave services.ntp out, or set backupServer.type to "linux".',
      'services.nts: is for Veeam\'s Linux appliance only (got "windows"). Allowed: a backup server whose type is linux. Leave services.nts out, or set backupServer.type to "linux".',
    ],
  },
  {
    title: "updates of the appliance on Windows",
    change: {
      backupServer: { subnet: "10.20.0.0/27", type: "windows" },
      features: ["applianceUpdates"],
      httpProxy: { addresses: ["10.2.9.4/32"], port: 3128 },
    },
    problems: [
      'features[0]: is for Veeam\'s Linux appliance only (got "windows"). Allowed: a backup server whose type is linux. Leave features[0] out, or set backupServer.type to "linux".',
    ],
  },
  {
    title: "licence updates with no way there",
    change: { features: ["licenceUpdates"] },
    problems: [
      "dnsNames: is missing, and what is chosen connects to endpoints that have DNS names and no service tag (renewal of the licence, certificates of the licence servers, vbr.butler.veeam.com, autolk.veeam.com, *.ss2.us, *.amazontrust.com). Allowed: dnsNames.firewall: { addresses, port }, one that exists and filters by name, or dnsNames.addresses: { licenceUpdates, licenceCertificates }, those of the endpoints. Give one of the two, or an httpProxy elsewhere that reaches them; a rule to Internet would be far wider.",
    ],
  },
  {
    title: "licence updates through a proxy that has no way on",
    change: { features: ["licenceUpdates"], httpProxy: { subnet: "10.20.0.64/28", port: 3128 } },
    problems: [
      "dnsNames: is missing, and what is chosen connects to endpoints that have DNS names and no service tag (renewal of the licence, certificates of the licence servers, vbr.butler.veeam.com, autolk.veeam.com, *.ss2.us, *.amazontrust.com). Allowed: dnsNames.firewall: { addresses, port }, one that exists and filters by name, or dnsNames.addresses: { licenceUpdates, licenceCertificates }, those of the endpoints. Say how the HTTP proxy reaches them, which a security group cannot do by name, or put the proxy elsewhere with addresses.",
    ],
  },
  {
    title: "licence updates beside a proxy elsewhere with direct access",
    change: {
      features: ["updateNotifications"],
      httpProxy: { addresses: ["10.2.9.4/32"], port: 3128, directAccess: true },
    },
    problems: [
      "dnsNames: is missing, and what is chosen connects to endpoints that have DNS names and no service tag (notifications of newer versions, dev.veeam.com, vbrad.butler.veeam.com, vbrce.butler.veeam.com). Allowed: dnsNames.firewall: { addresses, port }, one that exists and filters by name, or dnsNames.addresses: { updateNotifications }, those of the endpoints. Say how the HTTP proxy reaches them, which a security group cannot do by name, or put the proxy elsewhere with addresses.",
    ],
  },
  {
    title: "object storage whose certificates cannot be checked",
    change: {
      features: ["tenantBackupCopy"],
      backupRepositories: { o: { type: "objectStorage", region: "westeurope" } },
    },
    problems: [
      "dnsNames: is missing, and what is chosen connects to endpoints that have DNS names and no service tag (revocation of the object storage's certificates). Allowed: dnsNames.firewall: { addresses, port }, one that exists and filters by name, or dnsNames.addresses: { certificateRevocation }, those of the endpoints. Give one of the two, or an httpProxy elsewhere that reaches them; a rule to Internet would be far wider.",
    ],
  },
  {
    title: "addresses for one of two groups",
    change: {
      features: ["licenceUpdates"],
      dnsNames: { addresses: { licenceUpdates: ["198.51.100.0/28"] } },
    },
    problems: [
      "dnsNames.addresses.licenceCertificates: is missing, and what is chosen connects to *.ss2.us, *.amazontrust.com (certificates of the licence servers). Allowed: a list of IPv4 prefixes. Give the addresses, or a firewall in place of addresses.",
    ],
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
    problems: [
      'backupCopies[0].to: is the repository that is copied from (got "a"). Allowed: another key of backupRepositories. Name the repository that is copied to.',
      'backupCopies[1].to: is no backup repository of the deployment (got "b"). Allowed: keys of backupRepositories: a. Did you mean "a"? Write that.',
    ],
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
    problems: [
      'backupCopies[0].from: is a repository of the type smb, which opens no connection to another repository itself (got "s"). Allowed: repositories of the types windows, linux, hardened. Leave the copy out: what speaks to the repository carries it, with tenantBackupCopy.',
    ],
  },
  {
    title: "a scale-out repository of one extent",
    change: {
      backupRepositories: { a: { type: "linux", addresses: ["10.2.0.0/27"] } },
      scaleOutRepositories: { all: { extents: ["a"] } },
    },
    problems: [
      'scaleOutRepositories.all.extents: has fewer than two repositories, between which nothing moves (got ["a"]). Allowed: two or more keys of backupRepositories. Name the other extents, or leave the scale-out repository out.',
    ],
  },
  {
    title: "extents that are not there",
    change: { scaleOutRepositories: { all: { extents: ["a", "b"] } } },
    problems: [
      'scaleOutRepositories.all.extents[0]: is no backup repository of the deployment (got "a"). Allowed: keys of backupRepositories, which has none. Add the repository to backupRepositories, or name one that is there.',
      'scaleOutRepositories.all.extents[1]: is no backup repository of the deployment (got "b"). Allowed: keys of backupRepositories, which has none. Add the repository to backupRepositories, or name one that is there.',
    ],
  },
  {
    title: "a range that ends before it begins",
    change: { transmissionPorts: { from: 2600, to: 2500 } },
    problems: [
      'transmissionPorts: ends before it begins (got "2600-2500"). Allowed: from not above to. Swap the two.',
    ],
  },
];
