import { readFileSync } from "node:fs";
import { join } from "node:path";

const READ = new Map<string, string>();

/** A script of the folder `assets`, which is packed beside this file. Each is read once, when it is first asked for. */
export function asset(name: string): string {
  const content = READ.get(name) ?? readFileSync(join(__dirname, "assets", name), "utf8");
  READ.set(name, content);
  return content;
}
