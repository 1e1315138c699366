import { readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Party, PortTable } from "./port-table";

/** The revision that a deployment follows when it names none. */
export const DEFAULT_REVISION = "13.0.1.1071@2026-02-12";

// Every file of the folder is a revision, so that adding one is adding a file.
const FOLDER = join(__dirname, "revisions");
const FILES = new Map(
  readdirSync(FOLDER)
    .filter((file) => [".ts", ".js"].includes(extname(file)) && !file.endsWith(".d.ts"))
    .map((file) => [basename(file, extname(file)), join(FOLDER, file)] as const)
    .sort(([a], [b]) => pageDateOf(a).localeCompare(pageDateOf(b))),
);

/** Names of the revisions known, the oldest first. */
export const REVISIONS: readonly string[] = [...FILES.keys()];

/** The table of a revision, or undefined where none has that name. */
export function findPortTable(revision: string): PortTable | undefined {
  const file = FILES.get(revision);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the revision asked for is loaded
  return file === undefined ? undefined : (require(file) as { table: PortTable }).table;
}

/** Every revision, the oldest first. */
export function allPortTables(): PortTable[] {
  return REVISIONS.map((revision) => findPortTable(revision) as PortTable);
}

/** Whether a row of the table speaks of the party. */
export function speaksOf(table: PortTable, party: Party): boolean {
  return table.rows.some((row) => row.from === party || row.to === party);
}

/** The revisions whose rows speak of the party, the oldest first. */
export function revisionsThatSpeakOf(party: Party): string[] {
  return allPortTables()
    .filter((table) => speaksOf(table, party))
    .map((table) => table.revision);
}

function pageDateOf(revision: string): string {
  return revision.slice(revision.indexOf("@") + 1);
}
