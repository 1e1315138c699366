/** The command was used in a way that cannot be answered; the message says what to change. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
