import { App, TerraformStack } from "cdktf";
import { propsOfDeployment } from "../../../lib/app/props";
import type { DeploymentFile } from "../../../lib/app/schema";
import { EntraIdBackup } from "../../../lib/constructs/entra-id-backup";
import type { EntraIdBackupProps } from "../../../lib/constructs/entra-id-backup";
import { BackupResourceGroup } from "../../../lib/constructs/network/resource-group";
import { BackupVirtualNetwork } from "../../../lib/constructs/network/virtual-network";
import { prove } from "../../../lib/proof/prove";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";
import type { ReportInput } from "../../../lib/plan/reported";

type Placements = Omit<EntraIdBackupProps, "name" | "location" | "resourceGroup" | "virtualNetwork">;

/** A deployment in 10.20.0.0/16. */
export function backupOf(placements: Placements, dnsServers: string[] = []): EntraIdBackup {
  const stack = new TerraformStack(new App({ stackTraces: false }), "veeam-entra");
  return new EntraIdBackup(stack, "backup", {
    name: "veeam-entra",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg-veeam-entra"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/16"], dnsServers }),
    ...placements,
  });
}

/** One component of each role, without features. */
export function everyRoleBackup(): EntraIdBackup {
  return backupOf({
    portTable: "13.0.1.1071@2026-02-12",
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28", port: 5432 },
    httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
    cacheRepositories: { cache: { subnet: "10.20.0.64/27" } },
    gatewayServers: { gateway: { subnet: "10.20.0.96/27" } },
    backupRepositories: {
      primary: { subnet: "10.20.0.128/27" },
      secondary: { addresses: ["10.2.0.0/27"] },
    },
  });
}

/** Everything on the backup server. */
export function minimalBackup(): EntraIdBackup {
  return backupOf({ consoles: ["10.1.0.0/24"], backupServer: { subnet: "10.20.0.0/27" } });
}

/** Three caches, of which one moves to another, five gateways, twelve repositories and DNS servers of the network's own. */
export function largeBackup(): EntraIdBackup {
  const subnets = (count: number, prefix: string, third: number): { [key: string]: { subnet: string } } =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `${prefix}-${index + 1}`,
        { subnet: `10.20.${third}.${index * 16}/28` },
      ]),
    );
  return backupOf(
    {
      portTable: "13.0.1.2067@2026-03-31",
      consoles: ["10.1.0.0/24", "10.1.1.0/24"],
      backupServer: { subnet: "10.20.0.0/27" },
      postgresql: { subnet: "10.20.0.32/28" },
      httpProxy: { subnet: "10.20.0.48/28", port: 3128 },
      cacheRepositories: subnets(3, "cache", 1),
      gatewayServers: subnets(5, "gateway", 2),
      backupRepositories: {
        ...subnets(9, "repository", 3),
        "amsterdam-archive": { addresses: ["10.2.0.0/27"] },
        "dublin-archive": { addresses: ["10.3.0.0/27", "10.3.1.0/27"] },
        "on-gateway": { on: "gatewayServers.gateway-1" },
      },
      cacheMigration: { from: "cache-1", to: "cache-2" },
    },
    ["10.9.0.4", "10.9.0.5"],
  );
}

/**
 * Many features in a network that exists: Windows and Linux, object storage,
 * a share elsewhere, subnets that exist, and an HTTP proxy that others run.
 */
export function brownfieldBackup(): EntraIdBackup {
  const network =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub";
  const deployment: unknown = {
    name: "veeam-prod",
    location: "West Europe",
    resourceGroup: { existing: "rg-veeam-prod" },
    virtualNetwork: {
      existing: {
        name: "vnet-hub",
        resourceGroup: "rg-network",
        addressSpace: ["10.20.0.0/23"],
        dnsServers: ["10.0.0.4", "10.0.0.5"],
      },
    },
    consoles: ["10.1.0.0/24", "10.1.7.0/24"],
    backupServer: { subnet: "10.20.0.0/27", type: "windows" },
    postgresql: { subnet: "10.20.0.32/28", type: "linux" },
    httpProxy: { addresses: ["10.9.0.4/32"], port: 3128 },
    cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: "linux" } },
    gatewayServers: {
      first: { subnet: "10.20.0.96/27", type: "windows" },
      second: { on: "backupServer" },
    },
    backupRepositories: {
      archive: { type: "objectStorage", region: "West Europe" },
      endpoint: {
        type: "objectStorage",
        addresses: ["10.2.9.4/32"],
        gateways: ["gatewayServers.first"],
      },
      linux: {
        existingSubnet: {
          id: `${network}/subnets/snet-repository`,
          addressPrefixes: ["10.20.0.160/27"],
          dedicated: true,
        },
        type: "linux",
      },
      shared: {
        existingSubnet: {
          id: `${network}/subnets/snet-storage`,
          addressPrefixes: ["10.20.1.0/27", "10.20.1.64/27"],
          group: {
            name: "nsg-storage",
            resourceGroup: "rg-network",
            firstPriority: 1000,
            lastPriority: 1199,
          },
        },
        type: "hardened",
      },
      share: { addresses: ["10.2.0.0/27", "10.2.1.0/27", "10.2.4.0/27"], type: "smb" },
      windows: { subnet: "10.20.0.128/27", type: "windows" },
    },
    features: ["logBackup", "tenantBackupCopy", "componentDeployment", "licenceUpdates"],
    administrators: { bastionSubnet: "10.5.0.0/26" },
    services: { directory: ["10.0.0.4/32", "10.0.0.5/32"], syslog: ["10.0.0.9/32"] },
    backupCopies: [{ from: "windows", to: "linux" }],
    transmissionPorts: { from: 2500, to: 2599, concurrentConnections: 100 },
  };
  const stack = new TerraformStack(new App({ stackTraces: false }), "veeam-prod");
  return new EntraIdBackup(stack, "backup", propsOfDeployment(deployment as DeploymentFile));
}

/**
 * One component of each role after somebody's hand: a rule that opens remote
 * desktop to the backup server, and one that closes the database. With
 * warnings, closed sections and facts of a machine.
 */
export function tamperedInput(): ReportInput {
  const input = everyRoleBackup()._reportInput();
  const added: { [group: string]: SecurityRule } = {
    "nsg-veeam-entra-backup-server": ruleOf(
      "temporary-remote-desktop",
      105,
      Access.ALLOW,
      "10.0.0.0/8",
      "3389",
    ),
    "nsg-veeam-entra-postgresql": ruleOf("nobody-to-the-database", 110, Access.DENY, "*", "5000-6000"),
  };
  const network = {
    ...input.network,
    groups: input.network.groups.map(({ name, rules }) => ({
      name,
      rules: name in added ? [...rules, added[name]] : rules,
    })),
  };
  return {
    ...input,
    network,
    proof: prove([...input.flows], network),
    machines: new Map([["postgresql", { size: "Standard_D4s_v5", image: "Debian 13" }]]),
    warnings: [
      "The cache repository shares no machine with the backup server, so that its data channels cross subnets.",
    ],
    documented: {
      ...input.documented,
      closedSections: [
        {
          section: "Backup server: incoming",
          source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
          pageDate: "2026-02-12",
          rowsInQuestion: 1,
          closedRows: [
            {
              from: "Veeam console in another network",
              to: "Backup server",
              protocol: "TCP",
              ports: ["443"],
              optional: true,
              without: "nothing, as long as consoles are in the prefixes given",
              opensWith: ["consoles"],
            },
          ],
        },
      ],
    },
  };
}

function ruleOf(name: string, priority: number, access: Access, source: string, port: string): SecurityRule {
  return {
    name,
    priority,
    direction: Direction.INBOUND,
    access,
    protocol: Protocol.TCP,
    sourceAddressPrefixes: [source],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: ["*"],
    destinationPortRanges: [port],
  };
}
