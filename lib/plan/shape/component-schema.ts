import * as z from "zod/mini";
import { PRIVATE_ENDPOINT_POLICIES } from "../../azure/azure-settings";
import {
  BackupRepositoryType,
  CacheRepositoryType,
  GatewayServerType,
  OperatingSystem,
} from "../../ports/component-types";
import { about, optional, text } from "./about";

// The properties of components: where they are, and what they are.

/** One of several texts. The second phase refuses others, and says which of them Veeam does not support. */
export const oneOf = <T extends string>(
  allowed: Readonly<Record<string, T>> | readonly T[],
): z.ZodMiniType<T> =>
  z.string().check(z.meta({ enum: Object.values(allowed) })) as unknown as z.ZodMiniType<T>;

export const prefix = text('IPv4 prefix, such as "10.20.0.0/27"');
export const prefixes = z.array(prefix).check(z.minLength(1));
export const port = z.int().check(z.minimum(1), z.maximum(65535));

const priority = z.int().check(z.minimum(100), z.maximum(4096));

const placement = {
  subnet: optional(prefix, "Prefix of a subnet to create for the component, /29 or larger"),
  addresses: optional(
    prefixes,
    "Prefixes of a component that is not part of this deployment: only the other ends get rules",
  ),
  on: optional(
    z.string(),
    'The component whose machine this one shares: "backupServer", "gatewayServers.gw1"',
  ),
  existingSubnet: optional(
    z.strictObject({
      id: text("Resource id of the subnet"),
      addressPrefixes: prefixes.check(about("Its prefixes")),
      dedicated: optional(
        z.literal(true),
        "Whether only the component is in the subnet: this deployment's group is associated with it and blocks everything else",
      ),
      group: optional(
        z.strictObject({
          name: text("Name of the group"),
          resourceGroup: text("Name of the resource group that it is in"),
          firstPriority: priority.check(about("First priority reserved for this deployment")),
          lastPriority: priority.check(about("Last priority reserved for this deployment")),
        }),
        "The subnet's network security group, managed elsewhere: rules are added to it",
      ),
    }),
    "An existing subnet: dedicated to the component, or with a group that is managed elsewhere",
  ),
  subnetSettings: optional(
    z.strictObject({
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
    "Further settings of the subnet to create",
  ),
};

// lib/plan/checks makes sure that exactly one of `subnet`, `existingSubnet`, `addresses` and `on` is given.
export const machine = z.strictObject({
  ...placement,
  type: optional(oneOf(OperatingSystem), "Operating system of the machine"),
});

const formerKey = optional(z.string(), "Key that the component had until now: Terraform moves its resources");

const gateways = optional(
  z.array(text('A gateway server, "gatewayServers.gw1", or "backupServer"')).check(z.minLength(1)),
  'Machines that connect to a repository that cannot run Veeam\'s services: "gatewayServers.gw1", "backupServer". Default: all of them',
);

export const cacheRepository = z.strictObject({
  ...placement,
  formerKey,
  type: optional(oneOf(CacheRepositoryType), "Type of the cache repository"),
  gateways,
});

export const gatewayServer = z.strictObject({
  ...placement,
  formerKey,
  type: optional(oneOf(GatewayServerType), "What the gateway server runs on"),
});

export const backupRepository = z.strictObject({
  ...placement,
  formerKey,
  type: optional(oneOf(BackupRepositoryType), "Type of the backup repository"),
  region: optional(
    z.string(),
    'For object storage: the region whose service tag is allowed, "westeurope". Instead of it, give the addresses of a private endpoint',
  ),
  gateways,
});
