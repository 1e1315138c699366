/** What is to be done about names, and by whom. */
export const BY_NAME =
  "No security group can filter by name: whoever runs the HTTP proxy or the firewall has to let these pass.";

/** Where nobody carries the connections on. */
export const STRAIGHT = "straight to the addresses given";
