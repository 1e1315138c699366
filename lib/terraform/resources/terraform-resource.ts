import type { Doubts } from "../../proof/network";
import { isObject } from "../files/json-values";

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

/** What may create or change resources that the file does not show: a module, a template, an update of the provider azapi. */
export interface OpaqueSource {
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
  /** Resources that are not among these, by address. @default - none */
  readonly elsewhere?: (address: string) => TerraformResource | undefined;
  /** What may create more than the file shows. @default - nothing */
  readonly opaqueSources?: readonly OpaqueSource[];
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

const RESOURCE = String.raw`(?:[^\s"{}(),[\]:]+:)?(?:module\.[\w-]+(?:\[[^\]]+\])?\.)*(?:data\.)?[A-Za-z]\w*\.[\w-]+(?:\[[^\]]+\])?`;
const PLAIN = new RegExp(String.raw`^(${RESOURCE})\.(\w+)(?:\[(\d+)\])?$`);
const ELEMENT = /^element\((.+),\s*(\d+)\)$/;

/**
 * The reference in a text to an attribute of a resource, or to an item of it:
 * `${module.net.azurerm_subnet.a["x"].address_prefixes[0]}`, in another stack
 * `${hub:azurerm_subnet.a.id}`. Undefined if the text is not exactly one reference.
 */
export function parseReference(text: string) {
  if (!text.startsWith("${") || !text.endsWith("}")) return undefined;
  const expression = text.slice(2, -1).trim();
  // The Terraform CDK writes an item of a list this way.
  const element = ELEMENT.exec(expression);
  const plain = PLAIN.exec(element ? element[1] : expression);
  if (!plain || (element && plain[3] !== undefined)) return undefined;
  const [, address, attribute, at = element?.[2]] = plain;
  return { address, attribute, index: at === undefined ? undefined : Number(at) };
}

/** The text of a reference. */
export function formatReference(address: string, attribute: string): string {
  return `\${${address}.${attribute}}`;
}

/** What `count` or `for_each` of a resource or a block makes its existence depend on; undefined if it never exists. */
export function repetitionOf(
  values: TerraformAttributes,
  address: string,
  index: { resolve(value: unknown): unknown },
): Doubts | undefined {
  for (const key of ["count", "for_each"] as const) {
    if (!Object.hasOwn(values, key)) continue;
    const many = howMany(index.resolve(values[key]));
    if (many === 0) return undefined;
    if (many === undefined) return [`whether ${address} exists (${key})`];
  }
  return [];
}

function howMany(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return /^\d+$/.test(value) ? Number(value) : undefined;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}
