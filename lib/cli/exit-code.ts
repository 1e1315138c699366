/** How the command ends, as scripts see it. */
export enum ExitCode {
  /** What was asked about holds. */
  HOLDS = 0,
  /** It does not hold. */
  DOES_NOT_HOLD = 1,
  /** The command was used wrongly, or an input cannot be read. */
  UNUSABLE = 2,
}
