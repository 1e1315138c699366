import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  BackupNetwork,
  BackupRepository,
  BackupResourceGroup,
  BackupServer,
  BackupVirtualNetwork,
  CacheRepository,
  DocumentedFlows,
  Peer,
  Port,
} from "cdktf-veeam-entra-id";
import { refusalLines } from "../../support/expected/refusals";

interface Parts {
  readonly stack: TerraformStack;
  readonly server: BackupServer;
  readonly cache: CacheRepository;
  readonly elsewhere: BackupRepository;
}

function parts(): Parts {
  const stack = new TerraformStack(Testing.app(), "stack");
  const network = new BackupNetwork(stack, "network", {
    name: "net",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.fromName("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
  });
  return {
    stack,
    server: new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" }),
    cache: new CacheRepository(stack, "cache", { network, subnet: "10.20.0.64/27" }),
    elsewhere: new BackupRepository(stack, "elsewhere", { network, addresses: ["10.9.0.0/24"] }),
  };
}

type Rule = Readonly<Record<string, unknown>> & { readonly name: string; readonly priority: number };

/** The rules of the group whose name ends so, without the two denies. */
function rulesOf(stack: TerraformStack, name: string): Rule[] {
  const synthesized = JSON.parse(Testing.synth(stack)) as {
    resource: { azurerm_network_security_group: Record<string, { name: string; security_rule: Rule[] }> };
  };
  const groups = Object.values(synthesized.resource.azurerm_network_security_group);
  const group = groups.find((candidate) => candidate.name.endsWith(name));
  return (group?.security_rule ?? []).filter((rule) => rule.priority !== 4096);
}

test("a connection between two components is written at both ends, once", () => {
  const { stack, server, cache } = parts();
  server.connections.allowTo(cache, Port.tcp(9100, 9000), "metrics");
  const expected = {
    priority: expect.any(Number),
    protocol: "Tcp",
    source_address_prefix: "10.20.0.0/27",
    destination_address_prefix: "10.20.0.64/27",
    destination_port_ranges: ["9000", "9100"],
    description: "Declared flow: metrics",
  };
  expect(rulesOf(stack, "backup-server")).toEqual([
    expect.objectContaining({
      name: "allow-out-backup-server-to-cache-repository-cache-tcp-9000-9100",
      direction: "Outbound",
      ...expected,
    }),
  ]);
  expect(rulesOf(stack, "cache")).toEqual([
    expect.objectContaining({
      name: "allow-in-backup-server-to-cache-repository-cache-tcp-9000-9100",
      direction: "Inbound",
      ...expected,
    }),
  ]);
});

test("a connection to an end elsewhere is written at our end only", () => {
  const { stack, server, cache, elsewhere } = parts();
  server.connections.allowTo(elsewhere, Port.tcp(443), "console of the store");
  cache.connections.allowFrom(Peer.cidr("10.5.0.0/16", "10.5.1.0/24"), Port.udp(161), "SNMP");
  expect(rulesOf(stack, "backup-server")).toMatchObject([{ destination_address_prefix: "10.9.0.0/24" }]);
  expect(rulesOf(stack, "cache")).toMatchObject([
    { direction: "Inbound", protocol: "Udp", source_address_prefix: "10.5.0.0/16" },
  ]);
});

test("a connection inside one subnet is written in both directions of its group", () => {
  const { stack, cache } = parts();
  cache.connections.allowTo(cache, Port.tcp(7000), "cluster");
  expect(rulesOf(stack, "cache").map((rule) => rule.direction)).toEqual(["Inbound", "Outbound"]);
});

test("service tags and application security groups take the attributes that Azure wants them in", () => {
  const { stack, server } = parts();
  server.connections.allowTo(Peer.serviceTag("Storage.WestEurope"), Port.tcp(443), "object storage");
  server.connections.allowFrom(
    Peer.applicationSecurityGroup(Token.asString({ resolve: () => "asg-id" }), "monitoring"),
    Port.tcp(9182),
    "metrics",
  );
  expect(rulesOf(stack, "backup-server")).toEqual([
    expect.objectContaining({
      source_application_security_group_ids: ["asg-id"],
      source_address_prefix: "",
      source_address_prefixes: null,
    }),
    expect.objectContaining({ destination_address_prefix: "Storage.WestEurope" }),
  ]);
});

test("a port known only at apply passes from private addresses, and management from a component here", () => {
  const { stack, server, cache } = parts();
  const port = new TerraformVariable(stack, "port", { type: "number" }).numberValue;
  server.connections.allowFrom(Peer.cidr("10.5.0.0/24"), Port.tcp(port), "agents");
  cache.connections.allowFrom(server, Port.tcp(22), "SSH");
  expect(rulesOf(stack, "cache")).toHaveLength(1);
});

test("what is declared before the documented flows and after them gives the same groups", () => {
  const declare = ({ server, cache }: Parts): void =>
    server.connections.allowTo(cache, Port.tcp(9100), "metrics");
  const document = ({ stack, server, cache, elsewhere }: Parts): DocumentedFlows =>
    new DocumentedFlows(stack, "flows", {
      components: [server, cache, elsewhere],
      consoles: ["10.1.0.0/24"],
    });
  const [before, after] = [parts(), parts()];
  declare(before);
  document(before);
  document(after);
  declare(after);
  expect(Testing.synth(before.stack)).toEqual(Testing.synth(after.stack));
});

test("what a documented flow opens already gets no second rule, and what it does not gets one", () => {
  const { stack, server, cache, elsewhere } = parts();
  new DocumentedFlows(stack, "flows", { components: [server, cache, elsewhere] });
  const documented = rulesOf(stack, "cache").length;
  server.connections.allowTo(cache, Port.tcp(6160), "asked for twice");
  expect(rulesOf(stack, "cache")).toHaveLength(documented);
  server.connections.allowTo(cache, Port.tcp(6161), "not documented");
  expect(rulesOf(stack, "cache")).toHaveLength(documented + 1);
});

describe("a connection that is declared twice", () => {
  const metrics = ({ server, cache }: Parts, reason: string, priority?: number): void =>
    server.connections.allowTo(cache, Port.tcp(9100), reason, { priority });
  const declared = (stack: TerraformStack): unknown[] =>
    ["backup-server", "cache"].map((name) => rulesOf(stack, name).map((rule) => rule.description));

  test("is one rule at each end with both reasons, whichever came first and from whichever end", () => {
    const [one, other] = [parts(), parts()];
    metrics(one, "metrics");
    one.cache.connections.allowFrom(one.server, Port.tcp(9100), "alerts");
    metrics(other, "alerts");
    metrics(other, "metrics");
    for (const { stack } of [one, other]) {
      expect(declared(stack)).toEqual([
        ["Declared flow: alerts; metrics"],
        ["Declared flow: alerts; metrics"],
      ]);
    }
  });

  test("in the same words is declared once", () => {
    const given = parts();
    metrics(given, "metrics");
    metrics(given, "metrics");
    expect(declared(given.stack)).toEqual([["Declared flow: metrics"], ["Declared flow: metrics"]]);
    expect(given.cache._place()?.flows()).toHaveLength(1);
  });

  test("with another priority is refused, in the words of who declared it", () => {
    const given = parts();
    metrics(given, "metrics");
    expect(refusalLines(() => metrics(given, "alerts", 3000))).toEqual([
      'priority: of the connection backup-server -> cache-repository-cache (TCP 9100) is left out for "metrics" and 3000 for "alerts", and the two are one rule. Allowed: one priority for a connection, however often it is declared. Give the same priority both times, or leave it out both times.',
    ]);
    metrics(given, "alerts");
    expect(rulesOf(given.stack, "cache")).toHaveLength(1);
  });

  test("with ports that are written alike in its name is refused", () => {
    const { server, cache } = parts();
    server.connections.allowTo(cache, Port.tcpRange(443, 445), "a range");
    expect(refusalLines(() => server.connections.allowTo(cache, Port.tcp(443, 445), "two ports"))).toEqual([
      'port: of the connection backup-server -> cache-repository-cache (TCP 443, 445) results in the rule name of TCP 443-445 (got "443, 445"). Allowed: ports whose rules have different names. Declare one port at a time, or the same ports both times.',
    ]);
  });
});

describe("a priority that is given", () => {
  const fixed = ({ server, cache }: Parts, port: number, priority: number): void =>
    server.connections.allowTo(cache, Port.tcp(port), `port ${port}`, { priority });
  const refusal = (priority: number, others: string, group: string): string =>
    `priority: of the connection backup-server -> cache-repository-cache (TCP 9101) for "port 9101" is that of ${others} in the group of ${group} (got ${priority}). Allowed: a whole number from 100 to 4095 that no other rule of the group has. Choose another, or leave it out.`;

  test("is kept, and refused for a second connection of either group", () => {
    const given = parts();
    fixed(given, 9100, 3000);
    expect(rulesOf(given.stack, "cache")).toMatchObject([{ priority: 3000 }]);
    const other = 'backup-server -> cache-repository-cache (TCP 9100) for "port 9100"';
    expect(refusalLines(() => fixed(given, 9101, 3000))).toEqual([
      refusal(3000, other, "backup-server"),
      refusal(3000, other, "cache-repository-cache"),
    ]);
    fixed(given, 9101, 3001);
    given.cache.connections.allowTo(given.server, Port.tcp(9100), "the other direction", { priority: 3000 });
    expect(rulesOf(given.stack, "cache").map(({ priority }) => priority)).toEqual([3000, 3001, 3000]);
  });

  test("is refused where a documented flow has it, whichever of the two came first", () => {
    const documented =
      'backup-server -> cache-repository-cache (TCP 6160, 6162) for "Veeam installer and transport services"';
    const lines = ["backup-server", "cache-repository-cache"].map((group) => refusal(200, documented, group));
    const document = ({ stack, server, cache }: Parts): DocumentedFlows =>
      new DocumentedFlows(stack, "flows", { components: [server, cache] });
    const [before, after] = [parts(), parts()];
    document(before);
    expect(refusalLines(() => fixed(before, 9101, 200))).toEqual(lines);
    fixed(after, 9101, 200);
    document(after);
    expect(refusalLines(() => Testing.synth(after.stack))).toEqual([lines[0]]);
  });
});

test.each<[string, (parts: Parts) => void, RegExp]>([
  ["everything as a peer", () => Peer.serviceTag("*"), /is everything.*got "\*"/],
  ["the Internet", () => Peer.serviceTag("internet"), /every public address/],
  ["the virtual network", () => Peer.serviceTag("VirtualNetwork"), /connected to it/],
  ["a wide prefix", () => Peer.cidr("0.0.0.0/1", "128.0.0.0/1"), /is too wide/],
  ["a port out of range", () => Port.tcp(65536), /not a port \(got 65536\)/],
  ["a range backwards", () => Port.tcpRange(20, 10), /before the first port 20 \(got 10\)/],
  [
    "management from public addresses",
    ({ server }) => server.connections.allowFrom(Peer.cidr("203.0.113.0/24"), Port.tcpRange(20, 30), "ssh"),
    /opens management to public addresses \(203\.0\.113\.0\/24\) \(got "20-30"\)/,
  ],
  [
    "a connection that is nobody's",
    ({ elsewhere }) => elsewhere.connections.allowTo(Peer.cidr("10.1.0.0/24"), Port.tcp(443), "far away"),
    /so it would have no rule/,
  ],
  [
    "no reason",
    ({ server, cache }) => server.connections.allowTo(cache, Port.tcp(1), " "),
    /reason: is empty/,
  ],
  [
    "a reason that no description holds",
    ({ server, cache }) => server.connections.allowTo(cache, Port.tcp(1), "x".repeat(126)),
    /has 126 characters.*1 to 125/,
  ],
  [
    "a value that is not an application security group",
    () => Peer.applicationSecurityGroup("monitoring", "monitoring"),
    /id: is not the id of an application security group \(got "monitoring"\)/,
  ],
  [
    "a plain number for a port",
    ({ cache, server }) => cache.connections.allowTo(server, 443 as unknown as Port, "console"),
    /port: is not a Port \(got 443\)\..* Write Port\.tcp\(443\)/,
  ],
  [
    "a plain prefix for a peer",
    ({ cache }) => cache.connections.allowFrom("10.1.0.0/24" as unknown as Peer, Port.tcp(443), "console"),
    /other: is not a component or a Peer \(got "10\.1\.0\.0\/24"\)\..* Write Peer\.cidr\("10\.1\.0\.0\/24"\)/,
  ],
  [
    "no reason",
    ({ cache, server }) => cache.connections.allowTo(server, Port.tcp(443), undefined as unknown as string),
    /reason: is missing/,
  ],
  [
    "management from what could be anything",
    ({ stack, server }) =>
      server.connections.allowFrom(
        Peer.cidr(new TerraformVariable(stack, "admins", { type: "string" }).stringValue),
        Port.tcp(22),
        "SSH",
      ),
    /may open management to public addresses: \$\{var\.admins\} is known only at apply \(got "22"\).*Write the port and the private prefixes, or reach the machine through Azure Bastion/,
  ],
  [
    "what could be a port of management from public addresses",
    ({ stack, server }) =>
      server.connections.allowFrom(
        Peer.cidr("203.0.113.0/24"),
        Port.tcp(new TerraformVariable(stack, "port", { type: "number" }).numberValue),
        "agents",
      ),
    /may open management to public addresses: \$\{var\.port\} is known only at apply/,
  ],
  [
    "a label that no name of a rule can hold",
    () => Peer.applicationSecurityGroup(Token.asString({ resolve: () => "id" }), "web servers"),
    /label: is a name that Azure refuses \(got "web servers"\)/,
  ],
  [
    "a label known only at apply",
    ({ stack }) =>
      Peer.applicationSecurityGroup(
        Token.asString({ resolve: () => "id" }),
        new TerraformVariable(stack, "label", { type: "string" }).stringValue,
      ),
    /label: is known only at apply, but names and priorities of rules depend on it/,
  ],
  [
    "the deny's priority",
    ({ server, cache }) => server.connections.allowTo(cache, Port.tcp(1), "late", { priority: 4096 }),
    /priority.*got 4096/,
  ],
])("%s is refused", (_, act, message) => {
  expect(() => act(parts())).toThrow(message);
});
