import type { Command } from "commander";

/** The script that makes a shell complete the command; files are completed where no option fits. */
export function completionScript(shell: "bash" | "zsh", commands: readonly Command[]): string {
  const names = commands.map((command) => command.name());
  const cases = commands.map((command) => {
    const options = command.options.flatMap(({ long }) => long ?? []);
    const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
    return `    ${command.name()}) list="${[...choices, ...options, "--help"].join(" ")}" ;;`;
  });
  const choose = [
    '  case "$command" in',
    ...cases,
    `    *) list="${[...names, "--help", "--version"].join(" ")}" ;;`,
    "  esac",
  ].join("\n");
  return shell === "bash" ? bashScript(choose) : zshScript(choose);
}

const bashScript = (choose: string): string => `_veeam_ports() {
  local command="" list
  if [ "$COMP_CWORD" -gt 1 ]; then command=\${COMP_WORDS[1]}; fi
${choose}
  mapfile -t COMPREPLY < <(compgen -W "$list" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _veeam_ports veeam-ports
`;

// In a folder of fpath the file is the function's body; sourced, it registers the function.
const zshScript = (choose: string): string => `#compdef veeam-ports
_veeam-ports() {
  local command="" list
  if (( CURRENT > 2 )); then command=\${words[2]}; fi
${choose}
  compadd -- \${=list}
  if (( CURRENT > 2 )); then _files; fi
}
if [ "\${funcstack[1]}" = _veeam-ports ]; then _veeam-ports "$@"; else compdef _veeam-ports veeam-ports; fi
`;
