/** A name, property or value in Markdown. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A Markdown table with columns as wide as their widest cell. */
export function rowsAsTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)));
  const format = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [
    format(lines[0]),
    format(widths.map((width) => "-".repeat(width))),
    ...lines.slice(1).map(format),
  ].join("\n");
}
