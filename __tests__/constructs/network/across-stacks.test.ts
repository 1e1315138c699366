import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type App, Fn, TerraformLocal, TerraformStack, TerraformVariable, Testing } from "cdktf";
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

/** One stack class for each region, whose cache is where a variable says: the natural program. */
class Region extends TerraformStack {
  public readonly server: BackupServer;
  public readonly cache: CacheRepository;
  public readonly repository: BackupRepository;

  constructor(
    app: App,
    id: string,
    second: number,
    prefix = (stack: Region) => new TerraformVariable(stack, "cache_prefix", { type: "string" }).stringValue,
  ) {
    super(app, id);
    new AzurermProvider(this, "azurerm", { features: [{}] });
    const network = new BackupNetwork(this, "network", {
      name: id,
      location: "westeurope",
      resourceGroup: BackupResourceGroup.fromName("rg"),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: [`10.${second}.0.0/24`] }),
    });
    this.server = new BackupServer(this, "server", { network, subnet: `10.${second}.0.0/27` });
    this.cache = new CacheRepository(this, "cache", { network, subnet: prefix(this) });
    this.repository = new BackupRepository(this, "repository", { network, addresses: ["10.9.0.0/24"] });
  }
}

interface Synthesized {
  readonly output?: Record<string, { value: string }>;
  readonly data?: { terraform_remote_state?: Record<string, unknown> };
  readonly resource: {
    azurerm_network_security_group: Record<string, { name: string; security_rule: Rule[] }>;
  };
}
type Rule = Readonly<Record<string, string>>;

function synthesized(app: App): (stack: string) => Synthesized {
  app.synth();
  return (stack) =>
    JSON.parse(readFileSync(join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as Synthesized;
}

function ruleIn({ resource }: Synthesized, group: string, name: RegExp): Rule | undefined {
  const groups = Object.values(resource.azurerm_network_security_group);
  return groups.find((one) => one.name.endsWith(group))?.security_rule.find((rule) => name.test(rule.name));
}

function documented(...regions: Region[]): void {
  for (const region of regions) {
    const { server, cache, repository } = region;
    new DocumentedFlows(region, "flows", { components: [server, cache, repository] });
  }
}

test("a connection to another stack's component holds the other stack's value, at both ends", () => {
  const app = Testing.app();
  const [west, north] = [new Region(app, "west", 20), new Region(app, "north", 30)];
  documented(west, north);
  west.server.connections.allowTo(north.cache, Port.tcp(9000), "metrics");
  const stackOf = synthesized(app);
  const there = ruleIn(stackOf("west"), "backup-server", /tcp-9000/)?.destination_address_prefix ?? "";
  const output = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.([\w-]+)\}$/.exec(there)?.[1] ?? there;
  expect(stackOf("north").output?.[output].value).toBe("${var.cache_prefix}");
  expect(ruleIn(stackOf("north"), "cache", /tcp-9000/)).toMatchObject({
    source_address_prefix: "10.20.0.0/27",
    destination_address_prefix: "${var.cache_prefix}",
  });
  const own = ruleIn(stackOf("west"), "backup-server", /out-backup-server-to-cache-repository$/);
  expect(own?.destination_address_prefix).toBe("${var.cache_prefix}");
});

// The same name stands for another value in each stack.
test.each<[string, (stack: TerraformStack) => string, string]>([
  ["a local", (stack) => new TerraformLocal(stack, "prefix", "10.7.0.0/27").asString, "${local.prefix}"],
  [
    "a data source",
    (stack) =>
      new DataAzurermSubnet(stack, "prefix", {
        name: "cache",
        virtualNetworkName: "vnet",
        resourceGroupName: "rg",
      }).addressPrefix,
    "${data.azurerm_subnet.prefix.address_prefix}",
  ],
  [
    "a function of a variable",
    (stack) => Fn.cidrsubnet(new TerraformVariable(stack, "space", { type: "string" }).stringValue, 3, 1),
    "${cidrsubnet(var.space, 3, 1)}",
  ],
  [
    "an entry of a list",
    (stack) =>
      Fn.element(new TerraformVariable(stack, "spaces", { type: "list(string)" }).listValue, 0) as string,
    "${element(var.spaces, 0)}",
  ],
])("%s of one name in two stacks is each stack's own", (_, prefix, text) => {
  const app = Testing.app();
  const [west, north] = [new Region(app, "west", 20, prefix), new Region(app, "north", 30, prefix)];
  documented(west, north);
  west.server.connections.allowTo(north.cache, Port.tcp(9000), "metrics");
  const stackOf = synthesized(app);
  const own = ruleIn(stackOf("west"), "backup-server", /out-backup-server-to-cache-repository$/);
  expect(own?.destination_address_prefix).toBe(text);
  const there = ruleIn(stackOf("west"), "backup-server", /tcp-9000/);
  expect(there?.destination_address_prefix).toContain("data.terraform_remote_state.");
  expect(there?.destination_address_prefix).not.toContain(text.slice(2, -1));
  const here = ruleIn(stackOf("north"), "cache", /tcp-9000/);
  expect(here?.destination_address_prefix).toBe(text);
  // The name and the priority say what is referred to, not from which stack.
  const position = (rule?: Rule) => [rule?.priority, rule?.name.replace(/^allow-(in|out)-/, "")];
  expect(position(here)).toEqual(position(there));
});

test("documented flows over two stacks refer to the stack of each component", () => {
  const app = Testing.app();
  const [west, north] = [new Region(app, "west", 20), new Region(app, "north", 30)];
  const components = [west.server, west.repository, north.cache];
  const flows = new DocumentedFlows(west, "flows", { components });
  new DocumentedFlows(north, "flows", { components: [north.server, north.repository] });
  new DocumentedFlows(west, "others", { components: [west.cache] });
  expect(flows.proof.missing).toEqual([]);
  const stackOf = synthesized(app);
  const there = ruleIn(stackOf("west"), "backup-server", /to-cache-repository$/)?.destination_address_prefix;
  expect(there).toMatch(/^\$\{data\.terraform_remote_state\./);
  expect(ruleIn(stackOf("north"), "cache", /in-backup-server/)?.destination_address_prefix).toBe(
    "${var.cache_prefix}",
  );
});

test("a peer, ports and a reason that are known only at apply are passed to both stacks", () => {
  const app = Testing.app();
  const [west, north] = [new Region(app, "west", 20), new Region(app, "north", 30, () => "10.30.0.64/27")];
  documented(west, north);
  const reason = new TerraformVariable(north, "reason", { type: "string" }).stringValue;
  const port = new TerraformVariable(north, "port", { type: "number" }).numberValue;
  north.server.connections.allowTo(Peer.cidr("10.8.0.0/24"), Port.tcp(9000), reason);
  west.server.connections.allowTo(north.cache, Port.tcp(port), reason);
  const stackOf = synthesized(app);
  const rule = ruleIn(stackOf("west"), "backup-server", /out-backup-server-to-cache-repository-cache/);
  expect(rule?.destination_port_range).toMatch(/^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\./);
  expect(ruleIn(stackOf("north"), "cache", /in-backup-server-to-cache-repository-cache/)).toMatchObject({
    destination_port_range: "${var.port}",
    description: "Declared flow: ${var.reason}",
  });
});

test("a component of another stack has connections with peers that are known only at apply", () => {
  const app = Testing.app();
  const [west, north] = [new Region(app, "west", 20), new Region(app, "north", 30, () => "10.30.0.64/27")];
  const [there, here] = [west, north].map(
    (stack) => new TerraformVariable(stack, "peer", { type: "string" }).stringValue,
  );
  const components = [west.server, west.repository, north.cache];
  north.cache.connections.allowTo(Peer.cidr(here, "10.8.0.0/24"), Port.tcp(9000), "metrics");
  north.cache.connections.allowTo(Peer.cidr(there), Port.tcp(9001), "logs");
  const flows = new DocumentedFlows(west, "flows", { components });
  new DocumentedFlows(north, "flows", { components: [north.server, north.repository] });
  new DocumentedFlows(west, "others", { components: [west.cache] });
  expect(flows.proof.missing).toEqual([]);
  const stackOf = synthesized(app);
  expect(ruleIn(stackOf("north"), "cache", /tcp-9000/)?.destination_address_prefixes).toEqual([
    "10.8.0.0/24",
    "${var.peer}",
  ]);
});

test("an expression that is written as a text is refused in another stack, with what to give", () => {
  const app = Testing.app();
  const [west, north] = [
    new Region(app, "west", 20),
    new Region(app, "north", 30, () => "${var.cache_prefix}"),
  ];
  expect(() => west.server.connections.allowTo(north.cache, Port.tcp(9000), "metrics")).toThrow(
    "Give the token instead",
  );
});
