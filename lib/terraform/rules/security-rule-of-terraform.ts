import { collecting, type Problem, refuseProblems } from "../../base/problem";
import type { SecurityRule } from "../../azure/security-rule";
import type { TerraformAttributes } from "../resources/terraform-resource";
import { type RuleField, securityRuleOfFields } from "./security-rule-fields";

/**
 * The rule of one entry of `security_rule`, or of one
 * `azurerm_network_security_rule`.
 *
 * @param path what errors call the rule
 * @throws InvalidInputError with everything that is wrong with it
 */
export function securityRuleOfTerraform(attributes: TerraformAttributes, path: string): SecurityRule {
  return securityRuleOfFields({
    path,
    spell: snakeCase,
    value: (field) => own(attributes, snakeCase(field)),
  });
}

/**
 * The rules of the attribute `security_rule`; none where it is not set.
 *
 * @throws InvalidInputError with everything that is wrong with them
 */
export function securityRulesOfTerraform(value: unknown, path: string): SecurityRule[] {
  if (value === undefined || value === null) return [];
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const problems: Problem[] = [];
  const rules = entries.flatMap((entry, index) => {
    const place = `${path}[${index}]`;
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
      problems.push({
        code: "rule-invalid",
        path: Array.isArray(value) ? place : path,
        what: "is not a rule",
        value: entry,
        allowed: "an object with name, priority, direction, access, protocol and both sides",
        change: "Write the rules themselves; a list that is known only at apply can be read from the state",
      });
      return [];
    }
    return collecting(problems, () => securityRuleOfTerraform(entry as TerraformAttributes, place));
  });
  refuseProblems(path, problems);
  return rules;
}

function own(attributes: TerraformAttributes, name: string): unknown {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

const SNAKE_CASE = new Map<RuleField, string>();

/** The provider's spelling of a field. */
function snakeCase(field: RuleField): string {
  const known = SNAKE_CASE.get(field) ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  SNAKE_CASE.set(field, known);
  return known;
}
