import { TerraformLocal, type TerraformStack, TerraformVariable } from "cdktf";
import { evaluateTemplate } from "../expression";
import { UNKNOWN } from "../expression-functions";
import { emittedValue } from "./emitted-value";

// Locals that refer to each other in a circle are refused by Terraform.
const MAX_FOLLOWED = 8;

/**
 * The value of a text in a stack as far as it is known before an apply: of
 * locals and functions, and of the defaults of variables. UNKNOWN otherwise.
 */
export function constantIn(stack: TerraformStack, text: string, followed = 0): unknown {
  return followed > MAX_FOLLOWED
    ? UNKNOWN
    : evaluateTemplate(text, (reference) => meaningOf(reference, stack, followed + 1));
}

function meaningOf(reference: string, stack: TerraformStack, followed: number): unknown {
  const [kind, name, ...rest] = reference.split(".");
  if (rest.length > 0 || (kind !== "local" && kind !== "var")) return UNKNOWN;
  const found = stack.node
    .findAll()
    .find(
      (one): one is TerraformLocal | TerraformVariable =>
        (kind === "local" ? one instanceof TerraformLocal : one instanceof TerraformVariable) &&
        (one as TerraformLocal | TerraformVariable).friendlyUniqueId === name,
    );
  if (!found) return UNKNOWN;
  const value: unknown = found instanceof TerraformLocal ? localIn(found, name) : found.default;
  return known(emittedValue(value, stack, stack) ?? UNKNOWN, stack, followed);
}

function localIn(local: TerraformLocal, name: string): unknown {
  const { locals } = local.toTerraform() as { readonly locals?: Readonly<Record<string, unknown>> };
  return locals?.[name];
}

function known(value: unknown, stack: TerraformStack, followed: number): unknown {
  if (typeof value === "string") return constantIn(stack, value, followed);
  if (!Array.isArray(value)) return value;
  const items = value.map((item: unknown) => known(item, stack, followed));
  return items.includes(UNKNOWN) ? UNKNOWN : items;
}
