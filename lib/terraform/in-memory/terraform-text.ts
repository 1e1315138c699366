import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Flow, FlowEndpoint } from "../../azure/flow";
import type { SecurityRule } from "../../azure/security-rule";
import { isOpaque, isOpaqueList } from "../../base/opaque";
import { kept } from "../../base/collections";
import { constructAt, emittedValue } from "./emitted-value";
import { InvalidInputError, refused } from "../../base/problem";
import { mergePrefixes } from "../../azure/sets/prefix-list";

// A value known only at apply is a token until synthesis. The number in a token depends on
// the tokens created before it. Flows and rules therefore contain the expression,
// `${var.console}`, which is the same in every run: names, priorities, orders and reports
// are derived from it. The token itself is emitted, because the Terraform CDK creates the
// outputs and remote states of a reference to another stack from it.
//
//     token ──► text ──► flows, rules, proof, report
//       ▲        │
//       └────────┴─────► what is emitted

/** The tokens of one stack by their texts, and the flows that were read already. */
interface Known {
  readonly tokens: Map<string, string>;
  readonly flows: WeakMap<Flow, Flow>;
}

const KNOWN = new WeakMap<TerraformStack, Known>();

function knownIn(stack: TerraformStack): Known {
  return kept(KNOWN, stack, () => ({ tokens: new Map<string, string>(), flows: new WeakMap<Flow, Flow>() }));
}

/** The Terraform expression that a value is in the stack of a construct: `${var.console}`; a plain value is itself. */
export function textIn(scope: IConstruct, value: string): string {
  if (!isToken(value)) return value;
  const stack = TerraformStack.of(scope);
  const text = expressionOf(stack, value);
  knownIn(stack).tokens.set(text, value);
  return text;
}

/** What is emitted for an expression in the stack of a construct. */
export function tokenIn(scope: IConstruct, text: string): string {
  if (!isOpaque(text)) return text;
  const { tokens } = knownIn(TerraformStack.of(scope));
  const token = tokens.get(text);
  if (token !== undefined) return token;
  // A description holds a reason among other words, and the id of a peer all its addresses.
  return [...tokens].reduce((rest, [known, its]) => rest.replaceAll(known, () => its), text);
}

/**
 * A flow with the expressions of its values in the stack of a construct; the
 * same flow gives the same object each time. What another stack's flow or end
 * refers to is written as this stack refers to it: `${north:var.prefix}`.
 */
export function flowIn(scope: IConstruct, flow: Flow): Flow {
  const isPlain = ![...textsOf(flow.from), ...textsOf(flow.to), ...flow.ports, flow.reason].some(isOpaque);
  const stack = TerraformStack.of(scope);
  if (isPlain || WORDS.get(flow) === stack) return flow;
  return kept(knownIn(stack).flows, flow, () => flowAsTexts(scope, flow));
}

/** The same flow, whose expressions are those of the stack of a construct. */
export function asWordsOf(scope: IConstruct, flow: Flow): Flow {
  WORDS.set(flow, TerraformStack.of(scope));
  return flow;
}

function flowAsTexts(scope: IConstruct, flow: Flow): Flow {
  const { from, to, ports, reason } = flow;
  const words = WORDS.get(flow);
  const told = (value: string): string => toldIn(scope, value, words);
  return asWordsOf(scope, {
    ...flow,
    from: endpointIn(scope, from, words),
    to: endpointIn(scope, to, words),
    ports: ports.map(told),
    reason: told(reason),
  });
}

/**
 * An end of flows with the expressions of its values, in an order that is theirs.
 *
 * @param words the stack whose expressions it has. Left out, that of the construct whose path its id is.
 */
export function endpointIn(scope: IConstruct, endpoint: FlowEndpoint, words?: TerraformStack): FlowEndpoint {
  if (!textsOf(endpoint).some(isOpaque)) return endpoint;
  const { id, label, prefixes, applicationSecurityGroupIds: groups } = endpoint;
  const owner = constructAt(id, scope);
  const home = words ?? (owner && !TerraformStack.isStack(owner) ? TerraformStack.of(owner) : undefined);
  const isForeign = home !== undefined && home !== TerraformStack.of(scope);
  if (!isForeign && !textsOf(endpoint).some(isToken)) return endpoint;
  const told = (value: string): string => toldIn(scope, value, home);
  return {
    id: told(id),
    label: told(label),
    prefixes: mergePrefixes(prefixes.map(told)),
    ...(groups && { applicationSecurityGroupIds: groups.map(told) }),
  };
}

/** A value as the stack of a construct writes it, which may be an expression of another stack. */
function toldIn(scope: IConstruct, value: string, words: TerraformStack | undefined): string {
  if (isToken(value)) return textIn(scope, value);
  if (!isOpaque(value) || words === undefined || words === TerraformStack.of(scope)) return value;
  const token = tokenIn(words, value);
  if (isOpaque(token.replace(TOKENS, ""))) refuseForeignText(scope, value, words);
  return textIn(scope, token);
}

/** What was written as a text means something in its own stack only. */
function refuseForeignText(scope: IConstruct, value: string, stack: TerraformStack): never {
  const words = {
    what: "is an expression of another stack, written as a text, which means something else here",
    allowed: "a reference that the Terraform CDK can follow across stacks",
    change: "Give the token instead, such as variable.stringValue or resource.id",
  };
  const problems = refused("expression-of-other-stack", stack.node.path, value, words);
  throw new InvalidInputError(`the connections of ${TerraformStack.of(scope).node.path}`, problems);
}

/** A rule as it is emitted. */
export function ruleAsTokens(scope: IConstruct, rule: SecurityRule): SecurityRule {
  const { description, sourceApplicationSecurityGroupIds: sources } = rule;
  const { destinationApplicationSecurityGroupIds: destinations } = rule;
  const token = (text: string): string => tokenIn(scope, text);
  return {
    ...rule,
    sourceAddressPrefixes: rule.sourceAddressPrefixes.map(token),
    sourcePortRanges: rule.sourcePortRanges.map(token),
    destinationAddressPrefixes: rule.destinationAddressPrefixes.map(token),
    destinationPortRanges: rule.destinationPortRanges.map(token),
    ...(sources && { sourceApplicationSecurityGroupIds: sources.map(token) }),
    ...(destinations && { destinationApplicationSecurityGroupIds: destinations.map(token) }),
    ...(description !== undefined && { description: escaped(token(description)) }),
  };
}

/** A text that Terraform reads literally: the start of an expression or a directive is escaped, except in the Terraform CDK's own tokens. */
function escaped(text: string): string {
  return text.replace(/(?<!\$)\$\{(?!TfToken\[)/g, "$$$${").replace(/(?<!%)%\{/g, "%%{");
}

/** The expressions of several values. */
export function textsIn(scope: IConstruct, values: readonly string[]): string[] {
  return values.map((value) => textIn(scope, value));
}

/** Whose expressions a flow has, where it has been told in the words of a stack. */
const WORDS = new WeakMap<Flow, TerraformStack>();

function textsOf({ id, label, prefixes, applicationSecurityGroupIds = [] }: FlowEndpoint): string[] {
  return [id, label, ...prefixes, ...applicationSecurityGroupIds];
}

const TOKENS = /[$#]\{TfToken\[[^\]]*\]\}/g;

function isToken(value: string): boolean {
  return value.includes("TfToken[");
}

function expressionOf(stack: TerraformStack, value: string): string {
  const resolved = emittedValue(isOpaqueList(value) ? [value] : value, stack, stack);
  return typeof resolved === "string" ? resolved : JSON.stringify(resolved ?? null);
}
