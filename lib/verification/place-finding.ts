/** A difference between the deployment and the files that is not about rules. */
export interface PlaceFinding {
  readonly kind:
    | "group-not-found"
    | "group-ambiguous"
    | "group-unattached"
    | "subnet-differs"
    | "subnet-unfiltered"
    | "not-connected"
    | "not-known";
  /** The component whose place it is. */
  readonly component: string;
  /** The difference, and what to change. */
  readonly message: string;
  /** Its subject, if a component may have several findings of a kind. @default - it has one */
  readonly subject?: string;
  /** The group that it is about. @default - not found */
  readonly group?: string;
}
