import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of one of the vendor's pages, transcribed from it. */
export interface TranscribedRow {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly ports: readonly string[];
  readonly optional?: boolean;
  readonly serviceTag?: string;
  readonly dnsNames?: readonly string[];
  readonly note?: string;
}

/** One text of a page, transcribed by hand from the page. */
export interface TranscribedPage {
  readonly revision: string;
  readonly build: string;
  readonly pageDate: string;
  readonly source: string;
  readonly sections: ReadonlyArray<{ readonly section: string; readonly rows: readonly TranscribedRow[] }>;
}

/** Every text of the two pages, the oldest first: `__tests__/fixtures/veeam-ports.json`. */
export const PAGES = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "fixtures", "veeam-ports.json"), "utf8"),
) as { readonly entraIdPorts: TranscribedPage[]; readonly usedPorts: TranscribedPage[] };

/** Every revision: each day on which one of the pages changed, with the build that the page of that day speaks of. */
export const TRANSCRIBED_REVISIONS: readonly string[] = [
  ...new Set([...PAGES.entraIdPorts, ...PAGES.usedPorts].map(({ revision }) => revision)),
].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));

/** The texts that hold on the day of a revision. */
export function pagesOn(revision: string): { entraId: TranscribedPage; usedPorts?: TranscribedPage } {
  const newest = (pages: readonly TranscribedPage[]): TranscribedPage | undefined =>
    pages.filter(({ pageDate }) => pageDate <= dayOf(revision)).at(-1);
  return { entraId: newest(PAGES.entraIdPorts) as TranscribedPage, usedPorts: newest(PAGES.usedPorts) };
}

/** The rows of a page. */
export function rowsOf(page: TranscribedPage | undefined): TranscribedRow[] {
  return page?.sections.flatMap(({ rows }) => rows) ?? [];
}

/** The names in a cell; a name can hold a comma in brackets. */
export function namesIn(cell: string): string[] {
  return cell.match(/(?:[^,(]|\([^)]*\))+/g)?.map((name) => name.trim()) ?? [];
}

function dayOf(revision: string): string {
  return revision.split("@")[1];
}
