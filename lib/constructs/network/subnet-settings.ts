/** Further settings of a subnet to create. */
export interface SubnetSettings {
  /**
   * Id of a route table for the subnet; a value known only at apply is
   * welcome. Beside Destinations.azureFirewall() it is the one that leads to
   * the firewall, and no other is created for the subnet.
   *
   * @default - the network's own routes
   */
  readonly routeTableId?: string;
  /**
   * Service endpoints: `Microsoft.Storage`, `Microsoft.KeyVault`; values known
   * only at apply are welcome.
   *
   * Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview
   *
   * @default - none
   */
  readonly serviceEndpoints?: string[];
  /**
   * Which network policies apply to private endpoints in the subnet:
   * `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or
   * `RouteTableEnabled`; a value known only at apply is welcome.
   *
   * Source: https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy
   *
   * @default "Disabled"
   */
  readonly privateEndpointNetworkPolicies?: string;
}
