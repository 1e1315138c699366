import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CacheRepositoryType, GatewayServerType } from "cdktf-veeam-entra-id";
import type { DeploymentFile } from "../../lib/app/schema";
import { deploymentWithMachines } from "../support/deployments/sample-deployments";
import { LiveStack } from "../support/tools/live-stack";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWithTerraform } from "../support/tools/terraform";

// The shipped deployment, by each way to Microsoft, through ten changes of a
// year in a row. Two of its servers are made with it, and another team's machine is
// in the backup server's subnet: none of them is ever in a subnet without a group.

const TOP = join(__dirname, "..", "..");
const SHIPPED = (
  JSON.parse(readFileSync(join(TOP, "cdktf.json"), "utf8")) as { context: { entraIdBackup: DeploymentFile } }
).context.entraIdBackup;
const NETWORK =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-veeam-entra/providers/Microsoft.Network/virtualNetworks/vnet-veeam-entra";
const POLICY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/hub";
const FIREWALL: DeploymentFile["destinations"] = {
  azureFirewall: { policyId: POLICY, privateIpAddress: "10.0.1.4", priority: 500 },
};

const { size, sshPublicKey } = deploymentWithMachines().httpProxy.machine as {
  size: string;
  sshPublicKey: string;
};
const machine = (privateIpAddress: string, adminUsername: string, sizeGib: number) => ({
  size,
  sshPublicKey,
  privateIpAddress,
  adminUsername,
  packages: "image" as const,
  veeamAccount: { publicKey: sshPublicKey },
  dataDisk: { sizeGib },
});
const cache = (adminUsername: string, sizeGib = 64) => ({
  subnet: "10.20.0.64/27",
  machine: machine("10.20.0.70", adminUsername, sizeGib),
});
const next = { subnet: "10.20.0.160/27", type: CacheRepositoryType.LINUX };

type Change = (deployment: DeploymentFile) => Partial<DeploymentFile>;

/** The changes of a year, each upon the ones before. `destinations` is the way to Microsoft without a firewall, or with it. */
const yearOf = (destinations: DeploymentFile["destinations"]): ReadonlyArray<readonly [string, Change]> => [
  ["a console more", () => ({ consoles: ["10.1.0.0/24", "10.1.9.0/24"] })],
  [
    "a cache repository exchanged",
    () => ({
      cacheRepositories: { cache: cache("veeamadmin"), next },
      cacheMigration: { from: "cache", to: "next" },
    }),
  ],
  ["a proxy added", () => ({ httpProxy: SHIPPED.httpProxy })],
  ["a new page revision", () => ({ portTable: undefined })],
  [
    "a rename",
    () => ({
      gatewayServers: {
        gw: { subnet: "10.20.0.96/27", type: GatewayServerType.LINUX, formerKey: "gateway" },
      },
    }),
  ],
  ["the firewall in, or out", () => ({ destinations: destinations === FIREWALL ? undefined : FIREWALL })],
  ["the firewall out, or in", () => ({ destinations })],
  ["a machine replaced", () => ({ cacheRepositories: { cache: cache("otheradmin"), next } })],
  ["a disk grown", () => ({ cacheRepositories: { cache: cache("otheradmin", 128), next } })],
  [
    "a component removed",
    () => ({
      cacheRepositories: { next },
      cacheMigration: undefined,
      removed: ["cacheRepositories.cache"],
    }),
  ],
];

/** The first addresses of each service tag. deploy/destinations applies all of them; over a year that takes Terraform minutes. */
function firstAddresses(folder: string): string {
  const page = readFileSync(join(TOP, "__tests__", "fixtures", "service-tags-20251110.json"), "utf8");
  const tags = JSON.parse(page) as { values: Array<{ properties: { addressPrefixes: string[] } }> };
  for (const { properties } of tags.values) properties.addressPrefixes.splice(20);
  const file = join(folder, "service-tags.json");
  writeFileSync(file, JSON.stringify(tags));
  return file;
}

describeWithTerraform("a year of the shipped deployment", () => {
  const folder = temporaryFolder("veeam-year-");
  const live = new LiveStack(folder.path);
  afterEach(() => live.forget());
  afterAll(folder.remove);

  const starts: ReadonlyArray<readonly [string, Partial<DeploymentFile>]> = [
    ["service tags and a NAT gateway", {}],
    ["addresses", { destinations: { ipRanges: firstAddresses(folder.path) } }],
    ["names on a firewall", { destinations: FIREWALL }],
    ["the platform's routes", { egress: "existing" }],
  ];
  test.each(starts)("by %s", (_way, start) => {
    const { httpProxy: _later, ...shipped } = SHIPPED;
    let deployment: DeploymentFile = {
      ...shipped,
      ...start,
      portTable: "13.0.2.29@2026-05-26",
      cacheRepositories: { cache: cache("veeamadmin") },
      backupRepositories: {
        ...SHIPPED.backupRepositories,
        primary: { subnet: "10.20.0.128/27", machine: machine("10.20.0.134", "veeamadmin", 64) },
      },
    };
    live.write(deployment);
    live.apply();
    live.addMachine(NETWORK, "snet-veeam-entra-backup-server");
    for (const [title, change] of yearOf(start.destinations)) {
      deployment = { ...deployment, ...change(deployment) };
      live.write(deployment);
      const steps = live.apply();
      expect([title, steps.length > 0, live.unfiltered]).toEqual([title, true, []]);
    }
    live.planNothing();
    live.removeMachines();
    live.destroy();
    expect([live.unfiltered, live.resources()]).toEqual([[], {}]);
  });
});
