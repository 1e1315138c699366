import type { Connections, IConnectable } from "../constructs/network/connections";
import { Port } from "../constructs/network/port";

/** An endpoint that a machine connects to for packages, and the TCP ports. */
export interface PackageConnection {
  readonly peer: IConnectable;
  readonly ports: readonly number[];
}

/** Declares the connections for packages: those to one peer together, so that they are one rule. */
export function allowPackages(connections: Connections, wanted: readonly PackageConnection[]): void {
  const idOf = ({ peer }: PackageConnection): string => peer.connections._endpoint().id;
  for (const id of new Set(wanted.map(idOf))) {
    const same = wanted.filter((connection) => idOf(connection) === id);
    const ports = same.flatMap((connection) => connection.ports);
    connections.allowTo(same[0].peer, Port.tcp(...ports), "packages and security updates");
  }
}
