import fc from "fast-check";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Testing } from "cdktf";
import { addMachines } from "../../lib/app/machines";
import { propsOfDeployment } from "../../lib/app/props";
import { readDeployment } from "../../lib/app/read-deployment";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import type { Proof } from "../../lib/proof/prove";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { featureDeploymentArbitrary } from "../support/arbitraries/feature-deployment-arbitrary";
import { copyingDeployment } from "../support/deployments/feature-deployments";
import { runs } from "../support/arbitraries/property-settings";
import { shapesOfDeployments } from "../support/deployments/shapes-of-deployments";
import { newStack } from "../support/tools/synthesized";

/** The proof of a deployment, read as a file's, whose stack was synthesized with all validations. */
function provenAtSynthesis(given: object): Proof {
  const deployment = readDeployment({ entraIdBackup: JSON.parse(JSON.stringify(given)) }, "the test");
  const stack = newStack(deployment.name);
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const backup = new EntraIdBackup(stack, "backup", propsOfDeployment(deployment));
  addMachines(backup, deployment);
  Testing.synth(stack, true);
  return backup.proof;
}

const HOLDS = { holds: true, missing: [], excess: [], rulesWithoutFlow: [], dependsOn: [] };

test.each(Object.entries({ ...shapesOfDeployments(), "with features": copyingDeployment() }))(
  "a deployment %s is proven, and nothing of it is in doubt",
  (_, deployment) => {
    expect(provenAtSynthesis(deployment)).toMatchObject(HOLDS);
  },
);

test("so is every other", () => {
  fc.assert(
    fc.property(deploymentArbitrary, (deployment) => {
      expect(provenAtSynthesis(deployment)).toMatchObject(HOLDS);
    }),
    runs(40),
  );
});

test("with whatever features", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, (deployment) => {
      expect(provenAtSynthesis(deployment)).toMatchObject(HOLDS);
    }),
    runs(20),
  );
});
