import { Annotations, Aspects } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { checkTopology } from "../../plan/checks/deployment";
import { checkSecondComponents } from "../../plan/checks/relations";
import type { Findings } from "../../plan/checks/prefixes";
import { refused, refuseProblems } from "../../base/problem";
import { FilteredPlace } from "../network/filtered-place";
import {
  emittedPlaces,
  explainAtPlaces,
  flowsOfPlaces,
  proofOfPlaces,
  refusalsAtPlaces,
} from "../network/proof-of-places";
import { refuseAtSynthesis } from "../network/proofs-at-synthesis";
import type { PlaceReader } from "../../terraform/in-memory/places-in-memory";
import { flowIn, textsIn } from "../../terraform/in-memory/terraform-text";
import type { ConnectionQuery, Explanation } from "../../proof/explain";
import {
  type DnsNamedConnection,
  namesThroughProxy,
  type ProxiedNames,
} from "../../plan/flows/dns-named-rows";
import type { ClosedSection } from "../../plan/flows/closed-sections";
import { type IReported, logOnWarnings, type ReportInput } from "../../plan/reported";
import { planFlows, type PlannedFlows } from "../../plan/plan";
import { namedEnds } from "../../plan/topology";
import { type Deployment, deploymentOfComponents } from "../../plan/deployment";
import type { Flow } from "../../azure/flow";
import type { Proof } from "../../proof/prove";
import { DEFAULT_REVISION } from "../../ports/revisions";
import { type BackupComponent, checkIsComponent } from "./component";
import { reportedComponents } from "./reported-components";
import type { DeploymentOptions, FromToOptions } from "./deployment-options";
import { withoutCreationStacks } from "../creation-stacks";
import { checkedPart, checkQuery, givenParts } from "../given-props";

/** Components, and the options that the flows between them depend on. */
export interface DocumentedFlowsProps extends DeploymentOptions {
  /** The components between which the table's rows are flows. @default - none; add() adds them */
  readonly components?: BackupComponent[];
}

/**
 * The flows of Veeam's port table between components: the connections that
 * their groups allow.
 *
 * @throws Error whose name is InvalidInputError, with everything that is wrong with the components together
 */
export class DocumentedFlows extends Construct implements IReported {
  private readonly given: Partial<Deployment>;
  private cacheMigration?: FromToOptions;
  private members: readonly BackupComponent[] = [];
  private readonly source = (): readonly Flow[] => this.planned().flows;
  private readonly proxiedNames = (): ProxiedNames[] => {
    const { rows, topology } = this.planned();
    return namesThroughProxy(rows, topology);
  };
  private known?: PlannedFlows;
  private findings: readonly string[] = [];
  private isSynthesized = false;

  constructor(scope: Construct, id: string, props: DocumentedFlowsProps) {
    super(scope, id);
    const { components = [], ...rest } = props ?? {};
    const checked = checkedPart<CheckedFlows>(props);
    this.given = checked?.deployment ?? givenParts(this.node.path, rest);
    this.cacheMigration = this.given.cacheMigration;
    this._addChecked(components, checked?.findings);
    // An app asks each construct whether it is valid before it writes anything.
    this.node.addValidation({
      validate: () => {
        this.isSynthesized = true;
        return [];
      },
    });
    refuseAtSynthesis(this);
    Aspects.of(this).add({ visit: (node) => this.warn(node) });
  }

  /**
   * Adds components, in any order.
   *
   * @param components Components of one deployment, each once
   * @throws Error whose name is InvalidInputError, with all problems; then none of the
   * components is added
   */
  public add(...components: BackupComponent[]): void {
    this._addChecked(components);
  }

  /** Refuses a component that is added after the files are written. @internal */
  protected _refuseAfterSynthesis(path: string): void {
    if (!this.isSynthesized) return;
    refuseProblems(
      this.node.path,
      refused("added-after-synthesis", path, {
        what: "is added after app.synth(), so it would not be deployed",
        allowed: "components that are added before app.synth()",
        change: "Call app.synth() last",
      }),
    );
  }

  /** Adds components that were checked with their deployment, if there are findings. @internal */
  protected _addChecked(components: readonly BackupComponent[], findings?: Findings): void {
    const wrong = components.flatMap((one, index) => checkIsComponent(`components[${index}]`, one));
    refuseProblems(this.node.path, wrong);
    for (const component of components) this._refuseAfterSynthesis(component._input().path);
    this.accept([...this.members, ...components], this.cacheMigration, findings);
    for (const component of components) {
      component._addDocumented(this.source, this.proxiedNames, this.portTable);
    }
    this.announce();
  }

  /**
   * Allows the connections for moving a cache repository to another.
   *
   * @param migration Keys of the cache repositories that the cache moves from and to
   * @throws Error whose name is InvalidInputError, if one is not a cache repository among the components, or both are the same
   */
  public migrateCache(migration: FromToOptions): void {
    // In JavaScript, the argument may be missing. Its other members are ignored.
    const ends = migration ? { from: migration.from, to: migration.to } : null;
    const { cacheMigration } = givenParts(this.node.path, { cacheMigration: ends });
    this.accept(this.members, cacheMigration);
    this.announce();
  }

  /** Revision of the port table. */
  public get portTable(): string {
    return this.given.portTable ?? DEFAULT_REVISION;
  }

  /** Every component, in the order in which they were added. */
  public get components(): BackupComponent[] {
    return [...this.members];
  }

  /**
   * Every flow that begins or ends in a subnet of a component: documented flows, flows to
   * the network's DNS servers, and your own.
   */
  public get flows(): Flow[] {
    return flowsOfPlaces(this._places);
  }

  /** The flows that the port table and the features require, without those to DNS servers and your own. */
  public get veeamFlows(): Flow[] {
    return this.planned().flows.map((flow) => flowIn(this, flow));
  }

  /** The places of the components whose traffic is filtered, each once. @internal */
  public get _places(): FilteredPlace[] {
    return [...new Set(this.members.flatMap((component) => component._place() ?? []))];
  }

  /** What a synthesis is refused for. @internal */
  public _refusals(reader: PlaceReader): string[] {
    return refusalsAtPlaces(this._places, reader);
  }

  /**
   * Whether the groups of the components allow exactly the flows that begin and end there,
   * including your own. It lists blocked flows, and connections that are allowed without a
   * flow. If it does not hold, synthesis fails.
   */
  public get proof(): Proof {
    return proofOfPlaces(this._places);
  }

  /**
   * Whether a connection is allowed, and which rules decide at each end.
   *
   * An end is one of: a component, by its label (`cache-repository-cache` or
   * `veeam-entra/cache-repository-cache`) or its key in cdktf.json
   * (`cacheRepositories.cache`); another end of flows, by its label (`console`) or
   * its property (`consoles`); an address, a prefix, `*`, or a service tag that a rule
   * names. For a component that shares a machine, the machine is evaluated. At least one
   * end must be in a subnet of the deployment.
   *
   * @param query The connection; `port` and `sourcePort` are 0 to 65535
   * @throws Error whose name is InvalidInputError, with all problems of the question, and
   * the names that are known
   */
  public explain(query: ConnectionQuery): Explanation {
    checkQuery("the requested connection", query);
    const [from, to] = textsIn(this, [query.from, query.to]);
    const networks = new Map(this.members.map((member) => [member._input().path, member.network]));
    const named = namedEnds(
      this.planned().topology,
      this.flows,
      (path) => networks.get(path)?.deploymentName ?? "",
    );
    return explainAtPlaces({ ...query, from, to }, this._places, named);
  }

  /** Warnings; each is a sentence. */
  public get warnings(): string[] {
    const networks = [...new Set(this.members.map((component) => component.network))];
    return [
      ...this.findings,
      ...networks.flatMap((network) => network.destinations.warnings),
      ...this.warningsOfMachines(),
    ];
  }

  /**
   * The sections of Veeam's page "Used Ports" that are about the components
   * and have rows that are not enabled, with their purpose and how to enable them.
   */
  public get closedSections(): ClosedSection[] {
    return [...this.planned().closedSections];
  }

  /** Endpoints of flows that have DNS names but no service tag, to allow on the HTTP proxy or the firewall. */
  public get dnsNamedConnections(): DnsNamedConnection[] {
    return [...this.planned().dnsNamedConnections];
  }

  /** The content of the report. @internal */
  public _reportInput(): ReportInput {
    const { flows, network } = emittedPlaces(this._places);
    return {
      path: this.node.path,
      documented: this.planned(),
      ...reportedComponents(this.members),
      placesOfApp: this.node.root.node
        .findAll()
        .flatMap((node) => (node instanceof FilteredPlace ? node.endpoint.id : [])),
      flows,
      network,
      proof: this.proof,
      warnings: this.warnings,
    };
  }

  private planned(): PlannedFlows {
    if (!this.known) {
      const byPath = new Map(this.members.map((component) => [component._input().path, component]));
      this.known = planFlows(this._deployment(), {
        ids: {
          component: ({ path }) => (byPath.get(path) as BackupComponent)._endpoint(),
          peer: (name) => `${this.node.path}/${name}`,
        },
        filtered: new Set(this.members.flatMap((component) => component._place()?.endpoint.id ?? [])),
        serviceTags: this.members.map(({ network }) => network.destinations._serviceTags).find(Boolean),
      });
    }
    return this.known;
  }

  /** The deployment that the components and the props are. @internal */
  protected _deployment(members = this.members, cacheMigration = this.cacheMigration): Partial<Deployment> {
    const components = members.map((component) => ({
      role: component.role,
      key: component.key,
      placement: component._input(),
    }));
    return { ...this.given, ...deploymentOfComponents(components), cacheMigration };
  }

  private accept(
    members: readonly BackupComponent[],
    migration: FromToOptions | undefined,
    findings = this.check(members, migration),
  ): void {
    refuseProblems(this.node.path, findings.problems);
    this.members = members;
    this.cacheMigration = migration;
    this.findings = findings.warnings;
    this.known = undefined;
  }

  private announce(): void {
    for (const component of this.members) component._place()?._flowsChanged();
  }

  private check(members: readonly BackupComponent[], migration: FromToOptions | undefined): Findings {
    const twice = checkSecondComponents(members);
    if (twice.length > 0) return { problems: twice, warnings: [] };
    return checkTopology(this._deployment(members, migration));
  }

  private warningsOfMachines(): string[] {
    const machines = this.members.filter((component) => component._machineFacts);
    if (machines.length === 0) return [];
    const places = this._places.map((place) => ({ endpoint: place.endpoint, flows: place.flows() }));
    return logOnWarnings(
      machines.map((component) => component._input().path),
      this.planned(),
      places,
    );
  }

  private warn(node: IConstruct): void {
    if (node !== this) return;
    withoutCreationStacks(() => {
      for (const warning of this.warnings) Annotations.of(this).addWarning(warning);
    });
  }
}

/** A deployment that was checked as a whole, and what was found. */
export interface CheckedFlows {
  readonly deployment: Deployment;
  readonly findings: Findings;
}
