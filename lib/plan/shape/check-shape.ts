import * as z from "zod/mini";
import type { Problem } from "../../base/problem";
import { shapeProblems } from "./shape-problems";

/**
 * The first phase of the checks: everything that keeps a value from being of
 * a shape. Nothing reads a value of another shape any further.
 *
 * @param root what errors call the value itself
 */
export function checkShape(schema: z.ZodMiniType, value: unknown, root: string): Problem[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const described = z.toJSONSchema(schema, { target: "draft-7" });
  return shapeProblems(parsed.error.issues, value, described, root);
}
