import { DEFAULT_REVISION } from "../../lib/ports/revisions";
import { TerraformVariable } from "cdktf";
import { propsOfDeployment } from "../../lib/app/props";
import type { DeploymentFile } from "../../lib/app/schema";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import type { EntraIdBackupProps } from "../../lib/constructs/entra-id-backup";
import { VeeamFeature } from "../../lib/ports/features";
import { CacheRepository } from "../../lib/constructs/roles/roles";
import { BAD_DEPLOYMENTS } from "../support/deployments/bad-deployments";
import { codesOf, problemsIn, refusalLines } from "../support/expected/refusals";
import { fullDeployment, smallestDeployment } from "../support/deployments/sample-deployments";
import {
  newStack,
  synthesizeDeployment,
  synthesizeProps,
  synthesizeStack,
} from "../support/tools/synthesized";

function build(deployment: DeploymentFile): EntraIdBackup {
  return new EntraIdBackup(newStack(), "backup", propsOfDeployment(deployment));
}

describe("a component by its key", () => {
  const backup = build(fullDeployment());

  test.each<[string, (key: string) => { readonly node: { readonly path: string } }, string, string]>([
    ["cache repository", (key) => backup.cacheRepository(key), "cache-new", "cache-repository-cache-new"],
    ["gateway server", (key) => backup.gatewayServer(key), "gw1", "gateway-server-gw1"],
    ["backup repository", (key) => backup.backupRepository(key), "third", "backup-repository-third"],
  ])("is the %s that the props describe", (_, find, key, id) => {
    expect(find(key).node.path).toMatch(new RegExp(`/${id}$`));
  });

  test("is one that was added", () => {
    const added = backup.addGatewayServer("later", { addresses: ["10.9.0.0/28"] });
    expect(backup.gatewayServer("later")).toBe(added);
  });

  test("is refused if it does not exist, with those that exist", () => {
    expect(refusalLines(() => backup.cacheRepository("cach"))).toEqual([
      'cacheRepositories.cach: is not a cache repository of the deployment (got "cach"). Allowed: keys of cacheRepositories: cache, cache-new. Did you mean "cache"? Write that.',
    ]);
    expect(refusalLines(() => build(smallestDeployment()).gatewayServer("gw"))).toEqual([
      'gatewayServers.gw: is not a gateway server of the deployment (got "gw"). Allowed: keys of gatewayServers, which is empty. Add it to gatewayServers, or name another.',
    ]);
  });
});

describe("a deployment without consoles", () => {
  const WITHOUT_CONSOLES =
    "consoles: is missing, so no console can connect to the backup server. List the prefixes from which consoles are opened.";
  const { consoles, ...props } = propsOfDeployment(smallestDeployment());

  test("lets nobody in, and is proven", () => {
    const stack = newStack();
    const backup = new EntraIdBackup(stack, "backup", props);
    const inbound = synthesizeStack(stack)
      .rulesOf("backup-server")
      .filter(({ direction }) => direction === "Inbound");
    expect(inbound.map(({ name }) => name)).toEqual(["deny-all-in"]);
    expect([backup.proof.holds, backup.warnings]).toEqual([true, [WITHOUT_CONSOLES]]);
  });

  test("moves no rule, priority or id of another", () => {
    const [without, with_] = [synthesizeProps(props), synthesizeProps({ ...props, consoles })];
    const rest = with_
      .rulesOf("backup-server")
      .filter(({ name }) => !name.startsWith("allow-in-console-to-backup-server"));
    expect(without.rulesOf("backup-server")).toEqual(rest);
    expect(Object.keys(without.resources)).toEqual(Object.keys(with_.resources));
  });

  test("is warned about a feature that is for consoles only", () => {
    const features = [VeeamFeature.MANAGEMENT];
    const warningsOf = (more: Partial<EntraIdBackupProps>): string[] =>
      new EntraIdBackup(newStack(), "backup", { ...props, features, ...more }).warnings;
    expect(warningsOf({})).toEqual([
      WITHOUT_CONSOLES,
      "features: management allows nothing, because the consoles that it needs are missing.",
    ]);
    expect(warningsOf({ consoles })).toEqual([]);
  });

  test("says so by leaving them out: an empty list is refused", () => {
    expect(refusalLines(() => new EntraIdBackup(newStack(), "backup", { ...props, consoles: [] }))).toEqual([
      expect.stringMatching(/^consoles: is empty/),
    ]);
  });
});

test("a role created by hand can be added to a deployment", () => {
  const stack = newStack();
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(smallestDeployment()));
  const cache = new CacheRepository(stack, "late", { network: backup.network, subnet: "10.20.0.64/27" });
  backup.add(cache);
  expect(backup.cacheRepository("late")).toBe(cache);
  expect(backup.components).toEqual([backup.backupServer, cache]);
  expect(refusalLines(() => backup.addCacheRepository("late", { addresses: ["10.9.0.0/28"] }))).toEqual([
    expect.stringMatching(/^cacheRepositories\.late: is listed twice/),
  ]);
});

describe("add methods", () => {
  test("make what the constructor makes", () => {
    const { cacheRepositories, gatewayServers, backupRepositories, cacheMigration, ...rest } =
      fullDeployment();
    const stack = newStack();
    const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(rest));
    // Not in the constructor's order, and each before what it may connect to.
    const later = propsOfDeployment({ ...rest, cacheRepositories, gatewayServers, backupRepositories });
    for (const [key, placement] of Object.entries(later.gatewayServers ?? {}).reverse()) {
      backup.addGatewayServer(key, placement);
    }
    for (const [key, placement] of Object.entries(later.backupRepositories ?? {})) {
      backup.addBackupRepository(key, placement);
    }
    for (const [key, placement] of Object.entries(later.cacheRepositories ?? {})) {
      backup.addCacheRepository(key, placement);
    }
    backup.migrateCache(cacheMigration!);
    expect(synthesizeStack(stack).text).toBe(synthesizeDeployment(fullDeployment()).text);
  });

  test.each<[string, (backup: EntraIdBackup) => void, string]>([
    [
      "a name that is there",
      (b) => b.addGatewayServer("gw1", { addresses: ["10.9.0.0/28"] }),
      "gatewayServers.gw1",
    ],
    [
      "a name that differs only in case",
      (b) => b.addCacheRepository("Cache", { addresses: ["10.9.0.0/28"] }),
      "cacheRepositories.Cache",
    ],
    [
      "a subnet out of the network",
      (b) => b.addGatewayServer("g", { subnet: "10.9.0.0/28" }),
      "gatewayServers.g.subnet",
    ],
    [
      "a subnet on another",
      (b) => b.addBackupRepository("r", { subnet: "10.20.0.0/28" }),
      "backupRepositories.r.subnet",
    ],
    [
      "two places",
      (b) => b.addBackupRepository("r", { on: "backupServer", addresses: ["10.9.0.0/28"] }),
      "backupRepositories.r",
    ],
    ["no place", (b) => b.addBackupRepository("r", {}), "backupRepositories.r"],
    [
      "an unknown machine",
      (b) => b.addBackupRepository("r", { on: "gatewayServers.gw9" }),
      "backupRepositories.r.on",
    ],
    [
      "addresses open to the world",
      (b) => b.addCacheRepository("c", { addresses: ["0.0.0.0/0"] }),
      "cacheRepositories.c.addresses[0]",
    ],
    [
      "a name too long once composed",
      (b) => b.addGatewayServer("g".repeat(60), { subnet: "10.20.1.64/28" }),
      `gatewayServers.${"g".repeat(60)}`,
    ],
  ])("refuse %s", (_title, add, path) => {
    const backup = build(fullDeployment());
    const lines = refusalLines(() => add(backup));
    expect(lines.map((line) => line.split(": ")[0])).toEqual([path]);
  });

  test.each(["addGatewayServer", "addCacheRepository", "addBackupRepository"] as const)(
    "%s refuses a role for which the revision has no row",
    (method) => {
      const backup = build({ ...smallestDeployment(), portTable: "13.0.1.1071@2026-01-14" });
      expect(refusalLines(() => backup[method]("x", { subnet: "10.20.0.32/28" }))[0]).toMatch(
        new RegExp(`has no row for the role .*Set portTable to "${DEFAULT_REVISION}"`),
      );
    },
  );

  test("refuse a subnet that holds a console or a DNS server", () => {
    const backup = build({
      ...smallestDeployment(),
      virtualNetwork: { addressSpace: ["10.20.0.0/24"], dnsServers: ["10.20.0.36"] },
      consoles: ["10.20.0.40/32"],
    });
    const lines = refusalLines(() => backup.addGatewayServer("gw", { subnet: "10.20.0.32/27" }));
    expect(lines.map((line) => line.split(": ")[0])).toEqual(["virtualNetwork.dnsServers[0]", "consoles[0]"]);
  });

  test("leave nothing behind when they refuse", () => {
    const stack = newStack();
    const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(fullDeployment()));
    for (const subnet of ["10.20.0.0/28", "10.9.0.0/28", "10.20.0.0"]) {
      expect(refusalLines(() => backup.addGatewayServer("gw3", { subnet }))).not.toEqual([]);
    }
    expect(refusalLines(() => backup.migrateCache({ from: "a", to: "b" }))).not.toEqual([]);
    expect(synthesizeStack(stack).text).toBe(synthesizeDeployment(fullDeployment()).text);
    backup.addGatewayServer("gw3", { subnet: "10.20.1.64/28" });
    expect(synthesizeStack(stack).allowedAt("gateway-server-gw3")).toContain(
      "allow-in-cache-repository-to-gateway-server",
    );
  });
});

describe("refuses in code what it refuses in a file:", () => {
  const shared = Object.entries(BAD_DEPLOYMENTS)
    // What the types of the props rule out is the schema's affair; in code, machines are constructs of their own,
    // and the stack says where the state is kept and what the stack is called.
    .filter(([theme]) => !theme.startsWith("shape") && !["ports", "machines", "state"].includes(theme))
    .flatMap(([theme, cases]) => cases.map((bad) => ({ ...bad, title: `${theme}: ${bad.title}` })))
    .filter(({ change }) => (change as { name?: string }).name !== "constructor");

  test.each(shared)("$title", ({ change, problems }) => {
    const deployment = { ...smallestDeployment(), ...change } as DeploymentFile;
    const said = problemsIn(() => build(deployment));
    expect(codesOf(said).sort()).toEqual([...problems].sort());
  });

  test.each([0, -1, 65536, 443.5, Number.NaN, Number.POSITIVE_INFINITY, "443" as unknown as number])(
    "port %p",
    (port) => {
      const addresses = ["10.2.0.0/27"];
      const deployment = {
        ...smallestDeployment(),
        postgresql: { addresses, port },
        httpProxy: { addresses, port },
      };
      expect(problemsIn(() => build(deployment))).toMatchObject([
        { code: "wrong-type", path: "postgresql.port", value: port },
        { code: "wrong-type", path: "httpProxy.port", value: port },
      ]);
    },
  );

  test("what only types keep from being left out", () => {
    const { backupServer: _b, ...rest } = propsOfDeployment(smallestDeployment());
    const httpProxy = { addresses: ["10.2.0.0/27"] };
    const props = { ...rest, httpProxy } as unknown as EntraIdBackupProps;
    expect(codesOf(problemsIn(() => new EntraIdBackup(newStack(), "backup", props)))).toEqual([
      "missing backupServer",
      "missing httpProxy.port",
    ]);
  });
});

describe("values known only at apply", () => {
  test("pass wherever they can: name apart, every value is one", () => {
    const stack = newStack();
    const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
    new EntraIdBackup(stack, "backup", {
      ...propsOfDeployment(smallestDeployment()),
      consoles: [text],
      backupServer: { subnet: text },
      postgresql: { subnet: "10.20.0.32/28", port },
      httpProxy: { addresses: [text, "10.9.0.0/28"], port },
    });
    const rules = synthesizeStack(stack).rulesOf("backup-server");
    expect(rules.find((rule) => rule.name === "allow-out-backup-server-to-http-proxy")).toMatchObject({
      source_address_prefix: "${var.text}",
      destination_address_prefixes: ["10.9.0.0/28", "${var.text}"],
      destination_port_range: "${var.port}",
    });
    expect(rules.find((rule) => rule.name === "allow-out-backup-server-to-postgresql")).toMatchObject({
      destination_address_prefix: "10.20.0.32/28",
      destination_port_range: "${var.port}",
    });
    expect(rules.find((rule) => rule.name === "allow-in-console-to-backup-server")).toMatchObject({
      source_address_prefix: "${var.text}",
    });
  });

  test("lists do not pass as a whole where they are merged with others: the error names the property", () => {
    const stack = newStack();
    const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
    const deployment = { ...smallestDeployment(), consoles: list, postgresql: { addresses: list } };
    expect(
      refusalLines(() => new EntraIdBackup(stack, "backup", propsOfDeployment(deployment))).map(
        (line) => line.split(".")[0],
      ),
    ).toEqual([
      "consoles: is a list that is known only at apply, which cannot be merged with others into one rule",
      "postgresql",
    ]);
  });
});

test("two deployments in one stack are each what they are alone", () => {
  const stack = newStack();
  const one = fullDeployment();
  const two: DeploymentFile = { ...fullDeployment(), name: "veeam-two", resourceGroup: "rg-two" };
  new EntraIdBackup(stack, "one", propsOfDeployment(one));
  new EntraIdBackup(stack, "two", propsOfDeployment(two));
  const both = synthesizeStack(stack);
  for (const deployment of [one, two]) {
    const alone = synthesizeDeployment(deployment);
    for (const [name, group] of Object.entries(alone.groups)) {
      expect(both.groups[name].security_rule).toEqual(group.security_rule);
    }
  }
  expect(Object.keys(both.ofType("network_security_group"))).toHaveLength(14);
  expect(Object.keys(both.ofType("nat_gateway"))).toHaveLength(2);
});

test("nothing but what was asked for is in the stack: no provider, no backend, no output", () => {
  const synthesized = synthesizeDeployment(fullDeployment());
  expect(Object.keys(JSON.parse(synthesized.text))).toEqual(["resource"]);
});

test("tags reach everything that takes tags, and groups say whose they are", () => {
  const synthesized = synthesizeDeployment(fullDeployment());
  const common = { owner: "platform", stage: "production" };
  for (const type of ["resource_group", "virtual_network", "nat_gateway", "public_ip"]) {
    for (const attributes of Object.values(synthesized.ofType(type))) expect(attributes.tags).toEqual(common);
  }
  const own = Object.values(synthesized.groups).map(({ tags }) => {
    const { "veeam-role": role, "veeam-component": component, "veeam-port-table": revision, ...rest } = tags;
    expect(rest).toEqual(common);
    expect(revision).toBe(DEFAULT_REVISION);
    return [role, component];
  });
  expect(own.sort()).toEqual([
    ["backup-repository", "primary"],
    ["backup-server", "backup-server"],
    ["cache-repository", "cache"],
    ["cache-repository", "cache-new"],
    ["gateway-server", "gw1"],
    ["http-proxy", "http-proxy"],
    ["postgresql", "postgresql"],
  ]);
});

test("warnings are printed at synthesis", () => {
  const backup = build({
    ...smallestDeployment(),
    portTable: "13.0.1.1071@2025-12-19",
    httpProxy: { addresses: ["10.2.0.0/27"], port: 8080 },
  });
  expect(backup.warnings).toEqual([
    "httpProxy.port: the port table 13.0.1.1071@2025-12-19 prints 3128 for the HTTP proxy; the deployment's 8080 is used.",
  ]);
});

test("props are left as they were given", () => {
  const props = propsOfDeployment(fullDeployment());
  const before = JSON.stringify(props);
  synthesizeProps(props);
  expect(JSON.stringify(props)).toBe(before);
});
