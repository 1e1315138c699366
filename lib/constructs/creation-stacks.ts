/**
 * Makes constructs whose tokens carry no creation stack. The Terraform CDK
 * captures and formats a whole stack trace for each token, which takes longer than
 * the rest of a resource; the frames are those of this library.
 */
export function withoutCreationStacks<T>(make: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = String;
  try {
    return make();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}
