import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  BackupRepositoryType,
  BackupResourceGroup,
  BackupVirtualNetwork,
  CacheRepositoryType,
  EntraIdBackup,
  FlowReport,
  type EntraIdBackupProps,
  LinuxServerMachine,
  type LinuxServerMachineProps,
  GatewayServerType,
  OperatingSystem,
  PackageSource,
  Peer,
  VeeamFeature,
} from "cdktf-veeam-entra-id";
import { customDataOf, resourcesOf } from "../support/tools/resources";

const key = (letter: string): string => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}`;

function deployment(more: Partial<EntraIdBackupProps> = {}) {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, "backup", {
    name: "servers",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27", type: OperatingSystem.LINUX },
    cacheRepositories: { cache: { subnet: "10.20.0.64/27", type: CacheRepositoryType.LINUX } },
    gatewayServers: { gateway: { subnet: "10.20.0.96/27", type: GatewayServerType.LINUX } },
    backupRepositories: { hard: { subnet: "10.20.0.128/27", type: BackupRepositoryType.HARDENED } },
    features: [VeeamFeature.COMPONENT_DEPLOYMENT],
    ...more,
  });
  return { stack, backup };
}

type Given = ReturnType<typeof deployment>;

function machine(
  { stack, backup }: Given,
  component: LinuxServerMachineProps["component"],
  privateIpAddress: string,
  more: Partial<LinuxServerMachineProps> = {},
): LinuxServerMachine {
  return new LinuxServerMachine(stack, component.label, {
    component,
    backupServer: backup.backupServer,
    privateIpAddress,
    size: "Standard_D4s_v6",
    adminUsername: "veeamadmin",
    sshPublicKey: key("A"),
    packageSource: PackageSource.mirror({
      url: "http://mirror.example.com/debian",
      securityUrl: "http://mirror.example.com/debian-security",
      peer: Peer.cidr("10.0.9.0/28"),
    }),
    veeamAccount: { publicKey: key("B") },
    dataDisk: { sizeGib: 512 },
    ...more,
  });
}

test("each role's machine is behind its group, with what the role needs, and the proof holds", () => {
  const given = deployment();
  const { backup, stack } = given;
  machine(given, backup.cacheRepository("cache"), "10.20.0.70");
  machine(given, backup.gatewayServer("gateway"), "10.20.0.100", { dataDisk: undefined });
  machine(given, backup.backupRepository("hard"), "10.20.0.132");
  const { azurerm_linux_virtual_machine: machines, azurerm_managed_disk: disks } = resourcesOf(
    Testing.synth(stack, true),
  );
  expect(machines.map(({ name }) => name)).toEqual([
    "vm-servers-backup-repository-hard",
    "vm-servers-cache-repository-cache",
    "vm-servers-gateway-server-gateway",
  ]);
  for (const { depends_on, identity } of machines) {
    expect(JSON.stringify(depends_on)).toContain("azurerm_subnet_network_security_group_association.backup_");
    expect(identity).toBeUndefined();
  }
  expect(disks).toHaveLength(2);
  const [hard, cache, gateway] = machines.map(customDataOf);
  expect(cache).toContain("SINGLE_USE='no'");
  expect(cache).toMatch(/PACKAGES='[^']*xfsprogs/);
  expect(gateway).toContain("FOLDER=''");
  expect(gateway).toMatch(/PACKAGES='[^']*nfs-common/);
  expect(hard).toContain("SINGLE_USE='yes'");
  expect(hard).toContain(key("B"));
  expect(backup.proof.holds).toBe(true);
  const packages = backup.flows.filter(({ reason }) => reason.includes("packages"));
  expect(packages.map(({ from }) => from.label).sort()).toEqual([
    "backup-repository-hard",
    "cache-repository-cache",
    "gateway-server-gateway",
  ]);
  expect(FlowReport.of(backup).toMarkdown()).toContain("veeamrepo");
});

test("a server that Veeam cannot install its services on is refused, unless its image has them", () => {
  const without = deployment({ features: [] });
  machine(without, without.backup.cacheRepository("cache"), "10.20.0.70");
  expect(() => Testing.synth(without.stack, true)).toThrow(/Veeam cannot install its services/);
  const imageId =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Compute/images/veeam";
  const image = deployment({ features: [] });
  machine(image, image.backup.cacheRepository("cache"), "10.20.0.70", { imageId });
  expect(() => Testing.synth(image.stack, true)).not.toThrow();
});

test.each<[string, Partial<LinuxServerMachineProps>, RegExp]>([
  ["a repository without a disk", { dataDisk: undefined }, /dataDisk: is missing/],
  [
    "the administrator's account for Veeam",
    { veeamAccount: { publicKey: key("B"), username: "veeamadmin" } },
    /veeamAccount.username: is the administrator's/,
  ],
  [
    "a name of an account that Linux has",
    { veeamAccount: { publicKey: key("B"), username: "daemon" } },
    /veeamAccount.username: is a name/,
  ],
  [
    "an invalid key",
    { veeamAccount: { publicKey: "secret" } },
    /veeamAccount.publicKey: is not a public key that Azure accepts/,
  ],
  ["an address outside the subnet", { privateIpAddress: "10.20.0.4" }, /privateIpAddress: is not an address/],
])("refuses %s", (_, more, words) => {
  const given = deployment();
  expect(() => machine(given, given.backup.cacheRepository("cache"), "10.20.0.70", more)).toThrow(words);
});

test("refuses a role that has a machine of its own kind", () => {
  const given = deployment({ httpProxy: { subnet: "10.20.0.48/28", port: 3128 } });
  const { httpProxy } = given.backup;
  if (!httpProxy) throw new Error("it is in the deployment");
  expect(() => machine(given, httpProxy, "10.20.0.52")).toThrow(
    /is not the role of a Linux server that is added in Veeam/,
  );
});
