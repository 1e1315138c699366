/**
 * Compares as a reader would sort: numbers in a text by their value, the rest
 * by code unit. No locale is asked, so that the order is the same everywhere.
 */
export function naturalOrder(a: string, b: string): number {
  const [as, bs] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const order = isNumber(as[i]) && isNumber(bs[i]) ? numberOrder(as[i], bs[i]) : textOrder(as[i], bs[i]);
    if (order !== 0) return order;
  }
  return as.length - bs.length || textOrder(a, b);
}

/** Compares two texts by code unit. */
export function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A copy of the list, sorted by the texts that a function returns, part by part. */
export function sortedBy<T>(list: readonly T[], keysOf: (item: T) => ReadonlyArray<string | number>): T[] {
  return list
    .map((item) => ({ item, keys: keysOf(item) }))
    .sort((a, b) => keyOrder(a.keys, b.keys))
    .map(({ item }) => item);
}

function keyOrder(a: ReadonlyArray<string | number>, b: ReadonlyArray<string | number>): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    const order = typeof x === "number" && typeof y === "number" ? x - y : naturalOrder(String(x), String(y));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function pieces(text: string): string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function isNumber(piece: string): boolean {
  return piece >= "0" && piece < ":";
}

function numberOrder(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+(?=\d)/, ""), b.replace(/^0+(?=\d)/, "")];
  return x.length - y.length || textOrder(x, y);
}
