import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describeWith as describeWithTool } from "../../support/tools/tools";

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

/** `describe` for tests that need commands, or root. */
export function describeWith(
  needs: { readonly commands: readonly string[]; readonly root?: boolean },
  name: string,
  tests: () => void,
): void {
  const missing = lacking(needs.commands, needs.root ?? false);
  const where = "the packages in .ci/run, on Debian or Ubuntu as root";
  describeWithTool(missing.length === 0, missing.join(", "), where)(name, tests);
}
