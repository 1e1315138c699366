import type { TerraformStack } from "cdktf";
import { deepMerge } from "cdktf/lib/util";
import type { TerraformAttributes } from "../security-rule-of-terraform";
import { isObject } from "../json-values";
import { emittedValue } from "./emitted-value";

/** A resource or data source as it will be emitted, with all overrides. */
export class EmittedResource {
  constructor(
    /** The stack that it is emitted with. */
    public readonly stack: TerraformStack,
    /** Its address there: `azurerm_subnet.a`, `data.azurerm_subnet.a`. */
    public readonly address: string,
    /** What its construct says of it, then what overrides say. */
    private readonly bodies: readonly TerraformAttributes[],
  ) {}

  /** What errors call it: the path of its construct, which stands beside its attributes. */
  public get path(): string {
    const note = this.bodies[0]["//"];
    const metadata = isObject(note) ? note.metadata : undefined;
    return isObject(metadata) && typeof metadata.path === "string" ? metadata.path : this.key;
  }

  /** Its address with its stack, by which it is told from all others: `backup:azurerm_subnet.a`. */
  public get key(): string {
    return `${this.stack.node.path}:${this.address}`;
  }

  /** One of its attributes, references in the words of a stack; see emittedValue. */
  public attribute(name: string, reader?: TerraformStack): unknown {
    if (this.bodies.length === 1) return emittedValue(this.bodies[0][name], this.stack, reader);
    const values = this.bodies.filter((body) => name in body).map((body) => ({ [name]: body[name] }));
    return this.merge(values, reader)[name];
  }

  /** All of its attributes, which costs far more than one. */
  public attributes(reader?: TerraformStack): TerraformAttributes {
    return this.merge(this.bodies, reader);
  }

  private merge(bodies: readonly TerraformAttributes[], reader?: TerraformStack): TerraformAttributes {
    const emitted = bodies.map((body) => emittedValue(body, this.stack, reader) as TerraformAttributes);
    if (emitted.length === 1) return emitted[0];
    // The very merge by which the Terraform CDK puts overrides in; it changes what it is given.
    return deepMerge({}, ...emitted.map((body) => structuredClone(body))) as TerraformAttributes;
  }
}
