import { TerraformStack, Testing } from "cdktf";
import {
  BackupResourceGroup,
  OperatingSystem,
  BackupVirtualNetwork,
  EntraIdBackup,
  Protocol,
} from "../../lib";
import { smallestDeployment } from "../support/deployments/sample-deployments";
import { azGroup, azNetwork, azRule, azSubnet } from "../support/files/small-network";
import { veeamPorts } from "../support/tools/fake-io";

const stack = new TerraformStack(Testing.app(), "backups");
const [, south] = ["north", "south"].map(
  (name, index) =>
    new EntraIdBackup(stack, name, {
      name,
      location: "westeurope",
      resourceGroup: BackupResourceGroup.create(`rg-${name}`),
      virtualNetwork: BackupVirtualNetwork.create({ addressSpace: [`10.${index}.0.0/24`] }),
      backupServer: { type: OperatingSystem.WINDOWS, subnet: `10.${index}.0.0/27` },
      postgresql: { subnet: `10.${index}.0.32/27` },
      consoles: ["10.9.0.0/24"],
    }),
);
const SYNTHESIZED = { ...(JSON.parse(Testing.synth(stack)) as object), "//": {}, terraform: {} };

const asked = (from: string, to: string, files: Record<string, object> = { "cdk.tf.json": SYNTHESIZED }) =>
  veeamPorts(["explain", "--from", from, "--to", to, "--port", "5432", ...Object.keys(files)], files);

describe("of two deployments in one stack", () => {
  test.each([
    ["south/backup-server", "south/postgresql", "allow"],
    ["vnet-south/backup-server", "vnet-south/postgresql", "allow"],
    ["nsg-south-backup-server", "nsg-south-postgresql", "allow"],
    ["south/backup-server", "north/postgresql", "deny"],
  ])("%s -> %s is one connection", async (from, to, verdict) => {
    const { out } = await asked(from, to);
    expect(out).toContain(`${from} -> ${to} port 5432, TCP: ${verdict}`);
  });

  test("a component's name is that of two ends", async () => {
    const { err, exitCode } = await asked("backup-server", "north/postgresql");
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'from: is the name of 2 ends (got "backup-server"). Allowed: one of north/backup-server, south/backup-server.',
    );
  });

  test("a name that is not there is answered with those that are", async () => {
    const { err } = await asked("backup-servr", "north/postgresql");
    expect(err).toContain("north/backup-server, north/postgresql, south/backup-server, south/postgresql");
    expect(err).not.toContain("azurerm_subnet");
  });

  test("code takes the name of the deployment too", () => {
    const query = { from: "south/backup-server", to: "south/postgresql", protocol: Protocol.TCP, port: 5432 };
    expect(south.explain(query).verdict).toBe("allow");
  });
});

test("a deployment file takes its own name before the component's", async () => {
  const deployment = { ...smallestDeployment(), postgresql: { subnet: "10.20.0.32/27" } };
  const { name } = deployment;
  const files = { "cdktf.json": { context: { entraIdBackup: deployment } } };
  const { out } = await veeamPorts(
    [
      "explain",
      "--deployment",
      "cdktf.json",
      "--from",
      `${name}/backup-server`,
      "--to",
      `${name}/postgresql`,
      "--port",
      "5432",
    ],
    files,
  );
  expect(out).toContain("TCP: allow");
});

test("a network interface without a group of its own is asked about by its name", async () => {
  const nic = {
    id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic-web",
    name: "nic-web",
    etag: "x",
    ipConfigurations: [
      { name: "a", privateIPAddress: "10.0.1.7", subnet: { id: azSubnet().id }, primary: true },
    ],
  };
  const rules = [
    azRule({ name: "web", priority: 100, access: "Allow", destinationAddressPrefix: "10.0.1.7" }),
    azRule(),
  ];
  const files = { groups: [azGroup({ securityRules: rules })], networks: [azNetwork()], nics: [nic] };
  expect((await asked("10.9.0.9", "nic-web", files)).out).toContain(
    "10.9.0.9 -> nic-web port 5432, TCP: allow",
  );
});
