import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { cdktfJsonSchema } from "../../lib/deployment/json-schema";
import { BAD_DEPLOYMENTS } from "../support/bad-deployments";
import { deploymentArbitrary } from "../support/deployment-arbitrary";
import { runs } from "../support/property-settings";
import { fullDeployment, smallestDeployment } from "../support/sample-deployments";

const ROOT = join(__dirname, "..", "..");
const text = readFileSync(join(ROOT, "cdktf.schema.json"), "utf8");
const validate = new Ajv().compile(JSON.parse(text) as object);

/** Whether an editor would accept the deployment. */
function accepts(deployment: unknown): boolean {
  return validate(JSON.parse(JSON.stringify({ context: { entraIdBackup: deployment } }))) as boolean;
}

test("the schema in the repository is current; `npm run write-schema` writes it", () => {
  expect(text).toBe(`${JSON.stringify(cdktfJsonSchema(), null, 2)}\n`);
});

test("the shipped cdktf.json names the schema, and is as it says", () => {
  const shipped = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { $schema: string };
  expect(shipped.$schema).toBe("./cdktf.schema.json");
  expect([validate(shipped), validate.errors]).toEqual([true, null]);
});

test("every valid deployment is as the schema says", () => {
  expect([accepts(smallestDeployment()), accepts(fullDeployment())]).toEqual([true, true]);
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => {
      expect([accepts(deployment), validate.errors]).toEqual([true, null]);
    }),
    runs(200),
  );
});

describe("what is refused for its shape, an editor marks as well:", () => {
  const { shape, ports, placement } = BAD_DEPLOYMENTS;
  const known = [
    ...shape.filter(({ title }) => !title.startsWith("an expression")),
    ...ports,
    ...placement.filter(({ title }) => /^(no|two|three) places?$/.test(title)),
  ];
  test.each(known)("$title", ({ change }) => {
    expect(accepts({ ...smallestDeployment(), ...change })).toBe(false);
  });
});

test("what an editor cannot know, it lets pass", () => {
  const { prefixes, names, roles, placement } = BAD_DEPLOYMENTS;
  const beyond = [
    ...prefixes,
    ...names,
    ...roles,
    ...placement.filter(({ title }) => title.startsWith("on ")),
  ];
  const marked = beyond.filter(({ change }) => !accepts({ ...smallestDeployment(), ...change }));
  expect(marked.map(({ title }) => title)).toEqual([]);
});

test("every property says what it is for", () => {
  const undescribed: string[] = [];
  const visit = (node: Record<string, unknown>, path: string): void => {
    for (const [key, value] of Object.entries(
      (node.properties ?? {}) as Record<string, Record<string, unknown>>,
    )) {
      // The names of a network that exists speak for themselves.
      if (value.description === undefined && !["existing", "name", "resourceGroup"].includes(key)) {
        undescribed.push(`${path}.${key}`);
      }
      visit(value, `${path}.${key}`);
    }
    for (const branch of (node.anyOf ?? []) as Array<Record<string, unknown>>) visit(branch, path);
    const { additionalProperties } = node;
    if (typeof additionalProperties === "object")
      visit(additionalProperties as Record<string, unknown>, `${path}.*`);
  };
  const { properties } = JSON.parse(text).properties.context;
  visit(properties.entraIdBackup as Record<string, unknown>, "entraIdBackup");
  expect(undescribed).toEqual([]);
});
