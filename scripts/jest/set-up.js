// Jest takes a time-out from the command line or the top of a configuration only, not from a project.
jest.setTimeout(globalThis.TIME_OUT);

// The Terraform CDK takes a stack trace for each token. Jest would map each of its frames to
// TypeScript, which takes longer than the rest of a synthesis. A trace of an error is mapped.
const { prepareStackTrace } = Error;
Error.prepareStackTrace = (of, frames) =>
  of instanceof Error ? prepareStackTrace(of, frames) : ["", ...frames].join("\n    at ");
