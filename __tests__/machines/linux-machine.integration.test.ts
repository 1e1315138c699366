import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { MachineIdentity } from "../../lib/machines/machine-identity";
import { postgresqlCloudInit } from "../../lib/machines/postgresql-cloud-init";
import { applyPlanEmptyAndDestroy, describeWithTerraform, terraform } from "../support/tools/terraform";
import { machineIn, SHAPES } from "./support/machine-shapes";
import { VAULT } from "../support/tools/resources";

describeWithTerraform("Terraform", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "machine-stack-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function stackFolder(make: (stack: TerraformStack) => void): string {
    const app = new App({ outdir: folder });
    const stack = new TerraformStack(app, "stack");
    new AzurermProvider(stack, "azurerm", { features: [{}] });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    make(stack);
    app.synth();
    return join(folder, "stacks", "stack");
  }

  const shapes = Object.entries(SHAPES).filter(([name]) => name !== "with everything");
  it.each([
    ...shapes,
    [
      "with an identity, a disk and user data",
      (stack: TerraformStack): void => {
        const identity = new MachineIdentity(stack, "identity", {
          name: "id-postgresql",
          resourceGroupName: "rg",
          location: "westeurope",
          secretId: `${VAULT}/secrets/password`,
        });
        machineIn(stack, {
          identity,
          dataDisk: { sizeGib: 64 },
          userData: postgresqlCloudInit({
            clients: ["10.20.0.0/27"],
            listenAddress: "10.20.0.36",
            packageSource: { kind: "image" },
            passwordSecret: {
              secretId: `${VAULT}/secrets/password`,
              identityClientId: identity.identity.clientId,
            },
          }),
        });
      },
    ] as const,
  ])("applies, plans nothing more and destroys a machine %s", (_, make) => {
    expect(applyPlanEmptyAndDestroy(stackFolder(make))).toBeGreaterThanOrEqual(2);
  });

  it("puts what is only known at apply into user data, and leaves the rest as it is", () => {
    const text = (value: string): string =>
      `#cloud-config\n# \${HOME} %{if} "quoted" \\n $\${x} ${value}/a 'b' ${value}\nend\n`;
    const stack = stackFolder((made) => {
      const variable = new TerraformVariable(made, "value", { type: "string", default: 'known "later"' });
      machineIn(made, { userData: text(variable.stringValue) });
    });
    terraform(stack, "init", "-input=false", "-no-color");
    terraform(stack, "apply", "-auto-approve", "-input=false", "-no-color");
    const state = readFileSync(join(stack, "terraform.tfstate"), "utf8");
    const machine = JSON.parse(state).resources.find(
      ({ type }: { type: string }) => type === "azurerm_linux_virtual_machine",
    );
    const applied = machine.instances[0].attributes.custom_data;
    expect(Buffer.from(applied, "base64").toString()).toBe(text('known "later"'));
  });
});
