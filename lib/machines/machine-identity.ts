import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { refuseProblems } from "../base/problem";
import { refuseTypes } from "../constructs/argument-types";
import { checkSecretId } from "./secret-id";
import { inAzureCasing } from "../azure/azure-id";

/** An identity, and the one secret that it may read. */
export interface MachineIdentityProps {
  /** Name of the identity, 3 to 128 characters. */
  readonly name: string;
  /** Resource group of the identity. */
  readonly resourceGroupName: string;
  /** Region of the identity. */
  readonly location: string;
  /** Resource id of the secret without a version: `/subscriptions/…/vaults/NAME/secrets/NAME` (`resource_versionless_id`). */
  readonly secretId: string;
  /** Tags of the identity. @default - none */
  readonly tags?: { [name: string]: string };
  /** Provider of the identity, for a subscription other than the stack's. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** Lets a principal read secrets, and nothing else of a vault. */
const SECRETS_USER = "Key Vault Secrets User";

/**
 * The identity of a machine that reads one secret of a key vault. It is created, and gets
 * access, before the machine: an identity that Azure creates with the machine has no
 * access at the first boot.
 */
export class MachineIdentity extends Construct {
  /** The identity. */
  public readonly identity: UserAssignedIdentity;
  /** Its right to read the secret; the machine depends on it. */
  public readonly secretAccess: RoleAssignment;

  /** @throws InvalidInputError if a property is missing or of another type, if the secret's id has a version, or is not the id of a secret */
  constructor(scope: Construct, id: string, props: MachineIdentityProps) {
    super(scope, id);
    const types = {
      name: "string or token",
      resourceGroupName: "string or token",
      location: "string or token",
      secretId: "string",
    } as const;
    refuseTypes(this.node.path, props, types);
    refuseProblems(this.node.path, checkSecretId("secretId", props.secretId));
    this.identity = new UserAssignedIdentity(this, "identity", {
      name: props.name,
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      tags: props.tags,
      provider: props.provider,
    });
    this.secretAccess = new RoleAssignment(this, "secret-access", {
      scope: inAzureCasing(props.secretId),
      roleDefinitionName: SECRETS_USER,
      principalId: this.identity.principalId,
      principalType: "ServicePrincipal",
      // The directory may not know the identity yet.
      skipServicePrincipalAadCheck: true,
      provider: props.provider,
    });
  }
}
