import type { FlowEndpoint } from "../../../lib/azure/flow";
import { isAskedFor, isInTable, openRows } from "../../../lib/plan/flows/open-rows";
import type { Topology } from "../../../lib/plan/topology";
import { VeeamFeature } from "../../../lib/ports/features";
import { type PortTable, rowsOfTable, type SectionRow } from "../../../lib/ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../../lib/ports/revisions";
import { Protocol } from "../../../lib/azure/security-rule";

const TABLE = findPortTable(DEFAULT_REVISION) as PortTable;
const somewhere: FlowEndpoint = { id: "x", label: "X", prefixes: [] };

const opened = (more: Partial<Topology>) => openRows(TABLE, { components: [], ...more });
const names = (more: Partial<Topology>) => opened(more).map(({ row }) => row.name);

test.each<[string, Partial<Topology>]>([
  ["nothing more is asked for", {}],
  ["consoles are in every deployment", { peers: { consoles: somewhere } }],
  ["lists are empty", { features: [], peers: {}, backupCopies: [], scaleOutRepositories: [] }],
])("the rows are those of the table alone where %s", (_, more) => {
  expect(opened(more)).toEqual(rowsOfTable(TABLE));
});

test.each<[string, Partial<Topology>]>([
  ["a feature", { features: [VeeamFeature.UPDATE_NOTIFICATIONS] }],
  ["machines of others", { peers: { "services.mail": somewhere } }],
  ["a migration", { cacheMigration: { from: "a", to: "b" } }],
  ["copies", { backupCopies: [{ from: "a", to: "b" }] }],
  ["a scale-out repository", { scaleOutRepositories: [["a", "b"]] }],
])("%s opens rows of sections, in the order of their priorities, and those of administrators", (_, more) => {
  const rows = opened(more);
  expect(rows.slice(0, TABLE.rows.length)).toEqual(rowsOfTable(TABLE));
  const own = rows.filter(({ origin }) => origin === "administrators");
  expect(own.map(({ row }) => row.name)).toEqual(["administrator-ssh", "administrator-remote-desktop"]);
  const priorities = rows.slice(TABLE.rows.length, -own.length).map(({ row }) => row.priority);
  expect(priorities.length).toBeGreaterThan(10);
  expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
});

test("a feature opens its rows, and those of no other feature", () => {
  const told = "backup-server-to-update-notifications";
  const isOpen = (...features: VeeamFeature[]) => names({ features }).some((name) => name === told);
  expect(names({ features: [VeeamFeature.UPDATE_NOTIFICATIONS] })).toContain(told);
  expect(isOpen(VeeamFeature.LOG_BACKUP, VeeamFeature.UPDATE_NOTIFICATIONS)).toBe(true);
  expect(isOpen(VeeamFeature.LOG_BACKUP)).toBe(false);
});

test("a row without features is asked for by its ends, another by any of its features", () => {
  const row = (...features: VeeamFeature[]) => ({ features }) as unknown as SectionRow;
  const [one, other] = [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY];
  expect(isAskedFor(row(), { components: [] })).toBe(true);
  expect(isAskedFor(row(one, other), { components: [], features: [other] })).toBe(true);
  expect(isAskedFor(row(one), { components: [], features: [other] })).toBe(false);
  expect(isAskedFor(row(one), { components: [] })).toBe(false);
});

test("a row is the table's where ends, protocol and ports are the same", () => {
  const [row] = TABLE.rows;
  expect(isInTable({ ...row, name: "other", priority: 1 }, TABLE)).toBe(true);
  const protocol = row.protocol === Protocol.TCP ? Protocol.UDP : Protocol.TCP;
  for (const other of [
    { ...row, protocol },
    { ...row, ports: [...row.ports, "1"] },
    { ...row, from: "mount-server" as const },
    { ...row, to: "mount-server" as const },
  ]) {
    expect(isInTable(other, TABLE)).toBe(false);
  }
});
