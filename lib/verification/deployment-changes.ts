import { TerraformStack } from "cdktf";
import type { DeploymentFile } from "../app/schema";
import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { type ConnectionDifference, diffFlows } from "../proof/diff";
import { type ChangeEffects, effectsOfChange } from "../terraform/change-effects";
import type { SynthesizedJson } from "../terraform/stack-changes";
import { deploymentInMemory } from "./deployment-in-memory";

/** What a change of a deployment does. */
export interface DeploymentChanges extends ChangeEffects {
  /** The connections that it opens and closes. */
  readonly connections: Pick<ConnectionDifference, "opened" | "closed">;
}

/**
 * What a change of a deployment opens, closes, replaces and interrupts, and
 * what Azure will refuse of it.
 *
 * @throws InvalidInputError with everything that is wrong with one of the two
 */
export function changesOfDeployment(before: DeploymentFile, after: DeploymentFile): DeploymentChanges {
  const [old, young] = [before, after].map(deploymentInMemory);
  const { opened, closed } = diffFlows(old.flows, young.flows);
  return { connections: { opened, closed }, ...effectsOfChange(synthesized(old), synthesized(young)) };
}

function synthesized(backup: EntraIdBackup): SynthesizedJson {
  return TerraformStack.of(backup).toTerraform() as SynthesizedJson;
}
