import type { TerraformElement } from "cdktf";

/**
 * Synthesizes a resource only if it is needed, which is known once every flow
 * is declared; by then the construct tree can no longer change.
 */
export function emittedWhen<T extends TerraformElement>(element: T, needed: () => boolean): T {
  const toTerraform = element.toTerraform.bind(element);
  const toHclTerraform = element.toHclTerraform.bind(element);
  element.toTerraform = () => (needed() ? toTerraform() : {});
  element.toHclTerraform = () => (needed() ? toHclTerraform() : {});
  return element;
}
