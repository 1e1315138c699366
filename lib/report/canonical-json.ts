import { textOrder } from "../base/natural-order";

/**
 * JSON whose keys are sorted at every level, so that two values that say the
 * same are the same text. What is undefined is left out.
 */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, member: unknown) => {
      if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
      return Object.fromEntries(Object.entries(member).sort(([a], [b]) => textOrder(a, b)));
    },
    indent,
  );
}
