import { isOpaque } from "../base/opaque";
import { isObject } from "./json-values";
import { type TerraformIndex } from "./terraform-index";
import type { Maker, TerraformResource } from "./terraform-resource";
import { kindOfType } from "./azapi";

// What takes Azure's own templates, and what the Virtual Network Manager decides before any group.
const TEMPLATES = /_template_deployment$|^azurerm_resource_deployment_script/;
const ADMIN_RULES = /^azurerm_network_manager_admin_rule$/;

/** A resource as something that may make more than the file shows; undefined where it is none. */
export function makerOf({ address, type, values }: TerraformResource): Maker | undefined {
  const isUpdate =
    /^azapi_(update_resource|resource_action)$/.test(type) && kindOfType(values.type) !== undefined;
  return TEMPLATES.test(type) || isUpdate ? { address, inputs: JSON.stringify(values) } : undefined;
}

/** Whether a resource is a rule that comes before all groups. */
export function isAdminRule({ type }: TerraformResource): boolean {
  return ADMIN_RULES.test(type);
}

/** The makers that may change one of some resources, by what is handed to them. */
export class Makers {
  private readonly known: readonly TerraformResource[];

  constructor(
    private readonly makers: readonly Maker[],
    private readonly index: TerraformIndex,
  ) {
    this.known = [
      "azurerm_network_security_group",
      "azurerm_subnet",
      "azurerm_virtual_network",
      "azurerm_network_interface",
    ].flatMap((type) => index.ofType(type));
  }

  /** Those that name one of the resources, and those of which nothing is known. */
  of(resources: readonly TerraformResource[]): Maker[] {
    return this.makers.filter((maker) => {
      if (resources.some((resource) => this.isNamed(resource, maker))) return true;
      return !this.known.some((resource) => this.isNamed(resource, maker)) && isOpenEnded(maker);
    });
  }

  private isNamed(resource: TerraformResource, { inputs }: Maker): boolean {
    const { address, values } = resource;
    const name = this.index.resolve(values.name);
    const texts = [
      ...(typeof name === "string" && !isOpaque(name) ? [JSON.stringify(name), `/${name}"`] : []),
      ...(typeof values.id === "string" ? [values.id] : []),
    ].map((text) => text.toLowerCase());
    const isReferred = new RegExp(`(^|[^\\w.-])${escaped(address)}($|[^\\w-])`).test(inputs);
    return isReferred || texts.some((text) => inputs.toLowerCase().includes(text));
  }
}

/** Whether what is handed over does not say what is made: nothing is, or values that are known only at apply. */
function isOpenEnded({ inputs }: Maker): boolean {
  const values: unknown = JSON.parse(inputs);
  const own = isObject(values)
    ? Object.keys(values).filter((key) => !["source", "version", "providers", "depends_on"].includes(key))
    : [];
  return own.length === 0 || isOpaque(inputs);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
