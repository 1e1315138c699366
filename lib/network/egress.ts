/** How subnets reach what is public. */
export class Egress {
  /** One NAT gateway with a standard public address a deployment, on every subnet that has a flow to a service tag or a public address. */
  public static natGateway(): Egress {
    return new Egress(true);
  }

  /** The platform routes already, through a firewall or a NAT gateway of its own; nothing is made. */
  public static existing(): Egress {
    return new Egress(false);
  }

  private constructor(
    /** Whether a NAT gateway is made for the subnets that need one. */
    public readonly makesNatGateway: boolean,
  ) {}
}
