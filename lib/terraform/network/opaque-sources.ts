import { isOpaque } from "../../base/opaque";
import type { FoundDoubt } from "../found-network";
import { isObject } from "../files/json-values";
import { type TerraformIndex } from "../resources/terraform-index";
import type { OpaqueSource, TerraformResource } from "../resources/terraform-resource";
import { kindOfType } from "../resources/azapi";

const UPDATES = /\bazapi_(update_resource|resource_action)\./;
const MODULE = /(^|[:.])module\.[\w-]+(\[[^\]]*\])?$/;
const CHANGED_KINDS = /^(network\/|compute\/virtualmachinescalesets)/;
/** Kinds of Azure resources by the type of the provider azapi that may create more with them. */
const KINDS: ReadonlyMap<string, RegExp> = new Map([
  ["azapi_resource", /^resources\/(deployments|deploymentscripts|deploymentstacks)$/],
  ["azapi_update_resource", CHANGED_KINDS],
  ["azapi_resource_action", CHANGED_KINDS],
]);
const ADMIN_RULE_KIND = /^network\/networkmanagers\/securityadminconfigurations\/rulecollections\/rules$/;

/** A resource that may create more than the file shows. Undefined if it does not. */
export function opaqueSourceOf({ address, type, values }: TerraformResource): OpaqueSource | undefined {
  const isOpaqueSource = type.startsWith("azapi_")
    ? (KINDS.get(type)?.test(kindOfType(values.type) ?? "") ?? false)
    : type.endsWith("_template_deployment") || type.startsWith("azurerm_resource_deployment_script");
  return isOpaqueSource ? { address, inputs: JSON.stringify(values) } : undefined;
}

/** Whether a resource is a security admin rule, which Azure evaluates before all groups. */
export function isAdminRule({ type, values }: TerraformResource): boolean {
  return (
    type === "azurerm_network_manager_admin_rule" ||
    (type.startsWith("azapi_") && ADMIN_RULE_KIND.test(kindOfType(values.type) ?? ""))
  );
}

/** A doubt: a security admin rule may decide before a group. */
export function adminRuleDoubt(name: string, content: unknown): FoundDoubt {
  return {
    content: JSON.stringify(content),
    subject: `the security admin rule ${name}`,
    text: `${name} is a security admin rule: Azure evaluates it before all groups, and it is not read here. az network manager list-effective-security-admin-rules prints the rules that apply to a network.`,
  };
}

/** The sources that may change one of some resources, by their inputs. */
export class OpaqueSources {
  private readonly known: readonly TerraformResource[];

  constructor(
    private readonly opaqueSources: readonly OpaqueSource[],
    private readonly index: TerraformIndex,
  ) {
    this.known = [
      "azurerm_network_security_group",
      "azurerm_subnet",
      "azurerm_virtual_network",
      "azurerm_network_interface",
    ].flatMap((type) => index.ofType(type));
  }

  /** Those that name one of the resources, and those whose inputs are not known. */
  of(resources: readonly TerraformResource[]): OpaqueSource[] {
    return this.opaqueSources.filter((source) => {
      if (resources.some((resource) => this.isNamed(resource, source))) return true;
      return !this.known.some((resource) => this.isNamed(resource, source)) && isOpenEnded(source);
    });
  }

  /** Those that may take the group off one of the resources: no module, and an update only if it writes that. */
  changing(resources: readonly TerraformResource[]): OpaqueSource[] {
    return this.of(resources).filter(
      ({ address, inputs }) =>
        !MODULE.test(address) &&
        (!UPDATES.test(address) || /"(networkSecurityGroup|subnets)":|"body":"/.test(inputs)),
    );
  }

  private isNamed(resource: TerraformResource, { inputs }: OpaqueSource): boolean {
    const { address, values } = resource;
    const name = this.index.resolve(values.name);
    const texts = [
      ...(typeof name === "string" && !isOpaque(name) ? [`"${name}"`, `"${name}/`, `/${name}"`] : []),
      ...(typeof values.id === "string" ? [values.id] : []),
    ].map((text) => text.toLowerCase());
    const isReferred = new RegExp(`(^|[^\\w.-])${escaped(address)}($|[^\\w-])`).test(inputs);
    return isReferred || texts.some((text) => inputs.toLowerCase().includes(text));
  }
}

/** Whether the inputs do not show which resources are created: they are missing, known only at apply, or elsewhere. */
function isOpenEnded({ inputs }: OpaqueSource): boolean {
  const values: unknown = JSON.parse(inputs);
  const own = isObject(values)
    ? Object.keys(values).filter((key) => !["source", "version", "providers", "depends_on"].includes(key))
    : [];
  return (
    own.length === 0 || isOpaque(inputs) || /"(template_spec_version_id":"|templateLink":\{)/.test(inputs)
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
