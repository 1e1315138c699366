import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import { isOpaqueList, isOpaqueMap, isOpaqueNumber } from "../../base/opaque";
import { mapTexts } from "../files/json-values";

/**
 * A value as Terraform will get it in a stack: tokens of references and
 * functions are replaced with their texts. A value without tokens is returned
 * as it is, not copied.
 *
 * @param stack the stack that contains the value
 * @param reader the stack from which references are written. Those to other
 *   stacks begin with the stack: `${other-stack:azurerm_subnet.a.id}`
 */
export function emittedValue(value: unknown, stack: TerraformStack, reader: TerraformStack): unknown {
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

/** A text without the name of a stack before its references. */
function withoutStack(reader: TerraformStack, text: string): string {
  const name = reader.node.path.replace(/[^\w/]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\w/-])${name}:`, "g"), "");
}

// The Terraform CDK's own way looks for every kind of token in every text; most texts hold none.
const MAY_HOLD_TOKEN = /TfToken\[|e\+(?:2[89]|30)\d/;

function emittedText(text: string, stack: TerraformStack, reader: TerraformStack): unknown {
  if (!MAY_HOLD_TOKEN.test(text)) return ofStack(text, stack, reader);
  const { tokens, length } = Tokenization.reverseString(text);
  // Nearly always the text is a single reference.
  return length === 1 && tokens.length === 1 && isReference(tokens[0])
    ? `\${${spelled(tokens[0], reader)}}`
    : resolve(text, stack, reader);
}

const WRITTEN_REFERENCE = /(?<![\w.:-])(?:(?:data\.)?[a-z]+_\w+|var|local|module)\.(?=[\w-])/g;

/** A text whose references written by hand begin with the stack that contains them, unless that is the reader. */
function ofStack(text: string, stack: TerraformStack, reader: TerraformStack): string {
  if (stack === reader || !text.includes("${")) return text;
  return text.replace(WRITTEN_REFERENCE, (reference) => `${stack.node.path}:${reference}`);
}

function isPartOfToken(item: unknown): boolean {
  return typeof item === "string" ? isOpaqueList(item) : typeof item === "number" && isOpaqueNumber(item);
}

function resolve(value: unknown, stack: TerraformStack, reader: TerraformStack): unknown {
  const resolver = new ReferencesByStack(stack === reader ? reader : undefined);
  const resolved: unknown = Tokenization.resolve(value, { scope: stack, resolver });
  return stack === reader
    ? resolved
    : mapTexts(resolved, (text) => withoutStack(reader, ofStack(text, stack, reader)));
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
 * Keeps references to other stacks. By itself, the Terraform CDK writes the
 * address alone, which can be another resource in the stack that reads it,
 * and after the first synthesis an output of another state.
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

/** The construct at a path, which begins below the root. */
export function constructAt(path: string, { node: { root } }: IConstruct): IConstruct | undefined {
  return path.split("/").reduce<IConstruct | undefined>((inner, id) => inner?.node.tryFindChild(id), root);
}
