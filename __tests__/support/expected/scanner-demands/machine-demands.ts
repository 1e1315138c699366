import { blockOf, customDataOf, type Resource } from "../../tools/resources";
import { every, type ScannerDemand } from "./scanner-demand";

// A name of a credential, and a value in quotes or one word beside it; a call in a script is neither.
const CREDENTIAL =
  /(password|secret|token|access_key)[ \t]*[:=][ \t]*(["'][^"'$]+["']|[^\s"'(){}[\].$]+)[ \t]*$/im;

const machines = (holds: (machine: Resource) => boolean) => every("azurerm_linux_virtual_machine", holds);
const disks = (holds: (disk: Resource) => boolean) => every("azurerm_managed_disk", holds);
const interfaces = (holds: (nic: Resource) => boolean) => every("azurerm_network_interface", holds);
const hasNoPublicAddress = (nic: Resource): boolean =>
  blockOf(nic, "ip_configuration")?.public_ip_address_id === undefined;

/**
 * What checkov and trivy demand of disks, interfaces and virtual machines.
 *
 * Sources: https://www.checkov.io/5.Policy%20Index/terraform.html and
 * https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/azure/compute
 */
export function machineDemands(): readonly ScannerDemand[] {
  const keyNotPassword = machines((machine) => machine.disable_password_authentication === true);
  return [
    { id: "CKV_AZURE_1", demand: "no sign-in by password", holds: keyNotPassword },
    { id: "CKV_AZURE_149", demand: "passwords are turned off", holds: keyNotPassword },
    {
      id: "CKV_AZURE_178",
      demand: "sign-in by SSH key",
      holds: machines((machine) => blockOf(machine, "admin_ssh_key")?.public_key !== undefined),
    },
    {
      id: "CKV_AZURE_50",
      demand: "no extensions",
      holds: machines((machine) => machine.allow_extension_operations === false),
    },
    {
      id: "CKV_AZURE_179",
      demand: "the agent is on the machine",
      holds: machines((machine) => machine.provision_vm_agent !== false),
    },
    {
      id: "CKV_AZURE_92",
      demand: "disks are managed disks",
      holds: machines((machine) => blockOf(machine, "os_disk")?.storage_account_type !== undefined),
    },
    {
      id: "CKV_AZURE_97",
      demand: "the host encrypts (asked of scale sets; held for machines too)",
      holds: machines((machine) => machine.encryption_at_host_enabled === true),
    },
    {
      id: "CKV_AZURE_118",
      demand: "an interface forwards nothing",
      holds: interfaces((nic) => nic.ip_forwarding_enabled !== true),
    },
    {
      id: "CKV_AZURE_119",
      demand: "an interface has no public address",
      holds: interfaces(hasNoPublicAddress),
    },
    {
      id: "CKV2_AZURE_39",
      demand: "no public address beside the serial console",
      holds: interfaces(hasNoPublicAddress),
    },
    {
      id: "CKV_AZURE_2",
      demand: "a disk's own encryption is not turned off",
      holds: disks((disk) => blockOf(disk, "encryption_settings")?.enabled !== false),
    },
    {
      id: "CKV_AZURE_251",
      demand: "a disk is not reached from public networks",
      holds: disks((disk) => disk.public_network_access_enabled === false),
    },
    {
      id: "CKV_AZURE_93",
      demand: "a disk is encrypted with a key of one's own",
      holds: (resources) =>
        (resources.azurerm_managed_disk ?? []).length > 0 &&
        disks((disk) => disk.disk_encryption_set_id !== undefined)(resources),
      exception:
        "the platform's keys encrypt every disk; a disk encryption set can be given in diskEncryptionSetId",
    },
    {
      id: "CKV2_AZURE_12",
      demand: "a machine is backed up",
      holds: (resources) => (resources.azurerm_backup_protected_vm ?? []).length > 0,
      exception:
        "how the repository's database is protected is the backup administrator's to choose, and needs a vault",
    },
    {
      id: "CKV2_AZURE_10",
      demand: "an extension of Microsoft's looks for malware",
      holds: (resources) => (resources.azurerm_virtual_machine_extension ?? []).length > 0,
      exception: "that extension is for Windows; Linux machines have Defender through the subscription",
    },
    {
      id: "AZU-0075",
      demand: "an interface forwards nothing",
      holds: interfaces((nic) => nic.ip_forwarding_enabled !== true),
    },
    { id: "AZU-0076", demand: "an interface has no public address", holds: interfaces(hasNoPublicAddress) },
    { id: "AZU-0039", demand: "no sign-in by password", holds: keyNotPassword },
    {
      id: "AZU-0037",
      demand: "no credential in custom data",
      holds: machines((machine) => !CREDENTIAL.test(customDataOf(machine))),
    },
    {
      id: "AZU-0038",
      demand: "a disk's own encryption is not turned off",
      holds: disks((disk) => blockOf(disk, "encryption_settings")?.enabled !== false),
    },
    {
      id: "AZU-0068",
      demand: "an interface has a security group of its own",
      holds: (resources) => (resources.azurerm_network_interface_security_group_association ?? []).length > 0,
      exception:
        "the group is the subnet's, which the machine waits for; a second one would have to say the same again",
    },
  ];
}
