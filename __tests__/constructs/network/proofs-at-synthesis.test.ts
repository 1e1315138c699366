import { Aspects, TerraformStack, Testing } from "cdktf";
import {
  BackupNetwork,
  BackupResourceGroup,
  BackupServer,
  BackupVirtualNetwork,
  CacheRepository,
  DocumentedFlows,
  EntraIdBackup,
} from "cdktf-veeam-entra-id";
import { openRule, provenDeployment, stackIn, synthesis } from "../../support/expected/proven-deployment";

const props = (name: string): ConstructorParameters<typeof EntraIdBackup>[2] => ({
  name,
  location: "westeurope",
  resourceGroup: BackupResourceGroup.fromName("rg"),
  virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
  consoles: ["10.1.0.0/24"],
  backupServer: { subnet: "10.20.0.0/27" },
});

test("a refusal says whose places it is about", () => {
  const { stack, group } = provenDeployment();
  new EntraIdBackup(stack, "another", props("another"));
  group.addOverride("security_rule.0.destination_port_range", "5432-5433");
  expect(synthesis(stack)).toThrow(/ stack\/backup: \S+ \((source|destination)\) allows more than its flows/);
});

test("every deployment of a stack is proven", () => {
  const { stack } = provenDeployment();
  const another = new EntraIdBackup(stack, "another", props("another"));
  another.backupServer.networkSecurityGroup?.addOverride("security_rule.0.destination_port_range", "1-1000");
  expect(synthesis(stack)).toThrow(/stack\/another: .* nsg-another-backup-server/);
});

test("a deployment that was taken out again is not proven", () => {
  const { stack, backup, group } = provenDeployment();
  group.addOverride("security_rule.0.destination_port_range", "5432-5433");
  backup.node.scope?.node.tryRemoveChild(backup.node.id);
  expect(synthesis(stack)).not.toThrow();
});

test("a deployment is proven in each of several syntheses, and with what came between", () => {
  const { stack } = provenDeployment();
  expect(synthesis(stack)).not.toThrow();
  openRule(stack);
  expect(synthesis(stack)).toThrow(/by-hand/);
});

describe("what another stack adds is refused", () => {
  test("once all stacks are complete, whatever their order", () => {
    const { app, stack, group } = provenDeployment();
    const second = stackIn(app, "second");
    Aspects.of(second).add({
      visit: (node) => {
        if (node === second) openRule(second, { networkSecurityGroupName: group.nameInput });
      },
    });
    expect(synthesis(stack)).not.toThrow();
    expect(() => app.synth()).toThrow(/App-level validation failed.*stack\/backup: .*by-hand/s);
  });

  test("and no other deployment is", () => {
    const { app, stack } = provenDeployment();
    const second = stackIn(app, "second");
    new EntraIdBackup(second, "backup", props("second"));
    openRule(stack, { networkSecurityGroupName: "nsg-second-backup-server" });
    expect(synthesis(second)).not.toThrow();
    const refusal = (): unknown => app.synth();
    expect(refusal).toThrow(/second\/backup: .*rule by-hand \(4000\) of nsg-second-backup-server/);
    expect(refusal).not.toThrow(/stack\/backup:/);
  });
});

test("places in a stack that is complete after that of their flows are proven again", () => {
  const app = Testing.app();
  const [core, data] = ["core", "data"].map((id) => stackIn(app, id));
  const network = new BackupNetwork(core, "network", props("veeam"));
  const components = [
    new BackupServer(core, "backup-server", { network, subnet: "10.20.0.0/27" }),
    new CacheRepository(data, "cache", { network, subnet: "10.20.0.64/27" }),
  ];
  const flows = new DocumentedFlows(core, "flows", { consoles: ["10.1.0.0/24"], components });
  expect(() => app.synth()).not.toThrow();
  expect(flows.proof.holds).toBe(true);
  const group = components[1].networkSecurityGroup?.nameInput ?? "";
  const rule = openRule(data, { networkSecurityGroupName: group, resourceGroupName: "rg" });
  expect(synthesis(core)).toThrow(/by-hand/);
  data.node.tryRemoveChild(rule.node.id);
  expect(synthesis(core)).not.toThrow();
  Aspects.of(data).add({
    visit: (node) => {
      if (TerraformStack.isStack(node)) {
        components[1].networkSecurityGroup?.addOverride("security_rule.0.destination_port_ranges", [
          "1-1000",
        ]);
      }
    },
  });
  expect(() => app.synth()).toThrow(/App-level validation failed.*nsg-veeam-cache/s);
});
