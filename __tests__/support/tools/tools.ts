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

/** `describe`, or, where the tool is missing, a skipped one that says why. */
export function describeWith(available: boolean, tool: string, why: string): jest.Describe {
  if (available) return describe;
  if (TOOLS_REQUIRED) throw new Error(`${tool} is missing, and no test may be skipped here: ${why}`);
  process.stderr.write(`skipped, for want of ${tool}: ${why}\n`);
  return describe.skip;
}
