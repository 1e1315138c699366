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
