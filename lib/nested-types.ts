// Types of properties, parameters and results that need no name of their own in an app. API.md describes them.
export type { FlowSource } from "./azure/flow";
export type { ExternalSecurityGroupAttributes } from "./constructs/network/existing-subnet";
export type {
  NewVirtualNetworkOptions,
  VirtualNetworkAttributes,
} from "./constructs/network/virtual-network";
export type { SubnetOptions } from "./constructs/roles/component-options";
export type {
  FromToOptions,
  ServiceOptions,
  TransmissionPortOptions,
} from "./constructs/roles/deployment-options";
export type { DnsNameAddressOptions } from "./constructs/roles/dns-names";
export type { WindowsAdministrator } from "./machines/backup-server-machine";
export type { MarketplaceOfferOptions } from "./machines/backup-server-source";
export type { ProxiedMirrors } from "./machines/http-proxy-machine";
export type { VeeamAccount } from "./machines/linux-server-machine";
export type { ComponentMachineProps, VirtualMachineProps } from "./machines/machine-props";
export type {
  DebianMirrorOptions,
  PackageFirewallOptions,
  ProxiedDebianMirrorOptions,
} from "./machines/package-source";
export type { PasswordInKeyVault } from "./machines/postgresql-machine";
export type { ClosedRow } from "./plan/flows/closed-sections";
export type { ExampleConnection } from "./proof/evaluation/example";
export type { GroupExplanation, SkippedRule } from "./proof/evaluation/explainer";
export type { RuleReference } from "./proof/evaluation/rule-list";
export type { EndExplanation } from "./proof/explain";
export type { ExcessConnection, MissingFlow, ShadowedRule } from "./proof/prove";
