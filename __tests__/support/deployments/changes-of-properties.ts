import { join } from "node:path";
import type { DeploymentJson } from "../tools/live-stack";

// One change for each row of the table in docs/changes.md, upon a deployment that has
// everything the row needs: a JSON merge patch, in which null takes a property away.

const ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups";
const KEY = (letter: string): string => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}`;
const MIRROR = {
  url: "http://mirror.example.com/debian",
  securityUrl: "http://mirror.example.com/debian-security",
};
const SECRET = `${ID}/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets`;

const account = (privateIpAddress: string) => ({
  privateIpAddress,
  size: "Standard_D4s_v5",
  adminUsername: "veeamadmin",
  sshPublicKey: KEY("A"),
  packages: { mirror: { ...MIRROR, addresses: ["10.0.9.0/28"] } },
});

/** A deployment with everything that is created. */
export const CREATED: DeploymentJson = {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: "rg-veeam-entra",
  virtualNetwork: { addressSpace: ["10.20.0.0/23"], dnsServers: ["10.0.0.4"] },
  portTable: "13.0.2.29@2026-05-26",
  consoles: ["10.1.0.0/24"],
  administrators: ["10.1.0.0/24"],
  backupServer: {
    subnet: "10.20.0.0/27",
    machine: {
      privateIpAddress: "10.20.0.9",
      size: "Standard_D8s_v5",
      source: { imageId: `${ID}/rg-images/providers/Microsoft.Compute/images/veeam` },
      administrator: { username: "veeamadmin", passwordSecretId: `${SECRET}/administrator` },
    },
  },
  postgresql: {
    subnet: "10.20.0.32/28",
    machine: {
      ...account("10.20.0.40"),
      password: { secretId: `${SECRET}/postgresql`, vault: ["10.0.8.4/32"] },
      dataDisk: { sizeGib: 256 },
    },
  },
  httpProxy: {
    subnet: "10.20.0.48/28",
    port: 3128,
    machine: { ...account("10.20.0.56"), certificateRevocation: ["crl.example.com"] },
  },
  cacheRepositories: {
    cache: {
      subnet: "10.20.0.64/27",
      machine: {
        ...account("10.20.0.72"),
        veeamAccount: { publicKey: KEY("A") },
        dataDisk: { sizeGib: 256 },
      },
    },
    other: { subnet: "10.20.1.0/27", type: "linux" },
  },
  gatewayServers: { gateway: { subnet: "10.20.0.96/27", type: "linux" } },
  backupRepositories: {
    primary: { subnet: "10.20.0.128/27", type: "linux" },
    second: { addresses: ["10.2.0.0/27"], type: "linux" },
    blob: { type: "objectStorage", region: "westeurope" },
  },
  features: ["logBackup", "tenantBackupCopy", "componentDeployment"],
  dnsNames: { addresses: { certificateRevocation: ["203.0.113.9/32"] } },
  tags: { owner: "platform" },
};

const SUBNETS = `${ID}/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets`;

/** A deployment in what exists. */
export const EXISTING: DeploymentJson = {
  name: "veeam-hub",
  location: "westeurope",
  resourceGroup: { existing: "rg-backup" },
  virtualNetwork: {
    existing: { name: "vnet-hub", resourceGroup: "rg-hub", addressSpace: ["10.30.0.0/22"], dnsServers: [] },
  },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.30.0.0/27" },
  cacheRepositories: {
    cache: {
      existingSubnet: { id: `${SUBNETS}/snet-cache`, addressPrefixes: ["10.30.1.0/27"], dedicated: true },
    },
  },
  gatewayServers: {
    gateway: {
      existingSubnet: {
        id: `${SUBNETS}/snet-shared`,
        addressPrefixes: ["10.30.2.0/27"],
        group: { name: "nsg-shared", resourceGroup: "rg-hub", firstPriority: 1000, lastPriority: 1999 },
      },
    },
  },
  egress: "existing",
};

/** A row of the table: how it begins there, and a change that it is about. */
export type Row = readonly [title: string, change: DeploymentJson];

const FIREWALL = {
  azureFirewall: {
    policyId: `${ID}/rg-hub/providers/Microsoft.Network/firewallPolicies/hub`,
    privateIpAddress: "10.0.1.4",
    priority: 500,
  },
};
const postgresqlMachine = (change: DeploymentJson): DeploymentJson => ({ postgresql: { machine: change } });
const cache = (change: DeploymentJson): DeploymentJson => ({ cacheRepositories: { cache: change } });
const cacheMachine = (change: DeploymentJson): DeploymentJson => cache({ machine: change });

export const ROWS_OF_CREATED: readonly Row[] = [
  ["`name`", { name: "veeam-other" }],
  ["`location`", { location: "northeurope" }],
  ["`resourceGroup`, created", { resourceGroup: "rg-other" }],
  ["`virtualNetwork.addressSpace`", { virtualNetwork: { addressSpace: ["10.20.0.0/22"] } }],
  ["`virtualNetwork.dnsServers`", { virtualNetwork: { dnsServers: ["10.0.0.5"] } }],
  ["`portTable`", { portTable: null }],
  ["`consoles`", { consoles: ["10.1.0.0/24", "10.1.9.0/24"] }],
  ["`administrators`", { administrators: ["10.1.9.0/24"] }],
  ["`restClients`", { restClients: ["10.1.8.0/24"] }],
  ["`webUi`", { webUi: ["10.1.7.0/24"] }],
  ["`mountServers`", { mountServers: ["10.1.6.0/24"] }],
  ["`clusterMembers`", { clusterMembers: ["10.1.5.0/28"] }],
  ["`services`", { services: { syslog: ["10.0.0.9/32"] } }],
  [
    "`features`",
    { features: ["logBackup", "tenantBackupCopy", "componentDeployment", "copyToBackupServer"] },
  ],
  ["`dnsNames`", { dnsNames: { addresses: { certificateRevocation: ["203.0.113.8/32"] } } }],
  ["`failoverRange`", { failoverRange: "closed" }],
  ["`transmissionPorts`", { transmissionPorts: { from: 2500, to: 2600 } }],
  ["`backupCopies`", { backupCopies: [{ from: "primary", to: "second" }] }],
  ["`scaleOutRepositories`", { scaleOutRepositories: { all: { extents: ["primary", "blob"] } } }],
  ["`cacheMigration`", { cacheMigration: { from: "cache", to: "other" } }],
  ["`egress`", { egress: "existing" }],
  ["`destinations.azureFirewall`", { destinations: FIREWALL }],
  [
    "`destinations.ipRanges`",
    { destinations: { ipRanges: join(__dirname, "..", "..", "fixtures", "service-tags-20251110.json") } },
  ],
  ["`tags`", { tags: { owner: "backup" } }],
  ["`backend`", { backend: { cloud: { organization: "contoso" } } }],
  ["a component added", { backupRepositories: { third: { subnet: "10.20.0.160/27", type: "linux" } } }],
  [
    "a component removed, `removed`",
    { cacheRepositories: { other: null }, removed: ["cacheRepositories.other"] },
  ],
  [
    "a component's key, `formerKey`",
    {
      gatewayServers: {
        gateway: null,
        renamed: { subnet: "10.20.0.96/27", type: "linux", formerKey: "gateway" },
      },
    },
  ],
  ["`subnet`", { backupRepositories: { primary: { subnet: "10.20.0.192/27" } } }],
  ["`addresses`", { backupRepositories: { second: { addresses: ["10.2.0.0/26"] } } }],
  ["`on`", { backupRepositories: { second: { addresses: null, on: "gatewayServers.gateway" } } }],
  ["`type`", { cacheRepositories: { other: { type: "windows" } } }],
  ["`gateways`", { backupRepositories: { blob: { gateways: ["backupServer"] } } }],
  ["`region`", { backupRepositories: { blob: { region: "northeurope" } } }],
  ["`postgresql.port`", { postgresql: { port: 5433 } }],
  ["`httpProxy.port`", { httpProxy: { port: 8080 } }],
  ["`httpProxy.directAccess`", { httpProxy: { directAccess: true } }],
  [
    "`subnetSettings.routeTableId`",
    cache({ subnetSettings: { routeTableId: `${ID}/rg-hub/providers/Microsoft.Network/routeTables/hub` } }),
  ],
  [
    "`subnetSettings.serviceEndpoints`",
    cache({ subnetSettings: { serviceEndpoints: ["Microsoft.Storage"] } }),
  ],
  [
    "`subnetSettings.privateEndpointNetworkPolicies`",
    cache({ subnetSettings: { privateEndpointNetworkPolicies: "Enabled" } }),
  ],
  ["`machine.privateIpAddress`", cacheMachine({ privateIpAddress: "10.20.0.73" })],
  ["`machine.size`", cacheMachine({ size: "Standard_D8s_v5" })],
  ["`machine.adminUsername`", cacheMachine({ adminUsername: "otheradmin" })],
  ["`machine.sshPublicKey`", cacheMachine({ sshPublicKey: KEY("B") })],
  ["`machine.release`", cacheMachine({ release: "bookworm" })],
  [
    "`machine.imageId`",
    cacheMachine({ imageId: `${ID}/rg-images/providers/Microsoft.Compute/images/debian` }),
  ],
  ["`machine.zone`", cacheMachine({ zone: "1" })],
  ["`machine.osDiskType`", cacheMachine({ osDiskType: "Premium_LRS" })],
  ["`machine.encryptionAtHost`", cacheMachine({ encryptionAtHost: false })],
  [
    "`machine.diskEncryptionSetId`",
    cacheMachine({ diskEncryptionSetId: `${ID}/rg-keys/providers/Microsoft.Compute/diskEncryptionSets/des` }),
  ],
  ["`machine.allowExtensions`", cacheMachine({ allowExtensions: true })],
  ["`machine.ignoreUserDataChanges`", cacheMachine({ ignoreUserDataChanges: true })],
  ["`machine.packages`", cacheMachine({ packages: { mirror: { url: "http://other.example.com/debian" } } })],
  ["`machine.veeamAccount`", cacheMachine({ veeamAccount: { publicKey: KEY("B") } })],
  [
    "`machine.certificateRevocation`",
    { httpProxy: { machine: { certificateRevocation: ["crl.example.com", "ocsp.example.com"] } } },
  ],
  ["`machine.dataDisk.sizeGib`", cacheMachine({ dataDisk: { sizeGib: 512 } })],
  ["`machine.dataDisk.type`", cacheMachine({ dataDisk: { type: "StandardSSD_LRS" } })],
  ["`machine.dataDisk.lun`", cacheMachine({ dataDisk: { lun: 1 } })],
  ["`machine.dataDisk.preventDestroy`", cacheMachine({ dataDisk: { preventDestroy: true } })],
  ["`machine.password`", postgresqlMachine({ password: { secretId: `${SECRET}/other` } })],
  ["`machine.version`", postgresqlMachine({ release: "bookworm", version: 15 })],
  ["`machine.superuser`", postgresqlMachine({ superuser: "veeamdb" })],
  ["`machine.plPerl`", postgresqlMachine({ plPerl: false })],
  ["`machine.maxConnections`", postgresqlMachine({ maxConnections: 200 })],
  ["`machine.tls`", postgresqlMachine({ tls: "required" })],
  ["`backupServer.machine`", { backupServer: { machine: { size: "Standard_D16s_v5" } } }],
];

const existingSubnet = (change: DeploymentJson): DeploymentJson => ({
  gatewayServers: { gateway: { existingSubnet: change } },
});

export const ROWS_OF_EXISTING: readonly Row[] = [
  ["`location`", { location: "northeurope" }],
  ["`resourceGroup.existing`", { resourceGroup: { existing: "rg-other" } }],
  [
    "`virtualNetwork.existing.name`, `virtualNetwork.existing.resourceGroup`",
    {
      virtualNetwork: { existing: { resourceGroup: "rg-network" } },
      cacheRepositories: null,
      gatewayServers: null,
    },
  ],
  [
    "`virtualNetwork.existing.addressSpace`",
    { virtualNetwork: { existing: { addressSpace: ["10.30.0.0/21"] } } },
  ],
  ["`virtualNetwork.existing.dnsServers`", { virtualNetwork: { existing: { dnsServers: ["10.0.0.4"] } } }],
  [
    "`existingSubnet.id`",
    { cacheRepositories: { cache: { existingSubnet: { id: `${SUBNETS}/snet-other` } } } },
  ],
  ["`existingSubnet.addressPrefixes`", existingSubnet({ addressPrefixes: ["10.30.2.0/26"] })],
  ["`existingSubnet.dedicated`, `existingSubnet.group`", existingSubnet({ group: null, dedicated: true })],
  [
    "`existingSubnet.group.firstPriority`, `existingSubnet.group.lastPriority`",
    existingSubnet({ group: { firstPriority: 2000, lastPriority: 2999 } }),
  ],
];

/** A deployment with a JSON merge patch applied. */
export function merged(deployment: DeploymentJson, patch: DeploymentJson): DeploymentJson {
  const result: Record<string, unknown> = { ...deployment };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (isObject(value)) result[key] = merged(isObject(result[key]) ? result[key] : {}, value);
    else result[key] = value;
  }
  return result;
}

function isObject(value: unknown): value is DeploymentJson {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
