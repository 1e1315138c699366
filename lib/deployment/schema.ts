import { z } from "zod";
import { DEFAULT_REVISION, REVISIONS } from "../ports/revisions";

// The one source of the deployment file's shape: its types, its validation and
// its JSON schema. What holds between several values is checked in lib/checks.

const prefix = z.string().describe('IPv4 prefix, such as "10.20.0.0/27"');
const prefixes = z.array(prefix);
const port = z.int().min(1).max(65535);
const dnsServers = z
  .array(z.string())
  .describe("IPv4 addresses of the network's own DNS servers; [] for Azure's own");

const placement = {
  subnet: prefix.optional().describe("Prefix of a subnet that is made for the component, /29 or wider"),
  addresses: prefixes
    .optional()
    .describe("Prefixes of a component elsewhere; only our side's rules are made"),
  on: z
    .string()
    .optional()
    .describe('The component whose machine this one shares: "backupServer", "gatewayServers.gw1"'),
};

/** A component: exactly one of `subnet`, `addresses` and `on`, which lib/checks sees to. */
const component = z.strictObject(placement);

const components = z.record(z.string(), component);

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
  backupServer: component.describe("The backup server"),
  postgresql: z
    .strictObject({
      ...placement,
      port: port.optional().describe("Port on which PostgreSQL listens. Default: 5432"),
    })
    .optional()
    .describe("The PostgreSQL server of the Entra ID backup repository. Default: the backup server's own"),
  httpProxy: z
    .strictObject({
      ...placement,
      port: port.describe("Port on which the proxy listens"),
      directAccess: z
        .boolean()
        .optional()
        .describe("Whether the backup server keeps its direct flows to Microsoft. Default: false"),
    })
    .optional()
    .describe("The HTTP proxy on the way to Microsoft. Default: the backup server connects directly"),
  cacheRepositories: components.optional().describe("Cache repositories by name"),
  gatewayServers: components.optional().describe("Gateway servers by name"),
  backupRepositories: components.optional().describe("Primary and secondary backup repositories by name"),
  cacheMigration: z
    .strictObject({
      from: z.string().describe("Key of the cache repository that the cache moves from"),
      to: z.string().describe("Key of the cache repository that the cache moves to"),
    })
    .optional()
    .describe("Opens what Veeam needs while a cache repository is exchanged for another"),
  egress: z
    .enum(["natGateway", "existing"])
    .optional()
    .describe("How subnets reach what is public: a NAT gateway (default), or as the platform routes already"),
  tags: z.record(z.string(), z.string()).optional().describe("Tags for everything that takes tags"),
});

/** A deployment as it stands in cdktf.json. */
export type Deployment = z.infer<typeof deploymentSchema>;

/** One component of a deployment as it stands in cdktf.json. */
export type DeploymentComponent = z.infer<typeof component>;
