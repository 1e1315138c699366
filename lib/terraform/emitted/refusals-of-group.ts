import { TerraformLocal, type TerraformStack, TerraformVariable } from "cdktf";
import { isOpaque } from "../../base/opaque";
import { Access, type SecurityRule } from "../../azure/security-rule";
import { evaluateTemplate } from "../expression";
import { UNKNOWN } from "../expression-functions";
import { isObject } from "../json-values";
import type { TerraformAttributes } from "../security-rule-of-terraform";

/** What a group of ours may not be emitted with, whatever its rules open; each a sentence. */
export function refusalsOfGroup(
  path: string,
  attributes: TerraformAttributes,
  beside: readonly string[],
): string[] {
  const isInline = attributes.security_rule !== undefined && attributes.security_rule !== null;
  const [first] = beside;
  return [
    ...(isInline && first !== undefined
      ? [
          `${first} is a rule of ${path}, which has its rules inline: Terraform lets the two overwrite each other at every apply. Declare a connection instead.`,
        ]
      : []),
    ...(ignoresRules(attributes)
      ? [
          `${path} ignores changes of its rules (lifecycle.ignore_changes), so that a rule removed later would stay open. Leave security_rule out of ignoreChanges.`,
        ]
      : []),
  ];
}

function ignoresRules({ lifecycle }: TerraformAttributes): boolean {
  if (!isObject(lifecycle)) return false;
  const ignored = lifecycle.ignore_changes;
  return (
    ignored === "all" ||
    (Array.isArray(ignored) && ignored.some((one) => /^security_rule\b/.test(String(one))))
  );
}

const WIDE = ["*", "any", "internet", "virtualnetwork", "0.0.0.0/0", "::/0"];

/** Rules that allow about everything by a constant that is written as an expression; each a sentence. */
export function wideConstants(path: string, rules: readonly SecurityRule[], stack: TerraformStack): string[] {
  return rules
    .filter(({ access }) => access === Access.ALLOW)
    .flatMap(({ name, sourceAddressPrefixes, destinationAddressPrefixes }) =>
      [...sourceAddressPrefixes, ...destinationAddressPrefixes]
        .filter(isOpaque)
        .map((text) => ({ text, value: evaluateTemplate(text, (reference) => meantBy(reference, stack)) }))
        .filter(({ value }) => typeof value === "string" && WIDE.includes(value.toLowerCase()))
        .map(
          ({ text, value }) =>
            `Rule ${name} of ${path} allows ${String(value)}, written as ${text}. Write the prefixes that are meant.`,
        ),
    );
}

/** What a local is, or a variable where nobody sets it. */
function meantBy(reference: string, stack: TerraformStack): unknown {
  const [kind, name, ...rest] = reference.split(".");
  if (rest.length > 0 || (kind !== "local" && kind !== "var")) return UNKNOWN;
  const found = stack.node.findAll().find((one) => {
    const isKind = kind === "local" ? one instanceof TerraformLocal : one instanceof TerraformVariable;
    return isKind && (one as TerraformLocal | TerraformVariable).friendlyUniqueId === name;
  });
  if (found instanceof TerraformVariable) return (found.default as unknown) ?? UNKNOWN;
  const emitted: unknown = found instanceof TerraformLocal ? found.toTerraform() : undefined;
  const locals = isObject(emitted) && isObject(emitted.locals) ? emitted.locals : {};
  return locals[name] ?? UNKNOWN;
}
