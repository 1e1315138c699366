import { formatProblem, InvalidInputError, type Problem, refuseProblems } from "../../lib/base/problem";

const problem: Problem = {
  code: "example",
  path: "consoles[0]",
  what: "is none",
  value: "x",
  allowed: "a prefix",
  change: "Mend it",
};

test.each<[unknown, string]>([
  ["x", ' (got "x")'],
  ["", ' (got "")'],
  [0, " (got 0)"],
  [Number.NaN, " (got NaN)"],
  [null, " (got null)"],
  [["a", 1], ' (got ["a",1])'],
  [{ a: 1 }, ' (got {"a":1})'],
  ["line\nbreak", ' (got "line\\nbreak")'],
  [undefined, ""],
  ["y".repeat(300), ` (got "${"y".repeat(196)}...)`],
])("a value of %j is shown on one line, and not at any length", (value, shown) => {
  expect(formatProblem({ ...problem, value })).toBe(
    `consoles[0]: is none${shown}. Allowed: a prefix. Mend it.`,
  );
});

test("an error counts its problems and has a line for each", () => {
  const thrown = (problems: Problem[]): unknown => {
    try {
      return refuseProblems("cdktf.json", problems);
    } catch (error) {
      return error;
    }
  };
  expect(thrown([])).toBeUndefined();
  const one = thrown([problem]) as InvalidInputError;
  expect(one).toBeInstanceOf(InvalidInputError);
  expect(one.message.split("\n")[0]).toBe("1 problem in cdktf.json");
  const two = thrown([problem, { ...problem, path: "name" }]) as InvalidInputError;
  expect(two.problems).toHaveLength(2);
  expect(two.message).toBe(
    [
      "2 problems in cdktf.json",
      '  - consoles[0]: is none (got "x"). Allowed: a prefix. Mend it.',
      '  - name: is none (got "x"). Allowed: a prefix. Mend it.',
    ].join("\n"),
  );
});
