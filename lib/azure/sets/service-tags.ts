import { parseAddresses, type AddressSet, uniteAddresses } from "./address-set";

/** One service tag and its addresses at the time of its file. */
interface ServiceTag {
  /** Name, for example `AzureActiveDirectory` or `Storage.WestEurope`. */
  readonly name: string;
  /** IPv4 and IPv6 prefixes. */
  readonly addressPrefixes: string[];
}

/**
 * A Service Tags file: the addresses of Azure's service tags in
 * the week that it was published.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/service-tags-overview#service-tags-on-premises
 */
export interface ServiceTags {
  /** Number of the file; it grows whenever an address changes. */
  readonly changeNumber: number;
  /** Cloud that the addresses are of: `Public`, `AzureGovernment`, `AzureChina`. */
  readonly cloud: string;
  /** Tags of the file, in its order. */
  readonly tags: ServiceTag[];
}

/**
 * Reads a Service Tags file as Microsoft publishes it. Fields that are not
 * needed are ignored.
 *
 * Throws an Error that names the place of the fault in the file.
 */
export function parseServiceTags(text: string): ServiceTags {
  const file = asObject(parseJson(text), "the file");
  const values = file["values"];
  if (!Array.isArray(values)) throw malformed("values", "a list of tags");
  const tags = values.map((value, index) => readTag(value, `values[${index}]`));
  const names = new Set<string>();
  for (const { name } of tags) {
    if (names.has(name.toLowerCase()))
      throw new Error(`The Service Tags file holds the tag "${name}" twice.`);
    names.add(name.toLowerCase());
  }
  // The Azure CLI writes the number as a text.
  const changeNumber =
    typeof file["changeNumber"] === "string" ? Number(file["changeNumber"]) : file["changeNumber"];
  if (typeof changeNumber !== "number" || !Number.isInteger(changeNumber))
    throw malformed("changeNumber", "a number");
  if (typeof file["cloud"] !== "string") throw malformed("cloud", "a string");
  return { changeNumber, cloud: file["cloud"], tags };
}

function readTag(value: unknown, path: string): ServiceTag {
  const tag = asObject(value, path);
  const name = tag["name"];
  if (typeof name !== "string" || name === "") throw malformed(`${path}.name`, "a string");
  const prefixes = asObject(tag["properties"], `${path}.properties`)["addressPrefixes"];
  if (!Array.isArray(prefixes)) throw malformed(`${path}.properties.addressPrefixes`, "a list of prefixes");
  return {
    name,
    addressPrefixes: prefixes.map((prefix: unknown, index) => {
      if (typeof prefix !== "string" || !parseAddresses(prefix)) {
        const found = JSON.stringify(prefix);
        throw malformed(`${path}.properties.addressPrefixes[${index}]`, `a prefix, but ${found}`);
      }
      return prefix;
    }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`The Service Tags file is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

function asObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(path, "an object");
  return value as Record<string, unknown>;
}

function malformed(path: string, expected: string): Error {
  return new Error(`The Service Tags file is malformed: ${path} is not ${expected}.`);
}

/** The tag of this name, ignoring case; undefined if the file does not contain it. */
export function findServiceTag(serviceTags: ServiceTags, name: string): ServiceTag | undefined {
  const wanted = name.toLowerCase();
  return serviceTags.tags.find((tag) => tag.name.toLowerCase() === wanted);
}

/** The addresses of a tag. Throws an Error if a prefix is invalid. */
export function addressesOfTag({ addressPrefixes }: ServiceTag): AddressSet {
  const sets = addressPrefixes.map((prefix) => {
    const set = parseAddresses(prefix);
    if (!set) throw new Error(`"${prefix}" is not an IPv4 or IPv6 prefix.`);
    return set;
  });
  return uniteAddresses(...sets);
}
