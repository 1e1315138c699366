import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  allPortTables,
  DEFAULT_REVISION,
  findPortTable,
  REVISIONS,
  revisionsThatSpeakOf,
} from "../../lib/ports/revisions";
import type { PortTable } from "../../lib/ports/port-table";
import { differences } from "../support/expected/compare-with-page";
import { transcribedPages } from "../support/expected/transcribed-pages";

const PAGES = transcribedPages();

test("the default is the revision of 2026-02-12", () => {
  expect(DEFAULT_REVISION).toBe("13.0.1.1071@2026-02-12");
  expect(findPortTable(DEFAULT_REVISION)?.revision).toBe(DEFAULT_REVISION);
});

test("every revision transcribed is there, the oldest first, and no other", () => {
  expect(REVISIONS).toEqual([
    "13.0.1.180@2025-12-12",
    "13.0.1.1071@2025-12-19",
    "13.0.1.1071@2026-01-14",
    "13.0.1.1071@2026-02-12",
    "13.0.1.1071@2026-02-18",
    "13.0.1.2067@2026-03-31",
  ]);
  expect(PAGES.map((page) => page.revision)).toEqual(REVISIONS);
});

test("a revision's file has its name, which is its build and its day", () => {
  const files = readdirSync(join(__dirname, "..", "..", "lib", "ports", "revisions")).sort();
  expect(files).toEqual(
    allPortTables()
      .map(({ revision }) => `${revision}.ts`)
      .sort(),
  );
  for (const table of allPortTables()) expect(table.revision).toBe(`${table.build}@${table.pageDate}`);
});

test.each(["", "13.0.1.1071", "constructor", "../port-table", `${DEFAULT_REVISION}.ts`])(
  "no table is found for %p",
  (revision) => expect(findPortTable(revision)).toBeUndefined(),
);

test("which revisions speak of a party", () => {
  expect(revisionsThatSpeakOf("console")).toEqual(REVISIONS);
  expect(revisionsThatSpeakOf("http-proxy")).toEqual(REVISIONS.slice(1));
  expect(revisionsThatSpeakOf("gateway-server")).toEqual(REVISIONS.slice(3));
  expect(revisionsThatSpeakOf("migrating-cache-repositories")).toEqual(REVISIONS.slice(3));
  expect(revisionsThatSpeakOf("dns-server")).toEqual([]);
});

describe.each(PAGES.map((page) => [page.revision, page] as const))("%s", (revision, page) => {
  const table = findPortTable(revision) as PortTable;

  test("is what the page says, cell by cell", () => {
    expect(differences(table, page)).toEqual([]);
  });

  const cells: ReadonlyArray<[cell: string, change: (copy: Mutable<PortTable>) => void]> = [
    ["revision", (copy) => (copy.revision += "x")],
    ["build", (copy) => (copy.build = "13.0.1.181")],
    ["page date", (copy) => (copy.pageDate = "2026-02-13")],
    ["source", (copy) => (copy.source = copy.source.replace("ports", "port"))],
    ["the last row left out", (copy) => copy.rows.pop()],
    ["a row twice", (copy) => copy.rows.push(copy.rows[0])],
    ["two rows exchanged", (copy) => copy.rows.push(...copy.rows.splice(0, 1))],
    ...table.rows.flatMap((row, index): Array<[string, (copy: Mutable<PortTable>) => void]> => [
      [
        `row ${index + 1} from`,
        ({ rows }) => (rows[index].from = row.from === "console" ? "backup-server" : "console"),
      ],
      [
        `row ${index + 1} to`,
        ({ rows }) => (rows[index].to = row.to === "postgresql" ? "http-proxy" : "postgresql"),
      ],
      [
        `row ${index + 1} ends exchanged`,
        ({ rows }) => ([rows[index].from, rows[index].to] = [row.to, row.from]),
      ],
      [`row ${index + 1} protocol`, ({ rows }) => (rows[index].protocol = "Udp" as typeof row.protocol)],
      [`row ${index + 1} any protocol`, ({ rows }) => (rows[index].protocol = "*" as typeof row.protocol)],
      ...row.ports.map((port, at): [string, (copy: Mutable<PortTable>) => void] => [
        `row ${index + 1} port ${port}`,
        ({ rows }) => (rows[index].ports[at] = port.replace(/.$/, (digit) => (digit === "1" ? "2" : "1"))),
      ]),
      [`row ${index + 1} a port more`, ({ rows }) => rows[index].ports.push("22")],
      [`row ${index + 1} a port less`, ({ rows }) => rows[index].ports.pop()],
      [`row ${index + 1} optional`, ({ rows }) => (rows[index].optional = !row.optional)],
      [`row ${index + 1} name`, ({ rows }) => (rows[index].name += "-x")],
      [`row ${index + 1} priority`, ({ rows }) => (rows[index].priority += 1)],
    ]),
  ];

  test.each(cells)("a change of one cell is found: %s", (_cell, change) => {
    const copy = JSON.parse(JSON.stringify(table)) as Mutable<PortTable>;
    change(copy);
    expect(differences(copy as PortTable, page)).not.toEqual(differences(table, page));
  });
});

/** A value whose every part may be changed. */
type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
