/** Something of the deployment that is not as described in what is there, beside the rules themselves. */
export interface PlaceFinding {
  readonly kind:
    | "group-not-found"
    | "group-ambiguous"
    | "group-unattached"
    | "subnet-differs"
    | "subnet-unfiltered"
    | "not-known";
  /** The component whose place it is. */
  readonly component: string;
  /** What is wrong, and what to change. */
  readonly message: string;
  /** What it is about, where a component may have several of a kind. @default - it has one */
  readonly subject?: string;
  /** The group that it is about. @default - none was found */
  readonly group?: string;
}
