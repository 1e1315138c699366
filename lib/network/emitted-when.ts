import type { TerraformElement } from "cdktf";

/**
 * Leaves a resource out of what is synthesized while `needed` says no. What
 * needs it is only known once every flow is declared, and a construct tree
 * cannot grow any more by then.
 */
export function emittedWhen<T extends TerraformElement>(element: T, needed: () => boolean): T {
  const toTerraform = element.toTerraform.bind(element);
  const toHclTerraform = element.toHclTerraform.bind(element);
  element.toTerraform = () => (needed() ? toTerraform() : {});
  element.toHclTerraform = () => (needed() ? toHclTerraform() : {});
  return element;
}
