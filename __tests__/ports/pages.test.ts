import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../../lib/ports/pages";
import { partiesNamed } from "../../lib/ports/party-names";
import type { PageRow, PortPage } from "../../lib/ports/port-page";
import { partiesOfCell } from "../../lib/ports/port-page";
import { PAGES, type TranscribedPage } from "../support/expected/veeam-pages";

/** What the page's text says, as the data of the library would have it. */
function rowsOfText({ sections }: TranscribedPage): PageRow[] {
  return sections.flatMap(({ section, rows }) =>
    rows.map(({ from, to, protocol, ports, optional = false, dnsNames = [], note = "" }) => ({
      section,
      from,
      to,
      protocol,
      ports,
      optional,
      dnsNames,
      note,
    })),
  );
}

const TEXTS = [
  ...PAGES.entraIdPorts.map((text, at) => [ENTRA_ID_PAGES[at], text] as const),
  ...PAGES.usedPorts.map((text, at) => [USED_PORTS_PAGES[at], text] as const),
];

test("every text of the two pages is there", () => {
  expect([...ENTRA_ID_PAGES, ...USED_PORTS_PAGES]).toHaveLength(TEXTS.length);
  expect(TEXTS.reduce((sum, [page]) => sum + page.rows.length, 0)).toBeGreaterThanOrEqual(81 + 898);
});

// Cells are compared with the transcription, so a change of any one of them is a failure here.
test.each(TEXTS.map(([page, text]) => [`${page.name} of ${text.pageDate}`, page, text] as const))(
  "%s is what the page says, cell by cell",
  (_, page: PortPage, text) => {
    const { build, pageDate, source } = page;
    expect({ build, pageDate, source }).toEqual({
      build: text.build,
      pageDate: text.pageDate,
      source: text.source,
    });
    expect(page.rows).toEqual(rowsOfText(text));
  },
);

test("service tags stand for the parties for which the page has them", () => {
  for (const { sections } of PAGES.entraIdPorts) {
    for (const { to, serviceTag } of sections.flatMap(({ rows }) => rows)) {
      const tags = partiesNamed(to).filter((party) => party.startsWith("Azure"));
      expect(tags).toEqual(serviceTag === undefined ? [] : [serviceTag]);
    }
  }
});

test("a comma in brackets does not part two parties", () => {
  expect(partiesOfCell("A, B (c, d), E")).toEqual(["A", "B (c, d)", "E"]);
});
