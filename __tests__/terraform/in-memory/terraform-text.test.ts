import { DataAzurermSubnet } from "@cdktf/provider-azurerm/lib/data-azurerm-subnet";
import { NetworkSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-rule";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, Fn, LocalBackend, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupVirtualNetwork,
  CacheRepository,
  BackupServer,
  DocumentedFlows,
  ExistingSubnet,
  Peer,
  Port,
  Protocol,
} from "cdktf-veeam-entra-id";
import { FlowReport } from "../../../lib/report/report";

const subnetId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet-old";

interface Given {
  readonly stack: TerraformStack;
  readonly server: BackupServer;
  readonly flows: DocumentedFlows;
}

/** A deployment with values known only at apply wherever a flow can have one; `before` are tokens made earlier. */
function deployment(before: number, scope = Testing.app()): Given {
  for (let count = 0; count < before; count++) Token.asString({ resolve: () => "unrelated" });
  const stack = new TerraformStack(scope, "stack");
  for (let count = 0; count < before; count++) Token.asNumber({ resolve: () => 1 });
  const variable = (id: string, type = "string"): TerraformVariable =>
    new TerraformVariable(stack, id, { type });
  const [a, b, c] = ["a", "b", "c"].map((id) => variable(id).stringValue);
  const data = new DataAzurermSubnet(stack, "old", {
    name: "snet",
    virtualNetworkName: "vnet",
    resourceGroupName: "rg",
  });
  const network = new BackupNetwork(stack, "network", {
    name: "net",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.fromName("rg"),
    virtualNetwork: BackupVirtualNetwork.fromName({
      name: "vnet",
      resourceGroup: "rg",
      addressSpace: ["10.20.0.0/24"],
      dnsServers: [variable("dns").stringValue],
    }),
  });
  const server = new BackupServer(stack, "server", { network, subnet: "10.20.0.0/27" });
  const shared = new CacheRepository(stack, "cache", {
    network,
    existingSubnet: ExistingSubnet.shared(
      subnetId,
      { name: "nsg", resourceGroup: "rg", firstPriority: 1000, lastPriority: 1999 },
      Fn.element(data.addressPrefixes, 0) as string,
    ),
  });
  const port = variable("port", "number").numberValue;
  for (const end of [server, shared]) {
    end.connections.allowFrom(
      Peer.cidr(variable("console" + end.node.id).stringValue),
      Port.tcp(9182),
      "one",
    );
    end.connections.allowTo(Peer.cidr(b, a), Port.tcp(port), `reason ${c}`);
  }
  const flows = new DocumentedFlows(stack, "flows", { consoles: [c, a], components: [server, shared] });
  return { stack, server, flows };
}

function everythingSaidOf({ stack, flows }: Given): string[] {
  const explained = flows.explain({
    from: "${var.consoleserver}",
    to: "backup-server",
    protocol: Protocol.TCP,
    port: 9182,
  });
  const { proof } = flows;
  const report = FlowReport.of(flows);
  return [
    Testing.synth(stack),
    JSON.stringify(proof),
    JSON.stringify(explained),
    JSON.stringify([flows.flows, flows.veeamFlows]),
    ...[report.toCsv(), report.toHtml(), report.toJson(), report.toMarkdown(), report.toSvg()],
  ];
}

/** A rule that no flow asks for, so that the proof has findings that speak of values known only at apply. */
function withStrayRule(given: Given): Given {
  const { stack, server } = given;
  const group = server.networkSecurityGroup;
  new NetworkSecurityRule(stack, "stray", {
    name: "stray",
    priority: 150,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: new TerraformVariable(stack, "stray-source", { type: "string" }).stringValue,
    sourcePortRange: "*",
    destinationAddressPrefix: "10.20.0.0/27",
    destinationPortRange: "1",
    networkSecurityGroupName: group?.name ?? "",
    resourceGroupName: group?.resourceGroupName ?? "",
  });
  return given;
}

test("what was made before changes nothing: neither what is emitted nor what is said of it", () => {
  const [said, later] = [0, 37].map((before) => everythingSaidOf(withStrayRule(deployment(before))));
  expect(later).toEqual(said);
  for (const text of said) expect(text).not.toContain("TfToken");
  for (const text of said) expect(text).toContain("var.");
});

test("names of rules say what a value stands for", () => {
  const text = Testing.synth(deployment(0).stack);
  expect(text).toContain('"allow-in-var.consoleserver-to-backup-server-tcp-9182"');
  expect(text).toMatch(/"allow-out-backup-server-to-var.a-and-1-more-[0-9a-f]{8}-tcp-var.port"/);
  expect(text).toContain('"source_address_prefix": "${var.consoleserver}"');
});

test("a question may be asked with the value itself", () => {
  const { stack, flows, server } = deployment(0);
  const peer = new TerraformVariable(stack, "asked", { type: "string" }).stringValue;
  server.connections.allowFrom(Peer.cidr(peer), Port.tcp(9183), "asked");
  const query = { to: "backup-server", protocol: Protocol.TCP, port: 9183 };
  const answer = flows.explain({ ...query, from: peer });
  expect(answer.verdict).toBe("allow");
  expect(answer).toEqual(flows.explain({ ...query, from: "${var.asked}" }));
});

test("a value of another stack is named by that stack, and still crosses as a remote state", () => {
  const app = new App({ outdir: Testing.app().outdir });
  const hub = new TerraformStack(app, "hub");
  const foreign = new TerraformVariable(hub, "a", { type: "string" }).stringValue;
  const { stack, server, flows } = deployment(0, app);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  server.connections.allowFrom(Peer.cidr(foreign), Port.tcp(9184), "from the hub");
  // A backend that comes later is not in the way.
  new LocalBackend(hub, { path: "hub.tfstate" });
  expect(flows.flows.map(({ name }) => name)).toContain("hub-var.a-to-backup-server-tcp-9184");
  app.synth();
  expect(readFileSync(join(app.outdir, "stacks/stack/cdk.tf.json"), "utf8")).toMatch(
    /"source_address_prefix": "\$\{data\.terraform_remote_state\.[^"]*cross-stack-output-vara[^"]*\}"/,
  );
  expect(flows.proof.rulesWithoutFlow).toEqual([]);
});

test.each([
  [
    ["10.5.0.0/24", "10.6.0.0/24"],
    ["10.5.0.0/24", "10.7.0.0/24"],
  ],
])("two lists that begin alike are two peers", (one, other) => {
  const { stack, server, flows } = deployment(0);
  server.connections.allowFrom(Peer.cidr(...one), Port.tcp(9190), "one");
  server.connections.allowFrom(Peer.cidr(...other), Port.tcp(9190), "other");
  const own = flows.flows.filter(({ ports }) => ports[0] === "9190");
  expect(new Set(own.flatMap(({ name, from }) => [name, from.label])).size).toBe(4);
  expect(Testing.synth(stack)).toContain('"Declared flow: other"');
});
