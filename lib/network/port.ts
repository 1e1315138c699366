import { Token } from "cdktf";
import { checkPort } from "../checks/components";
import { refuseProblems } from "../checks/problem";
import { Protocol } from "../policy/security-rule";

/** What is connected to: a protocol, and the ports of one that has ports. */
export class Port {
  /**
   * One TCP port.
   *
   * @param port 1 to 65535
   */
  public static tcp(port: number): Port {
    return Port.of(Protocol.TCP, [port]);
  }

  /**
   * Several TCP ports, in one rule.
   *
   * @param ports 1 to 65535 each
   */
  public static tcpPorts(...ports: number[]): Port {
    return Port.of(Protocol.TCP, ports);
  }

  /**
   * A range of TCP ports.
   *
   * @param first 1 to 65535
   * @param last from first to 65535
   */
  public static tcpRange(first: number, last: number): Port {
    return Port.range(Protocol.TCP, first, last);
  }

  /**
   * One UDP port.
   *
   * @param port 1 to 65535
   */
  public static udp(port: number): Port {
    return Port.of(Protocol.UDP, [port]);
  }

  /**
   * A range of UDP ports.
   *
   * @param first 1 to 65535
   * @param last from first to 65535
   */
  public static udpRange(first: number, last: number): Port {
    return Port.range(Protocol.UDP, first, last);
  }

  /** The Internet Control Message Protocol, which has no ports. */
  public static icmp(): Port {
    return new Port(Protocol.ICMP, ["*"]);
  }

  private static of(protocol: Protocol, ports: readonly number[]): Port {
    refuseProblems(
      "a connection",
      ports.flatMap((port) => checkPort("port", port)),
    );
    const distinct = [...new Set(ports)].sort((a, b) => a - b);
    return new Port(
      protocol,
      distinct.map((port) => (Token.isUnresolved(port) ? Token.asString(port) : String(port))),
    );
  }

  private static range(protocol: Protocol, first: number, last: number): Port {
    const backwards =
      first > last
        ? [
            {
              path: "last",
              what: `is before the first port ${first}`,
              value: last,
              allowed: `a whole number from ${first} to 65535`,
              change: "Give the lower port first",
            },
          ]
        : [];
    refuseProblems("a connection", [...checkPort("first", first), ...checkPort("last", last), ...backwards]);
    return new Port(protocol, [first === last ? String(first) : `${first}-${last}`]);
  }

  private constructor(
    /** Protocol of the connections. */
    public readonly protocol: Protocol,
    /** Ports connected to: `443`, `2500-3300`; `*` for a protocol without ports. */
    public readonly ranges: string[],
  ) {}
}
