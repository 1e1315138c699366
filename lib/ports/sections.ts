import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import type { PortSection } from "./port-table";

const FOLDER = join(__dirname, "sections");
let known: readonly PortSection[] | undefined;

/**
 * The sections of Veeam's page "Used Ports" that components of a deployment
 * need. Every file of the folder is a section, so that adding one is adding a
 * file. They are read when they are first asked for: a deployment without
 * features needs none.
 */
export function allPortSections(): readonly PortSection[] {
  known ??= readdirSync(FOLDER)
    .filter((file) => [".ts", ".js"].includes(extname(file)) && !file.endsWith(".d.ts"))
    .sort()
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder's content is only known here
    .map((file) => (require(join(FOLDER, file)) as { section: PortSection }).section);
  return known;
}
