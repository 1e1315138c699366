import type { FlowEndpoint } from "../../../lib/azure/flow";
import { isAskedFor, openRows } from "../../../lib/plan/flows/open-rows";
import type { Topology } from "../../../lib/plan/topology";
import { VeeamFeature } from "../../../lib/ports/features";
import type { PortTable } from "../../../lib/ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../../lib/ports/revisions";

const TABLE = findPortTable(DEFAULT_REVISION) as PortTable;
const somewhere: FlowEndpoint = { id: "x", label: "X", prefixes: [] };

const opened = (more: Partial<Topology>, table = TABLE) => openRows(table, { components: [], ...more });
const names = (more: Partial<Topology>, table = TABLE) => opened(more, table).map(({ row }) => row.name);
const ENTRA_ID_ONLY = names({});

test.each<[string, Partial<Topology>]>([
  ["consoles are in every deployment", { peers: { consoles: somewhere } }],
  ["lists are empty", { features: [], peers: {}, backupCopies: [], scaleOutRepositories: [] }],
])("the rows are those of the Entra ID page alone where %s", (_, more) => {
  expect(names(more)).toEqual(ENTRA_ID_ONLY);
  expect(ENTRA_ID_ONLY).toHaveLength(12);
  for (const { askedBy = [] } of opened(more)) {
    expect(askedBy.map(({ page }) => page.name)).toEqual(["Entra ID ports"]);
  }
});

test.each<[string, Partial<Topology>]>([
  ["a feature", { features: [VeeamFeature.UPDATE_NOTIFICATIONS] }],
  ["machines managed elsewhere", { peers: { "services.mail": somewhere } }],
  ["a migration", { cacheMigration: { from: "a", to: "b" } }],
  ["copies", { backupCopies: [{ from: "a", to: "b" }] }],
  ["a scale-out repository", { scaleOutRepositories: [["a", "b"]] }],
])(
  "%s opens rows of Used Ports, in the order of their priorities, and those of administrators",
  (_, more) => {
    const rows = opened(more);
    expect(rows.slice(0, ENTRA_ID_ONLY.length).map(({ row }) => row.name)).toEqual(ENTRA_ID_ONLY);
    const own = rows.filter(({ origin }) => origin === "administrators");
    expect(own.map(({ row }) => row.name)).toEqual(["administrator-ssh", "administrator-remote-desktop"]);
    const priorities = rows.slice(ENTRA_ID_ONLY.length, -own.length).map(({ row }) => row.priority);
    expect(priorities.length).toBeGreaterThan(10);
    expect(priorities).toEqual([...priorities].sort((a, b) => a - b));
  },
);

test("a feature opens its rows, and those of no other feature", () => {
  const told = "backup-server-to-update-notifications";
  const isOpen = (...features: VeeamFeature[]) => names({ features }).some((name) => name === told);
  expect(isOpen(VeeamFeature.UPDATE_NOTIFICATIONS)).toBe(true);
  expect(isOpen(VeeamFeature.LOG_BACKUP, VeeamFeature.UPDATE_NOTIFICATIONS)).toBe(true);
  expect(isOpen(VeeamFeature.LOG_BACKUP)).toBe(false);
});

test("a revision without Used Ports opens none of its rows", () => {
  const old = findPortTable("13.0.1.1071@2026-01-14") as PortTable;
  const more = names({ features: Object.values(VeeamFeature), peers: { "services.mail": somewhere } }, old);
  expect(more).toEqual([...names({}, old), "administrator-ssh", "administrator-remote-desktop"]);
});

test("a connection without features is asked for by its ends, another by any of its features", () => {
  const row = (...features: VeeamFeature[]) => ({ features });
  const [one, other] = [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY];
  expect(isAskedFor(row(), { components: [] })).toBe(true);
  expect(isAskedFor(row(one, other), { components: [], features: [other] })).toBe(true);
  expect(isAskedFor(row(one), { components: [], features: [other] })).toBe(false);
  expect(isAskedFor(row(one), { components: [] })).toBe(false);
});
