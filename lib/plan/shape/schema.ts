// The small build of the library: the large one loads every language, at each start of the app.
import * as z from "zod/mini";
import { PRIVATE_ENDPOINT_POLICIES } from "../../azure/azure-settings";
import {
  BackupRepositoryType,
  CacheRepositoryType,
  GatewayServerType,
  OperatingSystem,
} from "../../ports/component-types";
import { FailoverRange, VeeamFeature } from "../../ports/features";
import { DEFAULT_REVISION, REVISIONS } from "../../ports/revisions";

type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * The description of a property, which errors and editors show. A default is part of the
 * description, and the default in the schema.
 *
 * @param words the default in words, if its value is not a word
 */
export function about<T>(what: string, fallback?: Plain, words = String(fallback)): z.core.$ZodCheck<T> {
  if (fallback === undefined) return z.meta({ description: what });
  return z.meta({ description: `${what}. Default: ${words}`, default: fallback });
}

/** A text. */
export function text(what: string): z.ZodMiniString {
  return z.string().check(about(what));
}

/** An object with only these properties, and its description. */
export function object<T extends z.core.$ZodShape>(
  what: string,
  shape: T,
): z.ZodMiniObject<T, z.core.$strict> {
  return z.strictObject(shape).check(about(what));
}

/** A whole number in a range, inclusive, with its description. */
export function whole(first: number, last: number, what?: string): z.ZodMiniNumber {
  const number = z.int().check(z.minimum(first), z.maximum(last));
  return what === undefined ? number : number.check(about(what));
}

/** An optional property, with its description. */
export function optional<T extends z.ZodMiniType>(
  type: T,
  ...[what, fallback, words]: Parameters<typeof about>
): z.ZodMiniOptional<T> {
  return z.optional(type).check(about(what, fallback, words));
}

/** An optional object with these properties only, and its description. */
export function optionalObject<T extends z.core.$ZodShape>(
  what: string,
  shape: T,
): z.ZodMiniOptional<z.ZodMiniObject<T, z.core.$strict>> {
  return optional(z.strictObject(shape), what);
}

/** Optional objects by name. */
function byName<T extends z.core.$ZodShape>(what: string, ofEach: string, shape: T) {
  return optional(z.record(z.string(), object(ofEach, shape)), what);
}

// The properties of components: where they are, and what they are.

/** One of several texts. The second phase refuses others, and says which of them Veeam does not support. */
const oneOf = <T extends string>(allowed: Readonly<Record<string, T>> | readonly T[]): z.ZodMiniType<T> =>
  z.string().check(z.meta({ enum: Object.values(allowed) })) as unknown as z.ZodMiniType<T>;

const prefix = text('IPv4 prefix, such as "10.20.0.0/24"');
const prefixes = z.array(prefix).check(z.minLength(1));
const port = whole(1, 65535);

const priority = whole(100, 4096);

const placement = {
  subnet: optional(
    prefix,
    'Prefix of a subnet to create for the component, such as "10.20.0.0/27"; /29 or larger',
  ),
  addresses: optional(
    prefixes,
    "Prefixes of a component that is not part of this deployment: only the other ends get rules",
  ),
  on: optional(
    z.string(),
    'The component whose machine this one shares: "backupServer", "gatewayServers.gw1"',
  ),
  existingSubnet: optionalObject(
    "An existing subnet: dedicated to the component, or with a group that is managed elsewhere",
    {
      id: text("Resource id of the subnet"),
      addressPrefixes: prefixes.check(about("Its prefixes")),
      dedicated: optional(
        z.literal(true),
        "Whether only the component is in the subnet: this deployment's group is associated with it and blocks everything else",
      ),
      group: optionalObject("The subnet's network security group, managed elsewhere: rules are added to it", {
        name: text("Name of the group"),
        resourceGroup: text("Name of the resource group that it is in"),
        firstPriority: priority.check(about("First priority reserved for this deployment")),
        lastPriority: priority.check(about("Last priority reserved for this deployment")),
      }),
    },
  ),
  subnetSettings: optionalObject("Further settings of the subnet to create", {
    routeTableId: optional(z.string(), "Id of a route table for the subnet"),
    serviceEndpoints: optional(
      z.array(text('Service, such as "Microsoft.Storage"')),
      "Service endpoints of the subnet",
    ),
    privateEndpointNetworkPolicies: optional(
      oneOf(PRIVATE_ENDPOINT_POLICIES),
      "Which network policies apply to private endpoints in the subnet",
      "Disabled",
    ),
  }),
};

// lib/plan/checks makes sure that exactly one of `subnet`, `existingSubnet`, `addresses` and `on` is given.
const machine = { ...placement, type: optional(oneOf(OperatingSystem), "Operating system of the machine") };

const formerKey = optional(
  z.string(),
  "Former key of the component: Terraform moves its resources; a subnet that is replaced keeps its group until Azure deletes it",
);

const gateways = optional(
  z.array(text('A gateway server, "gatewayServers.gw1", or "backupServer"')).check(z.minLength(1)),
  'Machines that connect to a repository that cannot run Veeam\'s services: "gatewayServers.gw1", "backupServer". Default: all of them',
);

// The one source of a deployment's shape: its type, the first phase of its
// checks, and its JSON schema. The second phase, lib/plan/checks, checks the
// values and how they fit together.

const transmissionPort = whole(2500, 3300);
const dnsServers = z.array(text('IPv4 address, such as "10.0.0.4"'));
const DNS_SERVERS = "IPv4 addresses of custom DNS servers; [] for Azure-provided DNS";

const list = (what: string): z.ZodMiniOptional<typeof prefixes> => z.optional(prefixes.check(about(what)));

/**
 * The properties of a deployment.
 *
 * @param more more properties of single components, and of each cache repository, gateway server and backup repository
 */
export const deploymentShape = <
  M extends Record<"postgresql" | "httpProxy" | "backupServer" | "servers", z.core.$ZodShape>,
>(
  more: M,
) => ({
  name: text(
    "Name of the deployment and the stack, used in the names of resources: vnet-NAME, snet-NAME-COMPONENT, nsg-NAME-COMPONENT",
  ),
  location: text('Region of the public Azure cloud, such as "westeurope"'),
  resourceGroup: z
    .union([
      text('Name of a resource group to create, such as "rg-veeam-entra"'),
      z.strictObject({ existing: text("Name of an existing resource group") }),
    ])
    .check(about("Name of the resource group to create, or an existing one")),
  virtualNetwork: z
    .union([
      object("A virtual network to create", {
        addressSpace: prefixes.check(about("Address space of the network to create")),
        dnsServers: optional(dnsServers, DNS_SERVERS, [], "[]"),
        inlineSubnets: optional(
          z.boolean(),
          "Whether subnets are created inside the virtual network resource, for policies that refuse a subnet without a group",
          false,
        ),
      }),
      z.strictObject({
        existing: object("An existing virtual network", {
          name: text('Name of the network, such as "vnet-hub"'),
          resourceGroup: text('Name of the resource group that it is in, such as "rg-network"'),
          addressSpace: prefixes.check(about("Address space of the network")),
          dnsServers: dnsServers.check(about(DNS_SERVERS)),
        }),
      }),
    ])
    .check(about("The virtual network to create, or an existing one")),
  portTable: optional(oneOf(REVISIONS), "Revision of Veeam's port table", DEFAULT_REVISION),
  consoles: optional(prefixes, "Prefixes of Veeam consoles. Default: none"),
  backupServer: object("The backup server", {
    ...machine,
    ...(more.backupServer as M["backupServer"]),
  }),
  postgresql: optionalObject(
    "The PostgreSQL server of the Entra ID backup repository. Default: the backup server's own",
    {
      ...machine,
      port: optional(port, "Port on which PostgreSQL listens", 5432),
      ...(more.postgresql as M["postgresql"]),
    },
  ),
  httpProxy: optionalObject(
    "The HTTP proxy on the way to Microsoft. Default: the backup server connects directly",
    {
      ...machine,
      port: port.check(about("Port on which the proxy listens, such as 3128")),
      directAccess: optional(
        z.boolean(),
        "Whether the backup server keeps its direct flows to Microsoft",
        false,
      ),
      ...(more.httpProxy as M["httpProxy"]),
    },
  ),
  cacheRepositories: byName("Cache repositories by name", "A cache repository", {
    ...placement,
    formerKey,
    type: optional(oneOf(CacheRepositoryType), "Type of the cache repository"),
    gateways,
    ...(more.servers as M["servers"]),
  }),
  gatewayServers: byName("Gateway servers by name", "A gateway server", {
    ...placement,
    formerKey,
    type: optional(oneOf(GatewayServerType), "Operating system of the gateway server"),
    ...(more.servers as M["servers"]),
  }),
  backupRepositories: byName("Primary and secondary backup repositories by name", "A backup repository", {
    ...placement,
    formerKey,
    type: optional(oneOf(BackupRepositoryType), "Type of the backup repository"),
    region: optional(
      z.string(),
      'For object storage: the region whose service tag is allowed, "westeurope". Instead of it, give the addresses of a private endpoint',
    ),
    gateways,
    ...(more.servers as M["servers"]),
  }),
  removed: optional(
    z.array(text('A component, "gatewayServers.old"')),
    "Components that are removed: the group of each stays on its subnet until Azure has deleted the subnet",
    [],
    "none",
  ),
  cacheMigration: optionalObject("Allows the connections for moving a cache repository", {
    from: text("Key of the cache repository that the cache moves from"),
    to: text("Key of the cache repository that the cache moves to"),
  }),
  features: optional(
    z.array(z.enum(VeeamFeature).check(about("A feature; docs/features.md lists the connections of each"))),
    "Features in addition to tenant backup; see docs/features.md",
    [],
    "nothing",
  ),
  administrators: optional(
    z.union([
      prefixes.check(about("Private prefixes of administrators")),
      z.strictObject({
        bastionSubnet: prefix.check(about("Prefix of the AzureBastionSubnet of an existing Azure Bastion")),
      }),
    ]),
    "Prefixes of administrators, or the subnet of an Azure Bastion",
  ),
  restClients: list("Prefixes of REST API clients other than consoles"),
  webUi: list("Prefixes of PCs where the web UI is open, if other than those of the administrators"),
  mountServers: list("Prefixes of mount servers"),
  clusterMembers: list(
    "Prefixes of the other members of the backup server's high-availability cluster: the standby server",
  ),
  services: optionalObject("Prefixes of servers that the backup server uses", {
    ntp: list("NTP servers of the Linux appliance"),
    nts: list("NTP servers that secure time with NTS, for the Linux appliance"),
    directory: list("Domain controllers of Active Directory"),
    mail: list("Mail servers"),
    kms: list("KMIP servers for keys"),
    syslog: list("Syslog servers"),
    syslogTls: list("Syslog servers over TLS"),
    veeamOne: list("Servers of Veeam ONE"),
    updateMirror: list("Local mirrors of Veeam's update repository, for Linux appliances"),
    configurationPostgresql: list("PostgreSQL server with the configuration database of a Windows server"),
    configurationSqlServer: list("Microsoft SQL Server with the configuration database of a Windows server"),
  }),
  dnsNames: optionalObject(
    "How the deployment reaches endpoints that have a DNS name but no service tag. Default: by the HTTP proxy",
    {
      firewall: optionalObject(
        "An existing firewall that accepts connections itself and filters them by DNS name",
        {
          addresses: prefixes.check(about("Prefixes of the firewall")),
          port: port.check(about("Port on which the firewall accepts connections, such as 8443")),
        },
      ),
      addresses: optionalObject("Addresses of the endpoints; you have to keep them up to date", {
        applianceUpdates: list("Of repository.veeam.com"),
        licenceUpdates: list("Of vbr.butler.veeam.com and autolk.veeam.com"),
        licenceCertificates: list("Of *.ss2.us and *.amazontrust.com"),
        updateNotifications: list("Of dev.veeam.com, vbrad.butler.veeam.com and vbrce.butler.veeam.com"),
        certificateRevocation: list("Of the endpoints that list revoked certificates"),
        googleMail: list("Of gmail.googleapis.com, accounts.google.com and gstatic.com"),
      }),
    },
  ),
  backupCopies: optional(
    z.array(
      object("A copy", {
        from: text("Key of the backup repository that is copied from"),
        to: text("Key of the backup repository that is copied to"),
      }),
    ),
    "Backup copies between backup repositories",
  ),
  scaleOutRepositories: byName("Scale-out backup repositories by name", "A scale-out backup repository", {
    extents: z.array(text("Key of a backup repository")).check(about("Keys of its backup repositories")),
  }),
  transmissionPorts: optional(
    z.strictObject({
      from: transmissionPort.check(about("The first port")),
      to: transmissionPort.check(about("The last port")),
      concurrentConnections: optional(
        whole(1, 65535),
        "Maximum number of concurrent connections; each uses a port",
      ),
    }),
    "Ports for data channels, as configured in Veeam",
    { from: 2500, to: 3300 },
    "2500 to 3300",
  ),
  failoverRange: optional(
    z.enum(FailoverRange),
    "Whether 2500 to 3300 is allowed where Used Ports has it only as failover for port 6162",
    FailoverRange.OPEN,
  ),
  egress: optional(
    z.union([
      z
        .enum(["natGateway", "existing"])
        .check(about("A new NAT gateway, or outbound access that is managed elsewhere")),
      z.strictObject({ natGateway: text("Id of an existing NAT gateway") }),
    ]),
    "Outbound access: a new NAT gateway, an existing one by id, or `existing` if outbound access is managed elsewhere",
    "natGateway",
  ),
  destinations: optional(
    z.union([
      z.literal("serviceTags").check(about("Azure's service tags")),
      z.strictObject({ ipRanges: text("Path of a Service Tags file") }),
      z.strictObject({
        azureFirewall: object("An existing firewall and its policy", {
          policyId: text("Id of the firewall's policy"),
          privateIpAddress: text("Private address of the firewall"),
          priority: whole(100, 65000, "Priority of the rule collection group, unique in the policy"),
        }),
      }),
    ]),
    "How rules name Microsoft's services: by service tag, by the addresses in a Service Tags file, or by DNS name on an Azure Firewall",
    "serviceTags",
  ),
  tags: optional(z.record(z.string(), text("Value of the tag")), "Tags of all resources"),
});

/** A deployment's shape. */
export const deploymentSchema = z.strictObject(
  deploymentShape({ postgresql: {}, httpProxy: {}, backupServer: {}, servers: {} }),
);
