/** FNV-1a, 32 bits: the same on every machine and in every run, and spread well enough over a few thousand numbers. */
export function stableHash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}

/** A name that is not too long: a long one keeps its beginning, and a hash of the whole tells it apart from others. */
export function shortName(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const tail = stableHash(name).toString(16).padStart(8, "0");
  return `${name.slice(0, maxLength - tail.length - 1).replace(/[-.]+$/, "")}-${tail}`;
}
