import type { VeeamFeature } from "../../ports/features";
import type { DnsNameGroup, PeerName } from "../../ports/parties";
import type { VeeamRole } from "../../ports/port-table";
import type { FlowEndpoint } from "../../azure/flow";

/** One component of a deployment, as flows see it. */
export interface TopologyComponent {
  readonly role: VeeamRole;
  /** Name among the components of its role. */
  readonly key: string;
  /** Where it lives: its own endpoint, or that of the machine it shares. */
  readonly endpoint: FlowEndpoint;
  /** What it is: `windows`, `smb`, `objectStorage`. @default - unknown; rows that are for one type only are not for it */
  readonly type?: string;
  /** For object storage by service tag: the region. @default - it is reached by addresses */
  readonly region?: string;
  /** For a repository behind gateways: the machines that speak to it. @default - Veeam chooses among all of them */
  readonly gateways?: readonly FlowEndpoint[];
  /** Port that it listens on, for the roles whose port a deployment chooses. @default - as the table prints */
  readonly port?: string;
  /** For an HTTP proxy: whether the backup server keeps its direct flows. @default false */
  readonly directAccess?: boolean;
}

/** One thing that moves from a component to another of its role; both by key. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** How endpoints that are known by DNS name only are reached. */
export interface DnsNameWay {
  /** A firewall that exists, and the port on which it takes connections. */
  readonly firewall?: { readonly endpoint: FlowEndpoint; readonly port: string };
  /** Addresses of the endpoints themselves. */
  readonly addresses?: Readonly<Partial<Record<DnsNameGroup, FlowEndpoint>>>;
}

/** The components of a deployment, what it wants, and what is going on between them. */
export interface Topology {
  readonly components: readonly TopologyComponent[];
  /** Machines whose addresses the deployment gives. */
  readonly peers?: Readonly<Partial<Record<PeerName, FlowEndpoint>>>;
  readonly features?: readonly VeeamFeature[];
  /** Keys of the cache repositories between which the cache moves. @default - none moves */
  readonly cacheMigration?: Move;
  /** Keys of backup repositories between which backups are copied. @default - none */
  readonly backupCopies?: readonly Move[];
  /** Keys of the extents of each scale-out backup repository. @default - none */
  readonly scaleOutRepositories?: ReadonlyArray<readonly string[]>;
  /** How endpoints known by DNS name only are reached, where no HTTP proxy elsewhere reaches them. */
  readonly dnsNames?: DnsNameWay;
  /** The range that Veeam was told to use for data channels. @default - as the pages print */
  readonly transmissionPorts?: string;
}
