/** What to do about DNS names. */
export const BY_NAME =
  "Network security groups cannot filter by name. Allow these names on the HTTP proxy or firewall.";

/** Where no proxy or firewall is on the way. */
export const STRAIGHT = "directly, by the configured addresses";
