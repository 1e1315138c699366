import { asMatchers, BAD_DEPLOYMENTS } from "../support/deployments/bad-deployments";
import { refusalsOf } from "../support/expected/refusals";
import { smallestDeployment } from "../support/deployments/sample-deployments";

describe.each(Object.entries(BAD_DEPLOYMENTS))("bad input: %s", (_theme, cases) => {
  test.each(cases)("$title", ({ change, problems }) => {
    expect(refusalsOf({ ...smallestDeployment(), ...change })).toEqual(asMatchers(problems));
  });
});
