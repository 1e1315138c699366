import { groupBy, kept } from "../../base/collections";
import type { JsonNode } from "../files/json-node";
import { isObject } from "../files/json-values";
import { formatReference, type TerraformResource, type TerraformAttributes } from "./terraform-resource";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";

/** A resource that an expression refers to, or an attribute of it. */
interface Target {
  readonly address: string;
  readonly attribute?: string;
}

/** The references of an expression, and the key by which it chooses among several resources. */
interface References {
  readonly targets: Target[];
  /** Whether it contains more than references to resources, so that its value is not known. */
  readonly isMixed: boolean;
  /** The key: an index, or OWN_KEY. @default - none */
  readonly key?: string;
}

/** The key of the resource itself (each.key). Keys of maps are in quotes. */
const OWN_KEY = "each.key";

/** Address of a module: `module.net`; empty for the root. */
type ModuleAddress = string;

/**
 * The configuration in a plan. A plan does not contain ids of resources that
 * it creates; the configuration says which resource each will belong to.
 */
export class PlanConfiguration {
  /** Assumptions, each a sentence. */
  readonly notes: string[] = [];
  private readonly hasRulesBeside: boolean;
  private readonly instances: ReadonlyMap<string, string[]>;
  private readonly expressions = new Map<ModuleAddress, Map<string, JsonNode>>();

  /**
   * @param root the module at the root
   * @param addresses the addresses of all resources planned
   */
  constructor(
    private readonly root: JsonNode,
    addresses: readonly string[],
  ) {
    this.hasRulesBeside = addresses.some((address) => address.includes(`${RULE}.`));
    this.instances = groupBy(addresses, withoutIndex);
  }

  /** A resource with references instead of unknown values, and with the attributes that the configuration writes. */
  completed(resource: TerraformResource, module: ModuleAddress, unknown: unknown): TerraformResource {
    const stem = withoutIndex(resource.address).slice(module === "" ? 0 : module.length + 1);
    const expressions = this.expressionsOf(module).get(stem);
    const values = this.fill(resource.values, unknown, expressions, { resource, module, path: "" });
    const written = expressions?.isObject ? Object.keys(expressions.object()) : [];
    return { ...resource, values: values as TerraformAttributes, written };
  }

  private fill(value: unknown, unknown: unknown, expression: JsonNode | undefined, place: Place): unknown {
    if (unknown === true) {
      return this.reference(expression, place) ?? formatReference(place.resource.address, place.path);
    }
    if (Array.isArray(unknown)) {
      return unknown.map((item: unknown, index) =>
        this.fill(
          Array.isArray(value) ? value[index] : undefined,
          item,
          Array.isArray(expression?.value) ? expression.items()[index] : undefined,
          { ...place, path: `${place.path}[${index}]` },
        ),
      );
    }
    if (!isObject(unknown)) return value;
    const filled: Record<string, unknown> = isObject(value) ? { ...value } : {};
    for (const [key, inner] of Object.entries(unknown)) {
      const path = place.path === "" ? key : `${place.path}.${key}`;
      const own = expression?.isObject ? expression.at(key) : undefined;
      // The provider computes what the configuration omits. But dynamic blocks can create rules.
      if (place.path === "" && !own?.isSet && !this.isMadeDynamically(key, inner, place)) continue;
      filled[key] = this.fill(filled[key], inner, own, { ...place, path });
    }
    return filled;
  }

  /** Whether dynamic blocks, which a plan does not show, may create the rules: only if no rule is a resource of its own. */
  private isMadeDynamically(key: string, unknown: unknown, { resource }: Place): boolean {
    if (key !== "security_rule") return false;
    return unknown !== true || (resource.type === GROUP && !this.hasRulesBeside);
  }

  /** The reference in an expression that is one attribute of one resource. */
  private reference(expression: JsonNode | undefined, { resource, module, path }: Place): string | undefined {
    if (!expression?.isObject) return undefined;
    const { targets, isMixed, key: chosen } = this.referencesOf(expression, module);
    const key = chosen === OWN_KEY ? indexOf(resource.address) : chosen;
    // An id or a name is passed on unchanged; other values may be changed on the way.
    const wanted = /_(id|name)$/.exec(path)?.[1];
    if (wanted === undefined || isMixed) return undefined;
    if (targets.some(({ attribute = wanted }) => attribute !== wanted)) return undefined;
    let candidates = [...new Set(targets.flatMap(({ address }) => this.instancesOf(address)))];
    if (candidates.length > 1 && key !== undefined) {
      candidates = candidates.filter((address) => indexOf(address) === key);
      if (candidates.length === 1) {
        this.notes.push(
          `${resource.address}.${path} is taken to be of ${candidates[0]}, which has the same key; the plan itself does not say so.`,
        );
      }
    }
    return candidates.length === 1 ? formatReference(candidates[0], wanted) : undefined;
  }

  private instancesOf(address: string): string[] {
    const instances = this.instances.get(withoutIndex(address)) ?? [address];
    return indexOf(address) === undefined ? instances : instances.filter((instance) => instance === address);
  }

  /** The resources that an expression refers to, through variables and outputs of modules. */
  private referencesOf(expression: JsonNode, module: ModuleAddress): References {
    const { references, targets, isMixed, keys } = this.gathered(expression, module);
    const own = references.some(isOwnKey) ? [OWN_KEY] : [];
    const [key, another] = [...own, ...keys];
    // One of two references may be an index into the other.
    const stems = references.filter((reference) => !/^(each|count)\./.test(reference)).map(stemOfReference);
    return { targets, isMixed: isMixed || another !== undefined || new Set(stems).size > 1, key };
  }

  private gathered(expression: JsonNode, module: ModuleAddress) {
    const references = longest(expression.at("references").texts());
    const inner = references
      .filter((reference) => !/^(each|count|path|terraform)\./.test(reference))
      .map((reference) => this.referencesIn(reference, module));
    // A plan does not say which keys the values of a map belong to.
    const isOpen = references.some((reference) => /^(each\.value|path\.|terraform\.)/.test(reference));
    return {
      references,
      targets: inner.flatMap((one) => one?.targets ?? []),
      isMixed: isOpen || inner.some((one) => one === undefined || one.isMixed),
      keys: inner.flatMap((one) => one?.key ?? []),
    };
  }

  private referencesIn(reference: string, module: ModuleAddress): References | undefined {
    const prefix = module === "" ? "" : `${module}.`;
    const variable = /^var\.([\w-]+)(?:\[([^\]]+)\])?/.exec(reference);
    if (variable) return withKey(this.argument(variable[1], module), variable[2]);
    const output = /^module\.([\w-]+)((?:\[[^\]]+\])?)\.([\w-]+)(?:\[([^\]]+)\])?/.exec(reference);
    if (output) {
      const inner = `${prefix}module.${output[1]}${output[2]}`;
      const expression = this.moduleAt(inner)?.at("outputs").at(output[3]).at("expression");
      return expression?.isSet ? withKey(this.referencesOf(expression, inner), output[4]) : undefined;
    }
    const resource = /^((?:data\.)?[A-Za-z]\w*\.[\w-]+(?:\[[^\]]+\])?)(?:\.(\w+))?/.exec(reference);
    if (!resource || /^(local|self)\./.test(reference)) return undefined;
    return { targets: [{ address: `${prefix}${resource[1]}`, attribute: resource[2] }], isMixed: false };
  }

  /** The argument of a module call for a variable. */
  private argument(name: string, module: ModuleAddress): References | undefined {
    const calls = [...module.matchAll(MODULE_CALL)];
    const call = calls.pop();
    if (!call) return undefined;
    const caller = calls.map(([text]) => text).join(".");
    const expression = this.moduleAt(caller)?.at("module_calls").at(call[1]).at("expressions").at(name);
    if (!expression?.isSet) return undefined;
    const { references, targets, isMixed } = this.gathered(expression, caller);
    // There, each.key is the key of the call.
    return { targets, isMixed, key: references.some(isOwnKey) ? indexOf(call[0]) : undefined };
  }

  /** The expressions of each resource of a module, by its address in the module. */
  private expressionsOf(module: ModuleAddress): Map<string, JsonNode> {
    return kept(this.expressions, module, () => {
      const resources = this.moduleAt(module)?.at("resources").items() ?? [];
      return new Map(resources.map((one) => [one.at("address").requiredText(), one.at("expressions")]));
    });
  }

  private moduleAt(address: ModuleAddress): JsonNode | undefined {
    let module = this.root;
    for (const [, name] of address.matchAll(MODULE_CALL))
      module = module.at("module_calls").at(name).at("module");
    return module.isSet ? module : undefined;
  }
}

/** A value in a resource. */
interface Place {
  readonly resource: TerraformResource;
  readonly module: ModuleAddress;
  readonly path: string;
}

const MODULE_CALL = /module\.([\w-]+)(?:\[[^\]]+\])?/g;

/** Whether a reference is the key of the repeated resource or module call. */
function isOwnKey(reference: string): boolean {
  return reference === "each.key" || reference === "count.index";
}

/** The references with the key that chooses among them. */
function withKey(references: References | undefined, key: string | undefined): References | undefined {
  if (!references || key === undefined) return references;
  return { ...references, key, isMixed: references.isMixed || references.key !== undefined };
}

/** Terraform lists a reference and all its prefixes; only the longest matters. */
function longest(references: readonly string[]): string[] {
  return references.filter(
    (reference, index) =>
      !references.some(
        (other, otherIndex) =>
          otherIndex !== index &&
          other.length > reference.length &&
          other.startsWith(reference) &&
          /^[.[]/.test(other.slice(reference.length)),
      ),
  );
}

/** The part of a reference that names a resource, a variable or an output, without indices and attributes. */
function stemOfReference(reference: string): string {
  return reference
    .split(/[.[]/)
    .slice(0, reference.startsWith("data.") ? 3 : 2)
    .join(".");
}

function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, "");
}

function indexOf(address: string): string | undefined {
  return /\[([^\]]*)\]$/.exec(address)?.[1];
}
