import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatProblem } from "../../lib/base/problem";
import { BAD_DEPLOYMENTS } from "../support/deployments/bad-deployments";
import { codesOf, problemsOf } from "../support/expected/refusals";
import { smallestDeployment } from "../support/deployments/sample-deployments";

const FILE = join(__dirname, "..", "fixtures", "problems.txt");

describe.each(Object.entries(BAD_DEPLOYMENTS))("bad input: %s", (_theme, cases) => {
  test.each(cases)("$title", ({ change, problems }) => {
    expect(codesOf(problemsOf({ ...smallestDeployment(), ...change }))).toEqual(problems);
  });
});

/** The words of every problem, for a person to read from top to bottom. */
function words(): string {
  return Object.entries(BAD_DEPLOYMENTS)
    .flatMap(([theme, cases]) =>
      cases.map(({ title, change }) => {
        const problems = problemsOf({ ...smallestDeployment(), ...change });
        return [`# ${theme}: ${title}`, ...problems.map(formatProblem), ""].join("\n");
      }),
    )
    .join("\n");
}

// Where words change on purpose: UPDATE_PROBLEMS=1 npx jest bad-input, and read the diff.
test("problems read as fixtures/problems.txt has them", () => {
  const now = words();
  if (process.env.UPDATE_PROBLEMS) writeFileSync(FILE, now);
  expect(now.split("\n")).toEqual(readFileSync(FILE, "utf8").split("\n"));
});
