import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import {
  BackupResourceGroup,
  BackupServerMachine,
  type BackupServerMachineProps,
  BackupServerSource,
  BackupVirtualNetwork,
  EntraIdBackup,
  OperatingSystem,
  PackageSource,
  Peer,
  PostgresqlMachine,
} from "cdktf-veeam-entra-id";
import { windowsTemplate } from "../../lib/machines/windows-template";
import { windowsDemands, type WindowsTemplate } from "../support/expected/scanner-demands/windows-demands";
import { checkBackupServerSize } from "../../lib/machines/machine-size";
import { machineRules } from "../support/expected/provider-rules/machine-rules";
import { machineDemands } from "../support/expected/scanner-demands/machine-demands";
import { resourcesOf, VAULT } from "../support/tools/resources";

const PASSWORD = `${VAULT}/secrets/administrator`;
const IMAGE = `${VAULT.replace(/providers.*/, "providers/Microsoft.Compute/images/windows")}`;
const DISK = `${VAULT.replace(/providers.*/, "providers/Microsoft.Compute/disks/vbr")}`;

function deployment(type?: OperatingSystem) {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const { backupServer, proof } = new EntraIdBackup(stack, "backup", {
    name: "vbr",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27", type },
  });
  return { stack, backupServer, proof };
}

function machine(more: Partial<BackupServerMachineProps>, type = OperatingSystem.WINDOWS) {
  const given = deployment(type);
  new BackupServerMachine(given.stack, "machine", {
    backupServer: given.backupServer,
    privateIpAddress: "10.20.0.4",
    size: "Standard_D8s_v5",
    source: BackupServerSource.marketplace({ plan: "a-plan" }),
    administrator: { username: "veeamadmin", passwordSecretId: PASSWORD },
    ...more,
  });
  return { ...given, resources: resourcesOf(Testing.synth(given.stack, true)) };
}

/** The template's text, where Terraform puts in only what it knows at apply. */
const templateOf = ({ resources }: ReturnType<typeof machine>): string =>
  String(resources.azurerm_resource_group_template_deployment[0].template_content);

test("the offer is deployed by a template whose password is a reference to a vault", () => {
  const made = machine({});
  const [deployed] = made.resources.azurerm_resource_group_template_deployment;
  expect(templateOf(made)).toMatch(/"publisher" = "veeam"|"publisher":"veeam"|publisher.{1,6}veeam/);
  expect(templateOf(made)).toContain("a-plan");
  expect(templateOf(made)).toContain("[parameters('adminPassword')]");
  expect(templateOf(made)).toContain("securestring");
  expect(templateOf(made)).toContain("TrustedLaunch");
  expect(String(deployed.parameters_content)).toContain("administrator");
  expect(JSON.stringify(deployed.depends_on)).toContain("azurerm_subnet_network_security_group_association");
  expect(made.resources.azurerm_marketplace_agreement).toBeUndefined();
  expect(made.proof.holds).toBe(true);
  const [nic] = made.resources.azurerm_network_interface;
  expect(JSON.stringify(nic)).not.toContain("public_ip");
});

test.each<[string, Partial<BackupServerMachineProps>, OperatingSystem]>([
  [
    "the offer",
    { source: BackupServerSource.marketplace({ plan: "p", acceptTerms: true }), zone: "2" },
    OperatingSystem.WINDOWS,
  ],
  [
    "a disk with Windows",
    { source: BackupServerSource.systemDisk(DISK), administrator: undefined },
    OperatingSystem.WINDOWS,
  ],
  [
    "a disk with Linux",
    { source: BackupServerSource.systemDisk(DISK), administrator: undefined },
    OperatingSystem.LINUX,
  ],
])("the provider takes what is made from %s, and no interface has a public address", (_, more, type) => {
  const { resources } = machine(more, type);
  const judged = machineRules().flatMap(([kind, rules]) =>
    (resources[kind] ?? []).flatMap((resource) => rules.map((rule) => rule.broken(resource))),
  );
  expect(judged.length).toBeGreaterThan(4);
  expect(judged.filter((broken) => broken !== undefined)).toEqual([]);
  for (const { id, holds } of machineDemands().filter((demand) =>
    /AZURE_11[89]|AZU-007[56]/.test(demand.id),
  )) {
    expect([id, holds(resources)]).toEqual([id, true]);
  }
});

test("terms are accepted only when asked for, and before the machine is made", () => {
  const made = machine({ source: BackupServerSource.marketplace({ plan: "a-plan", acceptTerms: true }) });
  expect(made.resources.azurerm_marketplace_agreement).toMatchObject([
    { publisher: "veeam", offer: "veeam-backup-replication", plan: "a-plan" },
  ]);
  expect(JSON.stringify(made.resources.azurerm_resource_group_template_deployment[0].depends_on)).toContain(
    "azurerm_marketplace_agreement",
  );
});

test("an image of one's own needs no plan", () => {
  const text = templateOf(machine({ source: BackupServerSource.image(IMAGE) }));
  expect(text).toContain(IMAGE);
  expect(text).not.toContain("veeam-backup-replication");
});

test.each([
  [OperatingSystem.WINDOWS, "azurerm_windows_virtual_machine"],
  [OperatingSystem.LINUX, "azurerm_linux_virtual_machine"],
])("a system disk of one's own is a machine with %s, without any account of ours", (type, resource) => {
  const { resources } = machine(
    { source: BackupServerSource.systemDisk(DISK), administrator: undefined },
    type,
  );
  expect(resources[resource]).toMatchObject([{ os_managed_disk_id: DISK, encryption_at_host_enabled: true }]);
  expect(JSON.stringify(resources[resource])).not.toMatch(/admin_username|password/);
  expect(resources.azurerm_resource_group_template_deployment).toBeUndefined();
});

test("a system disk can have a data disk beside it, as Veeam's Linux appliance needs", () => {
  const source = BackupServerSource.systemDisk(DISK);
  const dataDisk = { sizeGib: 240, lun: 1 };
  const { resources } = machine({ source, administrator: undefined, dataDisk }, OperatingSystem.LINUX);
  expect(resources.azurerm_managed_disk).toMatchObject([
    { name: "disk-vm-vbr-backup-server-data", disk_size_gb: 240, public_network_access_enabled: false },
  ]);
  expect(resources.azurerm_virtual_machine_data_disk_attachment).toMatchObject([{ lun: 1 }]);
});

test("is created after the machines that it needs, and their disks", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const { backupServer, postgresql } = new EntraIdBackup(stack, "backup", {
    name: "vbr",
    location: "westeurope",
    resourceGroup: BackupResourceGroup.create("rg"),
    virtualNetwork: BackupVirtualNetwork.create({ addressSpace: ["10.20.0.0/24"] }),
    consoles: ["10.1.0.0/24"],
    backupServer: { subnet: "10.20.0.0/27" },
    postgresql: { subnet: "10.20.0.32/28" },
  });
  if (!postgresql) throw new Error("it is in the deployment");
  const props: BackupServerMachineProps = {
    backupServer,
    privateIpAddress: "10.20.0.4",
    size: "Standard_D8s_v5",
    source: BackupServerSource.image(IMAGE),
    administrator: { username: "veeamadmin", passwordSecretId: PASSWORD },
    startAfter: [postgresql],
  };
  expect(() => new BackupServerMachine(stack, "early", props)).toThrow(
    /startAfter\[0\]: .* has no machine yet/,
  );
  new PostgresqlMachine(stack, "postgresql-machine", {
    size: "Standard_D4s_v5",
    adminUsername: "veeamadmin",
    sshPublicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`,
    postgresql,
    backupServer,
    privateIpAddress: "10.20.0.36",
    dataDisk: { sizeGib: 256 },
    packageSource: PackageSource.image(),
    password: { secretId: PASSWORD, vault: Peer.cidr("10.0.8.4/32") },
  });
  new BackupServerMachine(stack, "machine", props);
  const [deployed] = resourcesOf(Testing.synth(stack, true)).azurerm_resource_group_template_deployment;
  expect(JSON.stringify(deployed.depends_on)).toContain(
    "azurerm_virtual_machine_data_disk_attachment.postgresql-machine_",
  );
});

test.each(windowsDemands())("a machine from a template fulfils $id: $demand", ({ holds, exception }) => {
  const template = windowsTemplate({
    name: "vm",
    computerName: "backup-server",
    location: "westeurope",
    size: "Standard_D8s_v5",
    networkInterfaceId: "nic",
    adminUsername: "veeamadmin",
    osDiskName: "osdisk",
    osDiskType: "Premium_LRS",
    encryptionAtHost: true,
    trustedLaunch: true,
    allowExtensions: false,
    image: { id: IMAGE },
  });
  expect(holds(template as WindowsTemplate)).toBe(exception === undefined);
});

test.each<[string, Partial<BackupServerMachineProps>, RegExp]>([
  [
    "a data disk beside an image",
    { dataDisk: { sizeGib: 240 } },
    /dataDisk: is only possible with your own system disk/,
  ],
  [
    "a data disk without a size that exists",
    { source: BackupServerSource.systemDisk(DISK), administrator: undefined, dataDisk: { sizeGib: 1 } },
    /dataDisk.sizeGib: is out of range/,
  ],
  ["a size with four processors", { size: "Standard_D4s_v5" }, /size: is too small for the backup server/],
  ["a long name for the computer", { computerName: "the-backup-server" }, /computerName: is not a name/],
  ["a computer named by digits", { computerName: "12345" }, /computerName: is not a name/],
  ["no account", { administrator: undefined }, /administrator: is missing/],
  [
    "an account beside a system disk",
    { source: BackupServerSource.systemDisk(DISK) },
    /administrator: is set, but a system disk already has its accounts/,
  ],
  [
    "a name that Azure refuses",
    { administrator: { username: "Administrator", passwordSecretId: PASSWORD } },
    /administrator.username: is a name that Azure refuses/,
  ],
  [
    "a password in the place of its secret's id",
    { administrator: { username: "veeamadmin", passwordSecretId: "pa55word" } },
    /administrator.passwordSecretId: is not a resource id(?![^]*pa55word)/,
  ],
  ["an unknown plan", { source: BackupServerSource.marketplace({ plan: "a plan" }) }, /source.plan: is not/],
  ["an address that Azure keeps", { privateIpAddress: "10.20.0.1" }, /privateIpAddress: is not an address/],
])("refuses %s", (_, more, words) => {
  expect(() => machine(more)).toThrow(words);
});

test("refuses the appliance from an image, because there is no such image", () => {
  const source = BackupServerSource.image(IMAGE);
  expect(() => machine({ source }, OperatingSystem.LINUX)).toThrow(/not publish an Azure image/);
});

test.each<[string, boolean]>([
  ["Standard_D8s_v5", true],
  ["Standard_D8ads_v6", true],
  ["Standard_E16-8s_v5", true],
  ["Standard_E8-4s_v5", false],
  ["Standard_F8s_v2", true],
  ["Standard_E4s_v5", false],
  ["Standard_B2ms", false],
  ["Standard_HB120rs_v3", true],
  ["something else", true],
])("the size %s is large enough: %s", (size, enough) => {
  expect(checkBackupServerSize("size", size).length === 0).toBe(enough);
});
