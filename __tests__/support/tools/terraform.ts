import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { providerFor } from "./provider-process";
import { describeWith, runs } from "./tools";

/**
 * Set where Terraform talks to a provider that creates nothing. Without it
 * these tests do not run: with the real provider, and a login, they would
 * create resources and cost money.
 */
const STAND_IN = process.env.TERRAFORM_PROVIDER_STAND_IN === "1";

/** `describe` for tests that apply and destroy. */
export const describeWithTerraform = describeWith(
  STAND_IN && runs("terraform", "version"),
  "Terraform with a provider that creates nothing",
  "install Terraform, point it at such a provider, and set TERRAFORM_PROVIDER_STAND_IN=1",
);

/** The folder of the last command, if that was an empty plan: a destroy there need not refresh. */
let upToDate: string | undefined;

/** Runs Terraform in a folder and gives what it prints; a failure carries the output. */
export function terraform(folder: string, ...args: string[]): string {
  return runTerraform(folder, args, {});
}

/** Runs Terraform with variables in its environment. */
export function runTerraform(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): string {
  const settings = {
    ARM_SUBSCRIPTION_ID: "00000000-0000-0000-0000-000000000000",
    // Runs are short: collecting garbage takes a third of their time, also in a provider that is a Node.js program.
    GOGC: "off",
    GOMEMLIMIT: "512MiB",
    // Test files run side by side already: threads of one command that wait for each other cost a tenth of it.
    GOMAXPROCS: "1",
    NODE_OPTIONS: "--max-semi-space-size=64",
    ...environment,
  };
  const needsNoRefresh = args[0] === "destroy" && upToDate === folder;
  upToDate = undefined;
  const result = spawnSync("terraform", needsNoRefresh ? [...args, "-refresh=false"] : args, {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      TF_IN_AUTOMATION: "1",
      ...settings,
      ...(args[0] === "init" ? {} : providerFor(folder, settings)),
    },
  });
  if (result.status !== 0) {
    throw new Error(
      `terraform ${args.join(" ")} ended with ${result.status}:\n${result.stdout}${result.stderr}`,
    );
  }
  if (args[0] === "plan" && args.includes("-detailed-exitcode")) upToDate = folder;
  return result.stdout;
}

/**
 * Init, apply (whose plan validates), a second plan that must be empty, and destroy,
 * of the stack in a folder. Gives the number of resources that were added.
 */
export function applyPlanEmptyAndDestroy(stackFolder: string): number {
  terraform(stackFolder, "init", "-input=false", "-no-color");
  const applied = terraform(stackFolder, "apply", "-auto-approve", "-input=false", "-no-color");
  const counts = /Apply complete! Resources: (\d+) added, 0 changed, 0 destroyed/.exec(applied);
  if (!counts) throw new Error(`apply did more than add:\n${applied}`);
  terraform(stackFolder, "plan", "-detailed-exitcode", "-input=false", "-no-color");
  const destroyed = terraform(stackFolder, "destroy", "-auto-approve", "-input=false", "-no-color");
  if (!destroyed.includes(`Destroy complete! Resources: ${counts[1]} destroyed`)) {
    throw new Error(`destroy left something:\n${destroyed}`);
  }
  return Number(counts[1]);
}

/** The project as a user has it after install, in a folder of its own, with another cdktf.json. */
export function copyOfProject(folder: string): void {
  const top = join(__dirname, "..", "..", "..");
  const files = execFileSync(
    "git",
    ["ls-files", "main.ts", "cdktf.json", "package.json", "tsconfig.json", "lib", "scripts/start.js"],
    { cwd: top, encoding: "utf8" },
  );
  for (const file of files.split("\n").filter(Boolean)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    cpSync(join(top, file), join(folder, file));
  }
  execFileSync("ln", ["-s", join(top, "node_modules"), join(folder, "node_modules")]);
}
