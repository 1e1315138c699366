import {
  BackupNetwork,
  BackupRepository,
  BackupServer,
  CacheRepository,
  DocumentedFlows,
  EntraIdBackup,
  ExistingSubnet,
  type Explanation,
  GatewayServer,
  Peer,
  Port,
  Protocol,
  Verdict,
} from "../../../lib";
import { propsOfDeployment } from "../../../lib/app/props";
import { DEFAULT_REVISION, REVISIONS } from "../../../lib/ports/revisions";
import { refusalLines } from "../../support/expected/refusals";
import {
  existingNetwork,
  fullDeployment,
  smallestDeployment,
} from "../../support/deployments/sample-deployments";
import { newStack, synthesizeProps } from "../../support/tools/synthesized";

interface Explaining {
  explain(query: { from: string; to: string; protocol: Protocol; port?: number }): Explanation;
}

const ask = (asked: Explaining, from: string, to: string, port?: number): Explanation =>
  asked.explain({ from, to, protocol: Protocol.TCP, port });

describe("explain", () => {
  const whole = new EntraIdBackup(newStack(), "backup", propsOfDeployment(fullDeployment()));

  function byHand(): DocumentedFlows {
    const stack = newStack();
    const network = new BackupNetwork(stack, "network", propsOfDeployment(fullDeployment()));
    const gateway = new GatewayServer(stack, "gw1", { network, subnet: "10.20.0.96/27" });
    return new DocumentedFlows(stack, "flows", {
      consoles: ["10.1.0.0/24"],
      components: [
        gateway,
        new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" }),
        new CacheRepository(stack, "cache", { network, subnet: "10.20.0.64/27" }),
        new BackupRepository(stack, "third", { network, on: "gatewayServers.gw1" }),
        new BackupRepository(stack, "secondary", { network, addresses: ["10.2.0.0/27"] }),
      ],
    });
  }

  describe.each<[string, Explaining]>([
    ["of a whole deployment", whole],
    ["of components by hand", byHand()],
  ])("%s", (_, asked) => {
    test.each<[string, string, string, number, Verdict]>([
      ["labels", "backup-server", "cache-repository-cache", 6160, Verdict.ALLOW],
      ["keys of cdktf.json", "backupServer", "cacheRepositories.cache", 6160, Verdict.ALLOW],
      [
        "a component on another's machine",
        "cache-repository-cache",
        "backup-repository-third",
        2500,
        Verdict.ALLOW,
      ],
      ["its key", "cacheRepositories.cache", "backupRepositories.third", 2499, Verdict.DENY],
      ["a component elsewhere", "cache-repository-cache", "backup-repository-secondary", 3300, Verdict.ALLOW],
      ["addresses", "10.2.0.4", "10.20.0.68", 3300, Verdict.DENY],
    ])("takes %s", (_title, from, to, port, verdict) => {
      expect(ask(asked, from, to, port).verdict).toBe(verdict);
    });

    test("answers for the machine that a component shares, and keeps the question", () => {
      const { query, ends } = ask(asked, "cacheRepositories.cache", "backupRepositories.third", 2500);
      expect([query.to, ends[1].endpoint]).toEqual(["backupRepositories.third", "gateway-server-gw1"]);
    });

    test("refuses an unknown end, and lists the known ones", () => {
      const [line, ...others] = refusalLines(() => ask(asked, "10.1.0.5", "cache", 6160));
      expect(others).toEqual([]);
      expect(line).toMatch(
        /^to: is unknown in these groups \(got "cache"\)\. .*Write cache-repository-cache/,
      );
      for (const known of ["backup-server", "gateway-server-gw1", "backup-repository-third", "console"]) {
        expect(line).toContain(known);
      }
    });

    test("refuses strangers, of whom no group was asked", () => {
      expect(refusalLines(() => ask(asked, "10.8.0.4", "10.9.0.4"))).toEqual([
        expect.stringContaining("neither end has a network security group"),
      ]);
    });

    test("refuses an invalid port", () => {
      expect(refusalLines(() => ask(asked, "10.1.0.5", "backup-server", 65536))).toHaveLength(1);
    });
  });

  test("takes the other ends of flows by what the flows call them", () => {
    const backup = new EntraIdBackup(newStack(), "backup", propsOfDeployment(smallestDeployment()));
    const monitoring = Peer.cidr("10.5.0.0/24");
    backup.backupServer.connections.allowFrom(monitoring, Port.tcp(9182), "metrics");
    expect(ask(backup, "console", "backup-server", 443).verdict).toBe(Verdict.ALLOW);
    expect(ask(backup, "console", "backup-server", 9182).verdict).toBe(Verdict.DENY);
    expect(ask(backup, "10.5.0.0/24", "backup-server", 9182).verdict).toBe(Verdict.ALLOW);
    expect(ask(backup, "backup-server", "AzureActiveDirectory", 443).verdict).toBe(Verdict.ALLOW);
  });

  test("says of a place whose group is others' that it was not asked", () => {
    const stack = newStack();
    const id =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/old";
    const group = { name: "nsg", resourceGroup: "rg", firstPriority: 1000, lastPriority: 1099 };
    const backup = new EntraIdBackup(stack, "backup", {
      ...propsOfDeployment({ ...smallestDeployment(), ...existingNetwork("vnet", "rg") }),
      cacheRepositories: { old: { existingSubnet: ExistingSubnet.shared(id, group, "10.7.0.0/27") } },
    });
    const { verdict, ends } = ask(backup, "backup-server", "cacheRepositories.old", 6160);
    expect([verdict, ends[1].groups]).toEqual([Verdict.ALLOW, []]);
  });
});

describe("flows, veeamFlows and components mean the same", () => {
  const whole = (): EntraIdBackup =>
    new EntraIdBackup(newStack(), "backup", {
      ...propsOfDeployment(smallestDeployment()),
      cacheRepositories: { cache: { subnet: "10.20.0.64/27" } },
    });

  function byHand(): DocumentedFlows {
    const stack = newStack();
    const network = new BackupNetwork(stack, "network", propsOfDeployment(smallestDeployment()));
    return new DocumentedFlows(stack, "flows", {
      consoles: smallestDeployment().consoles,
      components: [
        new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" }),
        new CacheRepository(stack, "cache", { network, subnet: "10.20.0.64/27" }),
      ],
    });
  }

  test.each<[string, () => EntraIdBackup | DocumentedFlows]>([
    ["of a whole deployment", whole],
    ["of components by hand", byHand],
  ])("%s", (_, make) => {
    const made = make();
    const documented = made.veeamFlows.map(({ name }) => name);
    expect(documented).toEqual([
      "console-to-backup-server-rest-api",
      "console-to-backup-server",
      "backup-server-to-entra-id",
      "backup-server-to-resource-manager",
      "backup-server-to-cache-repository",
    ]);
    const [server, cache] = made.components;
    expect([server.label, cache.label]).toEqual(["backup-server", "cache-repository-cache"]);
    cache.connections.allowFrom(Peer.cidr("10.5.0.0/24"), Port.tcp(9182), "metrics");
    expect(made.veeamFlows.map(({ name }) => name)).toEqual(documented);
    const own = made.flows.filter((flow) => !made.veeamFlows.includes(flow));
    expect(own.map(({ reason }) => reason)).toEqual(["metrics"]);
    expect(made.flows).toHaveLength(documented.length + 1);
  });
});

test("another revision changes nothing of a group but its tag and what opens and closes", () => {
  const rules = (portTable: string) => {
    const { groups } = synthesizeProps({ ...propsOfDeployment(fullDeployment()), portTable });
    return Object.entries(groups).flatMap(([group, { security_rule: all, tags }]) => {
      expect(tags["veeam-port-table"]).toBe(portTable);
      return all.map((rule) => [`${group} ${rule.direction} ${rule.name}`, rule] as const);
    });
  };
  const newest = new Map(rules(DEFAULT_REVISION));
  for (const revision of REVISIONS.slice(3, -1)) {
    for (const [name, rule] of rules(revision)) {
      const { description, priority } = newest.get(name) ?? rule;
      expect([rule.description, rule.priority]).toEqual([description, priority]);
    }
  }
});

test("a component says what the flows call it", () => {
  const backup = new EntraIdBackup(newStack(), "backup", propsOfDeployment(fullDeployment()));
  expect(backup.backupServer.label).toBe("backup-server");
  expect(backup.cacheRepository("cache").label).toBe("cache-repository-cache");
  const labels = backup.flows.flatMap(({ from, to }) => [from.label, to.label]);
  const own = backup.components.filter(({ key }) => key !== "third");
  expect(labels).toEqual(expect.arrayContaining(own.map(({ label }) => label)));
});
