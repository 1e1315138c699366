import { Annotations, Aspects } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { checkTopology, type DeploymentFindings } from "../checks/deployment";
import { refuseProblems } from "../checks/problem";
import { documentedFlows } from "../policy/documented-flows";
import type { FilteredPlace } from "../network/filtered-place";
import { networkOfPlaces, proofOfPlaces, refusalsOfProof } from "../network/proof-of-places";
import { type ConnectionQuery, explain, type Explanation } from "../policy/explain";
import type { Flow, FlowEndpoint } from "../policy/flow";
import type { Proof } from "../policy/prove";
import { mergePrefixes } from "../policy/prefix-list";
import { flowsWithRanges } from "../policy/tag-ranges";
import type { PortTable } from "../ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../ports/revisions";
import type { Component } from "./component";

/** A cache repository that is being exchanged for another. */
export interface CacheMigration {
  /** Key of the cache repository that the cache moves from. */
  readonly from: string;
  /** Key of the cache repository that the cache moves to. */
  readonly to: string;
}

/** Which flows are documented, and between whom. */
export interface DocumentedFlowsProps {
  /**
   * Revision of Veeam's port table.
   *
   * @default "13.0.1.1071@2026-02-12"
   */
  readonly portTable?: string;
  /**
   * IPv4 prefixes from which consoles are opened; outside the subnets of the
   * components, private and /8 or longer, or public and /24 or longer.
   *
   * @default - no console connects
   */
  readonly consoles?: string[];
  /**
   * The components between which the table's rows are flows.
   *
   * @default - none; add() adds them
   */
  readonly components?: Component[];
  /**
   * Opens what Veeam needs while a cache repository is exchanged for another.
   *
   * @default - no cache moves
   */
  readonly cacheMigration?: CacheMigration;
}

/**
 * The flows of Veeam's port table between components: the connections that
 * their groups allow.
 *
 * @throws InvalidInputError with everything that is wrong with the components together
 */
export class DocumentedFlows extends Construct {
  /** Revision of the port table. */
  public readonly portTable: string;

  private readonly consoles?: string[];
  private readonly consolesEndpoint?: FlowEndpoint;
  private cacheMigration?: CacheMigration;
  private members: readonly Component[] = [];
  private readonly source = (): Flow[] => this.flows();
  private known?: Flow[];

  constructor(scope: Construct, id: string, props: DocumentedFlowsProps) {
    super(scope, id);
    this.portTable = props.portTable ?? DEFAULT_REVISION;
    this.consoles = props.consoles;
    if (props.consoles) {
      this.consolesEndpoint = {
        id: `${this.node.path}/consoles`,
        label: "console",
        prefixes: mergePrefixes(props.consoles),
      };
    }
    this.cacheMigration = props.cacheMigration;
    this.add(...(props.components ?? []));
    this.node.addValidation({ validate: () => refusalsOfProof(this.proof) });
    Aspects.of(this).add({ visit: (node) => this.warn(node) });
  }

  /** Adds components; the order does not matter. */
  public add(...components: Component[]): void {
    const members = [...this.members, ...components];
    refuseProblems(this.node.path, this.check(members, this.cacheMigration).problems);
    this.members = members;
    this.known = undefined;
    for (const component of components) component._addFlows(this.source);
    this.announce();
  }

  /** Opens what Veeam needs while a cache repository is exchanged for another. */
  public migrateCache(migration: CacheMigration): void {
    refuseProblems(this.node.path, this.check(this.members, migration).problems);
    this.cacheMigration = migration;
    this.known = undefined;
    this.announce();
  }

  /** The flows, as far as one of their ends has a subnet that is made here. */
  public flows(): Flow[] {
    if (!this.known) {
      const tags = this.members.map(({ network }) => network.destinations._serviceTags).find(Boolean);
      const ours = new Set(this.members.flatMap((component) => component._place()?.endpoint.id ?? []));
      const flows = documentedFlows(findPortTable(this.portTable) as PortTable, {
        peers: { consoles: this.consolesEndpoint },
        components: this.members.map((component) => component._member()),
        cacheMigration: this.cacheMigration,
      }).filter((flow) => ours.has(flow.from.id) || ours.has(flow.to.id));
      this.known = tags ? flowsWithRanges(flows, tags) : flows;
    }
    return this.known;
  }

  /** The places of the components whose traffic is filtered, each once. */
  public get places(): FilteredPlace[] {
    return [...new Set(this.members.flatMap((component) => component._place() ?? []))];
  }

  /**
   * Whether the groups of the components hold exactly the flows that begin
   * and end there, the user's own among them: what is missing, and what is
   * open that no flow asks for. Synthesis is refused where it does not hold.
   */
  public get proof(): Proof {
    return proofOfPlaces(this.places);
  }

  /**
   * What becomes of a connection, and which rules decide at each end.
   *
   * @param query The connection; an end is a component's name, an address, a prefix or a service tag
   */
  public explain(query: ConnectionQuery): Explanation {
    return explain(query, networkOfPlaces(this.places));
  }

  /** What deploys, but should be known; each a sentence. */
  public get warnings(): string[] {
    const networks = [...new Set(this.members.map((component) => component.network))];
    return [
      ...this.check(this.members, this.cacheMigration).warnings,
      ...networks.flatMap((network) => network.destinations.warnings),
    ];
  }

  private announce(): void {
    for (const component of this.members) component._place()?._flowsChanged();
  }

  private check(
    members: readonly Component[],
    cacheMigration: CacheMigration | undefined,
  ): DeploymentFindings {
    return checkTopology({
      portTable: this.portTable,
      consoles: this.consoles,
      components: members.map((component) => component._input()),
      cacheMigration,
    });
  }

  private warn(node: IConstruct): void {
    if (node !== this) return;
    for (const warning of this.warnings) Annotations.of(this).addWarning(warning);
  }
}
