import { type Problem } from "../base/problem";
import { isOpaque, isOpaqueNumber } from "../base/opaque";
import type { GroupRule } from "../proof/network";
import { collecting } from "./collecting";
import type { FoundDoubt } from "./found-network";
import { repetitionOf } from "./repetition";
import { securityRulesOfTerraform, type TerraformAttributes } from "./security-rule-of-terraform";
import { isObject, objectsIn } from "./json-values";
import { type TerraformIndex } from "./terraform-index";
import type { TerraformResource } from "./terraform-resource";

/** The rules inside a group, and what is not known of them. */
export interface InlineRules {
  /** @default - the file says nothing of them */
  readonly rules?: GroupRule[];
  readonly doubts: readonly FoundDoubt[];
}

// Without one of these, nothing can be said of a rule.
const DECIDING = ["name", "priority", "direction", "access", "protocol"];

/**
 * The rules inside a group.
 *
 * @param problems where to say what is wrong
 */
export function inlineRulesOf(
  { address, values }: TerraformResource,
  index: TerraformIndex,
  problems: Problem[],
): InlineRules {
  const given = index.resolveAll(values.security_rule);
  const path = `${address}.security_rule`;
  const dynamic = isObject(values.dynamic) ? dynamicRules(values.dynamic, path, index) : [];
  if (given === undefined || given === null) return { doubts: dynamic };
  if (typeof given === "string") return { rules: [], doubts: [...dynamic, unknownAtPlan(path)] };
  const entries: unknown[] = Array.isArray(given) ? given : [given];
  const places = entries.map((entry, at) => ({ entry, place: `${path}[${at}]` }));
  const open = places.filter(({ entry }) => isObject(entry) && isUndecided(entry));
  const known = places.filter((one) => !open.includes(one));
  const [rules = []] = collecting(problems, () =>
    securityRulesOfTerraform(
      known.map(({ entry }) => entry),
      path,
    ),
  );
  return { rules, doubts: [...dynamic, ...open.map(({ place }) => unknownAtPlan(place))] };
}

/** Whether what decides the order and the meaning of a rule is known only at apply. */
export function isUndecided(rule: TerraformAttributes): boolean {
  return DECIDING.map((field) => rule[field]).some(
    (value) =>
      (typeof value === "string" && isOpaque(value)) || (typeof value === "number" && isOpaqueNumber(value)),
  );
}

/** That rules are known only at apply. */
export function unknownAtPlan(path: string): FoundDoubt {
  return {
    subject: `${path}, known only at apply`,
    text: `${path} is known only at apply. Give the state after it: terraform show -json > state.json.`,
  };
}

/** Blocks that Terraform makes by a list. */
function dynamicRules(dynamic: TerraformAttributes, path: string, index: TerraformIndex): FoundDoubt[] {
  const [block] = objectsIn(dynamic.security_rule);
  if (!block || repetitionOf(block, path, index) === "never") return [];
  return [
    {
      subject: `the dynamic rules of ${path}`,
      text: `${path} is made by a dynamic block, which only Terraform works out. Give the plan: terraform plan -out=plan && terraform show -json plan > plan.json.`,
    },
  ];
}
