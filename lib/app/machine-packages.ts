import type { AptSource, DebianUrls } from "../machines/apt-source";
import type { PackagesInput } from "./machine-schema";

/** Where an HTTP proxy of the file listens. */
export interface ProxyPlace {
  readonly address: string;
  readonly port: number;
}

/** What the file says of where packages come from, as the checks of a machine take it. */
export function aptSourceOf(packages: PackagesInput, proxy: ProxyPlace): AptSource {
  if (packages === "image") return { kind: "image" };
  if ("mirror" in packages) return { kind: "mirror", ...urlsOf(packages.mirror) };
  if ("firewall" in packages) return { kind: "firewall" };
  return {
    kind: "http-proxy",
    ...urlsOf(packages.httpProxy),
    proxyAddress: proxy.address,
    proxyPort: proxy.port,
  };
}

/** The mirror that is reached through the HTTP proxy; none where packages come another way. */
export function proxiedMirror(packages: PackagesInput | undefined): DebianUrls | undefined {
  return typeof packages === "object" && "httpProxy" in packages ? urlsOf(packages.httpProxy) : undefined;
}

function urlsOf({ url, securityUrl }: DebianUrls): DebianUrls {
  return { url, securityUrl };
}
