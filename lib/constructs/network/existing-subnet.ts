import type { ExistingSubnetInput } from "../../plan/deployment";

/** A network security group that is managed elsewhere. */
export interface ExternalSecurityGroupAttributes {
  /** Its name. */
  readonly name: string;
  /** Name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** First priority that rules from here may take, 100 to 4096. */
  readonly firstPriority: number;
  /** Last priority that rules from here may take, at least 49 above the first, up to 4096. */
  readonly lastPriority: number;
}

/**
 * A subnet that exists. What is done to it has to be said: either it is
 * dedicated to the component, and gets a group from here, or it has a group
 * managed elsewhere, to which rules are added.
 */
export class ExistingSubnet {
  /**
   * A subnet in which nothing else lives. A group from here is attached, and
   * cuts off whatever no flow asks for.
   *
   * @param id Id of the subnet; a value known only at apply is welcome
   * @param addressPrefixes Its IPv4 prefixes, which cannot be read at synthesis
   */
  public static dedicated(id: string, ...addressPrefixes: string[]): ExistingSubnet {
    return new ExistingSubnet({ id, addressPrefixes, dedicated: true });
  }

  /**
   * A subnet whose group is managed elsewhere. Rules are added to that group one by
   * one, in a band of priorities; what else it allows is not touched, and
   * cannot be proven. Their names end with the deployment's and the
   * component's (`-of-veeam-entra-cache-repository-old`), so that several can
   * add rules to one group; their bands share no priority.
   *
   * @param id Id of the subnet; a value known only at apply is welcome
   * @param group The subnet's group, and the priorities that are free in it
   * @param addressPrefixes Its IPv4 prefixes, which cannot be read at synthesis
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
