import type { TerraformStack } from "cdktf";
import { isOpaque } from "../../base/opaque";
import { Access, type SecurityRule } from "../../azure/security-rule";
import { isObject } from "../json-values";
import type { TerraformAttributes } from "../security-rule-of-terraform";
import { constantIn } from "./emitted-constants";

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
        .map((text) => ({ text, value: constantIn(stack, text) }))
        .filter(({ value }) => typeof value === "string" && WIDE.includes(value.toLowerCase()))
        .map(
          ({ text, value }) =>
            `Rule ${name} of ${path} allows ${String(value)}, written as ${text}. Write the prefixes that are meant.`,
        ),
    );
}
