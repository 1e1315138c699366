import { checkNetworkId } from "../../plan/checks/network";
import type { Deployment } from "../../plan/deployment";
import { refuseProblems } from "../../base/problem";
import { refuseTypes } from "../argument-types";

/** Outbound access of the subnets. */
export class Egress {
  /**
   * A new NAT gateway with a standard public address, for every subnet that has
   * a flow to a service tag or a public address.
   */
  public static natGateway(): Egress {
    return new Egress("natGateway");
  }

  /**
   * An existing NAT gateway, for every subnet that has a flow to a service tag or a public
   * address.
   *
   * @param id Id of the NAT gateway, in the region of the virtual network; it may be known only at apply
   * @throws Error whose name is InvalidInputError, if it is not the id of a NAT gateway
   */
  public static existingNatGateway(id: string): Egress {
    refuseTypes("the way out", { id }, { id: "string" });
    refuseProblems("the way out", checkNetworkId("egress.natGateway", id, "natGateways"));
    return new Egress({ natGateway: id });
  }

  /** Outbound access that is managed elsewhere, such as a firewall; nothing is created. */
  public static managedElsewhere(): Egress {
    return new Egress("existing");
  }

  private constructor(private readonly given: Deployment["egress"]) {}

  /** As a deployment has it. @internal */
  public _given(): unknown {
    return this.given;
  }
}
