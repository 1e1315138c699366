import { type Construct } from "constructs";
import {
  BackupNetwork,
  BackupRepository,
  BackupServer,
  CacheRepository,
  type BackupComponent,
  type BackupComponentProps,
  type ComponentOptions,
  DocumentedFlows,
  GatewayServer,
  HttpProxy,
  PostgresqlServer,
} from "../../../lib";
import { propsOfDeployment } from "../../../lib/app/props";
import { refusalLines } from "../../support/expected/refusals";
import { fullDeployment } from "../../support/deployments/sample-deployments";
import { newStack, synthesizeDeployment, synthesizeStack } from "../../support/tools/synthesized";

// Roles put together by hand, each a construct of its own.

/** Props without a type, of which each role has its own. */
type Props = BackupComponentProps<ComponentOptions<never>>;
type Role = new (scope: Construct, id: string, props: Props & { port: number }) => BackupComponent;

const ROLES: ReadonlyArray<[string, Role, string]> = [
  ["backup-server", BackupServer, "backupServer"],
  ["postgresql", PostgresqlServer, "postgresql"],
  ["http-proxy", HttpProxy, "httpProxy"],
  ["cache-repository-it", CacheRepository, "cacheRepositories.it"],
  ["gateway-server-it", GatewayServer, "gatewayServers.it"],
  ["backup-repository-it", BackupRepository, "backupRepositories.it"],
];

/** Only some roles listen on a port that a deployment chooses. */
const make = (Constructed: Role, scope: Construct, props: Props, id = "it"): BackupComponent =>
  new Constructed(scope, id, {
    ...props,
    ...([PostgresqlServer, HttpProxy].some((one) => one === Constructed) && { port: 443 }),
  } as ConstructorParameters<Role>[2]);

const networkOf = (scope: Construct): BackupNetwork =>
  new BackupNetwork(scope, "network", {
    ...propsOfDeployment(fullDeployment()),
    virtualNetwork: propsOfDeployment({
      ...fullDeployment(),
      virtualNetwork: { addressSpace: ["10.20.0.0/23"] },
    }).virtualNetwork,
  });

describe.each(ROLES)("%s alone", (slug, Constructed, path) => {
  test("has a group that denies everything", () => {
    const stack = newStack();
    const network = networkOf(stack);
    make(Constructed, stack, { network, subnet: "10.20.0.0/27" });
    const synthesized = synthesizeStack(stack);
    expect(synthesized.rulesOf(slug).map(({ access, direction }) => `${access} ${direction}`)).toEqual([
      "Deny Inbound",
      "Deny Outbound",
    ]);
    expect(synthesized.groups[`nsg-veeam-entra-${slug}`].tags).toMatchObject({
      "veeam-role": slug.replace(/-it$/, ""),
      "veeam-component": slug.endsWith("-it") ? "it" : slug,
    });
    expect(synthesized.ofType("nat_gateway")).toEqual({});
  });

  test("elsewhere makes nothing", () => {
    const stack = newStack();
    const network = networkOf(stack);
    const it = make(Constructed, stack, { network, addresses: ["10.9.0.0/28"] });
    expect([it.subnet, it.networkSecurityGroup, it.association]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(synthesizeStack(stack).resources).sort()).toEqual([
      "azurerm_resource_group",
      "azurerm_virtual_network",
    ]);
  });

  test.each<[string, Partial<Props>, string]>([
    ["without a place", {}, path],
    ["with two places", { subnet: "10.20.0.0/27", addresses: ["10.9.0.0/28"] }, path],
    ["with a subnet that is not aligned", { subnet: "10.20.0.1/27" }, `${path}.subnet`],
    ["with a subnet out of the network", { subnet: "10.30.0.0/27" }, `${path}.subnet`],
    ["with addresses open to the world", { addresses: ["0.0.0.0/1", "128.0.0.0/1"] }, `${path}.addresses[0]`],
    ["with no addresses", { addresses: [] }, `${path}.addresses`],
  ])("is refused %s", (_title, props, expected) => {
    const stack = newStack();
    const network = networkOf(stack);
    const lines = refusalLines(() => make(Constructed, stack, { network, ...props }));
    expect(lines[0]?.split(": ")[0]).toBe(expected);
  });
});

test.each([0, 65536, 1.5, Number.NaN])("invalid ports are refused: %p", (port) => {
  const stack = newStack();
  const props = { network: networkOf(stack), addresses: ["10.9.0.0/28"], port };
  for (const Constructed of [PostgresqlServer, HttpProxy]) {
    expect(refusalLines(() => new Constructed(stack, Constructed.name, props))).toHaveLength(1);
  }
});

test("put together in any order they are what the whole construct makes", () => {
  const deployment = fullDeployment();
  const { consoles, cacheMigration, ...props } = propsOfDeployment(deployment);
  const stack = newStack();
  const network = new BackupNetwork(stack, "net", props);
  const flows = new DocumentedFlows(stack, "documented", { consoles });
  const gateway = new GatewayServer(stack, "gw1", { network, subnet: "10.20.0.96/27" });
  flows.add(gateway, new BackupRepository(stack, "third", { network, on: "gatewayServers.gw1" }));
  flows.add(
    new CacheRepository(stack, "cache-new", { network, subnet: "10.20.1.0/27" }),
    new CacheRepository(stack, "cache", { network, subnet: "10.20.0.64/27" }),
  );
  flows.migrateCache(cacheMigration!);
  flows.add(
    new GatewayServer(stack, "gw2", { network, addresses: ["10.3.1.0/27", "10.3.0.0/27"] }),
    new BackupRepository(stack, "primary", { network, subnet: "10.20.0.128/27" }),
    new BackupRepository(stack, "secondary", { network, addresses: ["10.2.0.0/27"] }),
    new HttpProxy(stack, "proxy", { network, subnet: "10.20.0.48/28", port: 3128, directAccess: true }),
    new PostgresqlServer(stack, "database", { network, subnet: "10.20.0.32/28", port: 5433 }),
    new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" }),
  );
  const whole = synthesizeDeployment(deployment);
  const parts = synthesizeStack(stack);
  expect(Object.keys(parts.groups)).toHaveLength(7);
  for (const [name, group] of Object.entries(whole.groups)) {
    expect(parts.groups[name].security_rule).toEqual(group.security_rule);
    expect(parts.groups[name].tags).toEqual(group.tags);
  }
  for (const type of ["nat_gateway", "public_ip", "subnet_nat_gateway_association", "subnet"]) {
    expect(Object.keys(parts.ofType(type))).toHaveLength(Object.keys(whole.ofType(type)).length);
  }
});

describe("documented flows refuse what does not fit together", () => {
  const lines = (
    build: (stack: ReturnType<typeof newStack>, network: BackupNetwork) => unknown,
  ): string[] => {
    const stack = newStack();
    const network = networkOf(stack);
    return refusalLines(() => build(stack, network)).map((line) => line.split(": ")[0]);
  };

  test("consoles in a subnet, and components elsewhere that are in one", () => {
    expect(
      lines((stack, network) => {
        const server = new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" });
        const database = new PostgresqlServer(stack, "db", { network, addresses: ["10.20.0.4/32"] });
        return new DocumentedFlows(stack, "flows", {
          consoles: ["10.20.0.8/32"],
          components: [server, database],
        });
      }),
    ).toEqual(["consoles[0]", "postgresql.addresses[0]"]);
  });

  test("an unknown revision, and a role without a row", () => {
    expect(lines((stack) => new DocumentedFlows(stack, "flows", { portTable: "latest" }))).toEqual([
      "portTable",
    ]);
    expect(
      lines((stack, network) => {
        const gateway = new GatewayServer(stack, "gw", { network, subnet: "10.20.0.0/27" });
        const portTable = "13.0.1.180@2025-12-12";
        return new DocumentedFlows(stack, "flows", { portTable, components: [gateway] });
      }),
    ).toEqual(["gatewayServers"]);
  });

  test("a migration between repositories that are not there, of which nothing stays", () => {
    const stack = newStack();
    const flows = new DocumentedFlows(stack, "flows", {});
    const move = { from: "a", to: "b" };
    expect(refusalLines(() => flows.migrateCache(move))).toHaveLength(2);
    const cache = new CacheRepository(stack, "c", { network: networkOf(stack), subnet: "10.20.0.0/27" });
    expect(refusalLines(() => flows.add(cache))).toEqual([]);
  });
});

describe("a role of which a deployment has one", () => {
  test.each<[string, Role, string]>([
    ["backupServer", BackupServer, "a second backup server, which needs a separate deployment"],
    [
      "postgresql",
      PostgresqlServer,
      "a second remote PostgreSQL server, of which Veeam supports one for the repository of Microsoft Entra ID",
    ],
    ["httpProxy", HttpProxy, "a second HTTP proxy, of which the backup server knows one"],
  ])("%s is refused twice, at once and later", (path, Constructed, what) => {
    const stack = newStack();
    const network = networkOf(stack);
    const [one, other] = ["one", "other"].map((id, index) =>
      make(Constructed, stack, { network, addresses: [`10.9.0.${index}/32`] }, id),
    );
    const refusal = `${path}: is ${what} (got "other"). Allowed: one, which is "one". Leave one of the two out.`;
    const consoles = ["10.1.0.0/24"];
    expect(
      refusalLines(() => new DocumentedFlows(stack, "both", { consoles, components: [one, other] })),
    ).toContain(refusal);
    const flows = new DocumentedFlows(stack, "flows", { consoles, components: [one] });
    expect(refusalLines(() => flows.add(other))).toContain(refusal);
  });
});
