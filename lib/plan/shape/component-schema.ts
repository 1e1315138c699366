import * as z from "zod/mini";
import { PRIVATE_ENDPOINT_POLICIES } from "../../azure/azure-settings";
import {
  BackupRepositoryType,
  CacheRepositoryType,
  GatewayServerType,
  OperatingSystem,
} from "../../ports/component-types";
import { about } from "./about";

// The properties of components: where they are, and what they are.

/** One of several texts. The second phase refuses others, and says which of them Veeam does not support. */
export const oneOf = <T extends string>(
  allowed: Readonly<Record<string, T>> | readonly T[],
): z.ZodMiniType<T> =>
  z.string().check(z.meta({ enum: Object.values(allowed) })) as unknown as z.ZodMiniType<T>;

export const prefix = z.string().check(about('IPv4 prefix, such as "10.20.0.0/27"'));
export const prefixes = z.array(prefix).check(z.minLength(1));
export const port = z.int().check(z.minimum(1), z.maximum(65535));

const priority = z.int().check(z.minimum(100), z.maximum(4096));

const placement = {
  subnet: z.optional(prefix).check(about("Prefix of a subnet to create for the component, /29 or larger")),
  addresses: z
    .optional(prefixes)
    .check(
      about("Prefixes of a component that is not part of this deployment: only the other ends get rules"),
    ),
  on: z
    .optional(z.string())
    .check(about('The component whose machine this one shares: "backupServer", "gatewayServers.gw1"')),
  existingSubnet: z
    .optional(
      z.strictObject({
        id: z.string().check(about("Resource id of the subnet")),
        addressPrefixes: prefixes.check(about("Its prefixes")),
        dedicated: z
          .optional(z.literal(true))
          .check(
            about(
              "Whether only the component is in the subnet: this deployment's group is associated with it and blocks everything else",
            ),
          ),
        group: z
          .optional(
            z.strictObject({
              name: z.string().check(about("Name of the group")),
              resourceGroup: z.string().check(about("Name of the resource group that it is in")),
              firstPriority: priority.check(about("First priority reserved for this deployment")),
              lastPriority: priority.check(about("Last priority reserved for this deployment")),
            }),
          )
          .check(about("The subnet's network security group, managed elsewhere: rules are added to it")),
      }),
    )
    .check(
      about("An existing subnet: dedicated to the component, or with a group that is managed elsewhere"),
    ),
  subnetSettings: z
    .optional(
      z.strictObject({
        routeTableId: z.optional(z.string()).check(about("Id of a route table for the subnet")),
        serviceEndpoints: z
          .optional(z.array(z.string().check(about('Service, such as "Microsoft.Storage"'))))
          .check(about("Service endpoints of the subnet")),
        privateEndpointNetworkPolicies: z
          .optional(oneOf(PRIVATE_ENDPOINT_POLICIES))
          .check(about("Which network policies apply to private endpoints in the subnet", "Disabled")),
      }),
    )
    .check(about("Further settings of the subnet to create")),
};

// lib/plan/checks makes sure that exactly one of `subnet`, `existingSubnet`, `addresses` and `on` is given.
export const machine = z.strictObject({
  ...placement,
  type: z.optional(oneOf(OperatingSystem)).check(about("Operating system of the machine")),
});

const formerKey = z
  .optional(z.string())
  .check(about("Key that the component had until now: Terraform moves its resources"));

const gateways = z
  .optional(
    z
      .array(z.string().check(about('A gateway server, "gatewayServers.gw1", or "backupServer"')))
      .check(z.minLength(1)),
  )
  .check(
    about(
      'Machines that connect to a repository that cannot run Veeam\'s services: "gatewayServers.gw1", "backupServer". Default: all of them',
    ),
  );

export const cacheRepository = z.strictObject({
  ...placement,
  formerKey,
  type: z.optional(oneOf(CacheRepositoryType)).check(about("Type of the cache repository")),
  gateways,
});

export const gatewayServer = z.strictObject({
  ...placement,
  formerKey,
  type: z.optional(oneOf(GatewayServerType)).check(about("What the gateway server runs on")),
});

export const backupRepository = z.strictObject({
  ...placement,
  formerKey,
  type: z.optional(oneOf(BackupRepositoryType)).check(about("Type of the backup repository")),
  region: z
    .optional(z.string())
    .check(
      about(
        'For object storage: the region whose service tag is allowed, "westeurope". Instead of it, give the addresses of a private endpoint',
      ),
    ),
  gateways,
});
