import { readFileSync } from "node:fs";
import type { ExitCode } from "../../../lib/cli/exit-code";
import type { Io } from "../../../lib/cli/io";
import { run } from "../../../lib/cli/run";
import { styleOf } from "../../../lib/cli/io";

/** What a run of the command wrote, and how it ended. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Files by name, in place of those on disk; a function is called when the file is read. */
export type Files = Readonly<Record<string, unknown>>;

/** Runs the command in this process. */
export async function veeamPorts(
  args: readonly string[],
  files: Files = {},
  colors = false,
): Promise<Outcome> {
  const written = { out: "", err: "" };
  const io: Io = {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    read: (file) => {
      const content = files[file];
      if (content === undefined) return readFileSync(file);
      return Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
    },
    style: styleOf(colors),
  };
  const exitCode = await run(args, io);
  return { exitCode, ...written };
}
