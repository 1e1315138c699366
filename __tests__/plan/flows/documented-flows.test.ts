import { dnsFlows, documentedFlows } from "../../../lib/plan/flows/documented-flows";
import type { TopologyComponent } from "../../../lib/plan/topology";
import type { FlowEndpoint } from "../../../lib/azure/flow";
import { VeeamFeature } from "../../../lib/ports/features";
import { type PortTable, VeeamRole } from "../../../lib/ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../../lib/ports/revisions";

const DEFAULT = findPortTable("13.0.1.1071@2026-02-12") as PortTable;
const NEWEST = findPortTable(DEFAULT_REVISION) as PortTable;
const PRINTS_3128 = findPortTable("13.0.1.1071@2025-12-19") as PortTable;

const at = (id: string): FlowEndpoint => ({ id, label: id, prefixes: [] });
const component = (
  role: VeeamRole,
  id: string,
  more: Partial<TopologyComponent> = {},
): TopologyComponent => ({
  role,
  key: id,
  endpoint: at(id),
  ...more,
});
const server = component(VeeamRole.BACKUP_SERVER, "server");

/** The flows between the components, in one line each. */
function lines(table: PortTable, topology: Parameters<typeof documentedFlows>[1]): string[] {
  return documentedFlows(table, topology).map(
    ({ from, to, protocol, ports }) => `${from.id} > ${to.id} ${protocol} ${ports.join()}`,
  );
}

const DIRECT = ["server > AzureActiveDirectory Tcp 443", "server > AzureResourceManager Tcp 443"];

test("a backup server alone connects to Microsoft, and consoles to it", () => {
  expect(lines(DEFAULT, { components: [server] })).toEqual(DIRECT);
  expect(lines(DEFAULT, { components: [server], peers: { consoles: at("consoles") } })).toEqual([
    "consoles > server Tcp 9419",
    "consoles > server Tcp 443",
    ...DIRECT,
  ]);
});

describe("an HTTP proxy", () => {
  const proxy = (more: Partial<TopologyComponent>): TopologyComponent =>
    component(VeeamRole.HTTP_PROXY, "proxy", { port: "8080", ...more });
  const THROUGH = [
    "server > proxy Tcp 8080",
    "proxy > AzureActiveDirectory Tcp 443",
    "proxy > AzureResourceManager Tcp 443",
  ];

  test("replaces the direct ways, on its own port", () => {
    expect(lines(DEFAULT, { components: [server, proxy({})] })).toEqual(THROUGH);
  });

  test("keeps them with direct access", () => {
    const [first, ...rest] = THROUGH;
    expect(lines(DEFAULT, { components: [server, proxy({ directAccess: true })] })).toEqual([
      first,
      ...DIRECT,
      ...rest,
    ]);
  });

  test("on the backup server goes out from there, and nothing leads to it", () => {
    expect(lines(DEFAULT, { components: [server, proxy({ endpoint: server.endpoint })] })).toEqual(DIRECT);
  });

  test("listens where the deployment says, whatever the page prints", () => {
    expect(lines(PRINTS_3128, { components: [server, proxy({})] })).toEqual(THROUGH);
  });

  test("needs a port where the page prints none", () => {
    const { port: _port, ...portless } = proxy({});
    expect(() => documentedFlows(DEFAULT, { components: [server, portless] })).toThrow(
      "proxy: the page prints no port for it; give the component a port",
    );
  });
});

test("PostgreSQL listens on 5432 unless the deployment says otherwise", () => {
  const database = (port?: string): TopologyComponent =>
    component(VeeamRole.POSTGRESQL, "database", { port });
  expect(lines(DEFAULT, { components: [server, database()] })[0]).toBe("server > database Tcp 5432");
  expect(lines(DEFAULT, { components: [server, database("5433")] })[0]).toBe("server > database Tcp 5433");
});

describe("cache repositories", () => {
  const caches = ["c1", "c2", "c3"].map((id) => component(VeeamRole.CACHE_REPOSITORY, id));
  const others = [component(VeeamRole.GATEWAY_SERVER, "gw"), component(VeeamRole.BACKUP_REPOSITORY, "repo")];

  test("connect to every gateway server and every repository, and the backup server to each of them", () => {
    expect(lines(DEFAULT, { components: [server, ...caches.slice(0, 2), ...others] })).toEqual([
      ...DIRECT,
      "c1 > gw Tcp 2500-3300",
      "c2 > gw Tcp 2500-3300",
      "c1 > repo Tcp 2500-3300",
      "c2 > repo Tcp 2500-3300",
      "server > c1 Tcp 6160,6162",
      "server > c2 Tcp 6160,6162",
    ]);
  });

  test("that move open what the revision has between the two, and to no third", () => {
    const topology = { components: [server, ...caches], cacheMigration: { from: "c3", to: "c1" } };
    const moving = (revision: string): string[] =>
      lines(findPortTable(revision) as PortTable, topology).filter((line) => !/6160|Azure/.test(line));
    const range = ["server > c1 Tcp 2500-3300", "server > c3 Tcp 2500-3300"];
    expect(moving("13.0.1.1071@2026-02-12")).toEqual(range);
    expect(moving("13.0.1.2067@2026-03-30")).toEqual([
      ...range,
      "server > c1 Tcp 6162",
      "server > c3 Tcp 6162",
    ]);
    expect(moving("13.0.1.2067@2026-04-02")).toEqual([
      ...range,
      "c3 > c1 Tcp 2500-3300",
      "c1 > c3 Tcp 2500-3300",
    ]);
  });

  test("on the backup server open to others from there", () => {
    const here = component(VeeamRole.CACHE_REPOSITORY, "c1", { endpoint: server.endpoint });
    const topology = {
      components: [server, here, caches[1], ...others],
      cacheMigration: { from: "c1", to: "c2" },
    };
    expect(lines(NEWEST, topology)).toEqual([
      ...DIRECT,
      "server > gw Tcp 2500-3300",
      "c2 > gw Tcp 2500-3300",
      "server > repo Tcp 2500-3300",
      "c2 > repo Tcp 2500-3300",
      "server > c2 Tcp 6160,6162",
      "server > c2 Tcp 2500-3300",
      "server > c2 Tcp 2500-3300",
      "c2 > server Tcp 2500-3300",
    ]);
  });
});

test("DNS servers are reached on port 53, UDP and TCP, with separate names and priorities", () => {
  const flows = dnsFlows(at("a"), at("dns"));
  expect(flows.map(({ name, priority, protocol, ports }) => [name, priority, protocol, ports])).toEqual([
    ["every-component-to-dns-server-udp", 900, "Udp", ["53"]],
    ["every-component-to-dns-server-tcp", 910, "Tcp", ["53"]],
  ]);
  for (const { from, to } of flows) expect([from.id, to.id]).toEqual(["a", "dns"]);
});

test("components of a role on one machine share its flows, each of which is there once", () => {
  const one = component(VeeamRole.CACHE_REPOSITORY, "one");
  const other = component(VeeamRole.CACHE_REPOSITORY, "other", { endpoint: one.endpoint });
  const flows = lines(DEFAULT, { components: [server, one, other] });
  expect(flows.filter((line) => line.startsWith("server > one")).length).toBeGreaterThan(0);
  expect(flows).toEqual(lines(DEFAULT, { components: [server, one] }));
});

test("a port of one's own is for the roles whose port a deployment chooses", () => {
  const cache = (port?: string) => component(VeeamRole.CACHE_REPOSITORY, "cache", { port });
  expect(lines(DEFAULT, { components: [server, cache("1")] })).toEqual(
    lines(DEFAULT, { components: [server, cache()] }),
  );
  const database = component(VeeamRole.POSTGRESQL, "database", { port: "6432" });
  expect(lines(DEFAULT, { components: [server, database] })).toContain("server > database Tcp 6432");
});

describe("a flow that several rows ask for", () => {
  const OF_AUGUST = findPortTable("13.1.0.411@2026-08-03") as PortTable;
  const topology = {
    components: [
      component(VeeamRole.BACKUP_SERVER, "server", { type: "linux" }),
      component(VeeamRole.CACHE_REPOSITORY, "cache", { type: "linux" }),
      component(VeeamRole.GATEWAY_SERVER, "gw", { type: "linux" }),
    ],
    features: [VeeamFeature.LOG_BACKUP],
  };
  const flow = (name: string, failoverRange?: "open" | "closed" | "closedOnBothPages") =>
    documentedFlows(OF_AUGUST, { ...topology, failoverRange }).find((one) => one.name === name);

  test("names all of them, with both pages and their days", () => {
    const sources = flow("backup-server-to-cache-repository")?.sources ?? [];
    expect(sources.map(({ page, pageDate, to, ports }) => [page, pageDate, to, ports])).toEqual([
      ["Entra ID ports", "2026-03-31", "Cache repository", ["6160", "6162"]],
      ["Used ports", "2026-08-03", "Cache repository", ["6162", "2500-3300"]],
      ["Used ports", "2026-08-03", "Cache repository", ["6160"]],
    ]);
  });

  test("keeps the range of the Entra ID page where failover is closed, unless that page is narrowed too", () => {
    expect(flow("backup-proxy-to-cache-repository")?.ports).toEqual(["2500-3300"]);
    expect(flow("backup-proxy-to-cache-repository", "closed")).toBeUndefined();
    expect(flow("cache-repository-to-gateway-server", "closed")?.ports).toEqual(["2500-3300"]);
    expect(flow("cache-repository-to-gateway-server", "closedOnBothPages")).toBeUndefined();
    expect(flow("cache-repository-to-gateway-server-transport", "closedOnBothPages")?.ports).toEqual([
      "6162",
    ]);
  });
});
