import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";

// The jsii compiler leaves out what is not TypeScript.
const scripts = join(__dirname, "../lib/machines/assets");
const built = join(__dirname, "../dist/machines");
cpSync(scripts, join(built, "assets"), { recursive: true });

// What was built has to find each of them; a missing file ends the build.
void import(join(built, "asset.js")).then(({ asset }: { asset: (name: string) => string }) =>
  readdirSync(scripts).forEach((name) => asset(name)),
);
