import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { DEFAULT_REVISION, REVISIONS } from "../../lib/ports/revisions";
import { cdktfJsonSchema } from "../../scripts/json-schema";
import { BAD_DEPLOYMENTS } from "../support/deployments/bad-deployments";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { featureDeploymentArbitrary } from "../support/arbitraries/feature-deployment-arbitrary";
import { runs } from "../support/arbitraries/property-settings";
import { refusalsOf } from "../support/expected/refusals";
import {
  existingNetwork,
  deploymentWithMachines,
  fullDeployment,
  smallestDeployment,
} from "../support/deployments/sample-deployments";
import { shapesOfDeployments } from "../support/deployments/shapes-of-deployments";

const ROOT = join(__dirname, "..", "..");
const text = readFileSync(join(ROOT, "cdktf.schema.json"), "utf8");
const validate = new Ajv().compile(JSON.parse(text) as object);

/** Whether an editor would accept the deployment. */
function accepts(deployment: unknown): boolean {
  return validate(JSON.parse(JSON.stringify({ context: { entraIdBackup: deployment } }))) as boolean;
}

test("the schema in the repository is current; `npm run write-schema` writes it", () => {
  expect(text).toBe(`${JSON.stringify(cdktfJsonSchema(), null, 2)}\n`);
});

test("the shipped cdktf.json names the schema, and is as it says", () => {
  const shipped = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { $schema: string };
  expect(shipped.$schema).toBe("./cdktf.schema.json");
  expect([validate(shipped), validate.errors]).toEqual([true, null]);
});

test("every valid deployment is as the schema says", () => {
  expect([accepts(smallestDeployment()), accepts(fullDeployment())]).toEqual([true, true]);
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => {
      expect([accepts(deployment), validate.errors]).toEqual([true, null]);
    }),
    runs(200),
  );
  fc.assert(
    fc.property(featureDeploymentArbitrary, (deployment) => {
      expect([accepts(deployment), validate.errors]).toEqual([true, null]);
    }),
    runs(200),
  );
  for (const [shape, deployment] of Object.entries(shapesOfDeployments())) {
    expect([shape, accepts(deployment), validate.errors]).toEqual([shape, true, null]);
  }
});

test("every deployment that a page shows is as the schema says", () => {
  const folder = join(ROOT, "docs");
  const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const shown = [join(ROOT, "README.md"), ...pages.map((name) => join(folder, name))].flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/^```json\n(.*?)^```$/gms)].map(([, json]) => json),
  );
  expect(shown.length).toBeGreaterThan(2);
  for (const json of shown) expect([accepts(JSON.parse(json)), validate.errors]).toEqual([true, null]);
});

// Of what is refused for a value, what a schema can say all the same.
const SAID_BY_THE_SCHEMA = [
  "no addresses",
  "an address space without prefixes",
  "an unknown port table",
  "a port table that is nothing like one",
  "a port table from the prototype",
];

describe("what is refused for its shape, an editor marks as well:", () => {
  const { shape, ports, placement, prefixes, roles } = BAD_DEPLOYMENTS;
  const known = [
    ...shape.filter(({ title }) => !title.startsWith("an expression")),
    ...ports,
    ...placement.filter(({ title }) => /^(no|two|three) places?$/.test(title)),
    ...[...prefixes, ...roles].filter(({ title }) => SAID_BY_THE_SCHEMA.includes(title)),
    ...BAD_DEPLOYMENTS["shape of features"],
  ];
  test.each(known)("$title", ({ change }) => {
    expect(accepts({ ...smallestDeployment(), ...change })).toBe(false);
  });
});

test("what an editor cannot know, it lets pass", () => {
  const { prefixes, names, roles, placement } = BAD_DEPLOYMENTS;
  const beyond = [
    ...prefixes,
    ...names,
    ...roles,
    ...placement.filter(({ title }) => title.startsWith("on ")),
  ];
  const marked = beyond.filter(({ change }) => !accepts({ ...smallestDeployment(), ...change }));
  expect(marked.map(({ title }) => title)).toEqual(SAID_BY_THE_SCHEMA);
});

describe("an editor and the app judge alike", () => {
  const { postgresql, httpProxy } = deploymentWithMachines();
  const server = (machine: object): object => ({
    httpProxy,
    postgresql: { ...postgresql, machine: { ...postgresql.machine, ...machine } },
  });
  const proxy = (more: object): object => ({ httpProxy: { ...httpProxy, ...more } });
  const id =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet";
  const existing = (more: object): object => ({
    ...existingNetwork("vnet", "rg"),
    postgresql: { existingSubnet: { id, addressPrefixes: ["10.7.0.0/27"], ...more } },
  });
  const group = { name: "nsg", resourceGroup: "rg", firstPriority: 1000, lastPriority: 2000 };
  const firewall = { addresses: ["10.0.0.4/32"], port: 8443 };
  const repository = (primary: object): object => ({
    cacheRepositories: { cache: { on: "backupServer" } },
    gatewayServers: { gateway: { on: "backupServer" } },
    backupRepositories: { primary },
  });
  const cache = (more: object): object => ({ cacheRepositories: { cache: { ...more } } });
  const at = { addresses: ["10.2.0.4/32"] };
  const gateways = ["gatewayServers.gateway"];
  const subnetSettings = { serviceEndpoints: ["Microsoft.Storage"] };
  const type = "objectStorage";
  const of = (types: object): object => ({
    backupServer: { subnet: "10.20.0.0/27", type: "windows" },
    backupRepositories: { a: { ...at, ...types }, b: { addresses: ["10.3.0.4/32"], ...types } },
  });

  test.each(REVISIONS)("the revision %s, taken", (portTable) => {
    expect([accepts({ ...smallestDeployment(), portTable }), validate.errors]).toEqual([true, null]);
    expect(refusalsOf({ ...smallestDeployment(), portTable })).toEqual([]);
  });

  test.each<[string, "taken" | "refused", object]>([
    ["a revision that there is not", "refused", { portTable: "13.0.1.1071" }],
    ["a revision that is a number", "refused", { portTable: 13 }],

    ["PostgreSQL 14", "taken", server({ version: 14, packages: "image" })],
    ["PostgreSQL 15", "taken", server({ version: 15, packages: "image" })],
    ["PostgreSQL 16", "refused", server({ version: 16, packages: "image" })],
    ["PostgreSQL 17", "taken", server({ version: 17 })],
    ["PostgreSQL 17 in quotes", "refused", server({ version: "17" })],
    ["PostgreSQL 15 and a half", "refused", server({ version: 15.5, packages: "image" })],

    ["an existing subnet that is dedicated", "taken", existing({ dedicated: true })],
    ["an existing subnet with a group", "taken", existing({ group })],
    ["an existing subnet with neither", "refused", existing({})],
    ["an existing subnet with both", "refused", existing({ dedicated: true, group })],
    ["an existing subnet that is not dedicated", "refused", existing({ dedicated: false })],
    [
      "an existing subnet that is not dedicated, and has a group",
      "refused",
      existing({ dedicated: false, group }),
    ],
    ["an existing subnet without prefixes", "refused", existing({ dedicated: true, addressPrefixes: [] })],

    ["names through a firewall", "taken", { dnsNames: { firewall } }],
    ["names by addresses", "taken", { dnsNames: { addresses: {} } }],
    ["names by neither", "refused", { dnsNames: {} }],
    ["names by both", "refused", { dnsNames: { firewall, addresses: {} } }],

    ["object storage in a region", "taken", repository({ type, region: "westeurope", gateways })],
    ["object storage at addresses", "taken", repository({ type, ...at })],
    ["object storage at both", "refused", repository({ type, region: "westeurope", ...at })],
    ["object storage nowhere", "refused", repository({ type })],
    ["object storage in a subnet", "refused", repository({ type, subnet: "10.20.0.64/28" })],
    ["object storage on a machine", "refused", repository({ type, on: "backupServer" })],
    [
      "a region of something other than object storage",
      "refused",
      repository({ type: "windows", region: "westeurope" }),
    ],
    ["a region of nothing", "refused", repository({ region: "westeurope" })],
    ["a region beside a subnet", "refused", repository({ region: "westeurope", subnet: "10.20.0.64/28" })],

    ["gateways of a share", "taken", repository({ type: "smb", ...at, gateways })],
    ["gateways of a Windows server", "refused", repository({ type: "windows", ...at, gateways })],
    ["gateways of who knows what", "refused", repository({ ...at, gateways })],
    ["no gateways, in a list", "refused", repository({ type: "smb", ...at, gateways: [] })],
    ["gateways of a cache on a share", "taken", cache({ type: "nfs", ...at, gateways: ["backupServer"] })],
    ["gateways of a cache on Linux", "refused", cache({ type: "linux", ...at, gateways: ["backupServer"] })],

    ["settings of a subnet", "taken", cache({ subnet: "10.20.0.64/28", subnetSettings })],
    ["settings of no subnet", "refused", cache({ ...at, subnetSettings })],

    ["a component at no addresses", "refused", { postgresql: { addresses: [] } }],
    ["an address space of nothing", "refused", { virtualNetwork: { addressSpace: [] } }],
    ["no consoles, in a list", "refused", { consoles: [] }],
    ["no consoles", "taken", { consoles: undefined }],
    ["no administrators", "refused", { administrators: [] }],
    ["no servers of a service", "refused", { services: { ntp: [] } }],
    ["no services", "taken", { services: {} }],
    ["no features", "taken", { features: [] }],
    ["a feature that there is not", "refused", { features: ["logbackup"] }],

    [
      "a scale-out repository of two",
      "taken",
      { ...of({ type: "windows" }), scaleOutRepositories: { s: { extents: ["a", "b"] } } },
    ],
    [
      "a scale-out repository of one",
      "refused",
      { ...of({ type: "windows" }), scaleOutRepositories: { s: { extents: ["a"] } } },
    ],

    ["a machine in its subnet", "taken", proxy({})],
    ["a machine that is said to run Linux", "taken", proxy({ type: "linux" })],
    ["a machine that is said to run Windows", "refused", proxy({ type: "windows" })],
    ["a machine elsewhere", "refused", proxy({ subnet: undefined, addresses: ["10.2.0.0/27"] })],
    ["a machine on another", "refused", proxy({ subnet: undefined, on: "backupServer" })],
    [
      "a machine in an existing subnet",
      "refused",
      proxy({ subnet: undefined, existingSubnet: { id, addressPrefixes: ["10.7.0.0/27"], dedicated: true } }),
    ],
    [
      "a data disk of a kind that there is not",
      "refused",
      server({ dataDisk: { sizeGib: 64, type: "windows" } }),
    ],
    ["a data disk without a size", "refused", server({ dataDisk: {} })],
    ["packages from two places", "refused", server({ packages: { mirror: {}, firewall: {} } })],
    [
      "a vault at no addresses",
      "refused",
      server({ password: { ...postgresql.machine.password, vault: [] } }),
    ],

    ["a type that there is not", "refused", { backupServer: { subnet: "10.20.0.0/27", type: "aix" } }],
    [
      "two backends",
      "refused",
      {
        backend: {
          azurerm: { resourceGroup: "r", storageAccount: "s", container: "c" },
          cloud: { organization: "o" },
        },
      },
    ],
    ["no backend, in an object", "refused", { backend: {} }],
    ["a migration from nowhere", "refused", { cacheMigration: { to: "cache" } }],
    ["a tag that is a number", "refused", { tags: { cost: 7 } }],
  ])("%s, %s", (_, judgement, change) => {
    const deployment = { ...smallestDeployment(), ...change };
    const refused = refusalsOf(deployment);
    expect({ editor: accepts(deployment) ? "taken" : "refused", refused }).toEqual({
      editor: judgement,
      refused: judgement === "taken" ? [] : [expect.anything(), ...refused.slice(1)],
    });
  });
});

interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** Every place of the schema at which an editor can be asked, by its path. */
function placesIn(node: Node, path = ""): Array<[path: string, node: Node]> {
  const { additionalProperties: named } = node;
  const inner: Array<[string, Node]> = [
    ...Object.entries(node.properties ?? {}).map(([key, value]): [string, Node] => [`${path}.${key}`, value]),
    ...(node.anyOf ?? []).map((branch, index): [string, Node] => [`${path}|${index}`, branch]),
    ...(node.items ? [[`${path}[]`, node.items] as [string, Node]] : []),
    ...(typeof named === "object" ? [[`${path}.*`, named] as [string, Node]] : []),
  ];
  return inner.flatMap(([at, value]) => [[at, value], ...placesIn(value, at)]);
}

const places = placesIn(JSON.parse(text) as Node);

test("everything that an editor can be asked for says what it is for", () => {
  expect(places.length).toBeGreaterThan(300);
  expect(places.filter(([, { description }]) => !description).map(([path]) => path)).toEqual([]);
});

test("what has a default says it, in words and as a value that is allowed", () => {
  const withDefault = places.filter((place) => place[1].default !== undefined);
  const defaults = Object.fromEntries(
    withDefault.map(([path, node]) => [path.replace(".context.entraIdBackup.", ""), node.default]),
  );
  expect(defaults).toMatchObject({
    portTable: DEFAULT_REVISION,
    "postgresql.port": 5432,
    "httpProxy.directAccess": false,
    "virtualNetwork|0.inlineSubnets": false,
    "backupServer.subnetSettings.privateEndpointNetworkPolicies": "Disabled",
    features: [],
    transmissionPorts: { from: 2500, to: 3300 },
    egress: "natGateway",
    destinations: "serviceTags",
    "postgresql.machine.release": "trixie",
    "postgresql.machine.encryptionAtHost": true,
    "postgresql.machine.superuser": "veeam",
    "postgresql.machine.tls": "offered",
    "postgresql.machine.dataDisk.type": "Premium_LRS",
    "postgresql.machine.dataDisk.lun": 0,
    "postgresql.machine.dataDisk.preventDestroy": false,
    "httpProxy.machine.packages|2.firewall.ports": [80, 443],
  });
  for (const [path, node] of withDefault) {
    expect({ path, description: node.description }).toEqual({
      path,
      description: expect.stringMatching(/\. Default: /),
    });
    expect({ path, allowed: new Ajv().validate(node, node.default) }).toEqual({ path, allowed: true });
  }
  // In words only if it is not a value: none, or derived from another property.
  const inWords = places
    .filter(([, node]) => node.default === undefined)
    .flatMap(([, { description = "" }]) => /Default: (.*)$/.exec(description)?.[1] ?? []);
  expect([...new Set(inWords)].sort()).toEqual([
    "<name>",
    "<name>.tfstate",
    "a file next to cdktf.json",
    "all of them",
    "by the HTTP proxy",
    "none",
    "none, it is managed elsewhere",
    "that of httpProxy.machine, or the only one in httpProxy.addresses",
    "the backup server connects directly",
    "the backup server's own",
    "the release's own",
  ]);
});
