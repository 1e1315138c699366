import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROWS_OF_CREATED, ROWS_OF_EXISTING } from "../support/deployments/changes-of-properties";

const TOP = join(__dirname, "..", "..");
const ROWS = readFileSync(join(TOP, "docs", "changes.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim())[1]);

/** Rows that tests of their own show: __tests__/deploy/inline-subnets.test.ts. */
const SHOWN_ELSEWHERE = [
  "`virtualNetwork.inlineSubnets`, switched on",
  "`virtualNetwork.inlineSubnets`, switched off",
];

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Paths of all values in a schema, `cacheRepositories.KEY.subnet`. */
function pathsIn(
  { properties = {}, additionalProperties, anyOf = [], oneOf = [] }: Schema,
  path = "",
): string[] {
  const named = Object.entries(properties).map(([name, schema]) => [name, schema] as const);
  const keyed = typeof additionalProperties === "object" ? [["KEY", additionalProperties] as const] : [];
  const below = [
    ...[...named, ...keyed].flatMap(([name, schema]) =>
      pathsIn(schema, path === "" ? name : `${path}.${name}`),
    ),
    ...[...anyOf, ...oneOf].flatMap((schema) => pathsIn(schema, path)),
  ].filter((inner) => inner !== path);
  return below.length === 0 ? [path] : [...new Set(below)];
}

const COMPONENT =
  /^(backupServer|postgresql|httpProxy|(cacheRepositories|gatewayServers|backupRepositories)\.KEY)\./;

test("the table of changes has a row for every property of a deployment", () => {
  const schema = JSON.parse(readFileSync(join(TOP, "cdktf.schema.json"), "utf8")) as {
    properties: { context: { properties: { entraIdBackup: Schema } } };
  };
  const told = ROWS.flatMap((title) => [...title.matchAll(/`([^`]+)`/g)].map(([, path]) => path));
  const paths = pathsIn(schema.properties.context.properties.entraIdBackup);
  expect(paths.length).toBeGreaterThan(150);
  const missing = paths.filter(
    (path) =>
      !told.some((one) =>
        [path, path.replace(COMPONENT, "")].some((text) => `${text}.`.startsWith(`${one}.`)),
      ),
  );
  expect(missing).toEqual([]);
});

test("every row of the table of changes is shown by a test", () => {
  expect(ROWS).toEqual([
    ...new Set([...ROWS_OF_CREATED, ...ROWS_OF_EXISTING].map(([title]) => title)),
    ...SHOWN_ELSEWHERE,
  ]);
});
