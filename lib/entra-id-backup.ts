import { Construct } from "constructs";
import { checkDeployment } from "./checks/deployment";
import { type ComponentInput, COMPONENT_PROPERTY, componentPath } from "./checks/deployment-input";
import { suggest } from "./checks/nearest";
import { InvalidInputError, refuseProblems } from "./checks/problem";
import { BackupNetwork, type BackupNetworkProps } from "./network/backup-network";
import type { ExistingSubnet } from "./network/existing-subnet";
import type { FilteredPlace } from "./network/filtered-place";
import type { SubnetSettings } from "./network/subnet-settings";
import { flowsOfPlaces } from "./network/proof-of-places";
import type { ConnectionQuery, Explanation } from "./policy/explain";
import { componentSlug } from "./azure/naming";
import type { Flow } from "./policy/flow";
import type { Proof } from "./policy/prove";
import type { BackupRepositoryType, CacheRepositoryType, MachineType } from "./ports/component-types";
import { Role } from "./ports/port-table";
import { DEFAULT_REVISION } from "./ports/revisions";
import type { IReportSource, Report } from "./report/report";
import { reportOf } from "./report/report-of";
import type { ReportInput } from "./report/report-input";
import { BackupRepository } from "./roles/backup-repository";
import { BackupServer } from "./roles/backup-server";
import { CacheRepository } from "./roles/cache-repository";
import type { Component, ComponentProps } from "./roles/component";
import type { DeploymentFeatures } from "./roles/deployment-features";
import { featuresAsInput, featuresOf } from "./roles/features-of-props";
import { type CacheMigration, DocumentedFlows } from "./roles/documented-flows";
import { GatewayServer } from "./roles/gateway-server";
import { HttpProxy } from "./roles/http-proxy";
import { PostgresqlServer } from "./roles/postgresql-server";

/** Where a component lives: exactly one of `subnet`, `existingSubnet`, `addresses` and `on`. */
export interface Placement {
  /**
   * IPv4 prefix of a subnet that is made for the component, /29 or wider, in
   * the network's address space.
   *
   * @default - it has no subnet of its own
   */
  readonly subnet?: string;
  /**
   * What the subnet that is made has beside its prefix and its group.
   *
   * @default - nothing
   */
  readonly subnetSettings?: SubnetSettings;
  /**
   * A subnet that exists.
   *
   * @default - it has none
   */
  readonly existingSubnet?: ExistingSubnet;
  /**
   * IPv4 prefixes of a component elsewhere; only our side's rules are made.
   *
   * @default - it is not elsewhere
   */
  readonly addresses?: string[];
  /**
   * The component whose machine this one shares: `backupServer`,
   * `gatewayServers.gw1`.
   *
   * @default - it shares none
   */
  readonly on?: string;
}

/** Where a component lives that is a machine, and what runs it. */
export interface MachinePlacement extends Placement {
  /**
   * Operating system of the machine.
   *
   * @default - that of the machine it shares, or unknown: refused where what opens depends on it
   */
  readonly type?: MachineType;
}

/** Where a cache repository lives, and what it is. */
export interface CacheRepositoryPlacement extends Placement {
  /**
   * What it is: a Windows or Linux server, an NFS or SMB share. Veeam supports no other.
   *
   * @default - that of the machine it shares, or unknown: refused where what opens depends on it
   */
  readonly type?: CacheRepositoryType;
  /**
   * Who speaks to an NFS or SMB share: `gatewayServers.gw1`, `backupServer`.
   *
   * @default - all of them, because Veeam chooses one by itself
   */
  readonly gateways?: string[];
}

/** Where a backup repository lives, and what it is. */
export interface BackupRepositoryPlacement extends Placement {
  /**
   * What it is.
   *
   * @default - that of the machine it shares, or unknown: refused where what opens depends on it
   */
  readonly type?: BackupRepositoryType;
  /**
   * For object storage: the region whose service tag opens, `westeurope` for
   * `Storage.WestEurope`. In place of it, `addresses` are those of a private
   * endpoint.
   *
   * @default - it is reached by addresses, or it is no object storage
   */
  readonly region?: string;
  /**
   * Who speaks to a repository that cannot run Veeam's services itself (NFS,
   * SMB, object storage, Data Domain, StoreOnce): `gatewayServers.gw1`,
   * `backupServer`.
   *
   * @default - all of them, because Veeam chooses one by itself
   */
  readonly gateways?: string[];
}

/** Where the PostgreSQL server lives and on which port it listens. */
export interface PostgresqlPlacement extends MachinePlacement {
  /**
   * Port on which PostgreSQL listens, 1 to 65535.
   *
   * @default - the port of the port table, 5432
   */
  readonly port?: number;
}

/** Where the HTTP proxy lives and on which port it listens. */
export interface HttpProxyPlacement extends MachinePlacement {
  /** Port on which the proxy listens, 1 to 65535. Veeam's table has none. */
  readonly port: number;
  /**
   * Whether the backup server keeps its direct flows to Microsoft, for a
   * cutover.
   *
   * @default false - the proxy's flows replace them
   */
  readonly directAccess?: boolean;
}

/** A deployment of Veeam Backup for Microsoft Entra ID. */
export interface EntraIdBackupProps extends BackupNetworkProps, DeploymentFeatures {
  /**
   * Revision of Veeam's port table.
   *
   * @default "13.0.1.1071@2026-02-12"
   */
  readonly portTable?: string;
  /**
   * IPv4 prefixes from which consoles are opened; outside the subnets made
   * here, private and /8 or longer, or public and /24 or longer.
   */
  readonly consoles: string[];
  /** The backup server. */
  readonly backupServer: MachinePlacement;
  /**
   * The PostgreSQL server of the Entra ID backup repository.
   *
   * @default - the backup server's own instance
   */
  readonly postgresql?: PostgresqlPlacement;
  /**
   * The HTTP proxy on the way to Microsoft.
   *
   * @default - the backup server connects directly
   */
  readonly httpProxy?: HttpProxyPlacement;
  /**
   * Cache repositories by name.
   *
   * @default - none
   */
  readonly cacheRepositories?: { [key: string]: CacheRepositoryPlacement };
  /**
   * Gateway servers by name.
   *
   * @default - none
   */
  readonly gatewayServers?: { [key: string]: MachinePlacement };
  /**
   * Backup repositories by name.
   *
   * @default - none
   */
  readonly backupRepositories?: { [key: string]: BackupRepositoryPlacement };
  /**
   * Opens what Veeam needs while a cache repository is exchanged for another.
   *
   * @default - no cache moves
   */
  readonly cacheMigration?: CacheMigration;
}

/**
 * Veeam Backup for Microsoft Entra ID on Azure: the network, the roles, and
 * exactly the flows that Veeam documents between them.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
 *
 * @throws InvalidInputError with everything that is wrong with the props
 */
export class EntraIdBackup extends Construct implements IReportSource {
  /** The resource group, the virtual network and the way out. */
  public readonly network: BackupNetwork;
  /** The documented flows between the components. */
  public readonly documentedFlows: DocumentedFlows;
  /** The backup server. */
  public readonly backupServer: BackupServer;
  /** The PostgreSQL server. @default - the backup server's own instance */
  public readonly postgresql?: PostgresqlServer;
  /** The HTTP proxy. @default - the backup server connects directly */
  public readonly httpProxy?: HttpProxy;

  private readonly props: EntraIdBackupProps;
  private readonly byPath = new Map<string, Component>();

  constructor(scope: Construct, id: string, props: EntraIdBackupProps) {
    super(scope, id);
    this.props = props;
    const components = componentsOf(props);
    const inputs = components.map(({ input }) => input);
    refuseProblems(this.node.path, checkDeployment(inputOf(props, inputs)).problems);

    this.network = new BackupNetwork(this, "network", props);
    for (const component of inOrderOfSharing(components)) this.create(component);
    this.backupServer = this.byPath.get("backupServer") as BackupServer;
    this.postgresql = this.byPath.get("postgresql") as PostgresqlServer | undefined;
    this.httpProxy = this.byPath.get("httpProxy") as HttpProxy | undefined;
    this.documentedFlows = new DocumentedFlows(this, "flows", {
      ...featuresOf(props),
      portTable: props.portTable,
      consoles: props.consoles,
      cacheMigration: props.cacheMigration,
      components: [...this.byPath.values()],
    });
  }

  /** Every component, in the order in which they were added. */
  public get components(): Component[] {
    return [...this.byPath.values()];
  }

  /** What deploys, but should be known; each a sentence. */
  public get warnings(): string[] {
    return this.documentedFlows.warnings;
  }

  /** The places whose traffic is filtered, each with its group. */
  public get places(): FilteredPlace[] {
    return this.documentedFlows.places;
  }

  /** Every flow that begins or ends in one of the places, the user's own among them. */
  public get flows(): Flow[] {
    return flowsOfPlaces(this.places);
  }

  /**
   * Whether the groups hold exactly the flows: what is missing, and what is
   * open that no flow asks for. Synthesis is refused where it does not hold.
   */
  public get proof(): Proof {
    return this.documentedFlows.proof;
  }

  /**
   * What becomes of a connection, and which rules decide at each end.
   *
   * @param query The connection: ends by name of a component, address, prefix or service tag
   */
  public explain(query: ConnectionQuery): Explanation {
    return this.documentedFlows.explain(query);
  }

  /**
   * The report on the deployment: a page to look at, a sheet for the owners
   * of other firewalls, a text for a pull request, and JSON.
   */
  public get report(): Report {
    return reportOf(this);
  }

  /** What the report is made of. */
  public reportInput(): ReportInput {
    return { ...this.documentedFlows.reportInput(), path: this.node.path };
  }

  /**
   * A cache repository of the deployment, given in the props or added.
   *
   * @param key Its name among the cache repositories
   * @throws InvalidInputError where there is none of that name
   */
  public cacheRepository(key: string): CacheRepository {
    return this.find(Role.CACHE_REPOSITORY, key) as CacheRepository;
  }

  /**
   * A gateway server of the deployment, given in the props or added.
   *
   * @param key Its name among the gateway servers
   * @throws InvalidInputError where there is none of that name
   */
  public gatewayServer(key: string): GatewayServer {
    return this.find(Role.GATEWAY_SERVER, key) as GatewayServer;
  }

  /**
   * A backup repository of the deployment, given in the props or added.
   *
   * @param key Its name among the backup repositories
   * @throws InvalidInputError where there is none of that name
   */
  public backupRepository(key: string): BackupRepository {
    return this.find(Role.BACKUP_REPOSITORY, key) as BackupRepository;
  }

  /**
   * Adds a cache repository.
   *
   * @param key Its name among the cache repositories
   * @throws InvalidInputError with everything that is wrong with it
   */
  public addCacheRepository(key: string, placement: CacheRepositoryPlacement): CacheRepository {
    return this.add(Role.CACHE_REPOSITORY, key, placement) as CacheRepository;
  }

  /**
   * Adds a gateway server.
   *
   * @param key Its name among the gateway servers
   * @throws InvalidInputError with everything that is wrong with it
   */
  public addGatewayServer(key: string, placement: MachinePlacement): GatewayServer {
    return this.add(Role.GATEWAY_SERVER, key, placement) as GatewayServer;
  }

  /**
   * Adds a backup repository.
   *
   * @param key Its name among the backup repositories
   * @throws InvalidInputError with everything that is wrong with it
   */
  public addBackupRepository(key: string, placement: BackupRepositoryPlacement): BackupRepository {
    return this.add(Role.BACKUP_REPOSITORY, key, placement) as BackupRepository;
  }

  private find(role: keyof typeof COMPONENT_PROPERTY, key: string): Component {
    const found = this.byPath.get(componentPath(role, key));
    if (found) return found;
    const property = COMPONENT_PROPERTY[role];
    const keys = this.components.filter((component) => component.role === role).map((one) => one.key);
    throw new InvalidInputError(this.node.path, [
      {
        path: `${property}.${key}`,
        what: "is no component of the deployment",
        value: key,
        allowed: `keys of ${property}${keys.length > 0 ? `: ${keys.join(", ")}` : ", which has none"}`,
        change: suggest(key, keys, `Add it to ${property}, or name one that is there`),
      },
    ]);
  }

  private add(role: Role, key: string, placement: Placement): Component {
    const planned = plan(role, key, placement);
    const inputs = [...this.components.map((component) => component._input()), planned.input];
    refuseProblems(this.node.path, checkDeployment(inputOf(this.props, inputs)).problems);
    const component = this.create(planned);
    this.documentedFlows.add(component);
    return component;
  }

  private create({ input, placement }: PlannedComponent): Component {
    const { role, key, path, on, gateways } = input;
    const component = new CONSTRUCTS[role as keyof typeof CONSTRUCTS](this, componentSlug(role, key), {
      ...placement,
      network: this.network,
      key,
      on: on === undefined ? undefined : this.byPath.get(on),
      gateways: gateways?.map((gateway) => this.byPath.get(gateway) as Component),
    } as AnyRoleProps);
    this.byPath.set(path, component);
    return component;
  }
}

/** Props that fit every role; the checks have seen that each gets only its own. */
interface AnyRoleProps extends ComponentProps {
  readonly type?: never;
  readonly port: number;
  readonly directAccess?: boolean;
  readonly region?: string;
  readonly gateways?: Component[];
}

const CONSTRUCTS: Readonly<
  Record<Exclude<Role, Role.CONSOLE>, new (scope: Construct, id: string, props: AnyRoleProps) => Component>
> = {
  [Role.BACKUP_SERVER]: BackupServer,
  [Role.POSTGRESQL]: PostgresqlServer,
  [Role.HTTP_PROXY]: HttpProxy,
  [Role.CACHE_REPOSITORY]: CacheRepository,
  [Role.GATEWAY_SERVER]: GatewayServer,
  [Role.BACKUP_REPOSITORY]: BackupRepository,
};

/** A component as it was given, and as the checks see it. */
interface PlannedComponent {
  readonly placement: Placement;
  readonly input: ComponentInput;
}

function plan(role: Role, key: string, placement: Placement): PlannedComponent {
  const existingSubnet = placement.existingSubnet?._input();
  return { placement, input: { ...placement, existingSubnet, path: componentPath(role, key), role, key } };
}

function componentsOf(props: EntraIdBackupProps): PlannedComponent[] {
  const one = (role: Role, placement: Placement | undefined): PlannedComponent[] =>
    placement ? [plan(role, role, placement)] : [];
  const several = (role: Role, placements: { [key: string]: Placement } = {}): PlannedComponent[] =>
    Object.keys(placements)
      .sort()
      .map((key) => plan(role, key, placements[key]));
  return [
    ...one(Role.BACKUP_SERVER, props.backupServer ?? {}),
    ...one(Role.POSTGRESQL, props.postgresql),
    ...one(Role.HTTP_PROXY, props.httpProxy),
    ...several(Role.CACHE_REPOSITORY, props.cacheRepositories),
    ...several(Role.GATEWAY_SERVER, props.gatewayServers),
    ...several(Role.BACKUP_REPOSITORY, props.backupRepositories),
  ];
}

function inputOf(
  props: EntraIdBackupProps,
  components: ComponentInput[],
): Parameters<typeof checkDeployment>[0] {
  const { virtualNetwork } = props;
  const exists = virtualNetwork.existingName !== undefined;
  return {
    name: props.name,
    naming: props.naming,
    location: props.location,
    resourceGroup: { path: "resourceGroup", name: props.resourceGroup.name },
    virtualNetwork: {
      path: exists ? "virtualNetwork.existing" : "virtualNetwork",
      existing: exists
        ? { name: virtualNetwork.existingName, resourceGroup: virtualNetwork.existingResourceGroup }
        : undefined,
      addressSpace: virtualNetwork.addressSpace,
      dnsServers: virtualNetwork.dnsServers,
    },
    portTable: props.portTable ?? DEFAULT_REVISION,
    // Without types nothing keeps the two that are required from being left out.
    consoles: props.consoles ?? [],
    components,
    cacheMigration: props.cacheMigration,
    ...featuresAsInput(props),
    tags: props.tags,
  };
}

/** Components that others name, for their machine or as their gateway, come before those that name them. */
function inOrderOfSharing(components: readonly PlannedComponent[]): PlannedComponent[] {
  const byPath = new Map(components.map((component) => [component.input.path, component]));
  const ordered = new Set<PlannedComponent>();
  const place = (component: PlannedComponent): void => {
    for (const path of [component.input.on, ...(component.input.gateways ?? [])]) {
      const named = path === undefined ? undefined : byPath.get(path);
      if (named) place(named);
    }
    ordered.add(component);
  };
  components.forEach(place);
  return [...ordered];
}
