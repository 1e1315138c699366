/** FNV-1a, 32 bits: the same on every machine and in every run, and spread well enough over a few thousand numbers. */
export function stableHash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}
