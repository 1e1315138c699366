import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { addMachines } from "../../../lib/app/machines";
import { propsOfDeployment } from "../../../lib/app/props";
import { readDeployment } from "../../../lib/app/read-deployment";
import { DebianRelease } from "../../../lib/machines/debian-release";
import { EntraIdBackup } from "../../../lib/constructs/entra-id-backup";
import { customDataOf, resourcesOf } from "../../support/tools/resources";

/** The release of Debian that machines run; Debian 12 is booted on demand. */
export const BOOT_RELEASE =
  Object.values(DebianRelease).find((release) => release === process.env.BOOT_TEST_RELEASE) ??
  DebianRelease.TRIXIE;

/** User data of the machines in an example of docs/machines.md, which contains the word, by the end of their names. */
export function documentedUserData(word: string): (name: string) => string {
  const page = readFileSync(join(__dirname, "../../../docs/machines.md"), "utf8");
  const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, example]) => example);
  const written = examples.find((example) => example.includes(`"${word}"`)) ?? "";
  const deployment = readDeployment({ entraIdBackup: JSON.parse(written, withRelease) }, "docs/machines.md");
  const stack = new TerraformStack(Testing.app(), deployment.name);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  addMachines(new EntraIdBackup(stack, "backup", propsOfDeployment(deployment)), deployment);
  const machines = resourcesOf(Testing.synth(stack)).azurerm_linux_virtual_machine;
  return (name) => {
    const machine = machines.find((candidate) => String(candidate.name).endsWith(name));
    if (!machine) throw new Error(`docs/machines.md shows no machine ${name}`);
    // The identity's client id is known at apply.
    return customDataOf(machine).replaceAll("<known at apply>", "00000000-0000-0000-0000-000000000001");
  };
}

function withRelease(key: string, value: unknown): unknown {
  const isLinux = key === "machine" && typeof value === "object" && value !== null && "sshPublicKey" in value;
  return isLinux && BOOT_RELEASE !== DebianRelease.TRIXIE ? { ...value, release: BOOT_RELEASE } : value;
}
