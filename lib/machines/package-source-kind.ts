/** Where a machine gets its packages from. */
export enum PackageSourceKind {
  /** The image has them. */
  IMAGE = "image",
  /** A mirror at an address. */
  MIRROR = "mirror",
  /** The image's own sources, through a firewall that exists. */
  FIREWALL = "firewall",
  /** A mirror, through the HTTP proxy. */
  HTTP_PROXY = "http-proxy",
}
