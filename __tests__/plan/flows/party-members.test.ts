import type { FlowEndpoint } from "../../../lib/azure/flow";
import { endsOfRow, membersOf } from "../../../lib/plan/flows/party-members";
import type { Topology, TopologyComponent } from "../../../lib/plan/topology";
import type { Party } from "../../../lib/ports/parties";
import { VeeamRole } from "../../../lib/ports/port-table";
import type { PortTableRow } from "../../../lib/ports/sourced-row";

const at = (id: string): FlowEndpoint => ({ id, label: id, prefixes: [] });
const component = (role: VeeamRole, key: string, type?: string): TopologyComponent => ({
  role,
  key,
  endpoint: at(key),
  type,
});
const REPOSITORY = VeeamRole.BACKUP_REPOSITORY;
const server = component(VeeamRole.BACKUP_SERVER, "server", "windows");
const COMPONENTS = [
  server,
  component(VeeamRole.GATEWAY_SERVER, "gateway", "linux"),
  component(REPOSITORY, "windows", "windows"),
  component(REPOSITORY, "hardened", "hardened"),
  component(REPOSITORY, "smb", "smb"),
  component(REPOSITORY, "blob", "objectStorage"),
  component(REPOSITORY, "untyped"),
  component(VeeamRole.CACHE_REPOSITORY, "cache", "smb"),
];

const members = (party: Party, more: Partial<Topology> = {}) =>
  membersOf(party, { components: COMPONENTS, ...more }).map(({ endpoint }) => endpoint.id);
const ends = (from: Party, to: Party, more: Partial<Topology> = {}) =>
  endsOfRow({ from, to } as PortTableRow, { components: COMPONENTS, ...more }).map(
    ([one, other]) => `${one.endpoint.id} > ${other.endpoint.id}`,
  );

test.each<[Party, string[]]>([
  ["backup-server", ["server"]],
  ["linux-backup-server", []],
  ["backup-repository", ["windows", "hardened", "smb", "untyped"]],
  ["data-mover-backup-repository", ["windows", "hardened"]],
  ["smb-repository", ["smb", "cache"]],
  ["object-storage", ["blob"]],
  ["nfs-repository", []],
  ["windows-machine", ["server", "windows"]],
  ["linux-machine", ["gateway", "hardened"]],
  ["gateway-of-smb", ["server", "gateway"]],
  ["gateway-server-of-object-storage", ["gateway"]],
  ["gateway-of-nfs", []],
  ["source-backup-repository", ["windows", "hardened"]],
  ["target-extent", ["windows", "hardened", "smb", "untyped"]],
  ["every-component", COMPONENTS.map(({ key }) => key)],
  ["dns-server", []],
  ["appliance-updates", []],
  ["AzureActiveDirectory", ["AzureActiveDirectory"]],
  ["mail-server", []],
  ["old-cache-repository", []],
])("%s is %j", (party, expected) => {
  expect(members(party)).toEqual(expected);
});

test("a service tag is its own prefix", () => {
  const [{ endpoint }] = membersOf("AzureActiveDirectory", { components: [] });
  expect(endpoint).toEqual({
    id: "AzureActiveDirectory",
    label: "AzureActiveDirectory",
    prefixes: ["AzureActiveDirectory"],
  });
});

test("machines managed elsewhere are those whose addresses are given", () => {
  const peers = { "services.ntp": at("ntp"), "services.nts": at("nts"), consoles: at("consoles") };
  expect(members("ntp-server", { peers })).toEqual(["ntp"]);
  expect(members("nts-server", { peers })).toEqual(["nts"]);
  expect(members("mail-server", { peers })).toEqual([]);
});

test("gateways speak to repositories that name them, or that leave the choice to Veeam", () => {
  const named = (...ids: string[]) => [
    ...COMPONENTS.filter(({ type }) => type !== "smb"),
    { ...component(REPOSITORY, "smb", "smb"), gateways: ids.map(at) },
  ];
  expect(ends("gateway-of-smb", "smb-repository")).toEqual([
    "server > smb",
    "server > cache",
    "gateway > smb",
    "gateway > cache",
  ]);
  expect(ends("gateway-of-smb", "smb-repository", { components: named("gateway") })).toEqual([
    "gateway > smb",
  ]);
  expect(ends("gateway-of-smb", "smb-repository", { components: named("other", "server") })).toEqual([
    "server > smb",
  ]);
  expect(ends("gateway-of-smb", "smb-repository", { components: named() })).toEqual([]);
  // Only a row that begins at gateways asks whom they speak to.
  expect(ends("backup-server", "smb-repository", { components: named() })).toEqual(["server > smb"]);
});

test("copies lead from the one repository that is said to the other", () => {
  const backupCopies = [
    { from: "windows", to: "hardened" },
    { from: "hardened", to: "blob" },
  ];
  expect(ends("source-backup-repository", "target-backup-repository", { backupCopies })).toEqual([
    "windows > hardened",
  ]);
  expect(ends("source-backup-repository", "target-backup-repository")).toEqual([]);
});

test("extents of one scale-out repository connect to one another, none to itself", () => {
  const scaleOutRepositories = [
    ["windows", "hardened"],
    ["smb", "blob"],
  ];
  expect(ends("source-extent", "target-extent", { scaleOutRepositories })).toEqual([
    "windows > hardened",
    "hardened > windows",
  ]);
  expect(ends("source-extent", "target-extent")).toEqual([]);
});

test("a migration has the ends that are said", () => {
  const components = [server, ...["a", "b", "c"].map((key) => component(VeeamRole.CACHE_REPOSITORY, key))];
  const more = { components, cacheMigration: { from: "a", to: "c" } };
  expect(members("migrating-cache-repositories", more)).toEqual(["a", "c"]);
  expect(members("old-cache-repository", more)).toEqual(["a"]);
  expect(ends("old-cache-repository", "new-cache-repository", more)).toEqual(["a > c"]);
});
