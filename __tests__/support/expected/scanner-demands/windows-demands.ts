/** The parts of a template of Azure Resource Manager that the demands look at. */
export interface WindowsTemplate {
  readonly parameters: { readonly adminPassword: { readonly type: string } };
  readonly resources: readonly {
    readonly properties: {
      readonly osProfile: {
        readonly adminPassword: string;
        readonly allowExtensionOperations: boolean;
        readonly windowsConfiguration: {
          readonly provisionVMAgent: boolean;
          readonly enableAutomaticUpdates: boolean;
        };
      };
      readonly storageProfile: { readonly osDisk: { readonly managedDisk?: object } };
      readonly securityProfile: { readonly encryptionAtHost: boolean; readonly securityType?: string };
    };
  }[];
}

/** What checkov demands of Windows machines; scanners of Terraform do not look into a template. */
export interface WindowsDemand {
  readonly id: string;
  readonly demand: string;
  readonly holds: (template: WindowsTemplate) => boolean;
  /** Why it does not hold. */
  readonly exception?: string;
}

/** Source: https://www.checkov.io/5.Policy%20Index/terraform.html */
export function windowsDemands(): readonly WindowsDemand[] {
  const machine = ({ resources: [{ properties }] }: WindowsTemplate) => properties;
  return [
    {
      id: "CKV_AZURE_151",
      demand: "the host encrypts the disks",
      holds: (template) => machine(template).securityProfile.encryptionAtHost,
    },
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
      holds: (template) => machine(template).storageProfile.osDisk.managedDisk !== undefined,
    },
    {
      id: "CKV_AZURE_131",
      demand: "a secret parameter is a secure string, and is not in the template",
      holds: (template) =>
        template.parameters.adminPassword.type === "securestring" &&
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
