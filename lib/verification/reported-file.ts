import { deploymentOf } from "../app/deployment-of-file";
import { hasMachines } from "../app/machines-of-file";
import { planOfFile } from "../app/plan-of-file";
import type { DeploymentFile } from "../app/schema";
import { AZURE_ABBREVIATIONS, NamedResource } from "../azure/naming";
import { warningsOfServiceTags } from "../azure/service-tags-file";
import { componentsOf, networkFacts } from "../plan/deployment";
import type { ClosedSection } from "../plan/flows/closed-sections";
import type { PlannedFlows } from "../plan/plan";
import { type IReported, logOnWarnings, type ReportInput, sharedGroupAssumptions } from "../plan/reported";
import { prove } from "../proof/prove";
import { networkOfPlan, planDeployment } from "./planned-deployment";

/** The input of a report on a deployment file: its plan, without constructs. */
export interface ReportedFile extends IReported {
  readonly closedSections: readonly ClosedSection[];
}

/**
 * A deployment file as a report reads it. The rules are those that the app
 * would synthesize.
 *
 * @throws InvalidInputError with everything that is wrong with the deployment
 */
export function reportedFile(file: DeploymentFile): ReportedFile {
  const deployment = deploymentOf(file);
  const { name, destinations } = deployment;
  const plan = planOfFile(file);
  const documented = plan.documented as PlannedFlows;
  const components = componentsOf(deployment);
  const network = networkOfPlan(planDeployment(file, plan));
  const proof = prove(plan.flows, network);
  const shared = plan.places.filter(({ isOthers }) => isOthers).map(({ endpoint }) => endpoint.label);
  const machines = machinesOf(file);
  const { existing } = networkFacts(deployment.virtualNetwork);
  const kind = NamedResource.VIRTUAL_NETWORK;
  const isByAddress = typeof destinations === "object" && "ipRanges" in destinations;
  const input: ReportInput = {
    path: `${name}/backup`,
    documented,
    components,
    networks: [
      {
        part: deployment,
        virtualNetwork: existing?.name ?? AZURE_ABBREVIATIONS.resourceName({ kind, deploymentName: name }),
        components: components.map(({ path }) => path),
      },
    ],
    places: plan.places,
    machines,
    flows: plan.flows,
    network,
    proof: { ...proof, assumptions: [...proof.assumptions, ...sharedGroupAssumptions(shared)] },
    warnings: [
      ...plan.warnings,
      ...(isByAddress ? warningsOfServiceTags(destinations.ipRanges) : []),
      ...logOnWarnings([...machines.keys()], documented, plan.places),
    ],
  };
  return {
    flows: [...plan.flows],
    closedSections: documented.closedSections,
    _reportInput: () => input,
  };
}

/** The module is loaded only for a file with machines, because it loads the Terraform CDK. */
function machinesOf(file: DeploymentFile): ReportInput["machines"] {
  if (!hasMachines(file)) return new Map();
  // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
  const { factsOfMachines } = require("../app/machine-facts") as typeof import("../app/machine-facts");
  return factsOfMachines(file);
}
