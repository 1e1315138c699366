/** How the command ends, as scripts see it. */
export enum ExitCode {
  /** What was asked about holds. */
  HOLDS = 0,
  /** It does not hold. */
  DOES_NOT_HOLD = 1,
  /** The command was used wrongly, an input cannot be read, or the output cannot be written. */
  UNUSABLE = 2,
}
