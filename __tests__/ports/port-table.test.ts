import { documentedFlows } from "../../lib/plan/flows/documented-flows";
import { dnsFlows } from "../../lib/plan/flows/dns-flows";
import type { FlowEndpoint } from "../../lib/azure/flow";
import { MAX_DESCRIPTION_LENGTH, ruleName } from "../../lib/plan/rules/rules-of-endpoint";
import { Direction } from "../../lib/azure/security-rule";
import { type PortTableRow, VeeamRole, rowsOfSection, rowsOfTable } from "../../lib/ports/port-table";
import { allPortTables } from "../../lib/ports/revisions";
import { section as outgoing } from "../../lib/ports/sections/backup-server-outgoing";
import { section as cacheMove } from "../../lib/ports/sections/cache-repository-connections-rewritten";

const SOURCED = [
  ...allPortTables().flatMap(rowsOfTable),
  ...rowsOfSection(cacheMove),
  // The rest of the section is for features that a deployment names.
  ...rowsOfSection(outgoing).filter(({ row }) => row.to === "dns-server"),
];

/** A key of a flow that does not hang on the revision. */
function flowKey(row: PortTableRow): string {
  return `${row.from} > ${row.to} ${row.protocol} ${row.name.endsWith("rest-api") ? "api" : ""}`;
}

test("sections are what the vendor says beside the Entra ID page", () => {
  expect(cacheMove).toMatchObject({
    pageDate: "2026-04-02",
    build: "13.0.1.2067",
    source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  });
  expect(cacheMove.rows.map(({ from, to, protocol, ports }) => [from, to, protocol, ports])).toEqual([
    ["old-cache-repository", "new-cache-repository", "Tcp", ["2500-3300"]],
    ["new-cache-repository", "old-cache-repository", "Tcp", ["2500-3300"]],
  ]);
  expect(outgoing).toMatchObject({
    source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  });
  const toDns = outgoing.rows.filter((row) => row.to === "dns-server");
  expect(toDns.map(({ from, to, protocol, ports }) => [from, to, protocol, ports])).toEqual([
    ["every-component", "dns-server", "Udp", ["53"]],
    ["every-component", "dns-server", "Tcp", ["53"]],
  ]);
});

test("one flow has one name and one priority in every table, and no other flow has them", () => {
  const nameOf = new Map<string, string>();
  const keyOf = new Map<string, string>();
  for (const { row } of SOURCED) {
    const name = `${row.name} ${row.priority}`;
    expect(nameOf.get(flowKey(row)) ?? name).toBe(name);
    for (const unique of [row.name.toLowerCase(), row.priority]) {
      expect(keyOf.get(String(unique)) ?? flowKey(row)).toBe(flowKey(row));
      keyOf.set(String(unique), flowKey(row));
    }
    nameOf.set(flowKey(row), name);
  }
  expect(nameOf.size).toBe(16);
});

test("priorities leave room for the deny rule, and between them", () => {
  const priorities = [...new Set(SOURCED.map(({ row }) => row.priority))];
  for (const priority of priorities) {
    expect(priority).toBeGreaterThanOrEqual(100);
    expect(priority).toBeLessThan(4096);
    expect(priority % 10).toBe(0);
  }
});

test.each([Direction.INBOUND, Direction.OUTBOUND])("names of rules are names in Azure: %s", (direction) => {
  for (const { row } of SOURCED) {
    expect(ruleName(row.name, direction)).toMatch(/^(?=.{1,80}$)[A-Za-z0-9][A-Za-z0-9_.-]*[A-Za-z0-9_]$/);
  }
});

test("descriptions fit into Azure's 140 characters as they are written", () => {
  for (const { row, origin } of SOURCED) {
    const description = `${origin}: ${row.reason}`;
    expect(description.length).toBeLessThanOrEqual(MAX_DESCRIPTION_LENGTH);
    expect(description).toMatch(/^[\x20-\x7e]+$/);
  }
  expect(MAX_DESCRIPTION_LENGTH).toBe(140);
});

test("ports are numbers and ranges in order, or the proxy's own", () => {
  for (const { row } of SOURCED) {
    expect(row.ports).not.toEqual([]);
    for (const port of row.ports.filter((text) => text !== "<proxy port>")) {
      const [from, to = from] = port.split("-").map(Number);
      expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
      expect(0 < from && from <= to && to <= 65535).toBe(true);
    }
  }
});

test("a flow names its own page, not that of the revision", () => {
  const at = (id: string): FlowEndpoint => ({ id, label: id, prefixes: [] });
  const caches = ["old", "new"].map((key) => ({ role: VeeamRole.CACHE_REPOSITORY, key, endpoint: at(key) }));
  const server = { role: VeeamRole.BACKUP_SERVER, key: "backup-server", endpoint: at("server") };
  for (const table of allPortTables().filter(({ rows }) => rows.length > 10)) {
    const flows = documentedFlows(table, {
      components: [server, ...caches],
      cacheMigration: { from: "old", to: "new" },
    });
    const pages = Object.fromEntries(flows.map((flow) => [flow.name, `${flow.source} ${flow.pageDate}`]));
    expect(pages["backup-server-to-migrating-cache-repositories"]).toBe(`${table.source} ${table.pageDate}`);
    for (const name of ["old-cache-repository-to-new", "new-cache-repository-to-old"]) {
      expect(pages[name]).toBe("https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html 2026-04-02");
    }
  }
  for (const flow of dnsFlows(at("a"), at("dns"))) {
    expect(flow).toMatchObject({ source: outgoing.source, pageDate: outgoing.pageDate });
  }
});
