import type { Flow } from "../azure/flow";
import type { Network } from "../proof/network";
import type { Proof } from "../proof/prove";
import { componentPath, type DeploymentComponent, type NetworkPart } from "./deployment";
import type { PlannedFlows, PlannedPlace } from "./plan";

/** A place of a deployment, as a report reads it. */
export type ReportedPlace = Pick<PlannedPlace, "endpoint" | "flows" | "rules" | "sharedGroup">;

/**
 * What a report reads of a deployment: its plan, its network and the proof.
 * Values known only at apply are expressions. The order of the lists does not
 * matter: the same members give the same bytes.
 */
export interface ReportInput {
  /** Path of the construct that is reported on: `veeam-entra/backup`. Names the report and its files. */
  readonly path: string;
  readonly documented: PlannedFlows;
  readonly components: readonly DeploymentComponent[];
  /** The networks, each with the paths of the components in it. */
  readonly networks: ReadonlyArray<{
    readonly part: NetworkPart;
    /** Name of the virtual network. */
    readonly virtualNetwork: string;
    readonly components: readonly string[];
  }>;
  readonly places: readonly ReportedPlace[];
  /** Facts of machines, by the paths of their components. */
  readonly machines: ReadonlyMap<string, { readonly [name: string]: string }>;
  readonly flows: readonly Flow[];
  /** The endpoints of the deployment and their groups, as Terraform gets them. */
  readonly network: Network;
  readonly proof: Proof;
  /** Warnings; each is a sentence. */
  readonly warnings: readonly string[];
  /** Ids of the places of all deployments of the app. @default - only this deployment */
  readonly placesOfApp?: readonly string[];
}

/** The subject of a report: an EntraIdBackup, or DocumentedFlows. */
export interface IReported {
  /** Every flow that begins or ends in a subnet of a component. */
  readonly flows: Flow[];
  /** @internal */
  _reportInput(): ReportInput;
}

/** What a proof cannot say of the groups that are managed elsewhere; empty without such groups. */
export function sharedGroupAssumptions(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  return [
    `The groups on ${[...labels].sort().join(", ")} are managed elsewhere: only the rules that this deployment adds are verified, not their other rules.`,
  ];
}

/**
 * A warning for each machine that nobody can log on to.
 *
 * @param machines Paths of the components whose machines are created
 */
export function logOnWarnings(
  machines: readonly string[],
  documented: PlannedFlows,
  places: ReadonlyArray<Pick<ReportedPlace, "endpoint" | "flows">>,
): string[] {
  const ours = new Set(documented.topology.components.map(({ endpoint }) => endpoint.id));
  return machines.flatMap((path) => {
    const id = documented.topology.components.find(({ role, key }) => componentPath(role, key) === path)
      ?.endpoint.id;
    const flows = places.find(({ endpoint }) => endpoint.id === id)?.flows ?? [];
    const canLogOn = flows.some(
      ({ from, to, ports }) => to.id === id && !ours.has(from.id) && /^(22|3389)$/m.test(ports.join("\n")),
    );
    if (canLogOn) return [];
    return [
      `${path}: nobody can log on to its machine, since no administrators are named. Name them, or rely on the serial console.`,
    ];
  });
}
