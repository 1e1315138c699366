import type { FlowEndpoint } from "../../../lib/azure/flow";
import { dnsNameFlows } from "../../../lib/plan/flows/documented-flows";
import { dnsNamedConnections } from "../../../lib/plan/flows/dns-named-rows";
import { endsAtDnsNames, openRows } from "../../../lib/plan/flows/open-rows";
import type { Topology, TopologyComponent } from "../../../lib/plan/topology";
import { VeeamFeature } from "../../../lib/ports/features";
import { type PortTable, VeeamRole } from "../../../lib/ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../../lib/ports/revisions";

const TABLE = findPortTable(DEFAULT_REVISION) as PortTable;

const at = (id: string): FlowEndpoint => ({ id, label: `The ${id}`, prefixes: [] });
const component = (
  role: VeeamRole,
  key: string,
  more: Partial<TopologyComponent> = {},
): TopologyComponent => ({
  role,
  key,
  endpoint: at(key),
  ...more,
});
const server = component(VeeamRole.BACKUP_SERVER, "server", { type: "linux" });
const gateway = component(VeeamRole.GATEWAY_SERVER, "gateway", { type: "linux" });
const blob = component(VeeamRole.BACKUP_REPOSITORY, "blob", { type: "objectStorage", region: "westeurope" });
const proxy = component(VeeamRole.HTTP_PROXY, "proxy", { port: "8080" });
const firewall = { firewall: { endpoint: at("firewall"), port: "443" } };

function rowsOf(topology: Topology) {
  return openRows(TABLE, topology).filter(({ row }) => endsAtDnsNames(row));
}

/** The flows, each once, in one line. */
function lines(topology: Topology): string[] {
  const flows = dnsNameFlows(rowsOf(topology), topology);
  return [...new Set(flows.map(({ from, to, ports, name }) => `${from.id} > ${to.id} ${ports} ${name}`))];
}

const UPDATES: Topology = { components: [server], features: [VeeamFeature.UPDATE_NOTIFICATIONS] };
// A gateway server asks whether certificates of object storage are revoked.
const STORAGE: Topology = {
  components: [server, gateway, blob],
  features: [VeeamFeature.TENANT_BACKUP_COPY],
};

test("without a way there is no flow, and without a machine that asks none either", () => {
  expect(lines(UPDATES)).toEqual([]);
  expect(lines({ ...UPDATES, components: [proxy], dnsNames: firewall })).toEqual([]);
});

test("through a firewall, on its port", () => {
  expect(lines({ ...UPDATES, dnsNames: firewall })).toEqual([
    "server > firewall 443 dns-names-through-firewall",
  ]);
});

test("to addresses that the deployment gives, on the row's own ports, and to no others", () => {
  const [row] = rowsOf(UPDATES);
  const dnsNames = { addresses: { updateNotifications: at("updates"), licenceUpdates: at("licences") } };
  expect(lines({ ...UPDATES, dnsNames })).toEqual([`server > updates ${row.row.ports} ${row.row.name}`]);
  expect(lines({ ...UPDATES, dnsNames: { addresses: { licenceUpdates: at("licences") } } })).toEqual([]);
});

describe("with an HTTP proxy", () => {
  const through = (more: Partial<Topology>, ...others: TopologyComponent[]): string[] =>
    lines({ ...STORAGE, ...more, components: [...STORAGE.components, ...others] });

  test("machines go through it on its port; the backup server's way to it is a row of the table", () => {
    expect(through({}, proxy)).toEqual(["gateway > proxy 8080 dns-names-through-http-proxy"]);
    expect(through({}, component(VeeamRole.HTTP_PROXY, "proxy"))).toEqual([
      "gateway > proxy <proxy port> dns-names-through-http-proxy",
    ]);
  });

  test("it goes on through the firewall, and with direct access the machines do, too", () => {
    expect(through({ dnsNames: firewall }, proxy)).toEqual([
      "gateway > proxy 8080 dns-names-through-http-proxy",
      "proxy > firewall 443 dns-names-through-firewall",
    ]);
    expect(through({ dnsNames: firewall }, { ...proxy, directAccess: true })).toEqual([
      "gateway > proxy 8080 dns-names-through-http-proxy",
      "server > firewall 443 dns-names-through-firewall",
      "gateway > firewall 443 dns-names-through-firewall",
      "proxy > firewall 443 dns-names-through-firewall",
    ]);
  });

  test("nothing leads from a machine to itself", () => {
    expect(through({}, { ...proxy, endpoint: gateway.endpoint })).toEqual([]);
    expect(through({ dnsNames: { firewall: { endpoint: gateway.endpoint, port: "443" } } })).toEqual([
      "server > gateway 443 dns-names-through-firewall",
    ]);
  });
});

test("what is reached by name is listed with its names, ports and machines, each machine once", () => {
  const twice = component(VeeamRole.GATEWAY_SERVER, "second", { type: "linux", endpoint: gateway.endpoint });
  const topology = { ...STORAGE, components: [...STORAGE.components, twice] };
  const told = dnsNamedConnections(rowsOf(topology), topology);
  expect(told).not.toHaveLength(0);
  for (const { from, group } of told) {
    expect({ group, from }).toEqual({ group: "certificateRevocation", from: [...new Set(from)] });
  }
  const [updates] = dnsNamedConnections(rowsOf(UPDATES), UPDATES);
  expect(updates).toMatchObject({
    group: "updateNotifications",
    names: ["dev.veeam.com", "vbrad.butler.veeam.com", "vbrce.butler.veeam.com"],
    from: ["The server"],
  });
  expect(updates.ports).not.toHaveLength(0);
  expect(dnsNamedConnections(rowsOf(UPDATES), { components: [] })).toEqual([]);
});
