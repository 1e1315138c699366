import { isUnknownNumber } from "../../base/opaque";
import { type Problem, problemOf, problemUnless, refused } from "../../base/problem";
import type { DeploymentComponent, ExternalGroupInput } from "../deployment";
import type { PriorityBand } from "../rules/priority-band";

/** The fewest priorities that hold the rules of one component of any role. */
export const MIN_BAND = 50;

/** The priorities that the owner of a group leaves free. */
export function checkPriorityBand(
  path: string,
  { firstPriority, lastPriority }: Pick<ExternalGroupInput, "firstPriority" | "lastPriority">,
): Problem[] {
  const unknown = Object.entries({ firstPriority, lastPriority }).flatMap(([property, value]) =>
    problemUnless(typeof value === "number" && !isUnknownNumber(value), {
      path: `${path}.${property}`,
      code: "value-unknown",
      what: "is known only at apply, but decides priorities",
      allowed: "a whole number from 100 to 4096",
      change: "Give a priority that the group's owner leaves free",
    }),
  );
  if (unknown.length > 0 || typeof firstPriority !== "number" || typeof lastPriority !== "number") {
    return unknown;
  }
  if (lastPriority - firstPriority + 1 >= MIN_BAND) return [];
  return refused("priority-band-too-small", `${path}.lastPriority`, lastPriority, {
    what: `leaves ${Math.max(0, lastPriority - firstPriority + 1)} priorities from ${firstPriority} on`,
    allowed: `a priority that leaves ${MIN_BAND} or more: ${firstPriority + MIN_BAND - 1} to 4096`,
    change: "Ask the group's owner for a wider band",
  });
}

/** Priorities that a component uses in a group managed elsewhere. */
export interface TakenBand extends PriorityBand {
  /** Path of the group in the deployment: `gatewayServers.old.existingSubnet.group`. */
  readonly path: string;
}

/** Components of one deployment whose bands in one group share a priority. */
export function checkBandsOfGroups(components: readonly DeploymentComponent[]): Problem[] {
  const taken = components.flatMap(({ path, existingSubnet }) => {
    const { name, resourceGroup, firstPriority, lastPriority } = existingSubnet?.group ?? {};
    if (name === undefined || resourceGroup === undefined) return [];
    if (typeof firstPriority !== "number" || typeof lastPriority !== "number") return [];
    const band = { path: `${path}.existingSubnet.group`, first: firstPriority, last: lastPriority };
    return [{ group: `${resourceGroup} ${name}`.toLowerCase(), band }];
  });
  return taken.flatMap(({ group, band }, index) => {
    const other = taken.slice(0, index).find((one) => one.group === group && shareOne(one.band, band));
    return other ? [bandTaken(band, other.band)] : [];
  });
}

/** Whether a priority is in both bands. */
export function shareOne(a: PriorityBand, b: PriorityBand): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Two who add rules to one group choose priorities by themselves, and Azure refuses one twice. */
export function bandTaken(band: TakenBand, other: TakenBand): Problem {
  return problemOf("priority-band-overlap", band.path, `${band.first}-${band.last}`, {
    what: `shares priorities with ${other.path} (${other.first}-${other.last}) in the same group`,
    allowed: "bands that share no priority in one group",
    change: "Divide what the group's owner leaves free among those who add rules to it",
  });
}
