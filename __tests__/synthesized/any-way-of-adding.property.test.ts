import fc from "fast-check";
import {
  BackupNetwork,
  BackupRepository,
  BackupServer,
  CacheRepository,
  type BackupComponent,
  DocumentedFlows,
  EntraIdBackup,
  type EntraIdBackupProps,
  GatewayServer,
  HttpProxy,
  type ComponentOptions,
  PostgresqlServer,
} from "../../lib";
import { propsOfDeployment } from "../../lib/app/props";
import type { DeploymentFile } from "../../lib/app/schema";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { runs } from "../support/arbitraries/property-settings";
import { Random } from "../support/arbitraries/random";
import { fullDeployment } from "../support/deployments/sample-deployments";
import {
  newStack,
  type Synthesized,
  synthesizeDeployment,
  synthesizeStack,
} from "../support/tools/synthesized";

// One big construct, `add…` calls, and roles by hand, in every order in which
// TypeScript lets them be written.

const SINGLE = ["backupServer", "postgresql", "httpProxy"] as const;
const SEVERAL = ["cacheRepositories", "gatewayServers", "backupRepositories"] as const;

interface Given {
  readonly path: string;
  readonly role: (typeof SINGLE)[number] | (typeof SEVERAL)[number];
  readonly key: string;
  readonly placement: Omit<ComponentOptions, "type"> & { readonly port?: number };
}

function componentsOf(props: EntraIdBackupProps): Given[] {
  return [
    ...SINGLE.flatMap((role) => {
      const placement = props[role];
      return placement ? [{ path: role, role, key: role, placement }] : [];
    }),
    ...SEVERAL.flatMap((role) =>
      Object.entries(props[role] ?? {}).map(([key, placement]: [string, Given["placement"]]) => ({
        path: `${role}.${key}`,
        role,
        key,
        placement,
      })),
    ),
  ];
}

/** A random order in which each comes after the one whose machine it shares. */
function shuffled(components: readonly Given[], random: Random, there: readonly string[] = []): Given[] {
  const ordered: Given[] = [];
  const known = new Set(there);
  while (ordered.length < components.length) {
    const next = random.pick(
      components.filter(
        ({ path, placement: { on } }) => !known.has(path) && (on === undefined || known.has(on)),
      ),
    );
    known.add(next.path);
    ordered.push(next);
  }
  return ordered;
}

/** Some of the components in the big construct's props, and the others added after. */
function byAdding(props: EntraIdBackupProps, random: Random): Synthesized {
  const all = componentsOf(props);
  const byPath = new Map(all.map((one) => [one.path, one]));
  const early = new Set<string>();
  const keepEarly = (path: string | undefined): void => {
    if (path === undefined || early.has(path)) return;
    early.add(path);
    keepEarly(byPath.get(path)?.placement.on);
  };
  const moving = Object.values(props.cacheMigration ?? {}).map((key) => `cacheRepositories.${key}`);
  for (const { path } of all) {
    if (!path.includes(".") || moving.includes(path) || random.chance(0.4)) keepEarly(path);
  }
  const inProps = (role: (typeof SEVERAL)[number]) =>
    Object.fromEntries(Object.entries(props[role] ?? {}).filter(([key]) => early.has(`${role}.${key}`)));
  const stack = newStack();
  const backup = new EntraIdBackup(stack, "backup", {
    ...props,
    cacheRepositories: inProps("cacheRepositories"),
    gatewayServers: inProps("gatewayServers"),
    backupRepositories: inProps("backupRepositories"),
  });
  const late = all.filter(({ path }) => !early.has(path));
  for (const { role, key, placement } of shuffled(late, random, [...early])) {
    if (role === "cacheRepositories") backup.addCacheRepository(key, placement);
    else if (role === "gatewayServers") backup.addGatewayServer(key, placement);
    else backup.addBackupRepository(key, placement);
  }
  return synthesizeStack(stack);
}

/** Every role a construct of its own, told to the documented flows one by one or several at once. */
function byHand(props: EntraIdBackupProps, random: Random): Synthesized {
  const stack = newStack();
  const network = new BackupNetwork(stack, "net", props);
  const { portTable, consoles } = props;
  const flows = new DocumentedFlows(stack, "documented", { portTable, consoles });
  const made = new Map<string, BackupComponent>();
  let waiting: BackupComponent[] = [];
  for (const { path, role, key, placement } of shuffled(componentsOf(props), random)) {
    const own = { ...placement, network, key };
    const port = placement.port ?? 0;
    const id = `any id ${made.size}`;
    const component =
      role === "backupServer"
        ? new BackupServer(stack, id, own)
        : role === "postgresql"
          ? new PostgresqlServer(stack, id, own)
          : role === "httpProxy"
            ? new HttpProxy(stack, id, { ...own, port })
            : role === "cacheRepositories"
              ? new CacheRepository(stack, id, own)
              : role === "gatewayServers"
                ? new GatewayServer(stack, id, own)
                : new BackupRepository(stack, id, own);
    made.set(path, component);
    waiting.push(component);
    if (random.chance(0.5)) {
      flows.add(...waiting);
      waiting = [];
    }
  }
  flows.add(...waiting);
  if (props.cacheMigration) flows.migrateCache(props.cacheMigration);
  return synthesizeStack(stack);
}

/** What Azure sees of the network: groups with their rules, subnets, and how many of the rest. */
function whatIsMade(synthesized: Synthesized): unknown {
  const { groups, resources } = synthesized;
  return {
    groups: Object.fromEntries(
      Object.entries(groups).map(([name, { security_rule, tags }]) => [name, { security_rule, tags }]),
    ),
    subnets: Object.fromEntries(
      Object.entries(synthesized.byName("subnet")).map(([name, { address_prefixes }]) => [
        name,
        address_prefixes,
      ]),
    ),
    counts: Object.fromEntries(
      Object.entries(resources).map(([type, some]) => [type, Object.keys(some).length]),
    ),
  };
}

function sameHowever(deployment: DeploymentFile, seed: number): void {
  const whole = whatIsMade(synthesizeDeployment(deployment));
  const props = propsOfDeployment(deployment);
  expect(whatIsMade(byAdding(props, new Random(seed)))).toEqual(whole);
  expect(whatIsMade(byHand(props, new Random(seed)))).toEqual(whole);
}

test("any order and any way of adding the same components gives the same groups", () => {
  fc.assert(fc.property(deploymentArbitrary, fc.nat(), sameHowever), runs(80));
});

test("also with every role and kind of place", () => {
  for (let seed = 0; seed < 20; seed++) sameHowever(fullDeployment(), seed);
});
