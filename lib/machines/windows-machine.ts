import { ResourceGroupTemplateDeployment } from "@cdktf/provider-azurerm/lib/resource-group-template-deployment";
import type { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { Fn, type ITerraformDependable, type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { privateInterface } from "./private-interface";
import { windowsTemplate, type WindowsTemplateOptions } from "./windows-template";

/** A Windows machine in a subnet, from an image. */
interface WindowsMachineProps extends Omit<WindowsTemplateOptions, "networkInterfaceId" | "osDiskName"> {
  readonly resourceGroupName: string;
  readonly subnetId: string;
  readonly privateIpAddress: string;
  readonly networkInterfaceName: string;
  readonly osDiskName: string;
  /** Resource id of the secret with the administrator's password; the vault allows template deployments. */
  readonly passwordSecretId: string;
  /** Resources that must exist before the machine boots: the association of its subnet with a security group. */
  readonly dependsOn: ITerraformDependable[];
  readonly provider?: TerraformProvider;
}

/**
 * A Windows machine, created by a template: azurerm's resource would keep the
 * administrator's password in the state. The template's parameter is a reference to a key
 * vault, which Azure Resource Manager resolves itself.
 *
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter (page of 2025-04-28)
 */
export class WindowsMachine extends Construct {
  /** The network interface. */
  public readonly networkInterface: NetworkInterface;
  /** The deployment of the template that makes the machine. */
  public readonly deployment: ResourceGroupTemplateDeployment;

  constructor(scope: Construct, id: string, props: WindowsMachineProps) {
    super(scope, id);
    const { resourceGroupName, dependsOn, provider, tags, passwordSecretId } = props;
    this.networkInterface = privateInterface(this, {
      name: props.networkInterfaceName,
      resourceGroupName,
      location: props.location,
      subnetId: props.subnetId,
      privateIpAddress: props.privateIpAddress,
      tags,
      provider,
      dependsOn,
    });
    const [vaultId, secretName] = [0, 1].map((index) =>
      Token.asString(Fn.element(Fn.split("/secrets/", passwordSecretId), index)),
    );
    this.deployment = new ResourceGroupTemplateDeployment(this, "virtual-machine", {
      name: props.name,
      resourceGroupName,
      deploymentMode: "Incremental",
      templateContent: Fn.jsonencode(
        windowsTemplate({ ...props, networkInterfaceId: this.networkInterface.id }),
      ),
      parametersContent: Fn.jsonencode({
        adminPassword: { reference: { keyVault: { id: vaultId }, secretName } },
      }),
      tags,
      provider,
      dependsOn,
    });
  }
}
