import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes the package for CDK Terrain out of the built one for cdktf: the same
 * files, with the names of three modules changed wherever one is imported.
 */
const TOP = join(__dirname, "..");
const OUT = join(TOP, "dist-cdktn");
const MODULES: Readonly<Record<string, string>> = {
  cdktf: "cdktn",
  "@cdktf/provider-azurerm": "@cdktn/provider-azurerm",
  "cdktf-veeam-entra-id": "cdktn-veeam-entra-id",
};
const PEERS = {
  "@cdktn/provider-azurerm": "^16.1.0",
  cdktn: ">=0.23.0 <0.25.0",
  constructs: ">=10.6.0 <10.8.0",
};

// A quoted name is a module's only after one of these: `Symbol.for("cdktf/…")` stays.
const IMPORT = /(\b(?:from|import|require\(|require\.resolve\(|import\()\s*["'])([^"'\n]+)(?=["'])/g;

/** A file's text with its imports from CDK Terrain. */
export function forCdkTerrain(text: string): string {
  return text.replace(IMPORT, (whole, before: string, path: string) => {
    const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(path) ?? [];
    return MODULES[name] === undefined ? whole : `${before}${MODULES[name]}${rest}`;
  });
}

/** What npm has to know about the package for CDK Terrain. */
export function manifestForCdkTerrain(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const {
    scripts: _scripts,
    devDependencies: _tools,
    overrides: _overrides,
    allowScripts: _,
    ...own
  } = manifest;
  return {
    ...own,
    name: MODULES[String(own.name)],
    description: String(own.description).replace("the Terraform CDK", "CDK Terrain"),
    keywords: (own.keywords as string[]).map((word) => MODULES[word] ?? word),
    peerDependencies: PEERS,
  };
}

if (require.main === module) {
  const manifest = JSON.parse(readFileSync(join(TOP, "package.json"), "utf8")) as Record<string, unknown>;
  rmSync(OUT, { recursive: true, force: true });
  for (const path of [...(manifest.files as string[]), "README.md", "LICENSE"])
    cpSync(join(TOP, path), join(OUT, path), { recursive: true });
  for (const file of readdirSync(OUT, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(js|ts|md)$/.test(name),
  )) {
    const text = readFileSync(join(OUT, file), "utf8");
    writeFileSync(join(OUT, file), forCdkTerrain(text));
  }
  writeFileSync(
    join(OUT, "package.json"),
    `${JSON.stringify(manifestForCdkTerrain(manifest), undefined, 2)}\n`,
  );
}
