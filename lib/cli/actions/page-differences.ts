import type { PortPage } from "../../ports/port-page";
import type { PortTable } from "../../ports/port-table";
import { differencesOfRows, type RowDifference } from "../../ports/row-differences";

/** What one page says otherwise in another revision. */
export interface PageDifference {
  readonly page: string;
  /** Days of the page's texts. @default - the page is not known yet */
  readonly from?: string;
  readonly to?: string;
  readonly differences: readonly RowDifference[];
}

/** What the pages of two revisions say otherwise, row by row. */
export function pageDifferences(before: PortTable, after: PortTable): PageDifference[] {
  const pages: ReadonlyArray<readonly [PortPage | undefined, PortPage | undefined]> = [
    [before.entraId, after.entraId],
    [before.usedPorts, after.usedPorts],
  ];
  return pages.flatMap(([old, young]) => {
    const page = (young ?? old)?.name;
    if (page === undefined) return [];
    const differences = differencesOfRows(old?.rows ?? [], young?.rows ?? []);
    return [{ page, from: old?.pageDate, to: young?.pageDate, differences }];
  });
}
