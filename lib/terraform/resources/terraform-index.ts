import { evaluateTemplate, pathIn } from "../expressions/expression";
import { UNKNOWN } from "../expressions/expression-functions";
import { groupBy } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { comparableId, isAzureId } from "../../azure/azure-id";
import {
  formatReference,
  parseReference,
  isData,
  type TerraformResource,
  type TerraformResources,
} from "./terraform-resource";
import { isObject, mapTexts, objectsIn, textList } from "../files/json-values";

// Terraform refuses circular references.
const MAX_FOLLOWED = 8;

const SUBNET_IN_NETWORK = /^\$\{([^\s"{}(),]+)\.id\}\/subnets\/([^/]+)$/;
const MENTIONED = /((?:[^\s"{}(),[\]]*:)?(?:data\.)?[a-z]+_\w+\.[\w-]+)\.(?:name|id)\b/g;

/** The resources of a file, and the meaning of references and ids among them. */
export class TerraformIndex {
  private readonly byAddress: ReadonlyMap<string, TerraformResource>;
  private readonly byId = new Map<string, TerraformResource>();
  private readonly byType: ReadonlyMap<string, TerraformResource[]>;
  private usual?: TerraformIndex;

  /**
   * @param resources the resources
   * @param meanings values of other references; without locals, no expression is evaluated
   */
  constructor(
    resources: readonly TerraformResource[],
    private readonly meanings: Pick<TerraformResources, "locals" | "defaults" | "elsewhere"> = {},
  ) {
    this.byAddress = new Map(resources.map((resource) => [resource.address, resource]));
    this.byType = groupBy(resources, ({ type }) => type);
    for (const resource of resources) {
      const { id } = resource.values;
      if (typeof id !== "string") continue;
      const known = this.byId.get(comparableId(id));
      // A resource says more than a data source.
      if (!known || (isData(known) && !isData(resource))) this.byId.set(comparableId(id), resource);
    }
  }

  /** The resources of a type, in the order of the file. */
  ofType(type: string): readonly TerraformResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource at an address. */
  at(address: string): TerraformResource | undefined {
    return this.byAddress.get(address) ?? this.meanings.elsewhere?.(address) ?? this.atFirstIndex(address);
  }

  /** The resource with a count at index 0: it exists once at most if nothing in it depends on the index. */
  private atFirstIndex(address: string): TerraformResource | undefined {
    const resource = address.endsWith("[0]") ? this.byAddress.get(address.slice(0, -3)) : undefined;
    return resource && "count" in resource.values && !isRepeated(JSON.stringify(resource.values))
      ? resource
      : undefined;
  }

  /** Identity of a resource: its id in Azure, or its address where it has none yet. */
  keyOf({ address, values: { id } }: TerraformResource): string {
    return typeof id === "string" && isAzureId(id) ? comparableId(id) : address;
  }

  /** The name of a resource, or its address if the name is not known. */
  nameOf(resource: TerraformResource): string {
    const name = this.resolve(resource.values.name);
    return typeof name === "string" && name !== "" && !isOpaque(name) ? name : resource.address;
  }

  /** The resource of a type that an id or a reference refers to, if it is in the file. */
  referred(text: unknown, type: string): TerraformResource | undefined {
    if (typeof text !== "string") return undefined;
    const reference = parseReference(text);
    const resource = reference ? this.at(reference.address) : this.byId.get(comparableId(text));
    return resource?.type === type ? resource : undefined;
  }

  /** The key of the resource that an id or a reference refers to. The text itself if it is not in the file. */
  keyReferred(text: string, type: string): string {
    const resource = this.referred(text, type);
    if (resource) return this.keyOf(resource);
    const [, address, name] = SUBNET_IN_NETWORK.exec(text) ?? [];
    if (address !== undefined && this.at(address)) return `${address}.subnet["${name}"]`;
    const meant = this.workedOut(text);
    return typeof meant === "string" && meant !== text ? this.keyReferred(meant, type) : comparableId(text);
  }

  /** The key of the resource that a text, or the first of some texts, refers to; undefined without a text. */
  keyOfFirst(texts: unknown, type: string): string | undefined {
    const [text] = textList(texts) ?? [];
    return text === undefined ? undefined : this.keyReferred(text, type);
  }

  /** The resource of a type whose name or id a text contains. Undefined if it contains several. */
  mentioned(text: unknown, type: string): TerraformResource | undefined {
    const addresses = [...String(text).matchAll(MENTIONED)].map(([, address]) => address);
    const resource = new Set(addresses).size === 1 ? this.at(addresses[0]) : undefined;
    return resource?.type === type ? resource : undefined;
  }

  /**
   * The same for an attribute of a resource that may be repeated. A text with
   * another meaning in each repetition gets a key that nothing else has.
   */
  keyIn({ address, values }: TerraformResource, attribute: string, type: string): string | undefined {
    const { [attribute]: text } = values;
    if (typeof text !== "string" || text === "") return undefined;
    const key = this.keyReferred(text, type);
    return isRepeated(key) ? formatReference(address, attribute) : key;
  }

  /** The prefixes in the first of some attributes that a resource has, or one value known only at apply. */
  prefixes({ address, values }: TerraformResource, ...attributes: string[]): string[] {
    const attribute = attributes.find((one) => values[one] !== undefined) ?? attributes[0];
    return textList(this.resolveAll(values[attribute])) ?? [formatReference(address, attributes[0])];
  }

  /** The value, with references to values in the file replaced by these, at any depth. */
  resolveAll(value: unknown): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => this.resolveAll(item));
      return items.every((item, at) => item === value[at] && !Array.isArray(item)) ? value : items.flat();
    }
    if (!isObject(value)) return this.resolve(value);
    const entries = Object.entries(value).map(([key, inner]) => [key, this.resolveAll(inner)] as const);
    return entries.every(([key, inner]) => inner === value[key]) ? value : Object.fromEntries(entries);
  }

  /** The value that a text refers to, if it is in the file; the text otherwise. */
  resolve(value: unknown, followed = 0): unknown {
    if (typeof value !== "string" || !value.includes("{")) return value;
    const reference = followed < MAX_FOLLOWED ? parseReference(value) : undefined;
    const target = reference && this.at(reference.address)?.values[reference.attribute];
    if (!reference || target === undefined || target === null) return this.workedOut(value, followed);
    const inner: unknown =
      reference.index === undefined ? target : Array.isArray(target) ? target[reference.index] : undefined;
    if (inner === undefined || isObject(inner)) return value;
    return Array.isArray(inner)
      ? inner.map((item: unknown) => this.resolve(item, followed + 1))
      : this.resolve(inner, followed + 1);
  }

  /** The value of an expression; the expression if that is not known. */
  private workedOut(value: string, followed = 0): unknown {
    if (!this.meanings.locals || !value.includes("{") || followed >= MAX_FOLLOWED) return value;
    const result = evaluateTemplate(value, (reference) => this.meantBy(reference, followed + 1));
    return result === UNKNOWN || result === null ? value : result;
  }

  /** The value of an expression, evaluated with the defaults of variables. */
  byDefault(value: unknown): unknown {
    const { locals, defaults } = this.meanings;
    if (!defaults) return this.resolve(value);
    this.usual ??= new TerraformIndex([...this.byAddress.values()], {
      ...this.meanings,
      locals: { ...locals, ...defaults },
    });
    return this.usual.resolve(value);
  }

  /** The value of a reference in an expression: `local.name`, `azurerm_subnet.a.id`. */
  private meantBy(reference: string, followed: number): unknown {
    const [first, second, ...rest] = reference.split(".");
    const { locals = {} } = this.meanings;
    if (Object.hasOwn(locals, `${first}.${second}`)) {
      return pathIn(this.resolveDeep(locals[`${first}.${second}`], followed), rest.join("."));
    }
    const address = [first, second, ...(/^(.*:)?data$/.test(first) ? rest.splice(0, 1) : [])].join(".");
    const resource = this.at(address);
    if (!resource) return UNKNOWN;
    const [attribute, ...path] = rest;
    if (attribute === "subnet") return pathIn(subnetsWithIds(resource), path.join("."));
    // An attribute that is not written has the value undefined in memory.
    const isWritten = attribute !== undefined && Object.hasOwn(resource.values, attribute);
    if (isWritten && resource.values[attribute] !== undefined)
      return pathIn(this.resolveDeep(resource.values[attribute], followed), path.join("."));
    return attribute === "id" && path.length === 0 ? formatReference(address, attribute) : UNKNOWN;
  }

  private resolveDeep(value: unknown, followed: number): unknown {
    return mapTexts(value, (text) => {
      const known = this.workedOut(text, followed);
      return typeof known === "string" && known.includes("${") && !parseReference(known) ? UNKNOWN : known;
    });
  }
}

/** The subnets inside a virtual network, each with the key that it is found by. */
function subnetsWithIds({ address, values }: TerraformResource): unknown {
  return objectsIn(values.subnet).map((subnet) => ({
    ...subnet,
    id: typeof subnet.name === "string" ? `${address}.subnet["${subnet.name}"]` : UNKNOWN,
  }));
}

/** Whether a text refers to the key or index of a repeated resource. */
export function isRepeated(text: string): boolean {
  return /\b(each|count)\./.test(text);
}
