// The small build of the library: the large one loads every language, at each start of the app.
import * as z from "zod/mini";
import { FailoverRange, VeeamFeature } from "../../ports/features";
import { DEFAULT_REVISION, REVISIONS } from "../../ports/revisions";
import { about } from "./about";
import {
  backupRepository,
  cacheRepository,
  gatewayServer,
  machine,
  oneOf,
  port,
  prefix,
  prefixes,
} from "./component-schema";

// The one source of a deployment's shape: its type, the first phase of its
// checks, and its JSON schema. The second phase, lib/plan/checks, checks the
// values and how they fit together.

const transmissionPort = z.int().check(z.minimum(2500), z.maximum(3300));
const dnsServers = z.array(z.string().check(about('IPv4 address, such as "10.0.0.4"')));
const DNS_SERVERS = "IPv4 addresses of custom DNS servers; [] for Azure-provided DNS";

const list = (what: string): z.ZodMiniOptional<typeof prefixes> => z.optional(prefixes.check(about(what)));

/**
 * The properties of a deployment.
 *
 * @param ofPostgresql more properties of the PostgreSQL server
 * @param ofHttpProxy more properties of the HTTP proxy
 * @param ofBackupServer more properties of the backup server
 * @param ofServers more properties of each cache repository, gateway server and backup repository
 */
export const deploymentShape = <
  P extends z.core.$ZodShape,
  H extends z.core.$ZodShape,
  B extends z.core.$ZodShape,
  S extends z.core.$ZodShape,
>(
  ofPostgresql: P,
  ofHttpProxy: H,
  ofBackupServer: B,
  ofServers: S,
) => ({
  name: z
    .string()
    .check(
      about(
        "Name of the deployment and the stack, used in the names of resources: vnet-NAME, snet-NAME-COMPONENT, nsg-NAME-COMPONENT",
      ),
    ),
  location: z.string().check(about('Region of the public Azure cloud, such as "westeurope"')),
  resourceGroup: z
    .union([
      z.string().check(about("Name of a resource group to create")),
      z.strictObject({ existing: z.string().check(about("Name of an existing resource group")) }),
    ])
    .check(about("Name of the resource group to create, or an existing one")),
  virtualNetwork: z
    .union([
      z
        .strictObject({
          addressSpace: prefixes.check(about("Address space of the network to create")),
          dnsServers: z.optional(dnsServers).check(about(DNS_SERVERS, [], "[]")),
          inlineSubnets: z
            .optional(z.boolean())
            .check(
              about(
                "Whether subnets are created inside the virtual network resource, for policies that refuse a subnet without a group",
                false,
              ),
            ),
        })
        .check(about("A virtual network to create")),
      z.strictObject({
        existing: z
          .strictObject({
            name: z.string().check(about("Name of the network")),
            resourceGroup: z.string().check(about("Name of the resource group that it is in")),
            addressSpace: prefixes.check(about("Address space of the network")),
            dnsServers: dnsServers.check(about(DNS_SERVERS)),
          })
          .check(about("An existing virtual network")),
      }),
    ])
    .check(about("The virtual network to create, or an existing one")),
  portTable: z.optional(oneOf(REVISIONS)).check(about("Revision of Veeam's port table", DEFAULT_REVISION)),
  consoles: z.optional(prefixes).check(about("Prefixes of Veeam consoles. Default: none")),
  backupServer: z.strictObject({ ...machine.shape, ...ofBackupServer }).check(about("The backup server")),
  postgresql: z
    .optional(
      z.strictObject({
        ...machine.shape,
        port: z.optional(port).check(about("Port on which PostgreSQL listens", 5432)),
        ...ofPostgresql,
      }),
    )
    .check(
      about("The PostgreSQL server of the Entra ID backup repository. Default: the backup server's own"),
    ),
  httpProxy: z
    .optional(
      z.strictObject({
        ...machine.shape,
        port: port.check(about("Port on which the proxy listens")),
        directAccess: z
          .optional(z.boolean())
          .check(about("Whether the backup server keeps its direct flows to Microsoft", false)),
        ...ofHttpProxy,
      }),
    )
    .check(about("The HTTP proxy on the way to Microsoft. Default: the backup server connects directly")),
  cacheRepositories: z
    .optional(
      z.record(
        z.string(),
        z.strictObject({ ...cacheRepository.shape, ...ofServers }).check(about("A cache repository")),
      ),
    )
    .check(about("Cache repositories by name")),
  gatewayServers: z
    .optional(
      z.record(
        z.string(),
        z.strictObject({ ...gatewayServer.shape, ...ofServers }).check(about("A gateway server")),
      ),
    )
    .check(about("Gateway servers by name")),
  backupRepositories: z
    .optional(
      z.record(
        z.string(),
        z.strictObject({ ...backupRepository.shape, ...ofServers }).check(about("A backup repository")),
      ),
    )
    .check(about("Primary and secondary backup repositories by name")),
  removed: z
    .optional(z.array(z.string().check(about('A component, "gatewayServers.old"'))))
    .check(
      about(
        "Components that are removed: the group of each stays on its subnet until Azure has deleted the subnet",
        [],
        "none",
      ),
    ),
  cacheMigration: z
    .optional(
      z.strictObject({
        from: z.string().check(about("Key of the cache repository that the cache moves from")),
        to: z.string().check(about("Key of the cache repository that the cache moves to")),
      }),
    )
    .check(about("Allows the connections for moving a cache repository")),
  features: z
    .optional(
      z.array(z.enum(VeeamFeature).check(about("A feature; docs/features.md lists the connections of each"))),
    )
    .check(about("Features beside tenant backup; see docs/features.md", [], "nothing")),
  administrators: z
    .optional(
      z.union([
        prefixes.check(about("Private prefixes of administrators")),
        z.strictObject({
          bastionSubnet: prefix.check(about("Prefix of the AzureBastionSubnet of an existing Azure Bastion")),
        }),
      ]),
    )
    .check(about("Prefixes of administrators, or the subnet of an Azure Bastion")),
  restClients: list("Prefixes of REST API clients other than consoles"),
  webUi: list("Prefixes of PCs where the web UI is open, if other than those of the administrators"),
  mountServers: list("Prefixes of mount servers"),
  clusterMembers: list(
    "Prefixes of the other members of the backup server's high-availability cluster: the standby server",
  ),
  services: z
    .optional(
      z.strictObject({
        ntp: list("NTP servers of the Linux appliance"),
        nts: list("NTP servers that secure time with NTS, for the Linux appliance"),
        directory: list("Domain controllers of Active Directory"),
        mail: list("Mail servers"),
        kms: list("KMIP servers for keys"),
        syslog: list("Syslog servers"),
        syslogTls: list("Syslog servers over TLS"),
        veeamOne: list("Servers of Veeam ONE"),
        updateMirror: list("Local mirrors of Veeam's update repository, for Linux appliances"),
        configurationPostgresql: list(
          "PostgreSQL server with the configuration database of a Windows server",
        ),
        configurationSqlServer: list(
          "Microsoft SQL Server with the configuration database of a Windows server",
        ),
      }),
    )
    .check(about("Prefixes of servers that the backup server uses")),
  dnsNames: z
    .optional(
      z.strictObject({
        firewall: z
          .optional(
            z.strictObject({
              addresses: prefixes.check(about("Prefixes of the firewall")),
              port: port.check(about("Port on which the firewall accepts connections")),
            }),
          )
          .check(about("An existing firewall that accepts connections itself and filters them by DNS name")),
        addresses: z
          .optional(
            z.strictObject({
              applianceUpdates: list("Of repository.veeam.com"),
              licenceUpdates: list("Of vbr.butler.veeam.com and autolk.veeam.com"),
              licenceCertificates: list("Of *.ss2.us and *.amazontrust.com"),
              updateNotifications: list(
                "Of dev.veeam.com, vbrad.butler.veeam.com and vbrce.butler.veeam.com",
              ),
              certificateRevocation: list("Of the endpoints that list revoked certificates"),
              googleMail: list("Of gmail.googleapis.com, accounts.google.com and gstatic.com"),
            }),
          )
          .check(about("Addresses of the endpoints; you have to keep them up to date")),
      }),
    )
    .check(
      about(
        "How the deployment reaches endpoints that have a DNS name but no service tag. Default: by the HTTP proxy",
      ),
    ),
  backupCopies: z
    .optional(
      z.array(
        z
          .strictObject({
            from: z.string().check(about("Key of the backup repository that is copied from")),
            to: z.string().check(about("Key of the backup repository that is copied to")),
          })
          .check(about("A copy")),
      ),
    )
    .check(about("Backup copies between backup repositories")),
  scaleOutRepositories: z
    .optional(
      z.record(
        z.string(),
        z
          .strictObject({
            extents: z
              .array(z.string().check(about("Key of a backup repository")))
              .check(about("Keys of its backup repositories")),
          })
          .check(about("A scale-out backup repository")),
      ),
    )
    .check(about("Scale-out backup repositories by name")),
  transmissionPorts: z
    .optional(
      z.strictObject({
        from: transmissionPort.check(about("The first port")),
        to: transmissionPort.check(about("The last port")),
        concurrentConnections: z
          .optional(z.int().check(z.minimum(1), z.maximum(65535)))
          .check(about("Maximum number of concurrent connections; each uses a port")),
      }),
    )
    .check(
      about("Ports for data channels, as configured in Veeam", { from: 2500, to: 3300 }, "2500 to 3300"),
    ),
  failoverRange: z
    .optional(z.enum(FailoverRange))
    .check(
      about(
        "Whether 2500 to 3300 is allowed where Used Ports has it only as failover for port 6162",
        FailoverRange.OPEN,
      ),
    ),
  egress: z
    .optional(
      z.union([
        z
          .enum(["natGateway", "existing"])
          .check(about("A new NAT gateway, or outbound access that is managed elsewhere")),
        z.strictObject({ natGateway: z.string().check(about("Id of an existing NAT gateway")) }),
      ]),
    )
    .check(
      about(
        "Outbound access: a new NAT gateway, an existing one by id, or `existing` if outbound access is managed elsewhere",
        "natGateway",
      ),
    ),
  destinations: z
    .optional(
      z.union([
        z.literal("serviceTags").check(about("Azure's service tags")),
        z.strictObject({ ipRanges: z.string().check(about("Path of a Service Tags file")) }),
        z.strictObject({
          azureFirewall: z
            .strictObject({
              policyId: z.string().check(about("Id of the firewall's policy")),
              privateIpAddress: z.string().check(about("Private address of the firewall")),
              priority: z
                .int()
                .check(z.minimum(100), z.maximum(65000))
                .check(about("Priority of the rule collection group, unique in the policy")),
            })
            .check(about("An existing firewall and its policy")),
        }),
      ]),
    )
    .check(
      about(
        "How rules name Microsoft's services: by service tag, by the addresses in a Service Tags file, or by DNS name on an Azure Firewall",
        "serviceTags",
      ),
    ),
  tags: z
    .optional(z.record(z.string(), z.string().check(about("Value of the tag"))))
    .check(about("Tags of all resources")),
});

/** A deployment's shape. */
export const deploymentSchema = z.strictObject(deploymentShape({}, {}, {}, {}));
