import { collecting, type Problem } from "../../base/problem";
import type { GroupRule } from "../../proof/network";
import { DoubtCause, type FoundDoubt } from "../found-network";
import { repetitionOf } from "../resources/repetition";
import { isKnownAtApply } from "./security-rule-fields";
import { securityRulesOfTerraform } from "./security-rule-of-terraform";
import { isObject, objectsIn } from "../files/json-values";
import { type TerraformIndex } from "../resources/terraform-index";
import { formatReference } from "../resources/terraform-reference";
import { pathOf, type TerraformResource, type TerraformAttributes } from "../resources/terraform-resource";

/** The rules inside a group, and what is not known of them. */
export interface InlineRules {
  /** @default - the file says nothing of them */
  readonly rules?: GroupRule[];
  readonly doubts: readonly FoundDoubt[];
  /** Why Azure would refuse them. */
  readonly problems: Problem[];
}

// Without one of these, a rule cannot be evaluated.
const DECIDING = ["name", "priority", "direction", "access", "protocol"];

/** The rules inside a group. */
export function inlineRulesOf(group: TerraformResource, index: TerraformIndex): InlineRules {
  const { address, values } = group;
  const problems: Problem[] = [];
  const given = index.resolveAll(values.security_rule);
  const path = `${pathOf(group)}.security_rule`;
  const dynamic = isObject(values.dynamic) ? dynamicRules(values.dynamic, path, index) : [];
  if (given === undefined || given === null) return { doubts: dynamic, problems };
  if (typeof given === "string") {
    const isIgnored = given === formatReference(address, "security_rule");
    const doubt = isIgnored ? ignoredRules(pathOf(group)) : unknownAtPlan(path, given);
    return { rules: [], doubts: [...dynamic, doubt], problems };
  }
  const entries: unknown[] = Array.isArray(given) ? given : [given];
  const places = entries.map((entry, at) => ({
    entry,
    place: `${path}[${at}]`,
    field: isObject(entry) ? undecidedField(entry) : undefined,
  }));
  const open = places.filter(({ field }) => field !== undefined);
  const known = places.filter(({ field }) => field === undefined);
  const [rules = []] = collecting(problems, () =>
    securityRulesOfTerraform(
      known.map(({ entry }) => entry),
      path,
    ),
  );
  return {
    rules,
    doubts: [...dynamic, ...open.map(({ place, entry, field }) => unknownAtPlan(place, entry, field))],
    problems,
  };
}

/** The first field that is known only at apply and decides the order or the meaning of a rule. */
export function undecidedField(rule: TerraformAttributes): string | undefined {
  return DECIDING.find((field) => isKnownAtApply(rule[field]));
}

/**
 * A doubt: rules, or a field of one, are known only at apply.
 *
 * @param content what the file writes there
 */
export function unknownAtPlan(path: string, content: unknown, field?: string): FoundDoubt {
  return {
    content: JSON.stringify(content),
    subject: `${path}, known only at apply`,
    text: `${path} is known only at apply. Give the state after it: terraform show -json > state.json.`,
    cause: DoubtCause.UNDECIDED,
    path: field === undefined ? path : `${path}.${field}`,
  };
}

function ignoredRules(path: string): FoundDoubt {
  return {
    subject: `${path}.security_rule, known only at apply`,
    text: `${path} ignores changes of its rules (lifecycle.ignore_changes), so that a rule removed later would stay open. Leave security_rule out of ignore_changes, or verify the state after the apply.`,
    cause: DoubtCause.IGNORED,
  };
}

/** Rules in a dynamic block. */
function dynamicRules(dynamic: TerraformAttributes, path: string, index: TerraformIndex): FoundDoubt[] {
  const [block] = objectsIn(dynamic.security_rule);
  if (!block || repetitionOf(block, path, index) === "never") return [];
  return [
    {
      subject: `the dynamic rules of ${path}`,
      text: `${path} is made by a dynamic block, which only Terraform works out. Give the plan: terraform plan -out=plan && terraform show -json plan > plan.json.`,
      content: JSON.stringify(block),
      cause: DoubtCause.DYNAMIC,
      path: path.replace(/security_rule$/, "dynamic.security_rule"),
    },
  ];
}
