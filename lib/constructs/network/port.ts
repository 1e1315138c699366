import { Token } from "cdktf";
import { type Problem, problemUnless, refused, refuseProblems } from "../../base/problem";
import { isOpaqueNumber, isWholeNumber } from "../../base/opaque";
import { Protocol } from "../../azure/security-rule";

/** Destination of a connection: a protocol, and its ports if it has ports. Ports known only at apply are accepted. */
export class Port {
  /**
   * TCP ports, in one rule.
   *
   * @param ports One or more, 1 to 65535 each; one that is given twice counts once
   * @throws Error whose name is InvalidInputError, if the list is empty, and for each entry that is not a port
   */
  public static tcp(...ports: number[]): Port {
    return Port.of(Protocol.TCP, ports);
  }

  /**
   * A range of TCP ports.
   *
   * @param first 1 to 65535
   * @param last From first to 65535
   * @throws Error whose name is InvalidInputError, if one is not a port, or the last comes before the first
   */
  public static tcpRange(first: number, last: number): Port {
    return Port.range(Protocol.TCP, first, last);
  }

  /**
   * UDP ports, in one rule.
   *
   * @param ports One or more, 1 to 65535 each; one that is given twice counts once
   * @throws Error whose name is InvalidInputError, if the list is empty, and for each entry that is not a port
   */
  public static udp(...ports: number[]): Port {
    return Port.of(Protocol.UDP, ports);
  }

  /**
   * A range of UDP ports.
   *
   * @param first 1 to 65535
   * @param last From first to 65535
   * @throws Error whose name is InvalidInputError, if one is not a port, or the last comes before the first
   */
  public static udpRange(first: number, last: number): Port {
    return Port.range(Protocol.UDP, first, last);
  }

  /** The Internet Control Message Protocol, which has no ports. */
  public static icmp(): Port {
    return new Port(Protocol.ICMP, ["*"]);
  }

  private static of(protocol: Protocol, ports: readonly number[]): Port {
    refuseProblems("a connection", [
      ...problemUnless(ports.length > 0, "empty", "ports", ports, {
        what: "is empty, so the rule would allow nothing",
        allowed: "one or more whole numbers from 1 to 65535",
        change: "Add the destination ports",
      }),
      ...ports.flatMap((port) => checkPort("port", port)),
    ]);
    const distinct = [...new Set(ports)].sort((a, b) => a - b);
    return new Port(protocol, distinct.map(portText));
  }

  private static range(protocol: Protocol, first: number, last: number): Port {
    refuseProblems("a connection", [
      ...checkPort("first", first),
      ...checkPort("last", last),
      ...checkOrder(first, last),
    ]);
    return new Port(protocol, [first === last ? portText(first) : `${portText(first)}-${portText(last)}`]);
  }

  private constructor(
    /** Protocol of the connections. */
    public readonly protocol: Protocol,
    /** Ports connected to: `443`, `2500-3300`; `*` for a protocol without ports. */
    public readonly ranges: string[],
  ) {}
}

/** A port, or one known only at apply. */
export function checkPort(path: string, port: number): Problem[] {
  if (isOpaqueNumber(port) || isWholeNumber(port, 1, 65535)) return [];
  return refused("port-invalid", path, port, {
    what: "is not a port",
    allowed: "a whole number from 1 to 65535",
    change: "Give the port on which the machine listens",
  });
}

/** The order of a range; one end that is known only at apply decides nothing. */
function checkOrder(first: number, last: number): Problem[] {
  if (isOpaqueNumber(first) || isOpaqueNumber(last) || !(first > last)) return [];
  return refused("range-reversed", "last", last, {
    what: `is before the first port ${first}`,
    allowed: `a whole number from ${first} to 65535`,
    change: "Give the lower port first",
  });
}

function portText(port: number): string {
  return Token.isUnresolved(port) ? Token.asString(port) : String(port);
}
