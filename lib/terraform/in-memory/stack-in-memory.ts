import { TerraformBackend, TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { deepMerge } from "cdktf/lib/util";
import type { IConstruct } from "constructs";
import { kept } from "../../base/collections";
import { constructAt, emittedValue } from "./emitted-value";
import { pathIn } from "../expressions/expression";
import { JsonNode } from "../files/json-node";
import { isObject } from "../files/json-values";
import { resourcesOfSynthesizedStack } from "../resources/synthesized-stack";
import type {
  TerraformResource,
  TerraformResources,
  TerraformAttributes,
} from "../resources/terraform-resource";

// A stack in memory is read as the cdk.tf.json that it will be. As in the
// Terraform CDK, the overrides of the stack are merged into what its constructs
// emit. Unlike there, a reference to another stack is the address in that
// stack, `hub:azurerm_subnet.a`, and registers no output there.

/** Rules that are resources of their own. */
const RULE = "azurerm_network_security_rule";
// Locals, variables and modules, and elements of a user's own class, which may emit anything.
const NO_TYPE = "";
const isRule = (type: string): boolean => type === RULE;

/** Every stack of the app that a construct is in. */
export function stacksOfApp(construct: IConstruct): TerraformStack[] {
  return construct.node.root.node
    .findAll()
    .filter((node): node is TerraformStack => TerraformStack.isStack(node));
}

/** The stacks of an app. */
export class StacksInMemory {
  private readonly known = new Map<TerraformStack, StackInMemory>();

  /** Whether a stack has rules that are resources of their own. */
  public hasRules(stack: TerraformStack): boolean {
    const { resource } = this.of(stack).json(isRule);
    return isObject(resource) && isObject(resource[RULE]) && Object.keys(resource[RULE]).length > 0;
  }

  /**
   * The resources of stacks, the rules that other stacks may add to their
   * groups, and what these refer to.
   *
   * @param reader the stack from which references are written
   * @param stacks the stacks to read as a whole
   * @param others the stacks whose rules are read
   */
  public resources(
    reader: TerraformStack,
    stacks: readonly TerraformStack[],
    others: readonly TerraformStack[],
  ): TerraformResources {
    const adding = others.filter((stack) => !stacks.includes(stack) && this.hasRules(stack));
    const read = [
      ...stacks.map((stack) => this.of(stack).read(reader)),
      ...adding.map((stack) => this.of(stack).read(reader, isRule)),
    ];
    const elsewhere = new Map<string, TerraformResource | undefined>();
    return {
      resources: read.flatMap(({ resources }) => resources),
      locals: Object.assign({}, ...read.map(({ locals }) => locals)) as TerraformAttributes,
      defaults: Object.fromEntries(read.flatMap(({ defaults }) => defaults)),
      opaqueSources: read.flatMap(({ opaqueSources }) => opaqueSources),
      notes: [],
      elsewhere: (address) => {
        if (!elsewhere.has(address)) elsewhere.set(address, this.at(address, reader));
        return elsewhere.get(address);
      },
    };
  }

  /** The resource or data source at an address, as a stack writes it. */
  private at(address: string, reader: TerraformStack): TerraformResource | undefined {
    const [, path, own] = /^(?:([^:]+):)?(.+)$/.exec(address) ?? [];
    const stack = path === undefined ? reader : constructAt(path, reader);
    if (!TerraformStack.isStack(stack)) return undefined;
    const [type] = (own ?? "").replace(/^data\./, "").split(".");
    const { resources } = this.of(stack as TerraformStack).read(reader, (one) => one === type);
    return resources.find((resource) => resource.address === address);
  }

  private of(stack: TerraformStack): StackInMemory {
    return kept(this.known, stack, () => new StackInMemory(stack));
  }
}

type IsWanted = (type: string) => boolean;

// What the reader asks for by type. What else is there is read where a reference leads to it.
const ASKED_FOR =
  /^(azapi_|azurerm_(network_|subnet|route|virtual_(network|hub)|private_endpoint|resource_(group|deployment)|application_security|\w+(scale_set|template_deployment)$))/;

class StackInMemory {
  private readonly elements = new Map<string, TerraformElement[]>();

  constructor(private readonly stack: TerraformStack) {
    this.collect(stack);
  }

  /** The resources, with references as a stack writes them. */
  public read(reader: TerraformStack, isWanted: IsWanted = (type) => ASKED_FOR.test(type)) {
    const json = this.json(isWanted, reader);
    const prefix = this.stack === reader ? "" : `${this.stack.node.path}:`;
    const read = resourcesOfSynthesizedStack(new JsonNode(json, "", this.stack.node.path), prefix);
    return {
      ...read,
      resources: read.resources.map((one) => ({ ...one, path: pathOfConstruct(one, this.stack) })),
      defaults: Object.entries(json.variable ?? {}).flatMap(([name, one]) =>
        isObject(one) && one.default !== undefined ? [[`${prefix}var.${name}`, one.default] as const] : [],
      ),
    };
  }

  /** The part of cdk.tf.json that has resources of some types, and all that is not a resource. */
  public json(isWanted: IsWanted, reader = this.stack): TerraformAttributes {
    const told = (value: unknown): unknown => emittedValue(value, this.stack, reader);
    const parts = [...this.elements].flatMap(([type, elements]) =>
      type === NO_TYPE || isWanted(type) ? elements.map((one) => told(one.toTerraform())) : [],
    );
    // Overrides of a stack are private to it, and part of what it emits. To merge them changes what they override.
    const overrides = told(this.stack["rawOverrides"]) as TerraformAttributes;
    const isOverridden = Object.keys(overrides).length > 0;
    return (isOverridden ? structuredClone([...parts, overrides]) : parts).reduce<Record<string, unknown>>(
      mergeInto,
      {},
    );
  }

  private collect(node: IConstruct): void {
    for (const child of node.node.children) {
      if (TerraformStack.isStack(child)) continue;
      const isOther = TerraformBackend.isBackend(child) || TerraformOutput.isTerraformOutput(child);
      if (TerraformElement.isTerraformElement(child) && !isOther) {
        const type = "terraformResourceType" in child ? String(child.terraformResourceType) : NO_TYPE;
        kept(this.elements, type, (): TerraformElement[] => []).push(child);
      }
      this.collect(child);
    }
  }
}

/** Merges as the Terraform CDK does, but does not copy what one element alone has. */
function mergeInto(json: Record<string, unknown>, part: unknown): Record<string, unknown> {
  for (const [block, types] of Object.entries(part as object) as Array<[string, unknown]>) {
    if (types === undefined) continue;
    if (!isObject(types)) {
      deepMerge(json, { [block]: types });
      continue;
    }
    const known = (json[block] ??= {}) as Record<string, object>;
    for (const [type, named] of Object.entries(types)) {
      const same = (known[type] ??= {});
      const isNew = isObject(named) && !Object.keys(named).some((name) => name in same);
      if (isNew) Object.assign(same, named);
      else deepMerge(known, { [type]: named });
    }
  }
  return json;
}

/** The path of the construct, which the Terraform CDK writes beside the attributes. */
function pathOfConstruct({ values, address }: TerraformResource, stack: TerraformStack): string {
  const path = pathIn(values["//"], "metadata.path");
  return typeof path === "string" ? path : `${stack.node.path}:${address.replace(/^[^:]*:/, "")}`;
}
