import { VeeamFeature } from "../../../lib/ports/features";
import { closedSections } from "../../../lib/plan/flows/closed-sections";
import type { Topology, TopologyComponent } from "../../../lib/plan/topology";
import { type PortTable, VeeamRole } from "../../../lib/ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../../lib/ports/revisions";

const TABLE = findPortTable(DEFAULT_REVISION) as PortTable;

const component = (
  role: VeeamRole,
  key: string,
  more: Partial<TopologyComponent> = {},
): TopologyComponent => ({
  role,
  key,
  endpoint: { id: key, label: key, prefixes: [] },
  ...more,
});
const server = component(VeeamRole.BACKUP_SERVER, "server", { type: "linux" });
const repository = (key: string) => component(VeeamRole.BACKUP_REPOSITORY, key, { type: "linux" });
const cache = (key: string) => component(VeeamRole.CACHE_REPOSITORY, key, { type: "linux" });

/** Everything that opens a closed row between components, and is not a feature. */
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

describe("what opens a closed row", () => {
  /** For each closed row between these ends, what opens it. */
  const opening = (topology: Topology, from: string, to: string): string[][] =>
    closedSections(TABLE, topology)
      .flatMap(({ closedRows }) => closedRows)
      .filter((row) => row.from === from && row.to === to)
      .map(({ opensWith }) => opensWith);
  const at = (id: string) => ({ id, label: id, prefixes: [] });

  test("is the property that names machines managed elsewhere, until it is set", () => {
    const alone: Topology = { components: [server] };
    expect(opening(alone, "Backup server", "SMTP server")).toEqual([["services.mail"], ["services.mail"]]);
    expect(opening(alone, "Backup server (Linux appliance)", "NTP server")).toContainEqual(["services.ntp"]);
    const said: Topology = { ...alone, peers: { "services.mail": at("mail"), consoles: at("consoles") } };
    expect(opening(said, "Backup server", "SMTP server")).toEqual([]);
  });

  test("is a feature and whatever else is missing, or what is missing alone where the feature is there", () => {
    const updates = ["features: updateNotifications"];
    const names = "Veeam Update Notification Server";
    expect(opening({ components: [server] }, "Backup server", names)).toEqual([updates]);
    const features = [VeeamFeature.UPDATE_NOTIFICATIONS];
    expect(opening({ components: [server], features }, "Backup server", names)).toEqual([]);
    const mount = opening({ components: [server, repository("one")] }, "Mount server", "Backup server");
    for (const opens of mount) expect(opens[opens.length - 1]).toBe("mountServers");
  });

  test("is the type of components that do not say it, by all of their labels", () => {
    const untyped = (key: string) => component(VeeamRole.GATEWAY_SERVER, key);
    const found = openedBy({ components: [server, untyped("one"), untyped("two")] });
    expect(found).toContain("type of one, two");
    // One that says it is enough for the row.
    const one = component(VeeamRole.GATEWAY_SERVER, "typed", { type: "windows" });
    const windows = opening(
      { components: [server, one, untyped("two")] },
      "Backup server",
      "Gateway server (Microsoft Windows)",
    );
    expect(windows.flat().filter((text) => text.startsWith("type of"))).toEqual([]);
  });

  test("is nothing of its own for the second end of copies, extents and migrations", () => {
    const many: Topology = {
      components: [server, repository("one"), repository("two"), cache("old"), cache("new")],
    };
    for (const property of ["backupCopies", "scaleOutRepositories", "cacheMigration"]) {
      const rows = closedSections(TABLE, many)
        .flatMap(({ closedRows }) => closedRows)
        .filter(({ opensWith }) => opensWith.includes(property));
      expect(rows).not.toHaveLength(0);
      for (const { opensWith } of rows) {
        expect(opensWith.filter((text) => text === property)).toEqual([property]);
        expect(opensWith.every((text) => text.length > 0)).toBe(true);
      }
    }
    const copy = opening(many, "Source backup repository", "Target backup repository");
    expect(copy).not.toHaveLength(0);
    for (const opens of copy) expect(opens[opens.length - 1]).toBe("backupCopies");
  });
});

test("rows about every component or DNS servers, and of roles that are not there, are never told", () => {
  const rows = closedSections(TABLE, { components: [server] }).flatMap(({ closedRows }) => closedRows);
  const told = new Set(rows.flatMap(({ from, to }) => [from, to]));
  for (const words of [
    "Any backup infrastructure component",
    "DNS server",
    "Cache repository",
    "Gateway server",
  ]) {
    expect(told).not.toContain(words);
  }
});

test("gateways are spoken of where there is a repository that needs one", () => {
  const gateway = component(VeeamRole.GATEWAY_SERVER, "gateway", { type: "linux" });
  const smb = component(VeeamRole.BACKUP_REPOSITORY, "smb", { type: "smb" });
  const titles = (...components: TopologyComponent[]) =>
    closedSections(TABLE, { components }).flatMap(({ closedRows }) => closedRows.map(({ from }) => from));
  const words = "Gateway server or backup proxy";
  expect(titles(server, gateway)).not.toContain(words);
  expect(titles(server, gateway, repository("one"), smb)).toContain(words);
  // Without a gateway server, the backup server is the gateway.
  expect(titles(server, smb)).toContain(words);
});

test("a row whose ends are on one machine needs no rule, and one whose second end is missing is closed", () => {
  const features = [
    VeeamFeature.COMPONENT_DEPLOYMENT,
    VeeamFeature.TENANT_BACKUP_COPY,
    VeeamFeature.LOG_BACKUP,
  ];
  const shared = { ...repository("one"), endpoint: server.endpoint };
  const between = (components: TopologyComponent[]) =>
    closedSections(TABLE, { components, features })
      .flatMap(({ closedRows }) => closedRows)
      .filter(({ from, to }) => from === "Backup server" && to === "Backup repository (Linux)");
  expect(between([server, shared])).toEqual([]);
  expect(between([server, repository("one")])).toEqual([]);
  expect(between([server, component(VeeamRole.BACKUP_REPOSITORY, "untyped")])).not.toHaveLength(0);
});

test("a section says how many of its rows are about the deployment, and where it stands", () => {
  for (const section of closedSections(TABLE, { components: [server, repository("one")] })) {
    expect(section.rowsInQuestion).toBeGreaterThanOrEqual(section.closedRows.length);
    expect(section.source).toMatch(/^https:/);
    expect(section.pageDate).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});
