import { createHash } from "node:crypto";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { propsOfDeployment } from "../lib/app/props";
import type { DeploymentFile } from "../lib/app/schema";
import { EntraIdBackup } from "../lib/constructs/entra-id-backup";
import before from "./fixtures/without-features.json";

function synthesize(deployment: DeploymentFile): string {
  const stack = new TerraformStack(Testing.app({ stackTraces: false }), deployment.name);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  return Testing.synth(stack);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// The hashes are those of the output before there were features.
test.each(before.map((golden) => [golden.deployment.name, golden] as const))(
  "without features the output is byte for byte what it was before there were any: %s",
  (_, golden) => {
    const text = synthesize(golden.deployment as unknown as DeploymentFile);
    const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, object>> };
    const resources = Object.fromEntries(
      Object.entries(resource).flatMap(([type, named]) =>
        Object.entries(named).map(([name, body]) => [`${type}.${name}`, sha256(JSON.stringify(body))]),
      ),
    );
    expect(resources).toEqual(golden.resources);
    expect(sha256(text)).toBe(golden.stack);
  },
);
