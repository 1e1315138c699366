import type { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ResourceId } from "../../terraform/resource-id";
import { checkResourceGroupId } from "../../plan/checks/network";
import type { Deployment } from "../../plan/deployment";
import { refuseProblems } from "../../base/problem";
import { RESOURCE, refuseTypes } from "../argument-types";

/** The resource group of a deployment: a new or an existing one. */
export class BackupResourceGroup {
  /**
   * A new resource group.
   *
   * @param name 1 to 90 letters from a to z, digits, underscores, parentheses, hyphens and periods, not ending with a period
   */
  public static create(name: string): BackupResourceGroup {
    return new BackupResourceGroup(name);
  }

  /**
   * An existing resource group.
   *
   * @param name Its name; it may be known only at apply
   */
  public static fromName(name: string): BackupResourceGroup {
    return new BackupResourceGroup({ existing: name });
  }

  /**
   * An existing resource group, by its id.
   *
   * @param id Its id; it may be known only at apply
   * @throws Error whose name is InvalidInputError, if it is not the id of a resource group
   */
  public static fromId(id: string): BackupResourceGroup {
    refuseTypes("the resource group", { id }, { id: "string" });
    refuseProblems("the resource group", checkResourceGroupId("resourceGroup.id", id));
    return BackupResourceGroup.fromName(ResourceId.of(id).resourceGroupName);
  }

  /**
   * A resource group that another construct creates.
   *
   * @param resourceGroup The provider's own construct
   * @throws Error whose name is InvalidInputError, if it is not a construct
   */
  public static fromResource(resourceGroup: ResourceGroup): BackupResourceGroup {
    refuseTypes("the resource group", { resourceGroup }, { resourceGroup: RESOURCE });
    return BackupResourceGroup.fromName(resourceGroup.name);
  }

  private constructor(private readonly given: Deployment["resourceGroup"]) {}

  /** As a deployment has it. @internal */
  public _given(): unknown {
    return this.given;
  }
}
