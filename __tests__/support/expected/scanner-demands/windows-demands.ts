/** The parts of an ARM template that the demands look at. */
export interface WindowsTemplate {
  readonly parameters: {
    readonly adminPassword: { readonly type: string; readonly defaultValue?: string };
  };
  readonly resources: readonly {
    readonly properties: {
      readonly osProfile: {
        readonly adminPassword: string;
        readonly allowExtensionOperations: boolean;
        readonly customData?: string;
        readonly linuxConfiguration?: object;
        readonly windowsConfiguration: {
          readonly provisionVMAgent: boolean;
          readonly enableAutomaticUpdates: boolean;
        };
      };
      readonly storageProfile: {
        readonly osDisk: { readonly managedDisk?: object; readonly vhd?: object };
        readonly dataDisks?: readonly object[];
      };
      readonly securityProfile: { readonly encryptionAtHost: boolean; readonly securityType?: string };
    };
  }[];
}

/** A demand of checkov or trivy on the template of a Windows machine. */
export interface WindowsDemand {
  readonly id: string;
  readonly demand: string;
  readonly holds: (template: WindowsTemplate) => boolean;
  /** Why it does not hold. */
  readonly exception?: string;
}

/**
 * All demands of checkov on ARM templates with a virtual machine, those of
 * checkov on Windows machines in Terraform, and trivy's.
 *
 * Sources: https://github.com/bridgecrewio/checkov/tree/main/checkov/arm/checks (version of 2026-08-20),
 * https://www.checkov.io/5.Policy%20Index/terraform.html and
 * https://github.com/aquasecurity/trivy-checks/tree/main/checks/cloud/azure/compute
 */
export function windowsDemands(): readonly WindowsDemand[] {
  const machine = ({ resources: [{ properties }] }: WindowsTemplate) => properties;
  const isEncrypted = (template: WindowsTemplate): boolean =>
    machine(template).securityProfile.encryptionAtHost;
  const hasNoCustomData = (template: WindowsTemplate): boolean =>
    machine(template).osProfile.customData === undefined;
  const usesSshKeys = (template: WindowsTemplate): boolean =>
    machine(template).osProfile.linuxConfiguration !== undefined;
  const windows = "Windows has no SSH keys; checkov recognizes only Microsoft's own images as Windows";
  return [
    { id: "CKV_AZURE_1", demand: "no sign-in by password", holds: usesSshKeys, exception: windows },
    { id: "CKV_AZURE_178", demand: "sign-in by SSH key", holds: usesSshKeys, exception: windows },
    { id: "CKV_AZURE_45", demand: "no credential in custom data", holds: hasNoCustomData },
    { id: "AZU-0037", demand: "no credential in custom data", holds: hasNoCustomData },
    { id: "CKV_AZURE_97", demand: "the host encrypts the disks", holds: isEncrypted },
    { id: "CKV_AZURE_151", demand: "the host encrypts the disks", holds: isEncrypted },
    {
      id: "CKV_AZURE_50",
      demand: "no extensions",
      holds: (template) => !machine(template).osProfile.allowExtensionOperations,
    },
    {
      id: "CKV_AZURE_179",
      demand: "the agent is on the machine",
      holds: (template) => machine(template).osProfile.windowsConfiguration.provisionVMAgent,
    },
    {
      id: "CKV_AZURE_92",
      demand: "disks are managed disks",
      holds: (template) => {
        const { osDisk, dataDisks = [] } = machine(template).storageProfile;
        return osDisk.managedDisk !== undefined && ![osDisk, ...dataDisks].some((disk) => "vhd" in disk);
      },
    },
    {
      id: "CKV_AZURE_131",
      demand: "the password is a secure string without a default",
      holds: (template) =>
        template.parameters.adminPassword.type === "securestring" &&
        template.parameters.adminPassword.defaultValue === undefined &&
        machine(template).osProfile.adminPassword === "[parameters('adminPassword')]",
    },
    {
      id: "CKV_AZURE_177",
      demand: "Windows installs updates by itself",
      holds: (template) => machine(template).osProfile.windowsConfiguration.enableAutomaticUpdates,
      exception: "an update that restarts the backup server would interrupt its jobs",
    },
  ];
}
