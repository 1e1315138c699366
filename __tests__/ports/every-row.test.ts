import { plan } from "../../lib/plan/plan";
import type { Deployment } from "../../lib/plan/deployment";
import type { Flow } from "../../lib/azure/flow";
import { DNS_NAME_GROUPS } from "../../lib/ports/parties";
import { VeeamFeature } from "../../lib/ports/features";
import { reasonOutOfScope } from "../../lib/ports/out-of-scope";
import { deploymentSchema } from "../../lib/plan/shape/schema";
import { BackupRepositoryType } from "../../lib/ports/component-types";
import {
  namesIn,
  PAGES,
  rowsOf,
  type TranscribedPage,
  type TranscribedRow,
} from "../support/expected/veeam-pages";

// Every row of every text is opened by a deployment, port by port, or is out
// of scope for a reason. Few deployments are enough: each has everything that
// one deployment can have.

let subnets = 0;
const subnet = (): string => `10.20.${++subnets}.0/27`;
const ofTypes = (types: readonly string[]): Record<string, object> =>
  Object.fromEntries(types.map((type) => [type.toLowerCase(), { subnet: subnet(), type }]));
const elsewhere = (last: number): string[] => [`10.9.0.${last}/32`];

const FIRST = {
  name: "veeam-entra",
  location: "westeurope",
  resourceGroup: "rg-veeam-entra",
  virtualNetwork: { addressSpace: ["10.20.0.0/16"], dnsServers: ["10.0.0.4"] },
  consoles: elsewhere(1),
  backupServer: { subnet: subnet(), type: "linux" },
  postgresql: { subnet: subnet(), type: "linux" },
};

const EVERYTHING = {
  ...FIRST,
  cacheRepositories: ofTypes(["windows", "linux", "infrastructureAppliance"]),
  gatewayServers: ofTypes(["windows", "linux", "infrastructureAppliance"]),
  backupRepositories: {
    ...ofTypes(Object.values(BackupRepositoryType).filter((type) => type !== "objectStorage")),
    storage: { type: "objectStorage", region: "westeurope" },
  },
  cacheMigration: { from: "windows", to: "linux" },
  backupCopies: [{ from: "windows", to: "linux" }],
  scaleOutRepositories: { pool: { extents: ["windows", "linux"] } },
  features: Object.values(VeeamFeature),
  administrators: elsewhere(2),
  webUi: elsewhere(3),
  restClients: elsewhere(4),
  mountServers: elsewhere(5),
  clusterMembers: elsewhere(6),
  services: Object.fromEntries(
    Object.keys(deploymentSchema.shape.services.def.innerType.shape)
      .filter((service) => !service.startsWith("configuration"))
      .map((service, at) => [service, elsewhere(10 + at)]),
  ),
  dnsNames: {
    addresses: Object.fromEntries(
      Object.keys(DNS_NAME_GROUPS).map((group, at) => [group, elsewhere(40 + at)]),
    ),
  },
};

const PROXY = { httpProxy: { subnet: subnet(), port: 3128, directAccess: true, type: "linux" } };
const WITH_DATABASE = {
  ...EVERYTHING,
  backupServer: { ...FIRST.backupServer, type: "windows" },
  services: {
    ...EVERYTHING.services,
    configurationPostgresql: elsewhere(30),
    configurationSqlServer: elsewhere(31),
  },
};
const DEPLOYMENTS = [FIRST, { ...FIRST, ...PROXY }, EVERYTHING, WITH_DATABASE, { ...EVERYTHING, ...PROXY }];

/** The flows of every deployment that a revision allows. */
function flowsIn(portTable: string): Flow[] {
  const plans = DEPLOYMENTS.map((given) => plan({ ...given, portTable } as unknown as Deployment));
  return plans.flatMap(({ problems, flows }) => (problems.length > 0 ? [] : flows));
}

/** The ports of a row that a deployment has to open; those of a row of several parties for any of them. */
function wantedPorts({ from, to, ports }: TranscribedRow): string[] {
  return ports.filter((port) =>
    namesIn(from).some((source) =>
      namesIn(to).some((destination) => reasonOutOfScope(source, destination, port) === undefined),
    ),
  );
}

const TEXTS = [
  ...PAGES.entraIdPorts.map((page) => ["Entra ID ports", page] as const),
  ...PAGES.usedPorts.map((page) => ["Used ports", page] as const),
].map(([name, page]) => [`${name} of ${page.pageDate}`, name, page] as const);

test.each(TEXTS)("%s", (_, name, page: TranscribedPage) => {
  const opened = new Set<string>();
  for (const { protocol, ports, sources = [] } of flowsIn(page.revision)) {
    for (const row of sources.filter((one) => one.page === name && one.pageDate === page.pageDate)) {
      const key = [row.section, row.from, row.to, row.protocol, row.ports.join()];
      for (const port of ports) opened.add([...key, protocol.toUpperCase(), port].join("|"));
    }
  }
  const closed = page.sections.flatMap(({ section, rows }) =>
    rows.flatMap((row) =>
      wantedPorts(row).flatMap((port) =>
        row.protocol
          .split(", ")
          .map((protocol) => (protocol === "UDP" ? "UDP" : "TCP"))
          .map((protocol) =>
            [
              section,
              row.from,
              row.to,
              row.protocol.split(", ").sort().join(", "),
              row.ports.join(),
              protocol,
              port.startsWith("<proxy") ? "3128" : port,
            ].join("|"),
          )
          .filter((key) => !opened.has(key)),
      ),
    ),
  );
  expect(closed).toEqual([]);
});

test("the deployments are valid, and together they see every row", () => {
  const newest = PAGES.usedPorts[PAGES.usedPorts.length - 1].revision;
  for (const given of DEPLOYMENTS) {
    expect(plan({ ...given, portTable: newest } as unknown as Deployment).problems).toEqual([]);
  }
  const rows = TEXTS.flatMap(([, , page]) => rowsOf(page));
  expect(rows.length).toBeGreaterThanOrEqual(81 + 898);
  // 153 of 979 rows were out of scope when the list was made.
  expect(rows.filter((row) => wantedPorts(row).length === 0).length / rows.length).toBeLessThan(0.16);
});
