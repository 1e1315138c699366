import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import { isOpaqueList, isOpaqueMap, isOpaqueNumber } from "../base/opaque";

/**
 * A value as Terraform will get it in a stack: what stands for a reference or
 * a function until synthesis gives way to its text. What holds nothing of the
 * kind is handed back as it is, not copied.
 *
 * @param stack the stack in which the value stands
 * @param reader the stack in whose words references are told; those to other
 *   stacks name them: `${other-stack:azurerm_subnet.a.id}`. Where it is left
 *   out, every reference names its stack.
 */
export function emittedValue(value: unknown, stack: TerraformStack, reader?: TerraformStack): unknown {
  if (typeof value === "string") return emittedText(value, stack, reader);
  if (typeof value === "number") return isOpaqueNumber(value) ? resolve(value, stack, reader) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    if (value.some(isPartOfToken)) return resolve(value, stack, reader);
    const items = value.map((item) => emittedValue(item, stack, reader));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const keys = Object.keys(value);
  if (Tokenization.isResolvable(value) || keys.some(isOpaqueMap)) return resolve(value, stack, reader);
  let emitted = value as Record<string, unknown>;
  for (const key of keys) {
    const inner = emittedValue(emitted[key], stack, reader);
    if (inner === emitted[key]) continue;
    if (emitted === value) emitted = { ...emitted };
    emitted[key] = inner;
  }
  return emitted;
}

/** A text in which every reference names its stack, in the words of one stack. */
export function inWordsOf(reader: TerraformStack, text: string): string {
  const name = reader.node.path.replace(/[^\w/]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w/-])${name}:`, "g"), "");
}

// The Terraform CDK's own way looks for every kind of token in every text; most texts hold none.
const MAY_HOLD_TOKEN = /TfToken\[|e\+(?:2[89]|30)\d/;

function emittedText(text: string, stack: TerraformStack, reader?: TerraformStack): unknown {
  if (!MAY_HOLD_TOKEN.test(text)) return ofStack(text, stack, reader);
  const { tokens, length } = Tokenization.reverseString(text);
  // Nearly always it is a reference and nothing else.
  return length === 1 && tokens.length === 1 && isReference(tokens[0])
    ? `\${${spelled(tokens[0], reader)}}`
    : resolve(text, stack, reader);
}

const WRITTEN_REFERENCE = /(?<![\w.:-])(?:(?:data\.)?[a-z]+_\w+|var|local|module)\.(?=[\w-])/g;

/** A text in which references that were written by hand name the stack in which they stand, unless that reads them. */
function ofStack(text: string, stack: TerraformStack, reader?: TerraformStack): string {
  if (stack === reader || !text.includes("${")) return text;
  return text.replace(WRITTEN_REFERENCE, (reference) => `${stack.node.path}:${reference}`);
}

function isPartOfToken(item: unknown): boolean {
  return typeof item === "string" ? isOpaqueList(item) : typeof item === "number" && isOpaqueNumber(item);
}

function resolve(value: unknown, stack: TerraformStack, reader?: TerraformStack): unknown {
  const resolver = new ReferencesByStack(stack === reader ? reader : undefined);
  const resolved: unknown = Tokenization.resolve(value, { scope: stack, resolver });
  return stack === reader ? resolved : inEach(resolved, (text) => toldTo(reader, ofStack(text, stack)));
}

function toldTo(reader: TerraformStack | undefined, text: string): string {
  return reader ? inWordsOf(reader, text) : text;
}

/** A value with each text in it changed. */
function inEach(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => inEach(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inEach(inner, change)]));
}

/** A reference of the Terraform CDK, whose class is not public. */
interface Reference extends IResolvable {
  readonly identifier: string;
  readonly originStack: TerraformStack;
}

function isReference(token: IResolvable): token is Reference {
  const { identifier, originStack } = token as Partial<Reference>;
  return typeof identifier === "string" && originStack !== undefined;
}

function spelled({ identifier, originStack }: Reference, reader?: TerraformStack): string {
  return originStack === reader ? identifier : `${originStack.node.path}:${identifier}`;
}

/**
 * Leaves references to other stacks what they are. By itself a reference is
 * told in the words of the stack that reads it, where the same words may
 * mean another resource, and after the first synthesis as an output of
 * another state.
 */
class ReferencesByStack extends DefaultTokenResolver {
  constructor(private readonly reader?: TerraformStack) {
    super(new StringConcat());
  }

  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    if (!isReference(token)) return super.resolveToken(token, context, postProcessor);
    const text = spelled(token, this.reader);
    return context.suppressBraces ? text : `\${${text}}`;
  }
}
