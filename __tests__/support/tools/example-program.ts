import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ModuleKind, transpile } from "typescript";
import * as library from "cdktf-veeam-entra-id";

const EXAMPLES = join(__dirname, "..", "..", "..", "examples");

/** An edit of a program: a text that is in it once, and what takes its place. */
export type Edit = readonly [from: string, to: string];

/** The program of an example, which is edited and run as its author would. */
export class ExampleProgram {
  private text: string;

  constructor(example: string) {
    this.text = readFileSync(join(EXAMPLES, example, "main.ts"), "utf8");
  }

  /** @throws Error where the program does not have a text exactly once */
  edit(...edits: readonly Edit[]): void {
    for (const [from, to] of edits) {
      if (this.text.split(from).length !== 2) throw new Error(`the program does not have this once: ${from}`);
      this.text = this.text.replace(from, () => to);
    }
  }

  /** Synthesizes into a folder. */
  run(outdir: string): void {
    const code = transpile(this.text, { module: ModuleKind.CommonJS, esModuleInterop: true });
    const resolve = (name: string): unknown =>
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      name === "cdktf-veeam-entra-id" ? library : require(name);
    process.env.CDKTF_OUTDIR = outdir;
    const log = jest.spyOn(console, "log").mockImplementation();
    try {
      new Function("require", "exports", code)(resolve, {});
    } finally {
      delete process.env.CDKTF_OUTDIR;
      log.mockRestore();
    }
  }
}
