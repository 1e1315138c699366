import { stableHash } from "../../base/stable-hash";

/** A name that is not too long: a long one keeps its beginning, and a hash of the whole tells it apart from others. */
export function shortName(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const tail = stableHash(name).toString(16).padStart(8, "0");
  return `${name.slice(0, maxLength - tail.length - 1).replace(/[-.]+$/, "")}-${tail}`;
}
