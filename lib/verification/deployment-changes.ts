import "../peers";
import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { addMachines } from "../app/machines";
import { propsOfDeployment } from "../app/props";
import type { DeploymentFile } from "../app/schema";
import { EntraIdBackup } from "../constructs/entra-id-backup";
import { type ConnectionDifference, diffFlows } from "../proof/diff";
import { type ChangeEffects, effectsOfChange } from "../terraform/changes/change-effects";
import { JsonNode } from "../terraform/files/json-node";
import { networkOfFiles, type PlacedNetwork } from "../terraform/joined/network-of-files";
import { networkOfJson } from "../terraform/read-network-file";
import type { SynthesizedJson } from "../terraform/changes/stack-changes";
import { differenceOfPlaces } from "./diff-places";

/** The effects of a change of a deployment. */
export interface DeploymentChanges extends ChangeEffects {
  /** The connections that it opens and closes. */
  readonly connections: ConnectionDifference;
}

/**
 * What a change of a deployment opens, closes, replaces and interrupts, and
 * what Azure or Terraform refuses.
 *
 * @throws InvalidInputError with everything that is wrong with one of the two
 */
export function changesOfDeployment(before: DeploymentFile, after: DeploymentFile): DeploymentChanges {
  const [old, young] = [before, after].map(deploymentInMemory);
  const { opened, closed } = diffFlows(old.flows, young.flows);
  return { connections: { opened, closed }, ...effectsOfChange(synthesized(old), synthesized(young)) };
}

/** The same for two synthesized stacks, whose groups say which connections they allow. */
export function changesOfStacks(before: SynthesizedJson, after: SynthesizedJson): DeploymentChanges {
  const [old, young] = [before, after].map(networkOfStack);
  const { opened, closed } = differenceOfPlaces(old, young).difference;
  return { connections: { opened, closed }, ...effectsOfChange(before, after) };
}

function networkOfStack(stack: SynthesizedJson): PlacedNetwork {
  return networkOfFiles([networkOfJson(new JsonNode(stack, "", "the stack"))]).network;
}

function synthesized(backup: EntraIdBackup): SynthesizedJson {
  return TerraformStack.of(backup).toTerraform() as SynthesizedJson;
}

/**
 * The constructs that the app creates for a deployment, with the same paths, in
 * a stack that is not synthesized.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function deploymentInMemory(deployment: DeploymentFile): EntraIdBackup {
  const stack = new TerraformStack(new RootConstruct(), deployment.name);
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  addMachines(backup, deployment);
  return backup;
}
