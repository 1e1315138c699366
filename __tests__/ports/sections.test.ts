import { membersOfParty, type Party, PARTIES, wordsOfParty } from "../../lib/ports/parties";
import { VeeamFeature, FEATURES } from "../../lib/ports/features";
import { ADMINISTRATOR_ROWS, THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../../lib/ports/own-rows";
import { type PortSection, rowsOfSection, rowsOfTable, type SectionRow } from "../../lib/ports/port-table";
import { allPortTables } from "../../lib/ports/revisions";
import { allPortSections } from "../../lib/ports/sections";
import { findStorageRegion, STORAGE_REGIONS } from "../../lib/azure/storage-regions";
import { Protocol } from "../../lib/azure/security-rule";
import {
  type AgreedRow,
  agreedRows,
  type TranscribedSection,
  transcribedSections,
} from "../support/expected/transcribed-sections";

const PAGES = transcribedSections();
const AGREED = agreedRows();

/** What a party is limited to, where it has the words of one that is not. */
const ONLY_FOR: Readonly<Record<string, string>> = {
  "linux-backup-server": "Linux appliance",
  "windows-backup-server": "Windows",
};

/** Every way in which a section is not what the page says, cell by cell; none where it is. */
function differences(section: PortSection, page: TranscribedSection, agreed: readonly AgreedRow[]): string[] {
  const found: string[] = [];
  const compare = (cell: string, actual: unknown, expected: unknown): void => {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) found.push(`${page.section} ${cell}: ${a}, where the page says ${b}`);
  };
  for (const cell of ["section", "build", "pageDate", "source"] as const) {
    compare(cell, section[cell], page[cell]);
  }
  compare("number of rows", section.rows.length, page.rows.length);
  page.rows.forEach((expected, index) => {
    const row = section.rows[index];
    if (!row) return;
    const at = (cell: string): string => `row ${index + 1} ${cell}`;
    compare(at("from in words"), wordsOfParty(row.from), expected.from);
    compare(at("to in words"), wordsOfParty(row.to), expected.to);
    compare(at("only for"), ONLY_FOR[row.from] ?? ONLY_FOR[row.to], expected.onlyFor);
    compare(at("protocol"), row.protocol.toUpperCase(), expected.protocol);
    compare(at("ports"), row.ports, expected.ports);
    compare(at("optional"), row.optional, expected.optional);
    for (const cell of ["name", "priority", "from", "to", "features"] as const) {
      compare(at(cell), row[cell], agreed[index]?.[cell]);
    }
  });
  return found;
}

function sectionOf(page: TranscribedSection): PortSection {
  const found = allPortSections().filter(({ section }) => section === page.section);
  expect(found).toHaveLength(1);
  return found[0];
}

test("there are the eleven sections of the page, one a file, and no other", () => {
  expect(PAGES).toHaveLength(11);
  expect(
    allPortSections()
      .map(({ section }) => section)
      .sort(),
  ).toEqual(PAGES.map(({ section }) => section).sort());
});

test.each(PAGES.map((page) => [page.section, page] as const))("is what the page says: %s", (_, page) => {
  expect(differences(sectionOf(page), page, AGREED.get(page.section) ?? [])).toEqual([]);
});

test("a change of any one cell is found", () => {
  let changes = 0;
  const expectFound = (page: TranscribedSection, changed: PortSection): void => {
    changes += 1;
    expect(differences(changed, page, AGREED.get(page.section) ?? [])).not.toEqual([]);
  };
  for (const page of PAGES) {
    const section = sectionOf(page);
    for (const cell of ["section", "build", "pageDate", "source"] as const) {
      expectFound(page, { ...section, [cell]: `${section[cell]}x` });
    }
    section.rows.forEach((row, index) => {
      const withRow = (changed: Partial<SectionRow>): PortSection => ({
        ...section,
        rows: section.rows.map((other, at) => (at === index ? { ...other, ...changed } : other)),
      });
      expectFound(page, { ...section, rows: section.rows.filter((_, at) => at !== index) });
      for (const party of Object.keys(PARTIES) as Party[]) {
        if (party !== row.from) expectFound(page, withRow({ from: party }));
        if (party !== row.to) expectFound(page, withRow({ to: party }));
      }
      for (const protocol of Object.values(Protocol)) {
        if (protocol !== row.protocol) expectFound(page, withRow({ protocol }));
      }
      row.ports.forEach((_, at) => {
        expectFound(page, withRow({ ports: row.ports.filter((__, i) => i !== at) }));
        expectFound(page, withRow({ ports: row.ports.map((port, i) => (i === at ? `${port}1` : port)) }));
      });
      expectFound(page, withRow({ optional: !row.optional }));
      expectFound(page, withRow({ priority: row.priority + 1 }));
      expectFound(page, withRow({ name: `${row.name}-x` }));
      for (const feature of Object.values(VeeamFeature)) {
        const without = row.features.filter((other) => other !== feature);
        const changed = without.length < row.features.length ? without : [...row.features, feature];
        expectFound(page, withRow({ features: changed }));
      }
    });
  }
  expect(changes).toBeGreaterThan(4000);
});

test("whatever can be in one deployment has a priority of its own", () => {
  const names = new Map<number, Set<string>>();
  const take = (name: string, priority: number): void => {
    names.set(priority, (names.get(priority) ?? new Set()).add(name));
  };
  for (const table of allPortTables()) {
    for (const { row } of rowsOfTable(table)) take(row.name, row.priority);
  }
  const rows = allPortSections().flatMap((section) => section.rows);
  for (const row of [...rows, ...ADMINISTRATOR_ROWS, THROUGH_HTTP_PROXY, THROUGH_FIREWALL]) {
    take(row.name, row.priority);
  }
  for (const { region, priority } of STORAGE_REGIONS) take(`region ${region}`, priority);
  for (const [priority, same] of names) {
    expect([...same]).toHaveLength(1);
    expect(priority).toBeGreaterThanOrEqual(100);
    expect(priority).toBeLessThan(2000);
  }
  const priorities = new Map([...names].map(([priority, [name]]) => [name, priority]));
  expect(priorities.size).toBe(names.size);
});

test("rows of one name agree on everything that a rule has, so that they are one rule", () => {
  const byName = new Map<string, SectionRow>();
  for (const row of allPortSections().flatMap((section) => section.rows)) {
    const same = byName.get(row.name);
    if (same) {
      const { priority, protocol, ports, reason } = row;
      expect({ priority, protocol, ports, reason }).toEqual({
        priority: same.priority,
        protocol: same.protocol,
        ports: same.ports,
        reason: same.reason,
      });
    }
    byName.set(row.name, row);
  }
});

test("descriptions and names fit into Azure's limits", () => {
  const longest = Math.max(...STORAGE_REGIONS.map(({ region }) => region.length));
  for (const { row, origin } of allPortSections().flatMap(rowsOfSection)) {
    expect(`${origin}: ${row.reason}`.length).toBeLessThanOrEqual(140);
    expect(`allow-out-${row.name}`).toMatch(/^[a-z0-9-]{1,80}$/);
    expect(row.to === "object-storage" ? row.name.length + longest : 0).toBeLessThan(60);
  }
});

test("each feature opens rows, and each row says what breaks without it", () => {
  const rows = allPortSections().flatMap((section) => section.rows);
  expect(FEATURES.map(({ feature }) => feature).sort()).toEqual(Object.values(VeeamFeature).sort());
  for (const feature of Object.values(VeeamFeature)) {
    expect(rows.some((row) => row.features.includes(feature))).toBe(true);
  }
  for (const row of rows) expect(row.without).toMatch(/^[a-z].*[^.]$/);
});

test("a region is known by any of its spellings, and its place in the list is for good", () => {
  expect(findStorageRegion("westeurope")?.serviceTag).toBe("Storage.WestEurope");
  expect(findStorageRegion("West Europe")?.serviceTag).toBe("Storage.WestEurope");
  expect(findStorageRegion("middleearth")).toBeUndefined();
  expect(STORAGE_REGIONS.map(({ region }) => region)).toHaveLength(58);
  expect(findStorageRegion("australiacentral")?.priority).toBe(1200);
  expect(findStorageRegion("westeurope")?.priority).toBe(1253);
  expect(findStorageRegion("westus3")?.priority).toBe(1257);
});

test("every party is spoken of by some row", () => {
  const spoken = new Set<string>();
  for (const { from, to } of [
    ...allPortTables().flatMap((table) => table.rows),
    ...allPortSections().flatMap((section) => section.rows),
    ...ADMINISTRATOR_ROWS,
  ]) {
    spoken.add(from).add(to);
  }
  expect(Object.keys(PARTIES).filter((party) => !spoken.has(party))).toEqual([]);
  for (const party of Object.keys(PARTIES) as Party[]) expect(membersOfParty(party).kind).toBeTruthy();
});
