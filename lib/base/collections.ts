/** The value of a key, created when it is first read. */
export function kept<K, V>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The items under their keys, in their order. */
export function groupBy<K, V>(items: readonly V[], keyOf: (item: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const item of items) kept(groups, keyOf(item), (): V[] => []).push(item);
  return groups;
}

/** The items without those whose content is the same. */
export function distinctItems<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** The texts, each once, in the order of their characters. */
export function distinctTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
