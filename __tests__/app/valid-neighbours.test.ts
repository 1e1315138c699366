import { formatProblem } from "../../lib/base/problem";
import { checkDeployment } from "../../lib/plan/checks/deployment";
import type { Deployment } from "../../lib/plan/deployment";
import { BAD_DEPLOYMENTS } from "../support/deployments/bad-deployments";
import { codesOf, problemsOf, refusalsOf } from "../support/expected/refusals";
import { fullDeployment, smallestDeployment } from "../support/deployments/sample-deployments";

// What lies just beside what is refused, and is not.

const network = (change: object): object => ({
  virtualNetwork: { addressSpace: ["10.20.0.0/24"], ...change },
});
const existing = (change: object): object => ({
  virtualNetwork: {
    existing: {
      name: "vnet-hub",
      resourceGroup: "rg-hub",
      addressSpace: ["10.20.0.0/24"],
      dnsServers: [],
      ...change,
    },
  },
});
const elsewhere = (...addresses: string[]): object => ({ postgresql: { addresses } });
const long = (length: number): string => "n".repeat(length);

const CASES: ReadonlyArray<[string, object]> = [
  ["the widest private networks", elsewhere("172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")],
  [
    "a private /8 that holds no subnet of ours",
    {
      ...network({ addressSpace: ["172.16.0.0/24"] }),
      backupServer: { subnet: "172.16.0.0/27" },
      consoles: ["10.0.0.0/8"],
    },
  ],
  [
    "two halves that make a private /8",
    {
      ...network({ addressSpace: ["172.16.0.0/24"] }),
      backupServer: { subnet: "172.16.0.0/27" },
      consoles: ["10.0.0.0/9", "10.128.0.0/9"],
    },
  ],
  ["a public /24", elsewhere("203.0.113.0/24")],
  ["two public /24 that are neighbours, but no halves of one", elsewhere("20.50.1.0/24", "20.50.2.0/24")],
  ["two halves that make a public /24", elsewhere("20.50.1.0/25", "20.50.1.128/25")],
  ["a public /24 with an address of Azure's own services in it", elsewhere("168.63.129.0/24")],
  ["neighbours of loopback and multicast", elsewhere("126.255.255.0/24", "128.0.0.0/24", "223.255.255.0/24")],
  ["an entry twice, and one inside another", elsewhere("10.2.0.0/24", "10.2.0.0/24", "10.2.0.0/28")],
  [
    "one address of two components elsewhere",
    {
      postgresql: { addresses: ["10.2.0.4/32"] },
      gatewayServers: { gw: { addresses: ["10.2.0.4/32"] } },
      cacheRepositories: { c: { on: "backupServer" } },
    },
  ],
  [
    "consoles that are where a component is, elsewhere",
    { consoles: ["10.2.0.0/24"], ...elsewhere("10.2.0.4/32") },
  ],
  ["consoles in the network, but in no subnet of ours", { consoles: ["10.20.0.128/25"] }],
  ["a subnet of /29", { backupServer: { subnet: "10.20.0.248/29" } }],
  ["a subnet of the whole address space", { backupServer: { subnet: "10.20.0.0/24" } }],
  [
    "subnets that touch",
    { postgresql: { subnet: "10.20.0.32/29" }, httpProxy: { subnet: "10.20.0.40/29", port: 1 } },
  ],
  [
    "an address space of two parts that touch",
    {
      ...network({ addressSpace: ["10.20.0.0/25", "10.20.0.128/25"] }),
      postgresql: { subnet: "10.20.0.128/25" },
    },
  ],
  ["an address space that overlaps addresses elsewhere", elsewhere("10.20.0.128/25")],
  ["an existing resource group", { resourceGroup: { existing: "rg-hub" } }],
  ["an existing network", existing({})],
  ["an existing network with DNS servers", existing({ dnsServers: ["10.0.0.4", "10.20.0.250"] })],
  ["a public DNS server", network({ dnsServers: ["8.8.8.8"] })],
  [
    "ports at the ends of the range",
    {
      postgresql: { addresses: ["10.2.0.0/27"], port: 65535 },
      httpProxy: { addresses: ["10.2.0.0/27"], port: 1 },
    },
  ],
  ["the port that the table prints, spelled out", { postgresql: { addresses: ["10.2.0.0/27"], port: 5432 } }],
  [
    "the same key in different roles",
    {
      cacheRepositories: { a: { on: "backupServer" } },
      gatewayServers: { a: { on: "backupServer" } },
      backupRepositories: { A: { on: "backupServer" } },
    },
  ],
  [
    "keys that are properties of every object",
    {
      gatewayServers: { constructor: { on: "backupServer" }, toString: { on: "backupServer" } },
      cacheRepositories: { c: { on: "backupServer" } },
    },
  ],
  [
    "keys with periods",
    {
      gatewayServers: {
        a: { on: "backupServer" },
        "a.b": { on: "gatewayServers.a" },
        "a.b.subnet": { on: "gatewayServers.a.b" },
      },
    },
  ],
  [
    "a key of one character, and one that is a number",
    { gatewayServers: { a: { on: "backupServer" }, 1: { on: "backupServer" } } },
  ],
  [
    "a long chain of shared machines",
    {
      postgresql: { on: "gatewayServers.a" },
      gatewayServers: { a: { on: "cacheRepositories.c" } },
      cacheRepositories: { c: { on: "backupServer" } },
    },
  ],
  [
    "a backup server on another's machine",
    { backupServer: { on: "gatewayServers.gw" }, gatewayServers: { gw: { subnet: "10.20.0.0/27" } } },
  ],
  ["the longest name", { name: long(59) }],
  [
    "the longest key that fits once composed",
    { gatewayServers: { [long(48)]: { subnet: "10.20.0.32/28" } } },
  ],
  [
    "a long key elsewhere, of which no name is made",
    { gatewayServers: { [long(80)]: { addresses: ["10.3.0.0/28"] } } },
  ],
  ["a resource group with every character", { resourceGroup: "rg-Sicherung_(Koeln).1" }],
  ["a resource group of 90 characters", { resourceGroup: long(90) }],
  ["a location in the portal's words", { location: "West Europe" }],
  ["a location with a number", { location: "westus3" }],
  ...["eastus3", "finlandcentral", "denmarkeast", "taiwannorth", "eastus2euap"].map(
    (location): [string, object] => [`${location}, which has no service tag for storage yet`, { location }],
  ),
  [
    "a state in Azure Storage, by the shortest names",
    { backend: { azurerm: { resourceGroup: "r", storageAccount: "st1", container: "a-b" } } },
  ],
  [
    "a state in Azure Storage, by the longest names",
    { backend: { azurerm: { resourceGroup: long(90), storageAccount: long(24), container: long(63) } } },
  ],
  ["47 tags", { tags: Object.fromEntries(Array.from({ length: 47 }, (_, index) => [`t${index}`, ""])) }],
  ["a tag value of 256 characters", { tags: { owner: long(256) } }],
  ["a tag with spaces and signs", { tags: { "cost centre: a+b=c.d@e": "50% & <more>" } }],
  ["a dollar that begins no expression", { tags: { price: "$5 {net}" } }],
  ["no roles but the backup server", {}],
  [
    "empty objects of components",
    { cacheRepositories: {}, gatewayServers: {}, backupRepositories: {}, tags: {} },
  ],
  ["every way out", { egress: "existing" }],
  [
    "a migration to a machine that is shared",
    {
      cacheRepositories: { a: { on: "backupServer" }, b: { subnet: "10.20.0.32/28" } },
      backupRepositories: { r: { on: "backupServer" } },
      cacheMigration: { from: "b", to: "a" },
    },
  ],
];

test.each(CASES)("%s", (_title, change) => {
  expect(refusalsOf({ ...smallestDeployment(), ...change })).toEqual([]);
});

test("names with every character that Azure takes", () => {
  const gatewayServers = { "G.w_1-x_": { on: "backupServer" } };
  expect(refusalsOf({ ...smallestDeployment(), name: "Veeam.entra_id-1_", gatewayServers })).toEqual([]);
});

test("a deployment with everything", () => expect(refusalsOf(fullDeployment())).toEqual([]));

describe("all problems of a phase come at once, each once:", () => {
  const pathsOf = (...changes: object[]): string[] => {
    const problems = problemsOf(Object.assign({}, smallestDeployment(), ...changes));
    const lines = problems.map(formatProblem);
    expect(new Set(lines).size).toBe(lines.length);
    return problems.map(({ path }) => path).sort();
  };
  const values = [
    { name: "-" },
    { location: "chinanorth" },
    { consoles: ["Internet", "10.1.0.1/24", "::1"] },
    { httpProxy: { addresses: ["10.9.0.1/24"], port: 3128 } },
    { cacheRepositories: { a: { on: "gatewayServers.x" }, A: { on: "backupServer" } } },
    { cacheMigration: { from: "a", to: "a" } },
    { tags: { "veeam-role": "x" } },
    { portTable: "latest" },
  ];
  const shapes = [
    { backupServer: { subnett: "10.20.0.0/27" } },
    { postgresql: { subnet: "10.30.0.0/30", port: 0 } },
    { egress: 5 },
  ];

  test("the shape first, and nothing of it is read any further", () => {
    expect(pathsOf(...values, ...shapes)).toEqual(["backupServer.subnett", "egress", "postgresql.port"]);
  });

  test("then the values, and how they fit together", () => {
    expect(pathsOf(...values)).toEqual([
      "cacheMigration.to",
      "cacheRepositories.a",
      "cacheRepositories.a.on",
      "consoles[0]",
      "consoles[1]",
      "consoles[2]",
      "httpProxy.addresses[0]",
      "location",
      "name",
      "portTable",
      "tags.veeam-role",
    ]);
  });

  test("those of two changes are the problems of both", () => {
    // Of properties that have nothing to do with each other.
    const { names, prefixes } = BAD_DEPLOYMENTS;
    const named = names.filter(({ change }) => "location" in change || "resourceGroup" in change);
    for (const name of named) {
      for (const prefix of prefixes.filter(({ change }) => "consoles" in change)) {
        const both = problemsOf({ ...smallestDeployment(), ...name.change, ...prefix.change });
        expect(codesOf(both).sort()).toEqual([...name.problems, ...prefix.problems].sort());
      }
    }
  });
});

describe("warns, and deploys, where", () => {
  const warnings = (change: object): string[] => {
    const deployment = { ...smallestDeployment(), ...change };
    expect(refusalsOf(deployment)).toEqual([]);
    return checkDeployment(deployment as unknown as Deployment).warnings;
  };
  const on = { on: "backupServer" };
  const backupServer = { ...smallestDeployment().backupServer, type: "linux" };

  test.each<[string, object, string[]]>([
    [
      "a cache repository has no backup repository",
      { backupServer, cacheRepositories: { c: on }, features: ["logBackup"] },
      [
        "cacheRepositories: log backup needs a backup repository to write to. Add one to backupRepositories.",
        "features: logBackup allows nothing, because the components that it needs are missing.",
      ],
    ],
    [
      "a cache repository has no log backup",
      {
        backupServer,
        cacheRepositories: { c: on },
        backupRepositories: { r: on },
        features: ["tenantBackupCopy"],
      },
      [
        "cacheRepositories.c: Veeam does not use the cache repository without logBackup. Add it to features.",
        "features: tenantBackupCopy allows nothing, because the components that it needs are missing.",
      ],
    ],
    [
      "the rows of a gateway server and of the share behind it stay closed, each once",
      {
        gatewayServers: { g: { addresses: ["10.2.0.32/27"], type: "linux" } },
        backupRepositories: { s: { addresses: ["10.2.0.0/27"], type: "smb" } },
        features: ["componentDeployment"],
      },
      [
        "gatewayServers.g: no data passes through the gateway server without logBackup or tenantBackupCopy. Add one of them to features.",
        "backupRepositories.s: nothing is written to the repository without logBackup or tenantBackupCopy. Add one of them to features.",
      ],
    ],
    [
      "the proxy's port is not the one printed",
      { portTable: "13.0.1.1071@2025-12-19", httpProxy: { addresses: ["10.2.0.0/27"], port: 3129 } },
      [
        "httpProxy.port: the port table 13.0.1.1071@2025-12-19 prints 3128 for the HTTP proxy; the deployment's 3129 is used.",
      ],
    ],
    [
      "a prefix adds nothing",
      { consoles: ["10.1.0.0/24", "10.1.0.0/28", "10.1.0.0/24"] },
      [
        "consoles[1]: 10.1.0.0/28 is inside consoles[0] (10.1.0.0/24) and adds nothing.",
        "consoles[2]: 10.1.0.0/24 is inside consoles[0] (10.1.0.0/24) and adds nothing.",
      ],
    ],
    [
      "nothing, if the proxy's port is the one printed",
      { portTable: "13.0.1.1071@2025-12-19", httpProxy: { addresses: ["10.2.0.0/27"], port: 3128 } },
      [],
    ],
    ["nothing, if no port is printed", { httpProxy: { addresses: ["10.2.0.0/27"], port: 3129 } }, []],
    [
      "nothing, if log backup is complete",
      {
        cacheRepositories: { c: { addresses: ["10.2.0.32/27"], type: "linux" } },
        backupRepositories: { r: { addresses: ["10.2.0.0/27"], type: "hardened" } },
        features: ["logBackup"],
      },
      [],
    ],
  ])("%s", (_title, change, expected) => expect(warnings(change)).toEqual(expected));
});
