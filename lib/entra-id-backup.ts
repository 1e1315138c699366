import { Construct } from "constructs";
import { checkDeployment } from "./checks/deployment";
import { COMPONENT_PROPERTY, componentPath } from "./checks/deployment-input";
import { suggest } from "./checks/nearest";
import { InvalidInputError, refuseProblems } from "./checks/problem";
import { componentsOf, inOrderOfSharing, inputOf, plan, type PlannedComponent } from "./components-of-props";
import type {
  BackupRepositoryPlacement,
  CacheRepositoryPlacement,
  EntraIdBackupProps,
  MachinePlacement,
  Placement,
} from "./entra-id-backup-props";
import { BackupNetwork } from "./network/backup-network";
import type { FilteredPlace } from "./network/filtered-place";
import { flowsOfPlaces } from "./network/proof-of-places";
import type { ConnectionQuery, Explanation } from "./policy/explain";
import { componentSlug } from "./azure/naming";
import type { Flow } from "./policy/flow";
import type { Proof } from "./policy/prove";
import { Role } from "./ports/port-table";
import type { IReportSource, Report } from "./report/report";
import { reportOf } from "./report/report-of";
import type { ReportInput } from "./report/report-input";
import { BackupRepository } from "./roles/backup-repository";
import { BackupServer } from "./roles/backup-server";
import { CacheRepository } from "./roles/cache-repository";
import type { Component, ComponentProps } from "./roles/component";
import { featuresOf } from "./roles/features-of-props";
import { DocumentedFlows } from "./roles/documented-flows";
import { GatewayServer } from "./roles/gateway-server";
import { HttpProxy } from "./roles/http-proxy";
import { PostgresqlServer } from "./roles/postgresql-server";

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
   * An end is a component, by its label (`cache-repository-cache`) or its key
   * in cdktf.json (`cacheRepositories.cache`); another end of flows, by what
   * they call it (`console`); an address, a prefix, `*`, or a service tag that
   * a rule names. A component that shares a machine is answered for as that
   * machine. One end at least has to be behind a group that is made here.
   *
   * @param query The connection; `port` and `sourcePort` are 0 to 65535
   * @throws Error whose name is InvalidInputError, with everything that is wrong with the question and the ends that are known
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
