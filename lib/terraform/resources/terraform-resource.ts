import type { Doubts } from "../../proof/network";

/** Attributes of a resource or of a block, in the provider's spelling: `source_address_prefix`. */
export type TerraformAttributes = Readonly<Record<string, unknown>>;

/**
 * A resource or data source in a Terraform file. What is known only at
 * apply is a text in its values: a reference where the file says to what,
 * `${address.attribute}` otherwise.
 */
export interface TerraformResource {
  /** Address with modules and indices: `module.net.azurerm_subnet.a["x"]`. */
  readonly address: string;
  /** Type: `azurerm_subnet`. */
  readonly type: string;
  /** What errors call it. @default - its address */
  readonly path?: string;
  readonly values: TerraformAttributes;
  /** The resource exists where these are true. @default - it surely exists */
  readonly existsIf?: Doubts;
  /** Attributes that the configuration writes. @default - the file does not say it */
  readonly written?: readonly string[];
}

/** Something in a file that may create resources that the file does not show: a module, a template. */
export interface Maker {
  /** Its address: `module.guard`. */
  readonly address: string;
  /** Its inputs, as one text. */
  readonly inputs: string;
}

/** The resources in a file. */
export interface TerraformResources {
  readonly resources: TerraformResource[];
  /** The resources that a plan destroys, as they are before. @default - none */
  readonly destroyed?: readonly TerraformResource[];
  /** Why nothing that the file says of groups is sure, each a sentence. @default - nothing is missing */
  readonly gaps?: readonly string[];
  /** Values that a configuration gives names: `local.name`. @default - the file is not a configuration: every expression is worked out */
  readonly locals?: Readonly<Record<string, unknown>>;
  /** Values that variables have unless an apply gives others: `var.name`. @default - not known */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** The variables and data sources that resources name, as the configuration writes them. @default - the file is not a configuration */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Resources that are not among these, by address. @default - there are no others */
  readonly elsewhere?: (address: string) => TerraformResource | undefined;
  /** What may create more than the file shows. @default - nothing */
  readonly makers?: readonly Maker[];
  /** What the file leaves open, each a sentence. */
  readonly notes: string[];
}

/** Whether the resource is a data source, which reads what exists. A module can have the name data as well. */
export function isData({ address }: TerraformResource): boolean {
  return /^(?:[^\s"{}(),]+:)?(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*data\./.test(address);
}

/** What errors call a resource. */
export function pathOf({ path, address }: TerraformResource): string {
  return path ?? address;
}
