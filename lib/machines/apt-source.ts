/** The addresses of a mirror of Debian. */
export interface DebianUrls {
  /** Address of the mirror. */
  readonly url: string;
  /** Address of its security updates. */
  readonly securityUrl: string;
}

/** The source of a machine's packages as apt needs it; the connections to it are declared elsewhere. */
export type AptSource =
  /** The image has them. */
  | { readonly kind: "image" }
  /** The image's own sources, through a firewall that exists. */
  | { readonly kind: "firewall" }
  /** A mirror. */
  | ({ readonly kind: "mirror" } & DebianUrls)
  /** A mirror, through the HTTP proxy. */
  | ({ readonly kind: "http-proxy"; readonly proxyAddress: string; readonly proxyPort: number } & DebianUrls);

/** TCP ports of addresses: those that they name, or those of their schemes. */
export function portsOfUrls(urls: readonly string[]): number[] {
  return urls.map((text) => {
    const { port, protocol } = new URL(text);
    return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  });
}

/** Names of the hosts of addresses, each once. */
export function hostsOfUrls(urls: readonly string[]): string[] {
  return [...new Set(urls.map((text) => new URL(text).hostname))];
}

/** The scheme, host and port of a mirror, by which the proxy knows it. */
export function originOf(url: string): string {
  return new URL(url).origin;
}
