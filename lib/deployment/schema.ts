import { z } from "zod";
import { BackupRepositoryType, CacheRepositoryType, MachineType } from "../ports/component-types";
import { Feature } from "../ports/features";
import { DEFAULT_REVISION, REVISIONS } from "../ports/revisions";

// The one source of the deployment file's shape: its types, its validation and
// its JSON schema. What holds between several values is checked in lib/checks.

const prefix = z.string().describe('IPv4 prefix, such as "10.20.0.0/27"');
const prefixes = z.array(prefix);
const port = z.int().min(1).max(65535);
const transmissionPort = z.int().min(2500).max(3300);
const dnsServers = z
  .array(z.string())
  .describe("IPv4 addresses of the network's own DNS servers; [] for Azure's own");

const priority = z.int().min(100).max(4096);

const placement = {
  subnet: prefix.optional().describe("Prefix of a subnet that is made for the component, /29 or wider"),
  addresses: prefixes
    .optional()
    .describe("Prefixes of a component elsewhere; only our side's rules are made"),
  on: z
    .string()
    .optional()
    .describe('The component whose machine this one shares: "backupServer", "gatewayServers.gw1"'),
  existingSubnet: z
    .strictObject({
      id: z.string().describe("Resource id of the subnet"),
      addressPrefixes: z.array(prefix).min(1).describe("Its prefixes, which cannot be read at synthesis"),
      dedicated: z
        .literal(true)
        .optional()
        .describe("Nothing else lives there: a group from here is attached, and cuts the rest off"),
      group: z
        .strictObject({
          name: z.string(),
          resourceGroup: z.string(),
          firstPriority: priority.describe("First priority that its owner leaves free"),
          lastPriority: priority.describe("Last priority that its owner leaves free"),
        })
        .optional()
        .describe("The subnet's group, which is others': rules are added to it one by one"),
    })
    .optional()
    .describe("A subnet that exists: dedicated to the component, or with a group of others"),
  subnetSettings: z
    .strictObject({
      routeTableId: z.string().optional().describe("Id of a route table for the subnet"),
      serviceEndpoints: z.array(z.string()).optional().describe('Service endpoints: "Microsoft.Storage"'),
      privateEndpointNetworkPolicies: z
        .enum(["Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"])
        .optional()
        .describe("Which network policies apply to private endpoints in the subnet. Default: Disabled"),
    })
    .optional()
    .describe("What the subnet that is made has beside its prefix and its group"),
};

// Exactly one of `subnet`, `addresses` and `on`, which lib/checks sees to.
const machine = z.strictObject({
  ...placement,
  type: z.enum(MachineType).optional().describe("Operating system of the machine"),
});

const gateways = z
  .array(z.string())
  .optional()
  .describe(
    'Who speaks to a repository that cannot run Veeam\'s services: "gatewayServers.gw1", "backupServer". Default: all of them',
  );

const cacheRepository = z.strictObject({
  ...placement,
  type: z.enum(CacheRepositoryType).optional().describe("What the cache repository is"),
  gateways,
});

const backupRepository = z.strictObject({
  ...placement,
  type: z.enum(BackupRepositoryType).optional().describe("What the backup repository is"),
  region: z
    .string()
    .optional()
    .describe(
      'For object storage: the region whose service tag opens, "westeurope". In place of it, addresses are those of a private endpoint',
    ),
  gateways,
});

const list = (what: string): z.ZodOptional<typeof prefixes> => prefixes.min(1).describe(what).optional();

export const deploymentSchema = z.strictObject({
  name: z
    .string()
    .describe("Name of the deployment and of the stack, from which names of resources are made"),
  location: z.string().describe('Region of the public Azure cloud, such as "westeurope"'),
  resourceGroup: z
    .union([
      z.string(),
      z.strictObject({ existing: z.string().describe("Name of a resource group that exists") }),
    ])
    .describe("Name of the resource group to make, or the one that exists"),
  virtualNetwork: z
    .union([
      z.strictObject({
        addressSpace: prefixes.describe("Prefixes of the network to make"),
        dnsServers: dnsServers.optional(),
        inlineSubnets: z
          .boolean()
          .optional()
          .describe(
            "Subnets inside the virtual network's resource, each with its group from the first moment, for policies that refuse a subnet without one. Default: false",
          ),
      }),
      z.strictObject({
        existing: z.strictObject({
          name: z.string(),
          resourceGroup: z.string(),
          addressSpace: prefixes.describe("Prefixes of the network, in which the subnets have to be"),
          dnsServers,
        }),
      }),
    ])
    .describe("The virtual network to make, or the one that exists"),
  portTable: z
    .string()
    .optional()
    .describe(`Revision of Veeam's port table: ${REVISIONS.join(", ")}. Default: ${DEFAULT_REVISION}`),
  consoles: prefixes.min(1).describe("Prefixes from which consoles are opened"),
  backupServer: machine.describe("The backup server"),
  postgresql: z
    .strictObject({
      ...machine.shape,
      port: port.optional().describe("Port on which PostgreSQL listens. Default: 5432"),
    })
    .optional()
    .describe("The PostgreSQL server of the Entra ID backup repository. Default: the backup server's own"),
  httpProxy: z
    .strictObject({
      ...machine.shape,
      port: port.describe("Port on which the proxy listens"),
      directAccess: z
        .boolean()
        .optional()
        .describe("Whether the backup server keeps its direct flows to Microsoft. Default: false"),
    })
    .optional()
    .describe("The HTTP proxy on the way to Microsoft. Default: the backup server connects directly"),
  cacheRepositories: z.record(z.string(), cacheRepository).optional().describe("Cache repositories by name"),
  gatewayServers: z.record(z.string(), machine).optional().describe("Gateway servers by name"),
  backupRepositories: z
    .record(z.string(), backupRepository)
    .optional()
    .describe("Primary and secondary backup repositories by name"),
  cacheMigration: z
    .strictObject({
      from: z.string().describe("Key of the cache repository that the cache moves from"),
      to: z.string().describe("Key of the cache repository that the cache moves to"),
    })
    .optional()
    .describe("Opens what Veeam needs while a cache repository is exchanged for another"),
  features: z
    .array(z.enum(Feature))
    .optional()
    .describe("What the deployment is to do beside backing up tenants. Default: nothing"),
  administrators: z
    .union([
      prefixes.min(1),
      z.strictObject({
        bastionSubnet: prefix.describe("Prefix of AzureBastionSubnet, of an Azure Bastion that exists"),
      }),
    ])
    .optional()
    .describe("From where administrators log on: private prefixes, or the subnet of an Azure Bastion"),
  restClients: list("Prefixes of programs that use the backup server's REST API, beside consoles"),
  mountServers: list("Prefixes of mount servers"),
  services: z
    .strictObject({
      ntp: list("NTP servers of the Linux appliance"),
      nts: list("NTP servers that secure time with NTS, for the Linux appliance"),
      directory: list("Domain controllers of Active Directory"),
      mail: list("Mail servers"),
      kms: list("KMIP servers for keys"),
      syslog: list("Syslog servers"),
      syslogTls: list("Syslog servers over TLS"),
    })
    .optional()
    .describe("Prefixes of servers that the backup server uses"),
  dnsNames: z
    .strictObject({
      firewall: z
        .strictObject({
          addresses: prefixes.min(1).describe("Prefixes of the firewall"),
          port: port.describe("Port on which the firewall takes connections"),
        })
        .optional()
        .describe("A firewall that exists, takes connections itself and filters them by DNS name"),
      addresses: z
        .strictObject({
          applianceUpdates: list("Of repository.veeam.com"),
          licenceUpdates: list("Of vbr.butler.veeam.com and autolk.veeam.com"),
          licenceCertificates: list("Of *.ss2.us and *.amazontrust.com"),
          updateNotifications: list("Of dev.veeam.com, vbrad.butler.veeam.com and vbrce.butler.veeam.com"),
          certificateRevocation: list("Of the endpoints that say which certificates are revoked"),
        })
        .optional()
        .describe("Addresses of the endpoints, which somebody has to keep current"),
    })
    .optional()
    .describe("How endpoints with a DNS name and no service tag are reached. Default: by the HTTP proxy"),
  backupCopies: z
    .array(
      z.strictObject({
        from: z.string().describe("Key of the backup repository that is copied from"),
        to: z.string().describe("Key of the backup repository that is copied to"),
      }),
    )
    .optional()
    .describe("Copies from backup repositories to others"),
  scaleOutRepositories: z
    .record(
      z.string(),
      z.strictObject({ extents: z.array(z.string()).describe("Keys of its backup repositories") }),
    )
    .optional()
    .describe("Scale-out backup repositories by name"),
  transmissionPorts: z
    .strictObject({
      from: transmissionPort.describe("The first port"),
      to: transmissionPort.describe("The last port"),
      concurrentConnections: z
        .int()
        .min(1)
        .max(65535)
        .optional()
        .describe("Connections that are open at the same time; each takes a port"),
    })
    .optional()
    .describe("The range that Veeam has been told to use for data channels. Default: 2500 to 3300"),
  egress: z
    .union([
      z.enum(["natGateway", "existing"]),
      z.strictObject({ natGateway: z.string().describe("Id of a NAT gateway that exists") }),
    ])
    .optional()
    .describe(
      "How subnets reach what is public: a NAT gateway that is made (default) or exists, or as the platform routes already",
    ),
  destinations: z
    .union([
      z.literal("serviceTags"),
      z.strictObject({ ipRanges: z.string().describe("Path of a Service Tags file") }),
      z.strictObject({
        azureFirewall: z
          .strictObject({
            policyId: z.string().describe("Id of the firewall's policy"),
            privateIpAddress: z.string().describe("Private address of the firewall"),
            priority: z
              .int()
              .min(100)
              .max(65000)
              .describe("Priority of the rule collection group, not that of another"),
          })
          .describe("A firewall that exists, with its policy"),
      }),
    ])
    .optional()
    .describe(
      "How Microsoft's services are named: by service tag (default), by the addresses of a Service Tags file, or by name on an Azure Firewall",
    ),
  backend: z
    .union([
      z.strictObject({
        azurerm: z
          .strictObject({
            resourceGroup: z.string(),
            storageAccount: z.string().describe("Name of the storage account"),
            container: z.string().describe("Name of the container"),
            key: z.string().optional().describe("Name of the blob. Default: <name>.tfstate"),
          })
          .describe("Azure Storage; whoever deploys has a role on its blobs"),
      }),
      z.strictObject({
        cloud: z
          .strictObject({
            organization: z.string().describe("Name of the organization"),
            workspace: z.string().optional().describe("Name of the workspace. Default: <name>"),
          })
          .describe("HCP Terraform"),
      }),
    ])
    .optional()
    .describe(
      "Where Terraform keeps the state: Azure Storage or HCP Terraform. Default: a file beside cdktf.json",
    ),
  tags: z.record(z.string(), z.string()).optional().describe("Tags for everything that takes tags"),
});

/** A deployment as it stands in cdktf.json. */
export type Deployment = z.infer<typeof deploymentSchema>;

/** Where a component of a deployment lives, as it stands in cdktf.json. */
export type DeploymentComponent = Omit<z.infer<typeof machine>, "type">;
