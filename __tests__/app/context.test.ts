import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContext } from "../../lib/app/context";
import { readDeployment } from "../../lib/app/read-deployment";
import { refusalLines } from "../support/expected/refusals";

let file: string;

beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "context-")), "cdktf.json");
});

afterEach(() => rmSync(join(file, ".."), { recursive: true }));

test("what is handed over goes before the file, which need not be there", () => {
  expect(readContext({ CDKTF_CONTEXT_JSON: '{"a":1}' }, file)).toEqual({ a: 1 });
});

test.each([{}, { CDKTF_CONTEXT_JSON: "" }])("without it (%j) the file's context is read", (environment) => {
  writeFileSync(file, '{"context":{"b":2},"app":"x"}');
  expect(readContext(environment, file)).toEqual({ b: 2 });
});

test("a file that is not there is refused, with what to do", () => {
  expect(refusalLines(() => readContext({}, file))).toEqual([
    expect.stringMatching(
      /cdktf\.json: cannot be read: ENOENT.* Run the app in the folder of cdktf\.json\.$/,
    ),
  ]);
});

test.each([
  ["", "is not JSON"],
  ["{", "is not JSON"],
  ["// comment\n{}", "is not JSON"],
  ["[]", "is not an object"],
  ["null", "is not an object"],
  ['"x"', "is not an object"],
])("a file with %j is refused: %s", (text, what) => {
  writeFileSync(file, text);
  expect(refusalLines(() => readContext({}, file))[0]).toContain(`cdktf.json: ${what}`);
});

test.each([
  ["a comma behind the last key", '{\n  "a": 1,\n}\n', "line 3, column 1"],
  ["a comma behind the last entry", '{\n  "a": [1, 2,]\n}', "line 2, column 14"],
  ["a missing comma", '{\n  "a": 1\n  "b": 2\n}', "line 3, column 3"],
  ["a comment", '{\n  // mine\n  "a": 1\n}', "line 2, column 3"],
  ["a word", '{ "a": tru }', "line 1, column 11"],
  ["what breaks off", '{\n  "a": "b', "line 2, column 10"],
  ["a number", '{ "a": 01 }', "line 1, column 9"],
  ["more behind it", "{}\n{}", "line 2, column 1"],
])("%s is found in its line and column", (_, text, place) => {
  writeFileSync(file, text);
  const [line] = refusalLines(() => readContext({}, file));
  expect(line).toContain(`(${place})`);
  expect(line).not.toContain("position");
});

test.each([
  ["UTF-8 with a byte order mark", Buffer.from('\ufeff{"context":{"b":2}}', "utf8")],
  ["UTF-16, as Windows PowerShell writes it", Buffer.from('\ufeff{"context":{"b":2}}', "utf16le")],
])("a file in %s is read", (_, bytes) => {
  writeFileSync(file, bytes);
  expect(readContext({}, file)).toEqual({ b: 2 });
});

test("a context that is not JSON is refused", () => {
  expect(refusalLines(() => readContext({ CDKTF_CONTEXT_JSON: "{" }, file))[0]).toContain(
    "CDKTF_CONTEXT_JSON: is not JSON",
  );
});

const WHERE = "Describe the deployment there, as the README shows.";

test.each<[unknown, string]>([
  [undefined, `context: is not an object. Allowed: an object with the key entraIdBackup. ${WHERE}`],
  [null, `context: is not an object (got null). Allowed: an object with the key entraIdBackup. ${WHERE}`],
  [[], `context: is not an object (got []). Allowed: an object with the key entraIdBackup. ${WHERE}`],
  ["x", `context: is not an object (got "x"). Allowed: an object with the key entraIdBackup. ${WHERE}`],
  [{}, `context.entraIdBackup: is missing. Allowed: an object that describes the deployment. ${WHERE}`],
  [
    { entraIdBackup: [] },
    `context.entraIdBackup: is not an object (got []). Allowed: an object that describes the deployment. ${WHERE}`,
  ],
  [
    { entraIdBackup: null },
    `context.entraIdBackup: is not an object (got null). Allowed: an object that describes the deployment. ${WHERE}`,
  ],
])("a context of %j is refused", (context, line) => {
  expect(refusalLines(() => readDeployment(context, "cdktf.json"))).toEqual([line]);
});
