import type { DeploymentFile } from "../../../lib/app/schema";

/** The smallest deployment: a backup server and consoles. */
export function smallestDeployment(): DeploymentFile {
  return {
    name: "veeam-entra",
    location: "westeurope",
    resourceGroup: "rg-veeam-entra",
    virtualNetwork: { addressSpace: ["10.20.0.0/24"] },
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
  };
}

/** A virtual network that exists, in which subnets can exist too. */
export function existingNetwork(name: string, resourceGroup: string): Pick<DeploymentFile, "virtualNetwork"> {
  return {
    virtualNetwork: { existing: { name, resourceGroup, addressSpace: ["10.20.0.0/24"], dnsServers: [] } },
  };
}

/** A deployment with every role, every kind of place, several of what can be several, and a migration. */
export function fullDeployment(): DeploymentFile {
  return {
    name: "veeam-entra",
    location: "westeurope",
    resourceGroup: "rg-veeam-entra",
    virtualNetwork: { addressSpace: ["10.20.0.0/23"], dnsServers: ["10.0.0.4", "10.0.0.5"] },
    consoles: ["10.1.0.0/24", "10.1.7.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28", port: 5433 },
    httpProxy: { subnet: "10.20.0.48/28", port: 3128, directAccess: true },
    cacheRepositories: {
      cache: { subnet: "10.20.0.64/27" },
      "cache-new": { subnet: "10.20.1.0/27" },
    },
    gatewayServers: {
      gw1: { subnet: "10.20.0.96/27" },
      gw2: { addresses: ["10.3.0.0/27", "10.3.1.0/27"] },
    },
    backupRepositories: {
      primary: { subnet: "10.20.0.128/27" },
      secondary: { addresses: ["10.2.0.0/27"] },
      third: { on: "gatewayServers.gw1" },
    },
    cacheMigration: { from: "cache", to: "cache-new" },
    egress: "natGateway",
    tags: { owner: "platform", stage: "production" },
  };
}

type WithMachine<T> = NonNullable<T> & { machine: object };

/** A deployment whose PostgreSQL server and HTTP proxy are made with it. */
export function deploymentWithMachines(): DeploymentFile & {
  postgresql: WithMachine<DeploymentFile["postgresql"]>;
  httpProxy: WithMachine<DeploymentFile["httpProxy"]>;
} {
  const account = {
    size: "Standard_D4s_v5",
    adminUsername: "veeamadmin",
    sshPublicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`,
  };
  const debian = {
    url: "http://mirror.example.com/debian",
    securityUrl: "http://mirror.example.com/debian-security",
  };
  return {
    ...smallestDeployment(),
    postgresql: {
      subnet: "10.20.0.32/28",
      port: 5433,
      machine: {
        ...account,
        privateIpAddress: "10.20.0.36",
        packages: { httpProxy: debian },
        dataDisk: { sizeGib: 256 },
        password: {
          secretId:
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-veeam/secrets/pg",
          vault: ["10.0.8.4/32"],
        },
      },
    },
    httpProxy: {
      subnet: "10.20.0.48/28",
      port: 3128,
      machine: {
        ...account,
        privateIpAddress: "10.20.0.52",
        packages: { mirror: { ...debian, addresses: ["10.0.9.0/28"] } },
      },
    },
  };
}
