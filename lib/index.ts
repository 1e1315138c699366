export { EntraIdBackup } from "./entra-id-backup";
export type {
  BackupRepositoryPlacement,
  CacheRepositoryPlacement,
  EntraIdBackupProps,
  HttpProxyPlacement,
  MachinePlacement,
  Placement,
  PostgresqlPlacement,
} from "./entra-id-backup-props";
export { NamedResource } from "./azure/naming";
export type { IResourceNaming, ResourceToName } from "./azure/naming";
export { ResourceId } from "./azure/resource-id";
export type { ComponentMachineProps } from "./machines/component-machine";
export { DebianRelease } from "./machines/debian-release";
export { DiskType } from "./machines/disk-type";
export { HttpProxyMachine } from "./machines/http-proxy-machine";
export type { HttpProxyMachineProps, ProxiedMirrors } from "./machines/http-proxy-machine";
export { LinuxMachine } from "./machines/linux-machine";
export type { DataDiskOptions, LinuxMachineProps } from "./machines/linux-machine";
export { MachineIdentity } from "./machines/machine-identity";
export type { MachineIdentityProps } from "./machines/machine-identity";
export { PackageSource } from "./machines/package-source";
export type {
  DebianMirrorOptions,
  PackageFirewallOptions,
  ProxiedDebianMirrorOptions,
} from "./machines/package-source";
export { PostgresqlTls } from "./machines/pg-hba";
export { PostgresqlMachine } from "./machines/postgresql-machine";
export type { PasswordInKeyVault, PostgresqlMachineProps } from "./machines/postgresql-machine";
export { BackupNetwork } from "./network/backup-network";
export type { BackupNetworkProps } from "./network/backup-network-props";
export { Connections } from "./network/connections";
export type { ConnectionOptions, IConnectable } from "./network/connections";
export { Egress } from "./network/egress";
export { Destinations } from "./network/destinations";
export type { AzureFirewallOptions } from "./network/destinations";
export { ExistingSubnet } from "./network/existing-subnet";
export type { ExistingSecurityGroup } from "./network/existing-subnet";
export { Peer } from "./network/peer";
export { Port } from "./network/port";
export { BackupResourceGroup } from "./network/resource-group";
export { StateAddresses } from "./network/state-addresses";
export type { SubnetSettings } from "./network/subnet-settings";
export { BackupVirtualNetwork } from "./network/virtual-network";
export type {
  ExistingVirtualNetwork,
  ExistingVirtualNetworkById,
  NewVirtualNetwork,
} from "./network/virtual-network";
export { Mismatch } from "./policy/evaluation/scene";
export type { Witness } from "./policy/evaluation/scene";
export type {
  ConnectionQuery,
  EndExplanation,
  Explanation,
  GroupExplanation,
  PassedOverRule,
} from "./policy/explain";
export type { Flow, FlowEndpoint } from "./policy/flow";
export { Attachment, ConnectionEnd, Verdict } from "./policy/network";
export type { ExcessConnection, MissingFlow, Proof } from "./policy/prove";
export type { RuleReference } from "./policy/evaluation/rule-list";
export type { UnmatchableRule } from "./policy/evaluation/unmatchable";
export { Access, Direction, Protocol } from "./policy/security-rule";
export type { ClosedRow, ClosedSection } from "./policy/flows/closed-sections";
export type { DnsNamedConnection } from "./policy/flows/dns-name-flows";
export { BackupRepositoryType, CacheRepositoryType, MachineType } from "./ports/component-types";
export { Feature } from "./ports/features";
export { Role } from "./ports/port-table";
export { Administrators } from "./roles/administrators";
export { Report } from "./report/report";
export { BackupRepository } from "./roles/backup-repository";
export type { BackupRepositoryProps } from "./roles/backup-repository";
export { BackupServer } from "./roles/backup-server";
export { CacheRepository } from "./roles/cache-repository";
export type { CacheRepositoryProps } from "./roles/cache-repository";
export { Component } from "./roles/component";
export type { ComponentProps, MachineProps } from "./roles/component";
export type {
  BackupCopy,
  DeploymentFeatures,
  ScaleOutRepository,
  ServiceServers,
  TransmissionPorts,
} from "./roles/deployment-features";
export { DnsNames } from "./roles/dns-names";
export type { DnsNameAddresses, DnsNameFirewall } from "./roles/dns-names";
export { DocumentedFlows } from "./roles/documented-flows";
export type { CacheMigration, DocumentedFlowsProps } from "./roles/documented-flows";
export { GatewayServer } from "./roles/gateway-server";
export { HttpProxy } from "./roles/http-proxy";
export type { HttpProxyProps } from "./roles/http-proxy";
export { PostgresqlServer } from "./roles/postgresql-server";
export type { PostgresqlServerProps } from "./roles/postgresql-server";
