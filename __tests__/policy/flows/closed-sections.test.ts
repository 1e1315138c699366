import { closedSections } from "../../../lib/policy/flows/closed-sections";
import type { Topology, TopologyComponent } from "../../../lib/policy/flows/topology";
import { type PortTable, Role } from "../../../lib/ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../../lib/ports/revisions";

const TABLE = findPortTable(DEFAULT_REVISION) as PortTable;

const component = (role: Role, key: string, more: Partial<TopologyComponent> = {}): TopologyComponent => ({
  role,
  key,
  endpoint: { id: key, label: key, prefixes: [] },
  ...more,
});
const server = component(Role.BACKUP_SERVER, "server", { type: "linux" });
const repository = (key: string) => component(Role.BACKUP_REPOSITORY, key, { type: "linux" });
const cache = (key: string) => component(Role.CACHE_REPOSITORY, key, { type: "linux" });

/** Everything that opens a closed row between components, and is no feature. */
const openedBy = (topology: Topology): string[] => [
  ...new Set(
    closedSections(TABLE, topology)
      .flatMap(({ closedRows }) => closedRows)
      .flatMap(({ opensWith }) => opensWith)
      .filter((text) => !text.startsWith("features")),
  ),
];

test("copies and scale-out repositories are spoken of where there are two repositories, until they are said", () => {
  const two: Topology = { components: [server, repository("one"), repository("two")] };
  expect(openedBy(two)).toEqual(expect.arrayContaining(["backupCopies", "scaleOutRepositories"]));
  const one = openedBy({ components: [server, repository("one")] });
  for (const property of ["backupCopies", "scaleOutRepositories"]) expect(one).not.toContain(property);
  const said = openedBy({
    ...two,
    backupCopies: [{ from: "one", to: "two" }],
    scaleOutRepositories: [["one", "two"]],
  });
  for (const property of ["backupCopies", "scaleOutRepositories"]) expect(said).not.toContain(property);
});

test("a migration is spoken of where there are two cache repositories, until it is said", () => {
  const two: Topology = { components: [server, cache("old"), cache("new")] };
  const migration = openedBy(two).filter((text) => text === "cacheMigration");
  const said = openedBy({ ...two, cacheMigration: { from: "old", to: "new" } });
  const one = openedBy({ components: [server, cache("old")] });
  expect(said).not.toContain("cacheMigration");
  expect(one).not.toContain("cacheMigration");
  expect({ migration }).toEqual({ migration: ["cacheMigration"] });
});

test("each closed row says who, what and why", () => {
  const rows = closedSections(TABLE, { components: [server, repository("one")] }).flatMap(
    (section) => section.closedRows,
  );
  expect(rows).not.toHaveLength(0);
  for (const { from, to, protocol, ports, without } of rows) {
    expect([from, to, without]).not.toContain("");
    expect(protocol).toMatch(/^(TCP|UDP)$/);
    expect(ports).not.toHaveLength(0);
  }
});
