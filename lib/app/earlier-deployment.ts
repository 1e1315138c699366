import { TerraformStack } from "cdktf";
import { type Problem, problemOf, refused, refuseProblems } from "../base/problem";
import type { EntraIdBackup } from "../constructs/entra-id-backup";
import { componentPath } from "../plan/deployment";
import type { VeeamRole } from "../ports/port-table";
import { lostFilters, regionLeft } from "../terraform/changes/change-effects";
import {
  judgedStacks,
  stackOfState,
  type SynthesizedJson,
  type TerraformState,
} from "../terraform/changes/stack-changes";
import { changeLines } from "../verification/describe-changes";
import { changesOfStacks } from "../verification/deployment-changes";

/** What earlier runs left: the stack that the last one synthesized, and Terraform's state, as texts. */
export interface Earlier {
  readonly stack?: string;
  readonly state?: string;
  /** Whether the state is in a file here: without the file, nothing is deployed. */
  readonly isStateLocal: boolean;
}

/**
 * The changes of a synthesis since an earlier one, in a few lines.
 *
 * @throws InvalidInputError where a component lost its subnet and is not named under `removed`, or the deployed subnets are in another region
 */
export function changesSinceEarlier(backup: EntraIdBackup, earlier: Earlier): string[] {
  const after = TerraformStack.of(backup).toTerraform() as SynthesizedJson;
  const before = parsed<SynthesizedJson>(earlier.stack);
  const state = parsed<TerraformState>(earlier.state);
  const inState = earlier.isStateLocal && state ? stackOfState(state) : undefined;
  const deployed = earlier.isStateLocal ? inState : before;
  refuseProblems("cdktf.json", [
    ...(inState ? problemsOfRegion(inState, after) : []),
    ...(deployed ? problemsOfRemovals(deployed, after) : []),
  ]);
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return before === undefined || isSame ? [] : changeLines(changesOfStacks(before, after));
}

function parsed<T>(text: string | undefined): T | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    // Another program's file, or one that was cut short: nothing is known.
    return undefined;
  }
}

/** Another region: Terraform would remove the groups before Azure refuses to move the subnets. */
function problemsOfRegion(deployed: SynthesizedJson, after: SynthesizedJson): Problem[] {
  const left = regionLeft(judgedStacks(deployed, after));
  if (!left) return [];
  return refused("location-changed", "location", left.to, {
    what: "is not the region of the deployed subnets, which cannot move",
    allowed: left.from,
    change: `Set it to "${left.from}", and run "npx cdktf destroy" before you change it; or deploy under another name`,
  });
}

/** Removed components whose subnet would lose its group before Azure deletes it. */
function problemsOfRemovals(deployed: SynthesizedJson, after: SynthesizedJson): Problem[] {
  return lostFilters(judgedStacks(deployed, after)).map(({ subnet, role, component }) => {
    const path = componentPath(role as VeeamRole, component);
    return problemOf("removed-missing", "removed", undefined, {
      what: `does not name ${path}, which had the subnet ${subnet}: Terraform would remove the group before it deletes the subnet, and a machine that is still there would be unfiltered`,
      allowed: "every component whose subnet is deleted, until the deployment has been applied",
      change: `Add "${path}" to removed, or give the component that replaces it a formerKey`,
    });
  });
}
