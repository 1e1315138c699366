import { type TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Keeps resources that exist when constructs are renamed or nested. Within a
 * stack a resource's address in Terraform's state follows from the ids of its
 * scopes, so that a renamed scope would be destroyed and made anew.
 */
export class StateAddresses {
  /**
   * Moves every resource below a construct from the address that it had while
   * the construct was elsewhere in the same stack. Called once the construct
   * is complete; it can be removed again once every state has been applied.
   *
   * Needs Terraform 1.5 or newer.
   *
   * @param scope The construct where it is now
   * @param formerPath Ids from the stack to where it was: `backup`, `platform/backup`
   */
  public static keep(scope: IConstruct, formerPath: string): void {
    const stack = TerraformStack.of(scope);
    const depth = scope.node.scopes.length;
    for (const resource of scope.node.findAll().filter(TerraformResource.isTerraformResource)) {
      const below = resource.node.scopes.slice(depth).map(({ node }) => node.id);
      const formerId = logicalIdAt(stack, [...formerPath.split("/"), ...below]);
      if (formerId !== resource.friendlyUniqueId) {
        resource.moveFromId(`${resource.terraformResourceType}.${formerId}`);
      }
    }
  }

  private constructor() {}
}

/** The logical id that the stack gives, or gave, a resource at these ids. It reads nothing of a node but the ids of its scopes. */
function logicalIdAt(stack: TerraformStack, ids: readonly string[]): string {
  const scopes = [stack, ...ids.map((id) => ({ node: { id } }))];
  return stack.getLogicalId({ scopes } as unknown as TerraformElement);
}
