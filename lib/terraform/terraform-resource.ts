import type { TerraformAttributes } from "./security-rule-of-terraform";

/**
 * A resource or data source in a file of Terraform's. What is known only at
 * apply is a text in its values: a reference where the file says to what,
 * `${address.attribute}` otherwise.
 */
export interface TerraformResource {
  /** Address with modules and indices: `module.net.azurerm_subnet.a["x"]`. */
  readonly address: string;
  /** Type: `azurerm_subnet`. */
  readonly type: string;
  readonly values: TerraformAttributes;
  /** Attributes that the configuration writes. @default - the file does not say it */
  readonly written?: readonly string[];
}

/** The resources in a file. */
export interface TerraformResources {
  readonly resources: TerraformResource[];
  /** The resources that a plan destroys, as they are before. @default - none */
  readonly destroyed?: readonly TerraformResource[];
  /** Why nothing that the file says of groups is sure, each a sentence. @default - nothing is missing */
  readonly gaps?: readonly string[];
  /** What the file leaves open, each a sentence. */
  readonly notes: string[];
}

/** Whether the resource is a data source: it reads what others made. A module may be called data as well. */
export function isData({ address }: TerraformResource): boolean {
  return /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*data\./.test(address);
}
