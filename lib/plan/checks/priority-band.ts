import { isUnknownNumber } from "../../base/opaque";
import { type Problem, problemUnless, refused } from "../../base/problem";
import type { ExternalGroupInput } from "../deployment";

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
