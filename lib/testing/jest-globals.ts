import type { VeeamMatchers } from "./matchers";
import type {} from "expect";

// For tests that import `expect` from @jest/globals, whose matchers are declared by this module.
declare module "expect" {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- merged declarations have the same parameters
  interface Matchers<R extends void | Promise<void>, T = unknown> extends VeeamMatchers<R> {}
}
