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
}

/** The resources in a file. */
export interface TerraformResources {
  readonly resources: TerraformResource[];
  /** What the file leaves open, each a sentence. */
  readonly notes: string[];
}

/** Whether the resource is a data source: it reads what others made. A module may be called data as well. */
export function isData({ address }: TerraformResource): boolean {
  return /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*data\./.test(address);
}
