// Test deployments, as in cdktf.json.

/** A deployment, as in cdktf.json. */
export type Deployment = { readonly [property: string]: unknown };

const PLACE = {
  location: "westeurope",
  resourceGroup: "rg-veeam",
  virtualNetwork: { addressSpace: ["10.20.0.0/23"] },
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27", type: "linux" },
};

const LOG_BACKUP = {
  ...PLACE,
  features: ["logBackup"],
  cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: "linux" } },
  gatewayServers: { gateway: { subnet: "10.20.0.96/27", type: "windows" } },
  backupRepositories: {
    primary: { subnet: "10.20.0.128/27", type: "hardened" },
    share: { addresses: ["10.2.0.0/27"], type: "smb", gateways: ["gatewayServers.gateway"] },
  },
};

const WITH_NEW_CACHE = {
  ...LOG_BACKUP,
  cacheRepositories: {
    cache: { subnet: "10.20.0.64/27", type: "linux" },
    next: { subnet: "10.20.0.160/27", type: "linux" },
  },
};

/** The test deployments by name. */
export const SCENARIOS: Readonly<Record<string, Deployment>> = {
  "all-roles": {
    ...LOG_BACKUP,
    name: "all-roles",
    features: ["logBackup", "tenantBackupCopy", "componentDeployment"],
    administrators: { bastionSubnet: "10.5.0.0/26" },
    services: { ntp: ["10.3.0.4/32"] },
    postgresql: { subnet: "10.20.0.32/28", type: "linux" },
    httpProxy: { subnet: "10.20.0.48/28", type: "linux", port: 3128 },
  },
  minimal: { ...PLACE, name: "minimal" },
  "proxy-elsewhere": {
    ...LOG_BACKUP,
    name: "proxy-elsewhere",
    httpProxy: { addresses: ["10.4.0.4/32"], port: 8080 },
  },
  "before-cache-change": { ...LOG_BACKUP, name: "before-cache-change" },
  "during-cache-change": {
    ...WITH_NEW_CACHE,
    name: "during-cache-change",
    cacheMigration: { from: "cache", to: "next" },
  },
  "after-cache-change": {
    ...LOG_BACKUP,
    name: "after-cache-change",
    cacheRepositories: { next: WITH_NEW_CACHE.cacheRepositories.next },
  },
  "custom-dns": {
    ...LOG_BACKUP,
    name: "custom-dns",
    virtualNetwork: { addressSpace: ["10.20.0.0/23"], dnsServers: ["10.3.0.53", "10.3.1.53"] },
  },
  firewall: {
    ...LOG_BACKUP,
    name: "firewall",
    destinations: {
      azureFirewall: {
        policyId:
          "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub",
        privateIpAddress: "10.0.1.4",
        priority: 500,
      },
    },
  },
};

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP1Z1MsdJkmuhfjVN9cKeEA0QECwNClk7RZ5Dk+faEEP";
const MACHINE = {
  size: "Standard_D4s_v5",
  adminUsername: "veeamadmin",
  sshPublicKey: KEY,
  packages: "image",
};
const SECRET =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/veeam-password";

/** The deployment whose servers `--servers` starts. */
export const WITH_SERVERS: Deployment = {
  ...PLACE,
  name: "with-servers",
  postgresql: {
    subnet: "10.20.0.32/28",
    machine: {
      ...MACHINE,
      privateIpAddress: "10.20.0.36",
      dataDisk: { sizeGib: 64 },
      password: { secretId: SECRET, vault: ["10.0.8.4/32"] },
    },
  },
  httpProxy: {
    subnet: "10.20.0.48/28",
    port: 3128,
    machine: { ...MACHINE, privateIpAddress: "10.20.0.52" },
  },
  backupRepositories: { primary: { subnet: "10.20.0.128/27", type: "linux" } },
};
