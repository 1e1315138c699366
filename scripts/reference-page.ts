import { cdktfJsonSchema } from "./json-schema";

/** The parts of JSON Schema that the deployment file's schema uses. */
interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** docs/reference.md: every property of a deployment file, generated from its schema. */
export function referencePage(): string {
  const root = cdktfJsonSchema() as {
    properties: { context: { properties: { entraIdBackup: Schema } } };
  };
  const sections = new Sections();
  sections.add("", root.properties.context.properties.entraIdBackup);
  return [
    "<!-- Written by `npm run write-docs` from lib/app/schema.ts; do not edit. -->",
    "# Reference of the deployment file",
    "The deployment is the object `entraIdBackup` in the context of cdktf.json. [cdktf.schema.json](../cdktf.schema.json) contains the same as a JSON schema, for completion and checks in editors. `<name>` is a key that you choose; `[]` is an element of a list.",
    ...sections.texts,
    "",
  ].join("\n\n");
}

class Sections {
  public readonly texts: string[] = [];
  /** Titles of sections by their properties, so that each object is described once. */
  private readonly titles = new Map<string, string>();

  /** Adds the section of an object, then those of the objects in it. */
  public add(path: string, schema: Schema): void {
    const title = this.titles.get(JSON.stringify(schema.properties)) ?? "Deployment";
    const properties = Object.entries(schema.properties ?? {});
    const nested: Array<readonly [string, Schema]> = [];
    const rows = properties.map(([name, property]) => {
      const below = path === "" ? name : `${path}.${name}`;
      const objects = objectsIn(below, property);
      for (const [objectPath, object] of objects) {
        const key = JSON.stringify(object.properties);
        if (this.titles.has(key)) continue;
        // Several objects can be the value of one property: each has a property that the others do not have.
        const [first] = Object.keys(object.properties ?? {});
        this.titles.set(key, `\`${objectPath}\`${objects.length > 1 ? ` with \`${first}\`` : ""}`);
        nested.push([objectPath, object]);
      }
      const links = objects.map(([, object]) => this.titles.get(JSON.stringify(object.properties)) as string);
      const { text, otherwise } = described(property);
      const see = links.length === 0 ? "" : `. See ${links.map(linkTo).join(" or ")}`;
      const fallback = schema.required?.includes(name) ? "required" : otherwise;
      return `| \`${name}\` | ${typeText(property)} | ${cell(text + see)} | ${cell(fallback)} |`;
    });
    this.texts.push(
      `## ${title}`,
      ["| Property | Type | Description | Default |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    );
    for (const [objectPath, object] of nested) this.add(objectPath, object);
  }
}

/** The objects that a value of this schema contains without another object around them. */
function objectsIn(path: string, schema: Schema): Array<readonly [string, Schema]> {
  if (schema.anyOf) return schema.anyOf.flatMap((one) => objectsIn(path, one));
  if (schema.items) return objectsIn(`${path}[]`, schema.items);
  if (schema.properties) return [[path, schema]];
  const values = schema.additionalProperties;
  return typeof values === "object" ? objectsIn(`${path}.<name>`, values) : [];
}

function described({ description = "" }: Schema): { text: string; otherwise: string } {
  const [text, otherwise = "none"] = description.split(/\.? ?Default: /);
  return { text, otherwise };
}

function typeText(schema: Schema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeText))].join(" or ");
  if (schema.enum) return schema.enum.map((value) => `\`"${value}"\``).join(", ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.items) return `list of ${typeText(schema.items)}`;
  if (typeof schema.additionalProperties === "object") {
    return schema.additionalProperties.properties ? "objects by name" : "strings by name";
  }
  if (schema.minimum !== undefined) return `${schema.type} ${schema.minimum} to ${schema.maximum}`;
  return schema.type ?? "";
}

function linkTo(title: string): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
  return `[${title}](#${anchor})`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
