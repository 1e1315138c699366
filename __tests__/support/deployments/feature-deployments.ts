import type { DeploymentFile } from "../../../lib/app/schema";

/** A deployment with log backup and tenant backup copy over Windows, Linux, SMB and object storage. */
export function copyingDeployment(): DeploymentFile {
  const deployment: unknown = {
    name: "copying",
    location: "westeurope",
    resourceGroup: "rg-copying",
    virtualNetwork: { addressSpace: ["10.20.0.0/23"], dnsServers: ["10.0.0.4"] },
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27", type: "linux" },
    postgresql: { subnet: "10.20.0.32/28", type: "linux" },
    httpProxy: { addresses: ["10.4.0.4/32"], port: 3128 },
    cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: "linux" } },
    gatewayServers: {
      first: { subnet: "10.20.0.96/27", type: "windows" },
      second: { on: "backupServer" },
    },
    backupRepositories: {
      archive: { type: "objectStorage", region: "westeurope" },
      elsewhere: { type: "objectStorage", region: "North Europe", gateways: ["gatewayServers.first"] },
      endpoint: { type: "objectStorage", addresses: ["10.2.1.4/32"], gateways: ["gatewayServers.first"] },
      linux: { subnet: "10.20.0.160/27", type: "linux" },
      share: { addresses: ["10.2.0.0/27"], type: "smb" },
      windows: { subnet: "10.20.0.128/27", type: "windows" },
    },
    features: ["logBackup", "tenantBackupCopy", "componentDeployment", "licenceUpdates"],
    administrators: { bastionSubnet: "10.5.0.0/26" },
    services: { directory: ["10.0.0.4/32"], ntp: ["10.0.0.8/32"], syslog: ["10.0.0.9/32"] },
    backupCopies: [{ from: "windows", to: "linux" }],
    transmissionPorts: { from: 2500, to: 2599, concurrentConnections: 100 },
  };
  return deployment as DeploymentFile;
}
