import { OperatingSystem } from "../ports/component-types";

// Stands for a value that was refused; the checks pass it like one that is known only at apply.
export const REFUSED_ALREADY = "${refused}";

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value where it is an object, and one without properties where it is not. */
export function objectOr(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** What a component is, as the file says it: one whose machine is made here runs Debian, and needs no type. */
export function typeOr({ type, machine }: Readonly<Record<string, unknown>>): string | undefined {
  return textOr(type) ?? (machine !== undefined && type === undefined ? OperatingSystem.LINUX : undefined);
}

/** The value where it is a text. */
export function textOr(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The value where it is a list. An entry that is no text was refused already; the others keep their places. */
export function textsOr(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map((item) => textOr(item) ?? REFUSED_ALREADY) : undefined;
}

/** The number, or undefined where the value is none. */
export function numberOr(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
