import type { ExistingSubnetInput } from "../../plan/deployment";

/** A network security group that is managed elsewhere. */
export interface ExternalSecurityGroupAttributes {
  /** Its name. */
  readonly name: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** First priority reserved for this deployment, 100 to 4096. */
  readonly firstPriority: number;
  /** Last priority reserved for this deployment, at least 49 above the first, up to 4096. */
  readonly lastPriority: number;
}

/**
 * An existing subnet. Either it is dedicated to the component, and this
 * deployment's group is associated with it, or it has a group that is managed
 * elsewhere, to which rules are added.
 */
export class ExistingSubnet {
  /**
   * A subnet in which only the component is. This deployment's group is
   * associated with it and blocks everything else.
   *
   * @param id Id of the subnet; it may be known only at apply
   * @param addressPrefixes Its IPv4 prefixes, because they cannot be read at synthesis
   */
  public static dedicated(id: string, ...addressPrefixes: string[]): ExistingSubnet {
    return new ExistingSubnet({ id, addressPrefixes, dedicated: true });
  }

  /**
   * A subnet whose group is managed elsewhere. Rules are added to that group in
   * a band of priorities; its other rules stay as they are and are not
   * verified. The names of the rules end with those of the deployment and the
   * component (`-of-veeam-entra-cache-repository-old`), so several deployments
   * can add rules to one group; their bands must not overlap.
   *
   * @param id Id of the subnet; it may be known only at apply
   * @param group The subnet's group, and the priorities that are free in it
   * @param addressPrefixes Its IPv4 prefixes, because they cannot be read at synthesis
   */
  public static shared(
    id: string,
    group: ExternalSecurityGroupAttributes,
    ...addressPrefixes: string[]
  ): ExistingSubnet {
    return new ExistingSubnet({ id, addressPrefixes, group });
  }

  private constructor(private readonly given: ExistingSubnetInput) {}

  /** As a deployment has it. @internal */
  public _given(): ExistingSubnetInput {
    return this.given;
  }
}
