import type { Construct } from "constructs";
import { checkDistinctNames } from "../azure/names";
import type { IResourceNaming } from "../azure/naming";
import { InvalidInputError, refuseProblems } from "../base/problem";
import { checkDeployment } from "../plan/checks/deployment";
import { checkKey } from "../plan/checks/relations";
import {
  COMPONENT_PROPERTY,
  componentPath,
  type ComponentRole,
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  inOrderOfSharing,
} from "../plan/deployment";
import type { CacheRepositoryType, GatewayServerType, OperatingSystem } from "../ports/component-types";
import { componentSlug, VeeamRole } from "../ports/port-table";
import { forgetAssociations, moveFormer } from "./former-components";
import { withoutCreationStacks } from "./creation-stacks";
import { refuseNamingAndProvider, refuseTypes } from "./argument-types";
import { checkedProps, givenComponent, givenDeployment } from "./given-props";
import { BackupNetwork } from "./network/backup-network";
import type { BackupNetworkProps } from "./network/backup-network-props";
import type { BackupComponent, BackupComponentProps } from "./roles/component";
import type {
  BackupRepositoryOptions,
  ComponentOptions,
  HttpProxyOptions,
  PostgresqlServerOptions,
  RepositoryOptions,
} from "./roles/component-options";
import type { DeploymentOptions } from "./roles/deployment-options";
import { type CheckedFlows, DocumentedFlows } from "./roles/documented-flows";
import {
  BackupRepository,
  BackupServer,
  CacheRepository,
  GatewayServer,
  HttpProxy,
  PostgresqlServer,
} from "./roles/roles";

/** A deployment of Veeam Backup for Microsoft Entra ID. */
export interface EntraIdBackupProps extends BackupNetworkProps, DeploymentOptions {
  /** The backup server. */
  readonly backupServer: ComponentOptions<OperatingSystem>;
  /** The PostgreSQL server of the Entra ID backup repository. @default - the backup server's own instance */
  readonly postgresql?: PostgresqlServerOptions;
  /** The HTTP proxy on the way to Microsoft. @default - the backup server connects directly */
  readonly httpProxy?: HttpProxyOptions;
  /** Cache repositories by name. @default - none */
  readonly cacheRepositories?: { [key: string]: RepositoryOptions<CacheRepositoryType> };
  /** Gateway servers by name. @default - none */
  readonly gatewayServers?: { [key: string]: ComponentOptions<GatewayServerType> };
  /** Backup repositories by name. @default - none */
  readonly backupRepositories?: { [key: string]: BackupRepositoryOptions };
  /**
   * Components that are removed, `gatewayServers.old`: the group of each stays
   * on its subnet until Azure has deleted the subnet, which it refuses while a
   * machine is in it. Needs Terraform 1.7 or newer.
   *
   * @default - none
   */
  readonly removed?: string[];
}

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
export class EntraIdBackup extends DocumentedFlows {
  /** The resource group, the virtual network and the outbound access. */
  public readonly network: BackupNetwork;
  /** The backup server. */
  public readonly backupServer: BackupServer;
  /** The PostgreSQL server. @default - the backup server's own instance */
  public readonly postgresql?: PostgresqlServer;
  /** The HTTP proxy. @default - the backup server connects directly */
  public readonly httpProxy?: HttpProxy;

  private readonly naming?: IResourceNaming;

  constructor(scope: Construct, id: string, props: EntraIdBackupProps) {
    const checked = checkedDeployment(`${scope.node.path}/${id}`, props);
    super(scope, id, checkedProps({}, checked));
    const { deployment, findings } = checked;
    this.naming = props.naming;

    this.network = withoutCreationStacks(
      () => new BackupNetwork(this, "network", checkedProps({ ...props }, deployment)),
    );
    const made = new Map<string, BackupComponent>();
    for (const component of inOrderOfSharing(componentsOf(deployment))) {
      made.set(component.path, this.create(component));
    }
    this.backupServer = made.get("backupServer") as BackupServer;
    this.postgresql = made.get("postgresql") as PostgresqlServer | undefined;
    this.httpProxy = made.get("httpProxy") as HttpProxy | undefined;
    withoutCreationStacks(() => this._addChecked([...made.values()], findings));
    for (const { path } of componentsOf(deployment)) moveFormer(this, made.get(path) as BackupComponent);
    forgetAssociations(this, deployment.removed ?? []);
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
  public addCacheRepository(key: string, options: RepositoryOptions<CacheRepositoryType>): CacheRepository {
    return this.addComponent(VeeamRole.CACHE_REPOSITORY, key, options) as CacheRepository;
  }

  /**
   * Adds a gateway server.
   *
   * @param key Its name among the gateway servers
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public addGatewayServer(key: string, options: ComponentOptions<GatewayServerType>): GatewayServer {
    return this.addComponent(VeeamRole.GATEWAY_SERVER, key, options) as GatewayServer;
  }

  /**
   * Adds a backup repository.
   *
   * @param key Its name among the backup repositories
   * @throws Error whose name is InvalidInputError, with everything that is wrong with it
   */
  public addBackupRepository(key: string, options: BackupRepositoryOptions): BackupRepository {
    return this.addComponent(VeeamRole.BACKUP_REPOSITORY, key, options) as BackupRepository;
  }

  private find(role: ComponentRole, key: string): BackupComponent {
    refuseTypes(this.node.path, { key }, { key: "string" });
    const path = componentPath(role, key);
    const found = this.components.find((component) => component._input().path === path);
    if (found) return found;
    const problems = checkKey(`${COMPONENT_PROPERTY[role]}.${key}`, key, role, this.keysOf(role));
    throw new InvalidInputError(this.node.path, problems);
  }

  private addComponent(role: ComponentRole, key: string, given: ComponentOptions): BackupComponent {
    const input = givenComponent(this.node.path, role, key, given);
    this._refuseAfterSynthesis(componentPath(role, key));
    const property = COMPONENT_PROPERTY[role];
    refuseProblems(this.node.path, checkDistinctNames(property, [...this.keysOf(role), key]));
    const before = this._deployment();
    const components = { ...(before[property] as object | undefined), [key]: input };
    const findings = checkDeployment({ ...before, [property]: components } as Deployment, this.naming);
    refuseProblems(this.node.path, findings.problems);
    const component = this.create(input);
    this._addChecked([component], findings);
    moveFormer(this, component);
    return component;
  }

  private keysOf(role: ComponentRole): string[] {
    return this.components.filter((component) => component.role === role).map(({ key }) => key);
  }

  private create(component: DeploymentComponent): BackupComponent {
    const { role, key } = component;
    const props = checkedProps({ network: this.network, key }, component) as AnyRoleProps;
    const Role = CONSTRUCTS[role as ComponentRole];
    return withoutCreationStacks(() => new Role(this, componentSlug(role, key), props));
  }
}

/** The deployment that props describe, and what was found. */
function checkedDeployment(subject: string, props: EntraIdBackupProps): CheckedFlows {
  const { naming, provider, ...rest } = props ?? {};
  refuseNamingAndProvider(subject, { naming, provider });
  const deployment = givenDeployment(subject, rest);
  const findings = checkDeployment(deployment, naming);
  refuseProblems(subject, findings.problems);
  return { deployment, findings };
}

/** Props that fit every role; a component that was checked reads its placement instead. */
type AnyRoleProps = BackupComponentProps & { readonly port: number; readonly type?: never };

type AnyRole = new (scope: Construct, id: string, props: AnyRoleProps) => BackupComponent;

const CONSTRUCTS: Readonly<Record<ComponentRole, AnyRole>> = {
  [VeeamRole.BACKUP_SERVER]: BackupServer,
  [VeeamRole.POSTGRESQL]: PostgresqlServer,
  [VeeamRole.HTTP_PROXY]: HttpProxy,
  [VeeamRole.CACHE_REPOSITORY]: CacheRepository,
  [VeeamRole.GATEWAY_SERVER]: GatewayServer,
  [VeeamRole.BACKUP_REPOSITORY]: BackupRepository,
};
