import { TerraformElement, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { logicalIdAt } from "./state-moves";

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
  const stack = TerraformStack.of(scope);
  const [, ...scopes] = scope.node.scopes.slice(scope.node.scopes.indexOf(stack));
  const ids = scopes.map(({ node }) => node.id);
  const addresses = Object.entries(types).map(([id, type]) => `${type}.${logicalIdAt(stack, [...ids, id])}`);
  new ForgottenResources(scope, "forgotten", addresses);
}

/** Blocks that no resource has: of what is in the state, and not in the configuration any more. */
export class ForgottenResources extends TerraformElement {
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
