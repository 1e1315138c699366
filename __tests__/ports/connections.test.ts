import { STORAGE_REGIONS, findStorageRegion } from "../../lib/azure/storage-regions";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CONNECTIONS } from "../../lib/ports/connections";
import { FEATURES, VeeamFeature } from "../../lib/ports/features";
import { reasonOutOfScope } from "../../lib/ports/out-of-scope";
import { ADMINISTRATOR_ROWS, THROUGH_FIREWALL, THROUGH_HTTP_PROXY } from "../../lib/ports/own-rows";
import { connectionsBetween, connectionsOfPage, partsOfRow } from "../../lib/ports/page-connections";
import { ENTRA_ID_PAGES, USED_PORTS_PAGES } from "../../lib/ports/pages";
import { PARTIES } from "../../lib/ports/parties";

const PAGES = [...ENTRA_ID_PAGES, ...USED_PORTS_PAGES];
const ASKED = PAGES.flatMap(connectionsOfPage);

test("no part of a row is forgotten: it is open as a connection, or out of scope for a reason", () => {
  const forgotten = PAGES.flatMap((page) =>
    page.rows.flatMap((row) =>
      partsOfRow(row)
        .filter(
          ([from, to, port]) =>
            connectionsBetween(page, row, from, to, port).length === 0 &&
            reasonOutOfScope(from, to, port) === undefined,
        )
        .map(([from, to, port]) => `${page.name} ${page.pageDate}: ${from} > ${to}, ${row.protocol} ${port}`),
    ),
  );
  expect(forgotten).toEqual([]);
});

test("no part of a row is both open and out of scope", () => {
  const both = PAGES.flatMap((page) =>
    page.rows.flatMap((row) =>
      partsOfRow(row)
        .filter(
          ([from, to, port]) =>
            connectionsBetween(page, row, from, to, port).length > 0 &&
            reasonOutOfScope(from, to, port) !== undefined,
        )
        .map(([from, to, port]) => `${page.pageDate}: ${from} > ${to}, ${port}`),
    ),
  );
  expect(both).toEqual([]);
});

test("every connection, and each of its ports, is asked for by some row", () => {
  const asked = new Map(CONNECTIONS.map((connection) => [connection, new Set<string>()]));
  for (const { connection, ports } of ASKED) ports.forEach((port) => asked.get(connection)?.add(port));
  const idle = [...asked].flatMap(([{ name, from, to, ports }, found]) =>
    ports.filter((port) => !found.has(port)).map((port) => `${name}: ${from} > ${to} ${port}`),
  );
  expect(idle).toEqual([]);
});

test("every party is an end of some connection", () => {
  const spoken = new Set([...CONNECTIONS, ...ADMINISTRATOR_ROWS].flatMap(({ from, to }) => [from, to]));
  expect(Object.keys(PARTIES).filter((party) => !spoken.has(party as never))).toEqual([]);
});

test("names and priorities are for good", () => {
  const agreed = readFileSync(join(__dirname, "..", "fixtures", "connections.txt"), "utf8")
    .trimEnd()
    .split("\n");
  const lines = CONNECTIONS.map(({ name, priority, from, to, protocol, ports, features }) =>
    [name, priority, from, to, protocol, ports.join(" "), features.join(" ") || "-"].join(" | "),
  );
  expect(lines).toEqual(agreed);
});

test("whatever can be in one deployment has a priority of its own", () => {
  const names = new Map<number, Set<string>>();
  const take = (name: string, priority: number): void => {
    names.set(priority, (names.get(priority) ?? new Set()).add(name));
  };
  for (const row of [...CONNECTIONS, ...ADMINISTRATOR_ROWS, THROUGH_HTTP_PROXY, THROUGH_FIREWALL]) {
    take(row.name, row.priority);
  }
  for (const { region, priority } of STORAGE_REGIONS) take(`region ${region}`, priority);
  for (const [priority, same] of names) {
    expect([...same]).toHaveLength(1);
    expect(priority).toBeGreaterThanOrEqual(100);
    expect(priority).toBeLessThan(2000);
  }
  expect(new Set([...names.values()].map(([name]) => name)).size).toBe(names.size);
});

test("descriptions and names fit into Azure's limits, and hold what Azure takes", () => {
  const longest = Math.max(...STORAGE_REGIONS.map(({ region }) => region.length));
  for (const { name, reason, to } of CONNECTIONS) {
    expect(`Entra ID ports: ${reason}`).toMatch(/^[\x20-\x7e]{1,140}$/);
    expect(`allow-out-${name}`).toMatch(/^[a-z0-9-]{1,80}$/);
    expect(to === "object-storage" ? name.length + longest : 0).toBeLessThan(60);
  }
});

test("each feature opens connections, and each row of Used Ports says what breaks without it", () => {
  expect(FEATURES.map(({ feature }) => feature).sort()).toEqual(Object.values(VeeamFeature).sort());
  for (const feature of Object.values(VeeamFeature)) {
    expect(CONNECTIONS.some(({ features }) => features.includes(feature))).toBe(true);
  }
  for (const { connection } of USED_PORTS_PAGES.flatMap(connectionsOfPage)) {
    expect(connection.without).toMatch(/^[a-z].*[^.]$/i);
  }
});

test("ports are numbers and ranges in order, or the proxy's own", () => {
  for (const port of CONNECTIONS.flatMap(({ ports }) => ports).filter((text) => text !== "<proxy port>")) {
    const [from, to = from] = port.split("-").map(Number);
    expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
    expect(0 < from && from <= to && to <= 65535).toBe(true);
  }
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
