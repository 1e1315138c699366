import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { earlierStack, localState } from "./output-folder";
import type { DeploymentFile } from "./schema";

/**
 * What a synthesis changes over the one before, in a few lines; none where
 * it is the first. What compares stacks is only loaded where there are two.
 *
 * @throws InvalidInputError where a component lost its subnet and is not named under `removed`
 */
export function changesSinceLastRun(
  backup: EntraIdBackup,
  { name, backend }: DeploymentFile,
  outdir: string,
): string[] {
  const stack = earlierStack(outdir, name);
  const isStateLocal = backend === undefined;
  const state = isStateLocal ? localState(name) : undefined;
  if (stack === undefined && state === undefined) return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const earlier = require("./earlier-deployment") as typeof import("./earlier-deployment");
  return earlier.changesSinceEarlier(backup, { stack, state, isStateLocal });
}
