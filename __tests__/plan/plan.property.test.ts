import fc from "fast-check";
import { planOfFile } from "../../lib/app/plan-of-file";
import type { DeploymentFile } from "../../lib/app/schema";
import { propsOfDeployment } from "../../lib/app/props";
import { EntraIdBackup } from "../../lib/constructs/entra-id-backup";
import { deploymentArbitrary } from "../support/arbitraries/deployment-arbitrary";
import { featureDeploymentArbitrary } from "../support/arbitraries/feature-deployment-arbitrary";
import { runs } from "../support/arbitraries/property-settings";
import { newStack } from "../support/tools/synthesized";

// The plan knows no construct, and the constructs let users add to what is
// planned: of one deployment, both must say the same.
function compare(file: DeploymentFile): void {
  const planned = planOfFile(file);
  const backup = new EntraIdBackup(newStack(file.name), "backup", propsOfDeployment(file));
  expect(planned.flows).toEqual(backup.flows);
  expect(planned.warnings).toEqual(backup.warnings);
  expect(planned.documented?.closedSections).toEqual(backup.closedSections);
  expect(planned.documented?.dnsNamedConnections).toEqual(backup.dnsNamedConnections);
  expect(planned.places.map(({ endpoint, rules }) => ({ endpoint, rules }))).toEqual(
    backup._places.map((place) => ({ endpoint: place.endpoint, rules: place._plannedRules() })),
  );
}

test("the plan of a deployment is what its constructs do", () => {
  fc.assert(fc.property(deploymentArbitrary, compare), runs(30));
});

test("with features as well", () => {
  fc.assert(
    fc.property(featureDeploymentArbitrary, (given) => compare(given as unknown as DeploymentFile)),
    runs(30),
  );
});
