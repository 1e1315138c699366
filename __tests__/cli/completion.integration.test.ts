import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { veeamPorts } from "../support/tools/fake-io";
import { temporaryFolder } from "../support/tools/temporary-folder";
import { describeWith, runs } from "../support/tools/tools";

describeWith(
  runs("zsh", "--version"),
  "zsh",
  "apt-get install zsh",
)("completion", () => {
  const folder = temporaryFolder("veeam-completion-");
  afterAll(folder.remove);

  async function script(shell: string): Promise<string> {
    const { exitCode, out } = await veeamPorts(["completion", shell]);
    expect(exitCode).toBe(0);
    const file = join(folder.path, shell);
    writeFileSync(file, out);
    return file;
  }

  /** What a shell proposes for the last word. */
  async function proposals(shell: "bash" | "zsh", ...words: string[]): Promise<string[]> {
    const quoted = ["veeam-ports", ...words].map((word) => `'${word}'`).join(" ");
    const ask = {
      bash: `source ${await script("bash")}; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _veeam_ports; printf '%s\\n' "\${COMPREPLY[@]}"`,
      // The completion system itself filters by what is typed.
      zsh: `compdef() { }; _files() { }; compadd() { shift; print -l -- "$@"; }; source ${await script("zsh")}; words=(${quoted}); CURRENT=${words.length + 1}; _veeam-ports`,
    };
    const text = execFileSync(shell, ["-c", ask[shell]], { encoding: "utf8" });
    return text.split("\n").filter(Boolean);
  }

  test.each(["bash", "zsh"] as const)("%s completes commands", async (shell) => {
    const proposed = await proposals(shell, "");
    expect(proposed).toEqual(
      expect.arrayContaining(["tables", "diff", "explain", "verify", "report", "completion", "--help"]),
    );
  });

  test.each(["bash", "zsh"] as const)(
    "%s completes the options of a command, and of no other",
    async (shell) => {
      const proposed = await proposals(shell, "verify", "--s");
      expect(proposed).toContain("--sarif");
      expect(proposed).not.toContain("--out");
    },
  );

  test.each(["bash", "zsh"] as const)("%s completes the shells", async (shell) => {
    expect(await proposals(shell, "completion", "")).toEqual(expect.arrayContaining(["bash", "zsh"]));
  });

  test("bash proposes what fits what is typed", async () => {
    expect(await proposals("bash", "ver")).toEqual(["verify"]);
  });
});
