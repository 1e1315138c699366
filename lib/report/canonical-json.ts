import { textOrder } from "../base/natural-order";

/**
 * JSON whose keys are sorted at every level, so that two values that say the
 * same are the same text. What is undefined is left out.
 */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, member: unknown) => (isRecord(member) ? sortKeys(member) : member),
    indent,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => textOrder(a, b)));
}
