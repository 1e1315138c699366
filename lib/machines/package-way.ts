import type { Problem } from "../checks/problem";
import type { Connections, IConnectable } from "../network/connections";
import { Port } from "../network/port";
import type { PackageSource } from "./package-source";
import { PackageSourceKind } from "./package-source-kind";

/** Where a machine's packages come from, and what it connects to for them. */
export interface PackageWay {
  /** Where packages come from. */
  readonly packageSource: PackageSource;
  /**
   * The mirror, the firewall or the HTTP proxy that packages come from, for
   * the connections to it.
   *
   * @default - none, which only an image with all packages allows
   */
  readonly packagesFrom?: IConnectable;
  /**
   * Ports of the mirror, the firewall or the HTTP proxy.
   *
   * @default - TCP 80 and 443
   */
  readonly packagePorts?: Port;
}

/** Declares the connections for packages; none where the image has all. */
export function allowPackages(connections: Connections, { packagesFrom, packagePorts }: PackageWay): void {
  if (!packagesFrom) return;
  connections.allowTo(packagesFrom, packagePorts ?? Port.tcpPorts(80, 443), "packages and security updates");
}

/** The other end is given exactly where packages come from elsewhere. */
export function checkPackageWay({ packageSource, packagesFrom }: PackageWay): Problem[] {
  const needsWay = packageSource.kind !== PackageSourceKind.IMAGE;
  if (needsWay === (packagesFrom !== undefined)) return [];
  return [
    {
      path: "packagesFrom",
      what: needsWay
        ? "is missing, and the packages come from elsewhere"
        : "is given, and the image has all packages",
      allowed: "the other end of the connections for packages, exactly where there are some",
      change: needsWay ? "Give the mirror, the firewall or the HTTP proxy" : "Leave it out",
    },
  ];
}
