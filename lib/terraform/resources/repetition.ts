import type { TerraformAttributes } from "./terraform-resource";
import type { Doubts } from "../../proof/network";
import { isObject } from "../files/json-values";
import type { TerraformIndex } from "./terraform-index";

/** Whether a resource is created: never, certainly, or depending on something. */
export type Repetition = "never" | "surely" | { readonly ifTrue: Doubts };

/** The effect of `count` or `for_each` of a resource or a block. */
export function repetitionOf(
  values: TerraformAttributes,
  address: string,
  index: Pick<TerraformIndex, "resolve">,
): Repetition {
  for (const key of ["count", "for_each"] as const) {
    if (!Object.hasOwn(values, key)) continue;
    const many = howMany(index.resolve(values[key]));
    if (many === 0) return "never";
    if (many === undefined) return { ifTrue: [`whether ${address} exists (${key})`] };
  }
  return "surely";
}

function howMany(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return /^\d+$/.test(value) ? Number(value) : undefined;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}
