import { isUnknownNumber, isWholeNumber } from "../../base/opaque";
import { type Problem, problemUnless } from "../../base/problem";

/** The fewest priorities in which the rules of one component find room, whatever its role. */
export const MIN_BAND = 50;

/** The priorities that the owner of a group leaves free. */
export function checkPriorityBand(
  path: string,
  {
    firstPriority,
    lastPriority,
  }: { readonly firstPriority?: number | string; readonly lastPriority?: number | string },
): Problem[] {
  const bounds = [
    ["firstPriority", firstPriority],
    ["lastPriority", lastPriority],
  ] as const;
  const problems = bounds.flatMap(([property, value]): Problem[] =>
    value === undefined || isWholeNumber(value, 100, 4096)
      ? []
      : [
          {
            path: `${path}.${property}`,
            code: isUnknownNumber(value) ? "value-unknown" : "priority-invalid",
            what: isUnknownNumber(value)
              ? "is known only at apply, but decides priorities"
              : "is not a priority",
            value: isUnknownNumber(value) ? undefined : value,
            allowed: "a whole number from 100 to 4096",
            change: "Give a priority that the group's owner leaves free",
          },
        ],
  );
  if (problems.length > 0 || typeof firstPriority !== "number" || typeof lastPriority !== "number") {
    return problems;
  }
  return problemUnless(lastPriority - firstPriority + 1 >= MIN_BAND, {
    path: `${path}.lastPriority`,
    code: "priority-band-too-small",
    what: `leaves ${Math.max(0, lastPriority - firstPriority + 1)} priorities from ${firstPriority} on`,
    value: lastPriority,
    allowed: `a priority that leaves ${MIN_BAND} or more: ${firstPriority + MIN_BAND - 1} to 4096`,
    change: "Ask the group's owner for a wider band",
  });
}
