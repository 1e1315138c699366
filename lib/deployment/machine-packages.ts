import { PackageSource } from "../machines/package-source";
import type { PackagesInput } from "./machine-schema";

/** Where the HTTP proxy of a deployment listens. */
export interface ProxyPlace {
  readonly address: string;
  readonly port: number;
}

/** The addresses of a mirror of packages, as they stand in the file. */
export interface MirrorUrls {
  readonly url: string;
  readonly securityUrl: string;
}

/** The source of packages that the file describes. */
export function packageSourceOf(packages: PackagesInput, proxy: ProxyPlace | undefined): PackageSource {
  if (packages === "image") return PackageSource.image();
  if ("mirror" in packages) return PackageSource.mirror(urlsOf(packages.mirror));
  if ("firewall" in packages) return PackageSource.firewall();
  const proxyAddress = packages.httpProxy.proxyAddress ?? proxy?.address ?? "";
  return PackageSource.httpProxy({
    ...urlsOf(packages.httpProxy),
    proxyAddress,
    proxyPort: proxy?.port ?? 0,
  });
}

/** The mirror that is reached through the HTTP proxy; none where packages come another way. */
export function proxiedMirror(packages: PackagesInput | undefined): MirrorUrls | undefined {
  return typeof packages === "object" && "httpProxy" in packages ? urlsOf(packages.httpProxy) : undefined;
}

/** Names of the hosts of a mirror, each once. */
export function hostsOf({ url, securityUrl }: MirrorUrls): string[] {
  return [...new Set([url, securityUrl].map((text) => new URL(text).hostname))];
}

/** Ports of a mirror: those that its addresses name, or those of their schemes. */
export function portsOf({ url, securityUrl }: MirrorUrls): number[] {
  return [url, securityUrl].map((text) => {
    const { port, protocol } = new URL(text);
    return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  });
}

function urlsOf({ url, securityUrl }: MirrorUrls): MirrorUrls {
  return { url, securityUrl };
}
