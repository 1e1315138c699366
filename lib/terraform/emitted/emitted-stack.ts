import { TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isObject } from "../json-values";
import type { TerraformAttributes } from "../security-rule-of-terraform";
import { EmittedResource } from "./emitted-resource";

/** Blocks of Terraform's that hold resources, and what an address in them begins with. */
const PREFIX = { resource: "", data: "data." } as const;

type Block = keyof typeof PREFIX;

/**
 * What a stack will emit, resource by resource. Like the Terraform CDK, it
 * puts together what the constructs emit, their overrides included, and then
 * the overrides of the stack; unlike it, only for the types that are asked for.
 */
export class EmittedStack {
  private readonly elements = new Map<string, TerraformElement[]>();
  private readonly read = new Map<string, ReadonlyMap<string, EmittedResource>>();
  private knownOthers?: readonly unknown[];

  constructor(public readonly stack: TerraformStack) {
    this.collect(stack);
  }

  /** The resources of a type. */
  public ofType(type: string): EmittedResource[] {
    return [...this.inBlock("resource", type).values()];
  }

  /** The resource or data source at an address. */
  public at(address: string): EmittedResource | undefined {
    const block = address.startsWith(PREFIX.data) ? "data" : "resource";
    const [type] = address.slice(PREFIX[block].length).split(".");
    return this.inBlock(block, type).get(address);
  }

  private collect(node: IConstruct): void {
    for (const child of node.node.children) {
      if (TerraformStack.isStack(child)) continue;
      if (TerraformElement.isTerraformElement(child)) {
        const type = typeOf(child);
        const same = this.elements.get(type);
        if (same) same.push(child);
        else this.elements.set(type, [child]);
      }
      this.collect(child);
    }
  }

  private inBlock(block: Block, type: string): ReadonlyMap<string, EmittedResource> {
    const key = `${PREFIX[block]}${type}`;
    const read = this.read.get(key) ?? this.readBlock(block, type);
    this.read.set(key, read);
    return read;
  }

  private readBlock(block: Block, type: string): ReadonlyMap<string, EmittedResource> {
    const parts = new Map<string, TerraformAttributes[]>();
    this.knownOthers ??= emissionsOf(this.elements.get(NO_TYPE));
    for (const json of [...emissionsOf(this.elements.get(type)), ...this.knownOthers]) {
      for (const [name, body] of Object.entries(bodiesIn(json, block, type) ?? {})) add(parts, name, body);
    }
    // Overrides of a stack are private to it, and a part of what it emits nevertheless.
    const overrides = bodiesIn(this.stack["rawOverrides"] as unknown, block, type);
    if (overrides === null) parts.clear();
    for (const [name, body] of Object.entries(overrides ?? {})) {
      if (!isObject(body)) parts.delete(name);
      // Terraform's JSON syntax takes a list of one body as well.
      add(parts, name, Array.isArray(body) ? body[0] : body);
    }
    return new Map(
      [...parts].map(([name, bodies]) => {
        const address = `${PREFIX[block]}${type}.${name}`;
        return [address, new EmittedResource(this.stack, address, bodies)];
      }),
    );
  }
}

function add(parts: Map<string, TerraformAttributes[]>, name: string, body: unknown): void {
  if (!isObject(body)) return;
  const bodies = parts.get(name);
  if (bodies) bodies.push(body);
  else parts.set(name, [body]);
}

// Outputs and the like, but also elements of a user's own, which may emit anything.
const NO_TYPE = "";

function emissionsOf(elements: readonly TerraformElement[] = []): unknown[] {
  return elements.map((element) => element.toTerraform() as unknown);
}

function typeOf(element: TerraformElement): string {
  return "terraformResourceType" in element ? String(element.terraformResourceType) : NO_TYPE;
}

/** The bodies of a type by name; undefined where nothing is said of it, null where an override takes all away. */
function bodiesIn(json: unknown, block: Block, type: string): Record<string, unknown> | null | undefined {
  if (!isObject(json) || !(block in json)) return undefined;
  const types = json[block];
  if (!isObject(types)) return null;
  if (!(type in types)) return undefined;
  const bodies = types[type];
  return isObject(bodies) ? bodies : null;
}
