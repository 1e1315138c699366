/** A Windows machine as Azure Resource Manager takes it, with a password that it reads from a key vault itself. */
export interface WindowsTemplateOptions {
  readonly name: string;
  readonly computerName: string;
  readonly location: string;
  readonly size: string;
  readonly networkInterfaceId: string;
  readonly adminUsername: string;
  readonly osDiskName: string;
  readonly osDiskType: string;
  readonly diskEncryptionSetId?: string;
  readonly zone?: string;
  readonly encryptionAtHost: boolean;
  readonly trustedLaunch: boolean;
  readonly allowExtensions: boolean;
  readonly tags?: { [name: string]: string };
  /** An image of the user's, or an offer of the marketplace. */
  readonly image:
    | { readonly id: string }
    | { readonly publisher: string; readonly offer: string; readonly plan: string; readonly version: string };
}

/**
 * The template: the password is a parameter of the type securestring, which
 * neither Terraform nor its state ever sees.
 *
 * Source: https://learn.microsoft.com/azure/templates/microsoft.compute/2024-07-01/virtualmachines
 */
export function windowsTemplate(options: WindowsTemplateOptions): object {
  const { image } = options;
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { adminPassword: { type: "securestring" } },
    resources: [
      {
        type: "Microsoft.Compute/virtualMachines",
        apiVersion: "2024-07-01",
        name: options.name,
        location: options.location,
        ...(options.tags && { tags: options.tags }),
        ...(options.zone !== undefined && { zones: [options.zone] }),
        ...("plan" in image && {
          plan: { publisher: image.publisher, product: image.offer, name: image.plan },
        }),
        properties: {
          hardwareProfile: { vmSize: options.size },
          storageProfile: {
            imageReference:
              "id" in image
                ? { id: image.id }
                : { publisher: image.publisher, offer: image.offer, sku: image.plan, version: image.version },
            osDisk: {
              name: options.osDiskName,
              createOption: "FromImage",
              caching: "ReadWrite",
              deleteOption: "Delete",
              managedDisk: {
                storageAccountType: options.osDiskType,
                ...(options.diskEncryptionSetId !== undefined && {
                  diskEncryptionSet: { id: options.diskEncryptionSetId },
                }),
              },
            },
          },
          osProfile: {
            computerName: options.computerName,
            adminUsername: options.adminUsername,
            adminPassword: "[parameters('adminPassword')]",
            allowExtensionOperations: options.allowExtensions,
            windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: false },
          },
          networkProfile: {
            networkInterfaces: [
              { id: options.networkInterfaceId, properties: { primary: true, deleteOption: "Detach" } },
            ],
          },
          securityProfile: {
            encryptionAtHost: options.encryptionAtHost,
            ...(options.trustedLaunch && {
              securityType: "TrustedLaunch",
              uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
            }),
          },
          diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        },
      },
    ],
  };
}
