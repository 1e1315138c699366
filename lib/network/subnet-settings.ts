/** What Azure lets a subnet have beside its prefix and its group. */
export interface SubnetSettings {
  /**
   * Id of a route table for the subnet; a value known only at apply is
   * welcome.
   *
   * @default - the network's own routes
   */
  readonly routeTableId?: string;
  /**
   * Service endpoints: `Microsoft.Storage`, `Microsoft.KeyVault`.
   *
   * @default - none
   */
  readonly serviceEndpoints?: string[];
  /**
   * Which network policies apply to private endpoints in the subnet:
   * `Disabled`, `Enabled`, `NetworkSecurityGroupEnabled` or
   * `RouteTableEnabled`.
   *
   * @default "Disabled"
   */
  readonly privateEndpointNetworkPolicies?: string;
}
