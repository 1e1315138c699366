/** The value as one word of a shell, whatever it holds. */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Assignments that a shell reads, one a line, in the order given. */
export function shellSettings(settings: Readonly<Record<string, string | number>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${shellQuote(String(value))}\n`)
    .join("");
}
