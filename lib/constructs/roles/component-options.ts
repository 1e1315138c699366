import type { BackupRepositoryType, OperatingSystem } from "../../ports/component-types";
import type { ExistingSubnet } from "../network/existing-subnet";

/** Further settings of a subnet to create. Values known only at apply are accepted. */
export interface SubnetOptions {
  /**
   * Id of a route table for the subnet. With Destinations.azureFirewall(), it
   * must route to the firewall; no other table is created for the subnet.
   *
   * @default - the network's own routes
   */
  readonly routeTableId?: string;
  /**
   * Service endpoints: `Microsoft.Storage`, `Microsoft.KeyVault`.
   *
   * Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
   *
   * @default - none
   */
  readonly serviceEndpoints?: string[];
  /**
   * Which network policies apply to private endpoints in the subnet:
   * `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or `RouteTableEnabled`.
   *
   * Source: https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
   *
   * @default "Disabled"
   */
  readonly privateEndpointNetworkPolicies?: string;
}

/**
 * Place and type of a component. Give exactly one of `subnet`,
 * `existingSubnet`, `addresses` and `on`; for object storage, which is a
 * service, exactly one of `region` and `addresses`.
 */
export interface ComponentOptions<Type extends string = string> {
  /** IPv4 prefix of a subnet to create, /29 or wider, in the network's address space. @default - no subnet is created */
  readonly subnet?: string;
  /** Further settings of the subnet to create; refused without `subnet`. @default - none */
  readonly subnetSettings?: SubnetOptions;
  /** An existing subnet. @default - none */
  readonly existingSubnet?: ExistingSubnet;
  /**
   * IPv4 prefixes of a component elsewhere, private and /8 or longer, or
   * public and /24 or longer, outside the deployment's subnets; only the other
   * ends get rules.
   *
   * @default - the component is part of the deployment
   */
  readonly addresses?: string[];
  /** The component whose machine this one shares: `backupServer`, `gatewayServers.gw1`. @default - it has its own machine */
  readonly on?: string;
  /**
   * Operating system of a machine, or type of a repository.
   *
   * @default - that of the machine it shares, or unknown, which is refused if connections depend on it
   */
  readonly type?: Type;
  /**
   * Former key of the component. Terraform moves its resources, and replaces its subnet
   * and group, whose names contain the key. The group stays on the former subnet until
   * Azure has deleted it, which Azure refuses while a machine is in it. Remove it when
   * every environment has been applied. Needs Terraform 1.7 or newer.
   *
   * @default - it has always had its key
   */
  readonly formerKey?: string;
}

/** Place and type of a repository. */
export interface RepositoryOptions<Type extends string> extends ComponentOptions<Type> {
  /**
   * Machines that connect to a repository that cannot run Veeam's services
   * itself (NFS, SMB, object storage, Data Domain, StoreOnce):
   * `gatewayServers.gw1`, `backupServer`.
   *
   * @default - all of them, because Veeam chooses one
   */
  readonly gateways?: string[];
}

/** Place and type of a backup repository. */
export interface BackupRepositoryOptions extends RepositoryOptions<BackupRepositoryType> {
  /**
   * For object storage: the region whose service tag is allowed, `westeurope`
   * for `Storage.WestEurope`. Instead of it, give the `addresses` of a private
   * endpoint.
   *
   * @default - it is reached by addresses, or is not object storage
   */
  readonly region?: string;
}

/** Place and port of the PostgreSQL server. */
export interface PostgresqlServerOptions extends ComponentOptions<OperatingSystem> {
  /**
   * Port on which PostgreSQL listens, 1 to 65535.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
   *
   * @default - the port of the port table, 5432
   */
  readonly port?: number;
}

/** Place and port of the HTTP proxy. */
export interface HttpProxyOptions extends ComponentOptions<OperatingSystem> {
  /**
   * Port on which the proxy listens, 1 to 65535. Veeam's table has no port
   * that applies to every proxy.
   *
   * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
   */
  readonly port: number;
  /** Whether the backup server keeps its direct flows to Microsoft, for a cutover. @default false - the proxy's flows replace them */
  readonly directAccess?: boolean;
}
