import { readFileSync } from "node:fs";
import { join } from "node:path";

const READ = new Map<string, string>();

/**
 * A script or style sheet of a folder's `assets`, which are packed as they are. Each is read once,
 * when it is first needed.
 */
export function asset(folder: string, name: string): string {
  // The folders of the library are one up, in lib as in dist (whose code is in dist/js).
  const file = join(__dirname, "..", folder, "assets", name);
  const content = READ.get(file) ?? readFileSync(file, "utf8");
  READ.set(file, content);
  return content;
}

/** What the package says of itself. */
export function packageManifest(): {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
} {
  const text = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
  return JSON.parse(text) as ReturnType<typeof packageManifest>;
}
