import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";

/**
 * Lets Terraform forget resources that an earlier synthesis may have made
 * below a construct: they leave the state, and stay in Azure. Those that the
 * state does not have change nothing.
 *
 * Needs Terraform 1.7 or newer.
 *
 * @param types Types of the resources by their ids below the construct
 */
export function forgetResources(scope: Construct, types: Readonly<Record<string, string>>): void {
  const [stack, ids] = [TerraformStack.of(scope), idsOf(scope)];
  const addresses = Object.entries(types).map(([id, type]) => `${type}.${logicalIdAt(stack, [...ids, id])}`);
  new ForgottenResources(scope, "forgotten", addresses);
}

/** Ids from the stack to a construct, without that of the stack. */
export function idsOf(scope: IConstruct): string[] {
  const { scopes } = scope.node;
  return scopes.slice(scopes.indexOf(TerraformStack.of(scope)) + 1).map(({ node }) => node.id);
}

/** The logical id that the stack gives, or gave, a resource at these ids. It reads nothing of a node but the ids of its scopes. */
export function logicalIdAt(stack: TerraformStack, ids: readonly string[]): string {
  const scopes = [stack, ...ids.map((id) => ({ node: { id } }))];
  return stack.getLogicalId({ scopes } as unknown as TerraformElement);
}

/**
 * Lets Terraform forget which group the subnet of a former component has, so
 * that it deletes the subnet with its group on it, and the group afterwards.
 *
 * @param ids Ids from the stack to where the component was, without that of the stack
 */
export function forgetAssociation(stack: TerraformStack, ids: readonly string[]): void {
  const id = logicalIdAt(stack, [...ids, "network", "association"]);
  new ForgottenResources(stack, `forgotten-${id}`, [
    `azurerm_subnet_network_security_group_association.${id}`,
  ]);
}

/** `removed` blocks, for resources in the state that are no longer in the configuration. */
class ForgottenResources extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
  ) {
    super(scope, id);
  }

  public override toTerraform(): { removed: unknown[] } {
    return { removed: this.addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }
}
