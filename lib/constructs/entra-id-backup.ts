import { Construct } from "constructs";
import { checkDeployment } from "../plan/checks/deployment";
import {
  type ComponentRole,
  COMPONENT_PROPERTY,
  componentPath,
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  deploymentOfComponents,
  type Placement as PlainPlacement,
} from "../plan/deployment";
import { inOrderOfSharing } from "../plan/hosts";
import { suggest } from "../base/nearest";
import { InvalidInputError, refuseProblems } from "../base/problem";
import type { IResourceNaming } from "../azure/naming";
import { checkedProps, givenDeployment, givenParts } from "./given-props";
import type { EntraIdBackupProps } from "./entra-id-backup-props";
import { checkDistinctNames } from "../azure/names";
import { BackupNetwork } from "./network/backup-network";
import type { FilteredPlace } from "./network/filtered-place";
import type { ConnectionQuery, Explanation } from "../proof/explain";
import { componentSlug, VeeamRole } from "../ports/port-table";
import type { Flow } from "../azure/flow";
import type { ClosedSection } from "../plan/flows/closed-sections";
import type { DnsNamedConnection } from "../plan/flows/dns-name-flows";
import type { Proof } from "../proof/prove";
import type { IReported, ReportInput } from "../plan/report-input";
import type { BackupComponent, BackupComponentProps } from "./roles/component";
import type { CacheMigration } from "./roles/deployment-features";
import { DocumentedFlows } from "./roles/documented-flows";
import type {
  BackupRepositoryPlacement,
  CacheRepositoryPlacement,
  GatewayServerPlacement,
  Placement,
} from "./roles/placements";
import {
  BackupRepository,
  BackupServer,
  CacheRepository,
  GatewayServer,
  HttpProxy,
  PostgresqlServer,
} from "./roles/roles";
import { forgetAssociations, moveFormer } from "./former-components";

/**
 * Veeam Backup for Microsoft Entra ID on Azure: the network, the roles, and
 * exactly the flows that Veeam documents between them.
 *
 * `FlowReport.of(backup).write(folder)` writes the report on it.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the props
 */
export class EntraIdBackup extends Construct implements IReported {
  /** The resource group, the virtual network and the way out. */
  public readonly network: BackupNetwork;
  /** The backup server. */
  public readonly backupServer: BackupServer;
  /** The PostgreSQL server. @default - the backup server's own instance */
  public readonly postgresql?: PostgresqlServer;
  /** The HTTP proxy. @default - the backup server connects directly */
  public readonly httpProxy?: HttpProxy;

  /**
   * Derives the flows from the components, and has the only list of them.
   *
   * @internal
   */
  public readonly _documented: DocumentedFlows;

  private readonly naming?: IResourceNaming;

  constructor(scope: Construct, id: string, props: EntraIdBackupProps) {
    super(scope, id);
    const { naming, provider: _provider, ...rest } = props ?? {};
    const { deployment, problems } = givenDeployment(rest);
    refuseProblems(this.node.path, problems);
    const findings = checkDeployment(deployment, naming);
    refuseProblems(this.node.path, findings.problems);
    this.naming = naming;

    this.network = new BackupNetwork(this, "network", checkedProps({ ...props }, deployment));
    const made = new Map<string, BackupComponent>();
    for (const component of inOrderOfSharing(componentsOf(deployment))) {
      made.set(component.path, this.create(component));
    }
    this.backupServer = made.get("backupServer") as BackupServer;
    this.postgresql = made.get("postgresql") as PostgresqlServer | undefined;
    this.httpProxy = made.get("httpProxy") as HttpProxy | undefined;
    this._documented = new DocumentedFlows(
      this,
      "flows",
      checkedProps({ components: [...made.values()] }, { deployment, findings }),
    );
    for (const { path, role, formerKey } of componentsOf(deployment)) {
      moveFormer(this, made.get(path), formerKey === undefined ? undefined : componentSlug(role, formerKey));
    }
    forgetAssociations(this, deployment.removed ?? []);
  }

  /** Revision of the port table. */
  public get portTable(): string {
    return this._documented.portTable;
  }

  /** Every component, in the order in which they were added. */
  public get components(): BackupComponent[] {
    return this._documented.components;
  }

  /** Warnings; each is a sentence. */
  public get warnings(): string[] {
    return this._documented.warnings;
  }

  /**
   * The places of the components whose traffic is filtered, each once.
   *
   * @internal
   */
  public get _places(): FilteredPlace[] {
    return this._documented._places;
  }

  /**
   * Every flow that begins or ends in a subnet of a component: the documented
   * ones, those to the network's DNS servers, and the user's own.
   */
  public get flows(): Flow[] {
    return this._documented.flows;
  }

  /** Of the flows, those that the port table and the features ask for: neither those to DNS servers nor the user's own. */
  public get veeamFlows(): Flow[] {
    return this._documented.veeamFlows;
  }

  /**
   * The sections of Veeam's page "Used Ports" that are about the components
   * and have rows that are not enabled, with their purpose and how to enable them.
   */
  public get closedSections(): ClosedSection[] {
    return this._documented.closedSections;
  }

  /** What components connect to that has DNS names and no service tag, for those who configure the HTTP proxy or the firewall. */
  public get dnsNamedConnections(): DnsNamedConnection[] {
    return this._documented.dnsNamedConnections;
  }

  /**
   * Whether the groups allow exactly the flows: which flows are blocked, and what is
   * allowed without a flow. If it does not hold, synthesis is refused.
   */
  public get proof(): Proof {
    return this._documented.proof;
  }

  /**
   * Whether a connection is allowed, and which rules decide at each end.
   *
   * An end is a component, by its label (`cache-repository-cache`) or its key
   * in cdktf.json (`cacheRepositories.cache`); another end of flows, by what
   * they call it (`console`); an address, a prefix, `*`, or a service tag that
   * a rule names. For a component that shares a machine, the answer is that of the
   * machine. At least one end has to be in a subnet of the deployment.
   *
   * @param query The connection; `port` and `sourcePort` are 0 to 65535
   * @throws Error whose name is InvalidInputError, with everything that is wrong with the question and the ends that are known
   */
  public explain(query: ConnectionQuery): Explanation {
    return this._documented.explain(query);
  }

  /**
   * The content of the report.
   *
   * @internal
   */
  public _reportInput(): ReportInput {
    return { ...this._documented._reportInput(), path: this.node.path };
  }

  /**
   * A cache repository of the deployment, given in the props or added.
   *
   * @param key Its name among the cache repositories
   * @throws Error whose name is InvalidInputError, if it does not exist
   */
  public cacheRepository(key: string): CacheRepository {
    return this.find(VeeamRole.CACHE_REPOSITORY, key) as CacheRepository;
  }

  /**
   * A gateway server of the deployment, given in the props or added.
   *
   * @param key Its name among the gateway servers
   * @throws Error whose name is InvalidInputError, if it does not exist
   */
  public gatewayServer(key: string): GatewayServer {
    return this.find(VeeamRole.GATEWAY_SERVER, key) as GatewayServer;
  }

  /**
   * A backup repository of the deployment, given in the props or added.
   *
   * @param key Its name among the backup repositories
   * @throws Error whose name is InvalidInputError, if it does not exist
   */
  public backupRepository(key: string): BackupRepository {
    return this.find(VeeamRole.BACKUP_REPOSITORY, key) as BackupRepository;
  }

  /**
   * Adds a cache repository.
   *
   * @param key Its name among the cache repositories
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public addCacheRepository(key: string, placement: CacheRepositoryPlacement): CacheRepository {
    return this.add(VeeamRole.CACHE_REPOSITORY, key, placement) as CacheRepository;
  }

  /**
   * Adds a gateway server.
   *
   * @param key Its name among the gateway servers
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public addGatewayServer(key: string, placement: GatewayServerPlacement): GatewayServer {
    return this.add(VeeamRole.GATEWAY_SERVER, key, placement) as GatewayServer;
  }

  /**
   * Adds a backup repository.
   *
   * @param key Its name among the backup repositories
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public addBackupRepository(key: string, placement: BackupRepositoryPlacement): BackupRepository {
    return this.add(VeeamRole.BACKUP_REPOSITORY, key, placement) as BackupRepository;
  }

  /**
   * Allows the connections for moving a cache repository to another.
   *
   * @param migration Keys of the cache repositories that the cache moves from and to
   * @throws Error whose name is InvalidInputError, if one is not a cache repository of the deployment, or both are the same
   */
  public migrateCache(migration: CacheMigration): void {
    this._documented.migrateCache(migration);
  }

  private find(role: ComponentRole, key: string): BackupComponent {
    const path = componentPath(role, key);
    const found = this.components.find((component) => component._input().path === path);
    if (found) return found;
    const property = COMPONENT_PROPERTY[role];
    const keys = this.components.filter((component) => component.role === role).map((one) => one.key);
    throw new InvalidInputError(this.node.path, [
      {
        code: "component-unknown",
        path: `${property}.${key}`,
        what: "is not a component of the deployment",
        value: key,
        allowed: `keys of ${property}${keys.length > 0 ? `: ${keys.join(", ")}` : ", which has none"}`,
        change: suggest(key, keys, `Add it to ${property}, or name another`),
      },
    ]);
  }

  private add(role: ComponentRole, key: string, given: Placement): BackupComponent {
    this._documented._refuseAfterSynthesis(componentPath(role, key));
    const keys = this.components.filter((component) => component.role === role).map((one) => one.key);
    refuseProblems(this.node.path, checkDistinctNames(COMPONENT_PROPERTY[role], [...keys, key]));
    const placement = (given ?? {}) as PlainPlacement;
    const added = givenParts(deploymentOfComponents([{ role, key, placement }]));
    refuseProblems(this.node.path, added.problems);
    const property = COMPONENT_PROPERTY[role];
    const before = this._documented._deployment();
    const components = { ...(before[property] as object | undefined), ...added.deployment[property] };
    const findings = checkDeployment({ ...before, [property]: components } as Deployment, this.naming);
    refuseProblems(this.node.path, findings.problems);
    const [input] = componentsOf(added.deployment);
    const component = this.create(input);
    this._documented._addChecked(component, findings);
    const { formerKey } = input;
    moveFormer(this, component, formerKey === undefined ? undefined : componentSlug(role, formerKey));
    return component;
  }

  private create({ path: _path, role, key, ...placement }: DeploymentComponent): BackupComponent {
    const props = checkedProps({ network: this.network, key }, placement) as AnyRoleProps;
    return new CONSTRUCTS[role as ComponentRole](this, componentSlug(role, key), props);
  }
}

/** Props that fit every role; a component that was checked reads its placement instead. */
type AnyRoleProps = BackupComponentProps & { readonly port: number; readonly type?: never };

const CONSTRUCTS: Readonly<
  Record<
    Exclude<VeeamRole, VeeamRole.CONSOLE>,
    new (scope: Construct, id: string, props: AnyRoleProps) => BackupComponent
  >
> = {
  [VeeamRole.BACKUP_SERVER]: BackupServer,
  [VeeamRole.POSTGRESQL]: PostgresqlServer,
  [VeeamRole.HTTP_PROXY]: HttpProxy,
  [VeeamRole.CACHE_REPOSITORY]: CacheRepository,
  [VeeamRole.GATEWAY_SERVER]: GatewayServer,
  [VeeamRole.BACKUP_REPOSITORY]: BackupRepository,
};
