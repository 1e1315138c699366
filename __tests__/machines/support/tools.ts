import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { TOOLS_REQUIRED } from "../../support/tools/tools";

/** Whether the command is on the path. */
export function hasCommand(name: string): boolean {
  return [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"].some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What stands in the way of a test: missing commands, or another user than root. */
function lacking(commands: readonly string[], root: boolean): string[] {
  return [
    ...(root && process.getuid?.() !== 0 ? ["to be root"] : []),
    ...commands.filter((name) => !hasCommand(name)),
  ];
}

/**
 * Describes tests that need tools. Without them they are skipped with a line
 * that says so, but for continuous integration, where nothing may be skipped.
 */
export function describeWith(
  needs: { readonly commands: readonly string[]; readonly root?: boolean },
  name: string,
  tests: () => void,
): void {
  const missing = lacking(needs.commands, needs.root ?? false);
  if (missing.length === 0) {
    describe(name, tests);
  } else if (TOOLS_REQUIRED) {
    describe(name, () => {
      it("has the tools that it needs", () => {
        throw new Error(`Needed and not there: ${missing.join(", ")}. In CI, no test is skipped for that.`);
      });
    });
  } else {
    process.stderr.write(`SKIPPED: ${name}. Needed and not there: ${missing.join(", ")}.\n`);
    describe.skip(name, tests);
  }
}
