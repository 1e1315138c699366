import { InvalidInputError } from "../../../lib/base/problem";

/** The message with which an input is refused; any other error, and none, fails the test. */
export function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}
