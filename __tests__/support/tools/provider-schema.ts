import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

// A provider sends Terraform the schemas of all its types, up to twice a command, and decoding
// them takes a third of the command's time. A provider that reads them from a file beside it, as
// a stand-in does, runs from a copy of its folder whose file has only the types that the stack
// names, each unchanged. A provider with built-in schemas runs as it is.

const SCHEMA = "schema.json";
/** Their parts are resources of their own as well. */
const NETWORK = [
  "virtual_network",
  "subnet",
  "network_security_group",
  "network_security_rule",
  "route_table",
  "route",
];

interface Schema {
  readonly schemas: {
    readonly resource_schemas: Readonly<Record<string, unknown>>;
    readonly data_source_schemas: Readonly<Record<string, unknown>>;
  };
}

/** The types of resources and data sources that the configuration in a folder names. */
export function typesIn(folder: string): Set<string> {
  const names = readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name));
  const texts = names.map((name) => readFileSync(join(folder, name), "utf8"));
  const named = texts.flatMap((text) => text.match(/\bazurerm_[a-z0-9_]+/g) ?? []);
  return new Set([...named, ...NETWORK.map((type) => `azurerm_${type}`)]);
}

/** The program that serves the schemas of these types only: a copy in a folder, or the program itself. */
export function programWithTypes(program: string, types: ReadonlySet<string>, folder: string): string {
  const from = dirname(program);
  if (!existsSync(join(from, SCHEMA))) return program;
  const { schemas, ...others } = JSON.parse(readFileSync(join(from, SCHEMA), "utf8")) as Schema;
  const used = (all: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(all).filter(([type]) => types.has(type)));
  const text = JSON.stringify({
    ...others,
    schemas: {
      ...schemas,
      resource_schemas: used(schemas.resource_schemas),
      data_source_schemas: used(schemas.data_source_schemas),
    },
  });
  writeFileSync(join(folder, SCHEMA), text);
  for (const name of readdirSync(from))
    if (name !== SCHEMA && name !== basename(program)) symlinkSync(join(from, name), join(folder, name));
  const copy = join(folder, basename(program));
  copyFileSync(program, copy);
  return copy;
}
