/** A reference to an attribute of a resource: `${azurerm_subnet.a.address_prefixes[0]}`. */
export interface TerraformReference {
  /** Address of the resource: `azurerm_subnet.a`, `module.net.azurerm_subnet.a["x"]`, in another stack `hub:azurerm_subnet.a`. */
  readonly address: string;
  readonly attribute: string;
  /** Index in a list. @default - the whole attribute */
  readonly index?: number;
}

const RESOURCE = String.raw`(?:[^\s"{}(),[\]:]+:)?(?:module\.[\w-]+(?:\[[^\]]+\])?\.)*(?:data\.)?[A-Za-z]\w*\.[\w-]+(?:\[[^\]]+\])?`;
const PLAIN = new RegExp(String.raw`^(${RESOURCE})\.(\w+)(?:\[(\d+)\])?$`);
const ELEMENT = /^element\((.+),\s*(\d+)\)$/;

/** The reference in a text, or undefined if the text is not exactly one reference. */
export function parseReference(text: string): TerraformReference | undefined {
  if (!text.startsWith("${") || !text.endsWith("}")) return undefined;
  const expression = text.slice(2, -1).trim();
  // The Terraform CDK writes an item of a list this way.
  const element = ELEMENT.exec(expression);
  const plain = PLAIN.exec(element ? element[1] : expression);
  if (!plain || (element && plain[3] !== undefined)) return undefined;
  const index = element?.[2] ?? plain[3];
  return { address: plain[1], attribute: plain[2], ...(index !== undefined && { index: Number(index) }) };
}

/** The text of a reference. */
export function formatReference(address: string, attribute: string): string {
  return `\${${address}.${attribute}}`;
}
