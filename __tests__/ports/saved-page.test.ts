import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../../lib/ports/pages";
import { describeRowDifference, differencesOfRows } from "../../lib/ports/row-differences";
import { readSavedPage } from "../../lib/ports/saved-page/saved-page";
import { PAGES, type TranscribedPage } from "../support/expected/veeam-pages";
import { htmlOf, textOf } from "../support/files/saved-pages";

const TEXTS = [
  ...PAGES.entraIdPorts.map((text, at) => ({ text, pages: ENTRA_ID_PAGES, at })),
  ...PAGES.usedPorts.map((text, at) => ({ text, pages: USED_PORTS_PAGES, at })),
].map((one) => ({ ...one, title: `${one.pages[0].name} of ${one.text.pageDate}` }));

const COPIES: ReadonlyArray<readonly [string, (page: TranscribedPage) => string]> = [
  ["HTML", (page) => htmlOf(page)],
  ["HTML in the layout before 2026-03-30", (page) => htmlOf(page, "before 2026-03-30")],
  ["HTML in the layout since 2026-03-30", (page) => htmlOf(page, "since 2026-03-30")],
  ["text", textOf],
];

describe.each(COPIES)("a copy as %s", (_, copyOf) => {
  test.each(TEXTS)("has every row of $title, and is no other", ({ text, pages, at }) => {
    const { rows, otherTables } = readSavedPage(copyOf(text));
    expect(otherTables).toEqual([]);
    const lines = (other: number): string[] =>
      differencesOfRows(pages[other].rows, rows).map(describeRowDifference);
    expect(lines(at)).toEqual([]);
    for (const neighbour of [at - 1, at + 1].filter((index) => pages[index])) {
      const between = differencesOfRows(pages[neighbour].rows, pages[at].rows).map(describeRowDifference);
      expect(lines(neighbour).sort()).toEqual(between.sort());
    }
  });
});

const AT = USED_PORTS_PAGES.findIndex(({ pageDate }) => pageDate === "2026-08-03");
const [OF_AUGUST, PAGE] = [PAGES.usedPorts[AT], USED_PORTS_PAGES[AT]];

test("a change of a port, a protocol or a mark is a changed row, and of an end a row that is gone and one that is new", () => {
  const html = htmlOf(OF_AUGUST);
  const changes = (from: string, to: string): string[] => {
    expect(html).toContain(from);
    return differencesOfRows(PAGE.rows, readSavedPage(html.replace(from, to)).rows).map(
      describeRowDifference,
    );
  };
  expect(changes("<td><p>9419</p></td>", "<td><p>9420</p></td>")).toEqual([
    "~ REST client -> Backup server, TCP 9419 -> TCP 9420",
  ]);
  expect(changes("<p>514</p>", "<p>515</p>")).toEqual([
    "~ Backup server -> Syslog server, TCP, UDP 514 -> TCP, UDP 515",
  ]);
  expect(changes("<p>REST client</p>", "<p>API client</p>")).toEqual([
    "- REST client -> Backup server, TCP 9419",
    "- REST client -> Backup server, TCP 443",
    "+ API client -> Backup server, TCP 9419",
    "+ API client -> Backup server, TCP 443",
  ]);
  expect(changes("[Optional] optional", "required")).toEqual([
    "~ Web UI PC -> Backup server, TCP 80 (optional) -> TCP 80",
  ]);
});

test("tables of chapters that no deployment needs are left out and named, and so are parties in cells", () => {
  const row = (from: string): string =>
    `<tr><td>${from}</td><td>Backup server</td><td>TCP</td><td>1</td><td></td></tr>`;
  const table = (title: string, from: string): string =>
    `<p>${title}</p><table><tr><th>From</th><th>To</th><th>Protocol</th><th>Port</th><th>Notes</th></tr>${row(from)}</table>`;
  const html = htmlOf(OF_AUGUST)
    .replace(
      "<p>Backup proxy, Backup repository",
      "<p>Hyper-V server/Off-host backup proxy, Backup proxy, Backup repository",
    )
    .replace(
      "</body>",
      `${table("Tape Devices", "Backup repository")}${table("Backup Server", "Tape server")}</body>`,
    );
  const { rows, otherTables } = readSavedPage(html);
  expect(differencesOfRows(PAGE.rows, rows)).toEqual([]);
  expect(otherTables).toEqual(["Tape Devices"]);
});

test.each(["", "no table", "<table><tr><td>From</td></tr></table>", "From\tTo\nA\tB"])(
  "what is not a page has no rows: %j",
  (text) => expect(readSavedPage(text).rows).toEqual([]),
);
