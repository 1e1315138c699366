import { Fn, Token } from "cdktf";
import { refused, refuseProblems } from "../base/problem";

const RESOURCE_GROUP_ID = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i;

/**
 * The parts of an Azure resource id, even if the id is known only at apply: some resources
 * of Terraform need the name.
 */
export class ResourceId {
  /**
   * Reads an id: `/subscriptions/…/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-spoke`.
   *
   * @param id The id of a resource in a resource group, or of a resource group; a value known only at apply is accepted
   * @throws Error whose name is InvalidInputError, if it is not an id
   */
  public static of(id: string): ResourceId {
    if (!Token.isUnresolved(id) && !(RESOURCE_GROUP_ID.test(id) && !id.endsWith("/"))) {
      const problems = refused("id-invalid", "id", id, {
        what: "is not the id of a resource in a resource group",
        allowed: "/subscriptions/…/resourceGroups/NAME/providers/Microsoft.…/…/NAME",
        change: "Take the id from the portal, or from the resource in Terraform",
      });
      refuseProblems("the resource id", problems);
    }
    return new ResourceId(id);
  }

  private constructor(
    /** The id as it was given. */
    public readonly id: string,
  ) {}

  /** Id of the subscription. */
  public get subscriptionId(): string {
    return this.part(2);
  }

  /** Name of the resource group that the resource is in, or is. */
  public get resourceGroupName(): string {
    return this.part(4);
  }

  /** Name of the resource: the last part of its id. */
  public get name(): string {
    if (!Token.isUnresolved(this.id)) return this.id.slice(this.id.lastIndexOf("/") + 1);
    return Fn.element(Fn.reverse(Fn.split("/", this.id)), 0) as string;
  }

  private part(index: number): string {
    if (!Token.isUnresolved(this.id)) return this.id.split("/")[index];
    return Fn.element(Fn.split("/", this.id), index) as string;
  }
}
