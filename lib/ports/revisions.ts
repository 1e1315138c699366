import { suggest } from "../base/nearest";
import type { Party } from "./parties";
import { partiesNamed } from "./party-names";
import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "./pages";
import { partiesOfCell, type PortPage } from "./port-page";
import { pagesOf, type PortTable } from "./port-table";

// Each day on which one of the pages changed, the oldest first.
const TABLES = new Map<string, PortTable>(
  [...new Map([...ENTRA_ID_PAGES, ...USED_PORTS_PAGES].map((page) => [page.pageDate, page]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, { build }]) => {
      const revision = `${build}@${date}`;
      const entraId = newestOf(ENTRA_ID_PAGES, date) as PortPage;
      return [revision, { revision, build, date, entraId, usedPorts: newestOf(USED_PORTS_PAGES, date) }];
    }),
);

/** Names of the revisions known, `build@date`, the oldest first: every day on which one of the pages changed. */
export const REVISIONS: readonly string[] = [...TABLES.keys()];

/** The revision that a deployment follows when it names none: the newest. */
export const DEFAULT_REVISION = REVISIONS[REVISIONS.length - 1];

/** The first revision that has the page "Used Ports", and with it what features open. */
export const FIRST_REVISION_WITH_FEATURES = allPortTables().find(({ usedPorts }) => usedPorts)
  ?.revision as string;

/** The pages of a revision, or undefined if the revision is unknown. */
export function findPortTable(revision: string): PortTable | undefined {
  return TABLES.get(revision);
}

/** Why a revision is unknown, and which to write; undefined for one that is known. */
export function unknownRevision(revision: string): string | undefined {
  if (REVISIONS.includes(revision)) return undefined;
  const change = suggest(revision, REVISIONS, "Name one of these");
  return `"${revision}" is not a revision of the port table. Known: ${REVISIONS.join(", ")}. ${change}.`;
}

/** Every revision, the oldest first. */
export function allPortTables(): PortTable[] {
  return [...TABLES.values()];
}

/** Whether a row of the Entra ID page of the table speaks of the party. */
export function speaksOf({ entraId }: PortTable, party: Party): boolean {
  return entraId.rows.some((row) =>
    [...partiesOfCell(row.from), ...partiesOfCell(row.to)].some((name) => partiesNamed(name).includes(party)),
  );
}

/** The revisions whose rows speak of the party, the oldest first. */
export function revisionsThatSpeakOf(party: Party): string[] {
  return allPortTables()
    .filter((table) => speaksOf(table, party))
    .map((table) => table.revision);
}

/** The pages of the table that changed on its day. */
export function pagesChangedIn(table: PortTable): PortPage[] {
  return pagesOf(table).filter(({ pageDate }) => pageDate === table.date);
}

/** The newest text of a page on a day. */
function newestOf(pages: readonly PortPage[], date: string): PortPage | undefined {
  return pages.filter(({ pageDate }) => pageDate <= date).pop();
}
