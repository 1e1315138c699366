import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Edit, ExampleProgram } from "../support/tools/example-program";
import { LiveStack } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

// Each example's program is edited ten times, as its author would over a year, and
// applied after each edit. A machine with a data disk is made with it: neither it nor
// its neighbours are ever in a subnet without a group.

type Year = ReadonlyArray<readonly [title: string, ...edits: Edit[]]>;

const OLD_PAGE = 'portTable: "13.0.2.29@2026-05-26", ';
const FIREWALL = `destinations: veeam.Destinations.azureFirewall({
    policyId: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub",
    privateIpAddress: "10.0.1.4",
    priority: 500,
  }), `;

/** Before the year: all names of the library, an older page, and a machine in the backup server's subnet. */
const startOf = (program: {
  readonly stack: string;
  readonly server: string;
  readonly address: string;
}): Edit[] => [
  ["const app = new App();", 'import * as veeam from "cdktf-veeam-entra-id";\nconst app = new App();'],
  ["consoles:", `${OLD_PAGE}consoles:`],
  [
    "app.synth();",
    `new veeam.LinuxMachine(${program.stack}, "machine", {
  name: "vm-server",
  resourceGroupName: "rg-machines",
  location: "westeurope",
  subnetId: ${program.server}.subnetId!,
  privateIpAddress: "${program.address}",
  size: "Standard_D4s_v5",
  adminUsername: "veeamadmin",
  sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}",
  dataDisk: { sizeGib: 64 },
  dependsOn: [${program.server}.association!],
});
app.synth();`,
  ],
];

/** The changes that read the same in every program. */
const COMMON = {
  console: ["10.1.0.0/24", '10.1.0.0/24", "10.1.9.0/24'],
  page: [OLD_PAGE, ""],
  machine: ['adminUsername: "veeamadmin"', 'adminUsername: "otheradmin"'],
  disk: ["sizeGib: 64", "sizeGib: 128"],
} as const;

/** The year of a program with one EntraIdBackup, whose deployment is edited. */
function yearOf(program: {
  /** The cache repositories, as they are written there. */
  readonly caches: string;
  /** The gateway servers, with one more: `one`. */
  readonly gateways: string;
  /** Prefixes of the new cache repository and of the proxy, as they are written there. */
  readonly free: readonly [cache: string, proxy: string];
  readonly console?: Edit;
  /** What names the removed cache repository. */
  readonly removed?: string;
  /** What a rename takes beside the former key. */
  readonly moves?: readonly Edit[];
}): Year {
  const { caches, gateways, free, console = COMMON.console } = program;
  const [next, proxy] = free;
  const { moves = [], removed = 'removed: ["cacheRepositories.cache"],' } = program;
  const exchanged = `${caches.replace("cacheRepositories: {", `cacheRepositories: { next: { subnet: ${next} },`)} cacheMigration: { from: "cache", to: "next" },`;
  return [
    ["a console more", console],
    ["a cache repository exchanged", [caches, exchanged]],
    ["a proxy added", ["consoles:", `httpProxy: { subnet: ${proxy}, port: 3128 }, consoles:`]],
    ["a new page revision", COMMON.page],
    ["a rename", [gateways, gateways.replace("one: {", 'two: { formerKey: "one",')], ...moves],
    ["the firewall in", ["consoles:", `${FIREWALL}consoles:`]],
    ["the firewall out", [FIREWALL, ""]],
    ["a machine replaced", COMMON.machine],
    ["a disk grown", COMMON.disk],
    ["a component removed", [exchanged, `cacheRepositories: { next: { subnet: ${next} } }, ${removed}`]],
  ];
}

const one = (subnet: string): string => `one: { subnet: ${subnet} }`;
const backup = { stack: "stack", server: "backup.backupServer" };

const GUARDED_GATEWAYS = `gatewayServers: { ${one('"10.20.0.96/27"')} },`;
const FIFTY_GATEWAYS = `gatewayServers: { ${one("`${base}.160/27`")} },`;
const HUB_GATEWAYS = `gatewayServers: { ${one('"10.40.0.160/27"')}, gateway: { on: "backupServer" } },`;
const BROWNFIELD_GATEWAYS = `gatewayServers: { ${one('"10.70.9.96/27"')},`;

const YEARS: ReadonlyArray<readonly [example: string, start: readonly Edit[], year: Year]> = [
  [
    "guarded",
    [
      ...startOf({ ...backup, address: "10.20.0.9" }),
      ["backupServer: {", `${GUARDED_GATEWAYS} backupServer: {`],
    ],
    yearOf({
      caches: 'cacheRepositories: { cache: { subnet: "10.20.0.32/27" } },',
      gateways: GUARDED_GATEWAYS,
      free: ['"10.20.0.64/27"', '"10.20.0.128/28"'],
      // What hangs on the group moves with it, or Terraform does not know that the lock goes first.
      moves: [
        ["new ManagementLock(", "const lock = new ManagementLock("],
        [
          "dependsOn: [logs],\n  });",
          `dependsOn: [logs],
  });
  if (key === "two") {
    logs.moveFromId("azurerm_monitor_diagnostic_setting.logs-one");
    lock.moveFromId("azurerm_management_lock.lock-one");
  }`,
        ],
      ],
    }),
  ],
  [
    "hub-and-spoke",
    [
      ...startOf({ ...backup, address: "10.40.0.9" }),
      ['gatewayServers: { gateway: { on: "backupServer" } },', HUB_GATEWAYS],
    ],
    yearOf({
      caches: 'cacheRepositories: { cache: { subnet: "10.40.0.64/27" } },',
      gateways: HUB_GATEWAYS,
      free: ['"10.40.0.128/27"', '"10.40.0.48/28"'],
      console: ["10.0.8.0/26", '10.0.8.0/26", "10.1.9.0/24'],
    }),
  ],
  [
    "brownfield",
    [...startOf({ ...backup, address: "10.70.9.9" }), ["gatewayServers: {", BROWNFIELD_GATEWAYS]],
    yearOf({
      caches: `cacheRepositories: {
    cache: { existingSubnet: ExistingSubnet.dedicated(\`\${network}/subnets/snet-cache\`, "10.70.2.0/27") },
  },`,
      gateways: BROWNFIELD_GATEWAYS,
      free: ['"10.70.9.32/27"', '"10.70.9.64/28"'],
      // The subnet stays, since it was there before.
      removed: "",
    }),
  ],
  [
    "fifty-deployments",
    [
      ...startOf({
        stack: "TerraformStack.of(backups[0])",
        server: "backups[0].backupServer",
        address: "10.100.0.9",
      }),
      // One of the fifty, with its state in a file.
      ["regions.flatMap", "regions.slice(0, 1).flatMap"],
      ["tenants.map", "tenants.slice(0, 1).map"],
      ["import { App, AzurermBackend,", "import { App, LocalBackend,"],
      [
        "new AzurermBackend(stack, {",
        'new LocalBackend(stack, { path: "../../../terraform.one.tfstate" });\n    void ({',
      ],
      ["backupServer: {", `${FIFTY_GATEWAYS} backupServer: {`],
    ],
    yearOf({
      caches: "cacheRepositories: { cache: { subnet: `${base}.64/27` } },",
      gateways: FIFTY_GATEWAYS,
      free: ["`${base}.128/27`", "`${base}.48/28`"],
    }),
  ],
  [
    "two-stacks",
    startOf({ stack: "core", server: "server", address: "10.50.0.9" }),
    [
      ["a console more", COMMON.console],
      [
        "a cache repository exchanged",
        [
          "const gateway =",
          'const next = new CacheRepository(data, "next", { network, subnet: "10.50.0.160/27" });\nconst gateway =',
        ],
        [
          "components: [server, cache,",
          'cacheMigration: { from: "cache", to: "next" }, components: [server, cache, next,',
        ],
      ],
      [
        "a proxy added",
        [
          "const gateway =",
          'const proxy = new veeam.HttpProxy(core, "proxy", { network, subnet: "10.50.0.48/28", port: 3128 });\nconst gateway =',
        ],
        ["components: [server,", "components: [server, proxy,"],
      ],
      ["a new page revision", COMMON.page],
      [
        "a rename",
        ['GatewayServer(data, "gateway",', 'GatewayServer(data, "renamed",'],
        ["app.synth();", 'veeam.StateMoves.moveFromPath(gateway, "gateway");\napp.synth();'],
      ],
      ["the firewall in", ['name: "veeam",', `name: "veeam", ${FIREWALL}`]],
      ["the firewall out", [FIREWALL, ""]],
      ["a machine replaced", COMMON.machine],
      ["a disk grown", COMMON.disk],
      [
        "a component removed",
        ['const cache = new CacheRepository(data, "cache", { network, subnet: "10.50.0.64/27" });', ""],
        [
          'cacheMigration: { from: "cache", to: "next" }, components: [server, proxy, cache,',
          "components: [server, proxy,",
        ],
        ["app.synth();", 'veeam.StateMoves.removeFromPath(data, "cache");\napp.synth();'],
      ],
    ],
  ],
];

describeWithTerraform("a year of the example", () => {
  test.each(YEARS)("%s", (example, start, year) => {
    const folder = temporaryFolder("veeam-year-");
    const program = new ExampleProgram(example);
    const outdir = join(folder.path, "cdktf.out");
    const applied = new Map<string, string>();

    /** The stacks of the program as it is now, in the order in which they are applied. */
    function stacks(): Array<{ readonly name: string; readonly text: string; readonly live: LiveStack }> {
      program.run(outdir);
      return readdirSync(join(outdir, "stacks"))
        .sort()
        .map((name) => {
          const stackFolder = join(outdir, "stacks", name);
          const live = new LiveStack(folder.path, stackFolder);
          live.initialize();
          return { name, text: readFileSync(join(stackFolder, "cdk.tf.json"), "utf8"), live };
        });
    }

    function apply(title: string): void {
      const changed = stacks().filter(({ name, text }) => applied.get(name) !== text);
      expect([title, changed.length > 0]).toEqual([title, true]);
      for (const { name, text, live } of changed) {
        live.apply();
        expect([title, live.unfiltered]).toEqual([title, []]);
        applied.set(name, text);
      }
    }

    program.edit(...start);
    apply("before the year");
    for (const [title, ...edits] of year) {
      program.edit(...edits);
      apply(title);
    }
    // The state is beside the program: what is synthesized can be deleted at any time.
    rmSync(outdir, { recursive: true });
    const all = stacks();
    for (const { live } of all) live.planNothing();
    for (const { live } of all.reverse()) {
      live.destroy();
      expect(live.unfiltered).toEqual([]);
    }
    folder.remove();
  });
});
