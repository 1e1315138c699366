import { blockOf } from "../../tools/resources";
import { conflicts, exactlyOneOf, has, needs, type RulesOfType } from "./provider-rule";

const byPlatform = "AutomaticByPlatform";

/**
 * The rules of each resource that a machine is made of, as azurerm 4.55.0 has
 * them.
 *
 * Source: https://github.com/hashicorp/terraform-provider-azurerm, the file of each resource
 */
export function machineRules(): readonly RulesOfType[] {
  return [
    [
      "azurerm_linux_virtual_machine",
      [
        exactlyOneOf("admin_username", "os_managed_disk_id"),
        exactlyOneOf("os_managed_disk_id", "source_image_id", "source_image_reference"),
        ...["admin_password", "computer_name", "custom_data", "provision_vm_agent", "patch_mode"].map(
          (name) => conflicts(name, "os_managed_disk_id"),
        ),
        ...[
          "patch_assessment_mode",
          "reboot_setting",
          "bypass_platform_safety_checks_on_user_schedule_enabled",
        ].map((name) => conflicts(name, "os_managed_disk_id")),
        conflicts(
          "availability_set_id",
          "capacity_reservation_group_id",
          "virtual_machine_scale_set_id",
          "zone",
        ),
        conflicts("capacity_reservation_group_id", "availability_set_id", "proximity_placement_group_id"),
        conflicts("dedicated_host_id", "dedicated_host_group_id"),
        needs(
          "platform_fault_domain",
          "virtual_machine_scale_set_id",
          (machine) => has(machine, "platform_fault_domain"),
          (machine) => has(machine, "virtual_machine_scale_set_id"),
        ),
        needs(
          "a machine without passwords",
          "a key",
          // A disk with a system on it has its accounts already.
          (machine) =>
            machine.disable_password_authentication !== false && !has(machine, "os_managed_disk_id"),
          (machine) => blockOf(machine, "admin_ssh_key") !== undefined,
        ),
        needs(
          "a machine with passwords",
          "one",
          (machine) => machine.disable_password_authentication === false,
          (machine) => has(machine, "admin_password"),
        ),
        needs(
          "a key",
          "the administrator's account",
          (machine) => has(machine, "admin_ssh_key"),
          (machine) => blockOf(machine, "admin_ssh_key")?.username === machine.admin_username,
        ),
        ...["patch_mode", "patch_assessment_mode"].map((name) =>
          needs(
            `${name} ${byPlatform}`,
            "the agent",
            (machine) => machine[name] === byPlatform,
            (machine) => machine.provision_vm_agent !== false,
          ),
        ),
        ...["reboot_setting", "bypass_platform_safety_checks_on_user_schedule_enabled"].map((name) =>
          needs(
            name,
            `patch_mode ${byPlatform}`,
            (machine) => has(machine, name),
            (machine) => machine.patch_mode === byPlatform,
          ),
        ),
        needs(
          "extensions",
          "the agent",
          (machine) => machine.allow_extension_operations !== false,
          (machine) => machine.provision_vm_agent !== false,
        ),
        needs(
          "security_encryption_type",
          "vtpm_enabled",
          (machine) => has(blockOf(machine, "os_disk") ?? {}, "security_encryption_type"),
          (machine) => machine.vtpm_enabled === true,
        ),
        needs(
          "an eviction policy or a price",
          "priority Spot",
          (machine) => has(machine, "eviction_policy") || has(machine, "max_bid_price"),
          (machine) => machine.priority === "Spot",
        ),
        needs(
          "an identity of one's own",
          "identity_ids",
          (machine) => String(blockOf(machine, "identity")?.type).includes("UserAssigned"),
          (machine) => (blockOf(machine, "identity")?.identity_ids as unknown[] | undefined)?.length === 1,
        ),
        needs(
          "an identity of the system's",
          "no identity_ids",
          (machine) => blockOf(machine, "identity")?.type === "SystemAssigned",
          (machine) => !has(blockOf(machine, "identity") ?? {}, "identity_ids"),
        ),
        needs(
          "a system disk",
          "its kind",
          (machine) => !has(machine, "os_managed_disk_id"),
          (machine) => has(blockOf(machine, "os_disk") ?? {}, "storage_account_type"),
        ),
        {
          name: "os_disk: disk_encryption_set_id conflicts with secure_vm_disk_encryption_set_id",
          broken: (machine) =>
            conflicts("disk_encryption_set_id", "secure_vm_disk_encryption_set_id").broken(
              blockOf(machine, "os_disk") ?? {},
            ),
        },
      ],
    ],
    [
      "azurerm_windows_virtual_machine",
      [
        exactlyOneOf("admin_username", "os_managed_disk_id"),
        exactlyOneOf("os_managed_disk_id", "source_image_id", "source_image_reference"),
        ...["admin_password", "computer_name", "custom_data", "provision_vm_agent", "patch_mode"].map(
          (name) => conflicts(name, "os_managed_disk_id"),
        ),
        conflicts("availability_set_id", "virtual_machine_scale_set_id", "zone"),
      ],
    ],
    [
      "azurerm_resource_group_template_deployment",
      [exactlyOneOf("template_content", "template_spec_version_id")],
    ],
    ["azurerm_marketplace_agreement", []],
    [
      "azurerm_managed_disk",
      [
        conflicts("image_reference_id", "gallery_image_reference_id"),
        ...(
          [
            ["Import", ["source_uri", "storage_account_id"]],
            ["Copy", ["source_resource_id"]],
            ["Restore", ["source_resource_id"]],
          ] as const
        ).flatMap(([option, names]) =>
          names.map((name) =>
            needs(
              `create_option ${option}`,
              name,
              (disk) => disk.create_option === option,
              (disk) => has(disk, name),
            ),
          ),
        ),
        needs(
          "create_option Empty",
          "a size",
          (disk) => disk.create_option === "Empty",
          (disk) => has(disk, "disk_size_gb"),
        ),
        needs(
          "disk_access_id",
          "network_access_policy AllowPrivate",
          (disk) => has(disk, "disk_access_id"),
          (disk) => disk.network_access_policy === "AllowPrivate",
        ),
        needs(
          "trusted_launch_enabled",
          "an image",
          (disk) => disk.trusted_launch_enabled === true,
          (disk) => ["FromImage", "Import"].includes(String(disk.create_option)),
        ),
        ...["disk_iops_read_write", "disk_mbps_read_write", "logical_sector_size", "max_shares"].map((name) =>
          needs(
            name,
            "a kind that takes it",
            (disk) => has(disk, name),
            (disk) => /^(UltraSSD|PremiumV2)/.test(String(disk.storage_account_type)),
          ),
        ),
        ...["tier", "on_demand_bursting_enabled"].map((name) =>
          needs(
            name,
            "a premium disk",
            (disk) => has(disk, name),
            (disk) => /^Premium_/.test(String(disk.storage_account_type)),
          ),
        ),
      ],
    ],
    [
      "azurerm_network_interface",
      [
        needs(
          "auxiliary_mode",
          "auxiliary_sku, and the other way round",
          (nic) => has(nic, "auxiliary_mode") !== has(nic, "auxiliary_sku"),
          () => false,
        ),
        needs(
          "an IPv4 configuration",
          "a subnet",
          (nic) => (blockOf(nic, "ip_configuration")?.private_ip_address_version ?? "IPv4") === "IPv4",
          (nic) => has(blockOf(nic, "ip_configuration") ?? {}, "subnet_id"),
        ),
        needs(
          "a static address",
          "the address",
          (nic) => blockOf(nic, "ip_configuration")?.private_ip_address_allocation === "Static",
          (nic) => has(blockOf(nic, "ip_configuration") ?? {}, "private_ip_address"),
        ),
        needs(
          "more than one configuration",
          "a primary one",
          (nic) => (nic.ip_configuration as unknown[]).length > 1,
          (nic) => blockOf(nic, "ip_configuration")?.primary === true,
        ),
      ],
    ],
    [
      "azurerm_virtual_machine_data_disk_attachment",
      [
        needs(
          "write_accelerator_enabled",
          "no cache or one for reading",
          (attachment) => attachment.write_accelerator_enabled === true,
          (attachment) => ["None", "ReadOnly"].includes(String(attachment.caching)),
        ),
      ],
    ],
    [
      "azurerm_role_assignment",
      [
        exactlyOneOf("role_definition_id", "role_definition_name"),
        needs(
          "condition_version",
          "condition",
          (assignment) => has(assignment, "condition_version"),
          (assignment) => has(assignment, "condition"),
        ),
        needs(
          "skip_service_principal_aad_check",
          "a service principal",
          (assignment) => assignment.skip_service_principal_aad_check === true,
          (assignment) =>
            [undefined, "ServicePrincipal"].includes(assignment.principal_type as string | undefined),
        ),
      ],
    ],
    ["azurerm_user_assigned_identity", []],
  ];
}
