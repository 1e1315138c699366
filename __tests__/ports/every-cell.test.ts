import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../../lib/ports/pages";
import { entraIdPorts, type PageRow, type PortPage, usedPorts } from "../../lib/ports/port-page";
import { PAGES, type TranscribedPage } from "../support/expected/veeam-pages";

// A change of any cell is seen: in the files of the library, and in the
// transcription. Each cell is changed in memory, and the row that comes of it
// differs from what the other side says.

const FOLDER = join(__dirname, "..", "..", "lib", "ports", "pages");
const TEXTS: ReadonlyArray<readonly [string, PortPage, TranscribedPage]> = [
  ...PAGES.entraIdPorts.map((text, at) => ["entra-id", ENTRA_ID_PAGES[at], text] as const),
  ...PAGES.usedPorts.map((text, at) => ["used-ports", USED_PORTS_PAGES[at], text] as const),
];

/** The row that one line of a page's file is. */
function rowOf(page: PortPage, section: string, line: string): PageRow | undefined {
  const read = page.name === "Entra ID ports" ? entraIdPorts : usedPorts;
  return read({ ...page, rows: `# ${section}\n${line}` }).rows[0];
}

const CHANGES: ReadonlyArray<(cell: string) => string> = [
  (cell) => `${cell}x`,
  (cell) => (/\d/.test(cell) ? cell.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)) : `${cell}1`),
];

test.each(TEXTS.map(([folder, page, text]) => [`${folder}/${page.pageDate}.ts`, page, text] as const))(
  "a change of any cell of %s is seen",
  (file, page, text) => {
    const source = readFileSync(join(FOLDER, file), "utf8");
    const expected = text.sections.flatMap(({ rows }) => rows);
    const unseen: string[] = [];
    let [section, row] = ["", 0];
    for (const line of source.split("rows: `\n")[1].split("`")[0].split("\n").filter(Boolean)) {
      if (line.startsWith("# ")) {
        section = line.slice(2);
        continue;
      }
      const known = page.rows[row];
      expect(rowOf(page, section, line)).toEqual(section === "" ? { ...known, section: "" } : known);
      const cells = line.split(/ \| ?/);
      cells.forEach((cell, at) => {
        for (const change of CHANGES) {
          const changed = cells.map((other, index) => (index === at ? change(other) : other)).join(" | ");
          if (changed !== line && JSON.stringify(rowOf(page, section, changed)) === JSON.stringify(known)) {
            unseen.push(`${line}: ${cell}`);
          }
        }
      });
      row++;
    }
    expect(unseen).toEqual([]);
    expect(row).toBe(expected.length);
  },
);

test("a change of any cell of the transcription is seen", () => {
  let cells = 0;
  for (const [, page, { sections }] of TEXTS) {
    const rows = sections.flatMap(({ section, rows: all }) => all.map((row) => ({ section, ...row })));
    rows.forEach((row, at) => {
      const known = page.rows[at];
      for (const name of Object.keys(row) as Array<keyof typeof row>) {
        // A service tag is compared with the party that the page names.
        if (name === "serviceTag") continue;
        const value = row[name];
        const changed =
          typeof value === "boolean" ? !value : Array.isArray(value) ? [...value, "x"] : `${value}x`;
        expect(known[name as keyof PageRow]).not.toEqual(changed);
        expect(known[name as keyof PageRow]).toEqual(value);
        cells++;
      }
    });
  }
  expect(cells).toBeGreaterThan(6 * (81 + 898));
});
