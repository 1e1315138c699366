/** Exit codes of the command. */
export enum ExitCode {
  /** Verified, allowed or no difference. */
  HOLDS = 0,
  /** Not verified, not allowed or a difference. */
  DOES_NOT_HOLD = 1,
  /** Wrong usage, an unreadable input or an unwritable output. */
  UNUSABLE = 2,
}

/** Says how the command ends. */
export type Conclude = (exitCode: ExitCode) => void;

/** The command was used in a way that cannot be answered; the message says what to change. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
