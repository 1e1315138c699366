import { Argument, Command } from "commander";
import { completionScript } from "../completion";
import type { Io } from "../io";

/** `veeam-ports completion`: a script that makes a shell complete the command. */
export function completionCommand(io: Io): Command {
  const command = new Command("completion")
    .description("print a script that completes commands, options and files")
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh"]))
    .addHelpText(
      "after",
      `
Exit codes
  0  printed
  2  wrong usage

Examples
  source <(veeam-ports completion bash)
  veeam-ports completion zsh > "\${fpath[1]}/_veeam-ports"`,
    );
  return command.action((shell: "bash" | "zsh") => {
    io.out(completionScript(shell, command.parent?.commands ?? []));
  });
}
