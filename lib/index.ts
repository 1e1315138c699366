import "./peers";
export { EntraIdBackup } from "./constructs/entra-id-backup";
export type { EntraIdBackupProps } from "./constructs/entra-id-backup";
export type {
  BackupRepositoryOptions,
  ComponentOptions,
  HttpProxyOptions,
  PostgresqlServerOptions,
  RepositoryOptions,
} from "./constructs/roles/component-options";
export { InvalidInputError } from "./base/problem";
export type { Problem } from "./base/problem";
export { NamedResource } from "./azure/naming";
export type { IResourceNaming, ResourceToName } from "./azure/naming";
export { ResourceId } from "./terraform/resource-id";
export { BackupServerMachine } from "./machines/backup-server-machine";
export type { BackupServerMachineProps } from "./machines/backup-server-machine";
export { BackupServerSource } from "./machines/backup-server-source";
export { DebianRelease } from "./machines/debian-release";
export { DiskType } from "./machines/disk-type";
export { HttpProxyMachine } from "./machines/http-proxy-machine";
export type { HttpProxyMachineProps } from "./machines/http-proxy-machine";
export { LinuxMachine } from "./machines/linux-machine";
export type { LinuxMachineProps } from "./machines/linux-machine";
export type { DataDiskOptions } from "./machines/machine-props";
export { LinuxServerMachine } from "./machines/linux-server-machine";
export type { LinuxServerMachineProps } from "./machines/linux-server-machine";
export { MachineIdentity } from "./machines/machine-identity";
export type { MachineIdentityProps } from "./machines/machine-identity";
export { PackageSource } from "./machines/package-source";
export { PostgresqlTls } from "./machines/pg-hba";
export { PostgresqlMachine } from "./machines/postgresql-machine";
export type { PostgresqlMachineProps } from "./machines/postgresql-machine";
export { BackupNetwork } from "./constructs/network/backup-network";
export type { BackupNetworkProps } from "./constructs/network/backup-network-props";
export { Connections } from "./constructs/network/connections";
export type { ConnectionOptions, IConnectable } from "./constructs/network/connections";
export { Egress } from "./constructs/network/egress";
export { Destinations } from "./constructs/network/destinations";
export type { AzureFirewallOptions } from "./constructs/network/destinations";
export { ExistingSubnet } from "./constructs/network/existing-subnet";
export { Peer } from "./constructs/network/peer";
export { Port } from "./constructs/network/port";
export { BackupResourceGroup } from "./constructs/network/resource-group";
export { StateMoves } from "./constructs/network/state-moves";
export { BackupVirtualNetwork } from "./constructs/network/virtual-network";
export type { ConnectionQuery, Explanation } from "./proof/explain";
export type { Flow, FlowEndpoint } from "./azure/flow";
export { Verdict } from "./proof/network";
export type { Proof } from "./proof/prove";
export { Direction, Protocol } from "./azure/security-rule";
export type { ClosedSection } from "./plan/flows/closed-sections";
export type { DnsNamedConnection } from "./plan/flows/dns-named-rows";
export {
  BackupRepositoryType,
  CacheRepositoryType,
  GatewayServerType,
  OperatingSystem,
} from "./ports/component-types";
export { FailoverRange, VeeamFeature } from "./ports/features";
export { VeeamRole } from "./ports/port-table";
export { Administrators } from "./constructs/roles/administrators";
export type { IReported } from "./plan/reported";
export { FlowReport } from "./report/report";
export { BackupComponent } from "./constructs/roles/component";
export type { BackupComponentProps } from "./constructs/roles/component";
export type { DeploymentOptions } from "./constructs/roles/deployment-options";
export { DnsNames } from "./constructs/roles/dns-names";
export { DocumentedFlows } from "./constructs/roles/documented-flows";
export type { DocumentedFlowsProps } from "./constructs/roles/documented-flows";
export {
  BackupRepository,
  BackupServer,
  CacheRepository,
  GatewayServer,
  HttpProxy,
  PostgresqlServer,
} from "./constructs/roles/roles";
