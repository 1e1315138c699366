import type { TerraformElement } from "cdktf";

/**
 * Leaves a resource out of what is synthesized while `needed` says no. Whether
 * it is needed is only known once every flow is declared, and by then the
 * construct tree can neither grow nor shrink.
 */
export function emittedWhen<T extends TerraformElement>(element: T, needed: () => boolean): T {
  const toTerraform = element.toTerraform.bind(element);
  const toHclTerraform = element.toHclTerraform.bind(element);
  element.toTerraform = () => (needed() ? toTerraform() : {});
  element.toHclTerraform = () => (needed() ? toHclTerraform() : {});
  return element;
}
