import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { isReportFile } from "../report/report";
import type { DeploymentFile } from "./schema";

const STACK = "cdk.tf.json";
// The files that the Terraform CDK writes for a stack, in JSON or in HCL, and the plan
// that its command leaves there, which terraform apply would still deploy.
const OF_THE_CDK = [STACK, "cdk.tf", "plan", "metadata.json"];
// Where a stack waits while no valid one replaces it; Terraform does not read this name.
const EARLIER = "cdk.tf.json.earlier";

/**
 * The stack's name: that of the deployment, unless every object of JavaScript
 * has a member of that name, such as "constructor": there the Terraform CDK would find a stack
 * that it never created.
 */
export function stackName(deployment: string): string {
  return deployment in Object.prototype ? `${deployment}-stack` : deployment;
}

/** Where the Terraform CDK writes the stack of a deployment. */
export function stackFolder(outdir: string, deployment: string): string {
  return join(outdir, "stacks", stackName(deployment));
}

/**
 * Removes the stacks and reports of an earlier run from the output folder, so that they are
 * not deployed or read by mistake after this run refused its input. Each stack is kept
 * under a name that Terraform does not read, so that the next valid run can say
 * what changes. What Terraform keeps next to a stack stays.
 */
export function discardStacks(outdir: string): void {
  if (!isFolder(outdir)) return;
  rmSync(join(outdir, "manifest.json"), { force: true });
  const stacks = join(outdir, "stacks");
  if (!isFolder(stacks)) return;
  for (const stack of readdirSync(stacks).map((name) => join(stacks, name))) {
    if (!isFolder(stack)) continue;
    if (isFile(join(stack, STACK))) renameSync(join(stack, STACK), join(stack, EARLIER));
    const files = readdirSync(stack, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    for (const { name } of files) {
      if (OF_THE_CDK.includes(name) || isReportFile(name)) rmSync(join(stack, name));
    }
  }
}

/** The stack that an earlier run synthesized under this name, as text. */
export function earlierStack(outdir: string, name: string): string | undefined {
  const folder = stackFolder(outdir, name);
  return firstText([STACK, EARLIER].map((file) => join(folder, file)));
}

/**
 * The changes since the last synthesis, in a few lines; empty for the first one.
 * The comparison is loaded only if there is an earlier run.
 *
 * @throws InvalidInputError if a component lost its subnet and is not named under `removed`
 */
export function changesSinceLastRun(
  backup: EntraIdBackup,
  { name, backend }: DeploymentFile,
  outdir: string,
): string[] {
  const stack = earlierStack(outdir, name);
  const isStateLocal = backend === undefined;
  const state = isStateLocal ? firstText([`terraform.${name}.tfstate`]) : undefined;
  if (stack === undefined && state === undefined) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const earlier = require("./earlier-deployment") as typeof import("./earlier-deployment");
  return earlier.changesSinceEarlier(backup, { stack, state, isStateLocal });
}

function firstText(files: readonly string[]): string | undefined {
  const file = files.find(isFile);
  return file === undefined ? undefined : readFileSync(file, "utf8");
}

/** Deletes the stack that `discardStacks` kept, once there is a new one. */
export function forgetEarlierStack(outdir: string, name: string): void {
  rmSync(join(stackFolder(outdir, name), EARLIER), { force: true });
}

/**
 * Warnings about deployments of other names, whose output or local state is
 * still there: a name that is changed in cdktf.json leaves what the old one deployed.
 */
export function warningsOfOtherStacks(outdir: string, name: string, stateFolder = "."): string[] {
  const stacks = join(outdir, "stacks");
  const synthesized = isFolder(stacks)
    ? readdirSync(stacks).filter((other) => isFolder(join(stacks, other)))
    : [];
  const deployed = readdirSync(stateFolder).flatMap((file) => {
    const other = /^terraform\.(.+)\.tfstate$/.exec(file)?.[1];
    return other !== undefined && hasResources(join(stateFolder, file)) ? [other] : [];
  });
  return [...new Set([...synthesized, ...deployed])]
    .filter((other) => other !== name && other !== stackName(name))
    .sort()
    .map(
      (other) =>
        `name: the deployment "${other}" was synthesized here before. What it deployed stays deployed: restore the name and destroy it first, or keep both.`,
    );
}

/** Terraform empties the list of a state when everything is destroyed. */
function hasResources(state: string): boolean {
  return isFile(state) && /"resources": *\[\s*\{/.test(readFileSync(state, "utf8"));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
