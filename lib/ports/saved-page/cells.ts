/** A table as in a file: rows of cells, each with the rows and columns that it covers. */
export interface RawTable {
  /** The titles above the table, the nearest last. */
  readonly titles: readonly string[];
  readonly rows: ReadonlyArray<readonly RawCell[]>;
}

export interface RawCell {
  readonly text: string;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** The texts of a table with a cell at each place: a merged cell is at each place that it covers. */
export function gridOf(rows: RawTable["rows"]): string[][] {
  const grid: string[][] = rows.map(() => []);
  rows.forEach((cells, at) => {
    let column = 0;
    for (const { text, rowSpan, columnSpan } of cells) {
      while (grid[at][column] !== undefined) column++;
      for (let row = at; row < Math.min(at + rowSpan, grid.length); row++) {
        for (let more = 0; more < columnSpan; more++) grid[row][column + more] = text;
      }
      column += columnSpan;
    }
  });
  return grid;
}
