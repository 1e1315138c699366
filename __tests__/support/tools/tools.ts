import { spawnSync } from "node:child_process";

/**
 * Whether a missing tool fails the tests instead of skipping them. It does
 * where the project's own CI runs, which installs every tool.
 */
export const TOOLS_REQUIRED = process.env.TEST_TOOLS_REQUIRED === "1";

/** Whether a command is there and runs. */
export function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/**
 * `describe` for tests that need a tool. Where it is missing they are skipped,
 * and the suite, the tool and where to get it are printed; where every tool is
 * required they fail.
 */
export function describeWith(available: boolean, tool: string, where: string) {
  return (name: string, tests: () => void): void => {
    if (available) {
      describe(name, tests);
    } else if (TOOLS_REQUIRED) {
      describe(name, () => {
        it("has the tools that it needs", () => {
          throw new Error(
            `Missing: ${tool}. With TEST_TOOLS_REQUIRED=1 no test is skipped. To get it: ${where}.`,
          );
        });
      });
    } else {
      process.stderr.write(`SKIPPED: ${name}. Missing: ${tool}. To get it: ${where}.\n`);
      describe.skip(name, tests);
    }
  };
}
