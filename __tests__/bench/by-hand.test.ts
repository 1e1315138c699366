import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { deploymentByHand } from "../../bench/by-hand";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** The attributes of every resource, with references to others left open: their ids differ. */
function attributes(build: (stack: TerraformStack) => void): string[] {
  const stack = new TerraformStack(Testing.app(), "stack");
  build(stack);
  const { resource } = JSON.parse(Testing.synth(stack)) as { resource: Resources };
  return Object.entries(resource)
    .flatMap(([type, byId]) => Object.values(byId).map((one) => `${type} ${JSON.stringify(one)}`))
    .map((text) =>
      text
        .replace(/\$\{azurerm_(\w+?)\.[^}]+\.(\w+)\}/g, "<$1 $2>")
        .replace(/"depends_on":\[[^\]]*\]/, '"depends_on":[]'),
    )
    .sort();
}

test("the benchmark compares with the same resources", () => {
  const context: unknown = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "bench", "deployment.json"), "utf8"),
  );
  const byLibrary = attributes(
    (stack) =>
      void new EntraIdBackup(stack, "backup", propsOfDeployment(readDeployment(context, "the benchmark"))),
  );
  expect(attributes(deploymentByHand)).toEqual(byLibrary);
});
