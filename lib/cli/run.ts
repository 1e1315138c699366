import { CommanderError } from "commander";
import { InvalidInputError } from "../base/problem";
import { ExitCode, UsageError } from "./exit-code";
import { type Io, toJson } from "./io";
import { programOf } from "./program";

/** Runs the command with the arguments that a user gave, and says how it ended. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode = ExitCode.HOLDS;
  const program = programOf(args, io, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.HOLDS : ExitCode.UNUSABLE;
    }
    if (error instanceof InvalidInputError && args.includes("--json")) {
      io.out(toJson({ problems: error.problems }));
    }
    const isMissingPackage = error instanceof Error && error.name === "MissingPackageError";
    if (error instanceof InvalidInputError || error instanceof UsageError || isMissingPackage) {
      io.err(`${error.message}\n`);
      return ExitCode.UNUSABLE;
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    io.err(
      process.env.VEEAM_PORTS_DEBUG
        ? `${stack}\n`
        : `Internal error: ${message}\nSet VEEAM_PORTS_DEBUG=1 for the stack trace, and report the error with the input.\n`,
    );
    return ExitCode.UNUSABLE;
  }
}
