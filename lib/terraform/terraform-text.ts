import {
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import type { Flow, FlowEndpoint } from "../azure/flow";
import type { SecurityRule } from "../azure/security-rule";
import { isOpaque, isOpaqueList } from "../base/opaque";
import { mergePrefixes } from "../azure/sets/prefix-list";

// A value known only at apply is a token until synthesis, and the number of a
// token says how many were made before it. Flows and rules therefore hold what
// the token stands for, `${var.console}`, which is the same in every run:
// names, priorities, orders and reports are made from it. What is emitted is
// the token again, because the Terraform CDK makes the outputs and remote
// states behind a reference to another stack from it.
//
//     token ──► text ──► flows, rules, proof, report
//       ▲        │
//       └────────┴─────► what is emitted

/** What stands for values known only at apply in one stack: tokens by their texts, and flows already read. */
interface Known {
  readonly tokens: Map<string, string>;
  readonly flows: WeakMap<Flow, Flow>;
}

const KNOWN = new WeakMap<TerraformStack, Known>();

function knownIn(stack: TerraformStack): Known {
  const known = KNOWN.get(stack) ?? { tokens: new Map<string, string>(), flows: new WeakMap<Flow, Flow>() };
  KNOWN.set(stack, known);
  return known;
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
  // A description holds a reason among other words.
  return [...tokens].reduce((rest, [known, its]) => rest.replaceAll(known, () => its), text);
}

/** A flow with the expressions of its values; the same flow gives the same object each time. */
export function flowIn(scope: IConstruct, flow: Flow): Flow {
  const { from, to, ports, reason } = flow;
  if (![from, to].some(holdsToken) && ![...ports, reason].some(isToken)) return flow;
  const { flows } = knownIn(TerraformStack.of(scope));
  const known = flows.get(flow) ?? flowAsTexts(scope, flow);
  flows.set(flow, known);
  return known;
}

function flowAsTexts(scope: IConstruct, flow: Flow): Flow {
  const { from, to, ports, reason } = flow;
  return {
    ...flow,
    from: endpointIn(scope, from),
    to: endpointIn(scope, to),
    ports: textsIn(scope, ports),
    reason: textIn(scope, reason),
  };
}

/** An end of flows with the expressions of its values, in an order that is theirs. */
export function endpointIn(scope: IConstruct, endpoint: FlowEndpoint): FlowEndpoint {
  if (!holdsToken(endpoint)) return endpoint;
  const { id, label, prefixes, applicationSecurityGroupIds: groups } = endpoint;
  return {
    id: textIn(scope, id),
    label: textIn(scope, label),
    prefixes: mergePrefixes(textsIn(scope, prefixes)),
    ...(groups && { applicationSecurityGroupIds: textsIn(scope, groups) }),
  };
}

/** A rule with the expressions of its values, as flows have them. */
export function ruleAsTexts(scope: IConstruct, rule: SecurityRule): SecurityRule {
  return mapRule(rule, (value) => textIn(scope, value));
}

/** A rule as it is emitted. */
export function ruleAsTokens(scope: IConstruct, rule: SecurityRule): SecurityRule {
  return mapRule(rule, (text) => tokenIn(scope, text));
}

/** The expressions of several values. */
export function textsIn(scope: IConstruct, values: readonly string[]): string[] {
  return values.map((value) => textIn(scope, value));
}

function mapRule(rule: SecurityRule, map: (value: string) => string): SecurityRule {
  const { description, sourceApplicationSecurityGroupIds: sources } = rule;
  const { destinationApplicationSecurityGroupIds: destinations } = rule;
  return {
    ...rule,
    sourceAddressPrefixes: rule.sourceAddressPrefixes.map(map),
    sourcePortRanges: rule.sourcePortRanges.map(map),
    destinationAddressPrefixes: rule.destinationAddressPrefixes.map(map),
    destinationPortRanges: rule.destinationPortRanges.map(map),
    ...(sources && { sourceApplicationSecurityGroupIds: sources.map(map) }),
    ...(destinations && { destinationApplicationSecurityGroupIds: destinations.map(map) }),
    ...(description !== undefined && { description: map(description) }),
  };
}

function holdsToken({ id, label, prefixes, applicationSecurityGroupIds = [] }: FlowEndpoint): boolean {
  return [id, label, ...prefixes, ...applicationSecurityGroupIds].some(isToken);
}

function isToken(value: string): boolean {
  return value.includes("TfToken[");
}

function expressionOf(stack: TerraformStack, value: string): string {
  const resolved: unknown = Tokenization.resolve(isOpaqueList(value) ? [value] : value, {
    scope: stack,
    resolver: new OriginResolver(stack),
  });
  return typeof resolved === "string" ? resolved : JSON.stringify(resolved ?? null);
}

/**
 * Names a reference to another stack by that stack, `${hub:var.console}`: the
 * remote state behind it is only there once the stacks are prepared, and
 * asking for it earlier would fix the other stack's backend.
 */
class OriginResolver extends DefaultTokenResolver {
  constructor(private readonly stack: TerraformStack) {
    super(new StringConcat());
  }

  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: IPostProcessor,
  ): unknown {
    const { identifier, originStack } = token as Partial<Reference>;
    const isForeign = originStack !== undefined && originStack !== this.stack;
    if (identifier === undefined || !isForeign) return super.resolveToken(token, context, postProcessor);
    const expression = `${originStack.node.path}:${identifier}`;
    return context.suppressBraces ? expression : `\${${expression}}`;
  }
}

/** What the Terraform CDK makes for a reference, and does not export. */
interface Reference {
  readonly identifier: string;
  readonly originStack: TerraformStack;
}
