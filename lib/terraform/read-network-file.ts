import { refuseProblems } from "../base/problem";
import { azItems, listOf } from "./az/az-items";
import { networkOfAz } from "./az/az-network";
import type { FoundNetwork } from "./found-network";
import { type AcceptedFile, jsonOfBytes } from "./files/json-of-bytes";
import type { JsonNode } from "./files/json-node";
import { inputsOf, resourcesOfSynthesizedStack } from "./resources/synthesized-stack";
import { networkOfTerraform, problemsIn } from "./network/network-of-resources";
import type { TerraformResources } from "./resources/terraform-resource";
import { resourcesOfPlan, resourcesOfState } from "./resources/terraform-show";

const NETWORK_FILES: AcceptedFile = {
  allowed:
    "a synthesized cdk.tf.json, the output of terraform show -json (a plan or a state), of az network nsg list -o json, or of az network route-table list -o json",
  change: "Give the output of one of these commands as it is",
};
const SUBNET_FILES: AcceptedFile = {
  allowed: "the output of az network vnet list -o json, or of az network vnet subnet list -o json",
  change: "Give the output of one of these commands as it is",
};

/**
 * The network in a file. The format follows from the content.
 *
 * @param file what errors call the file
 * @throws InvalidInputError where the file is of no format that is read, or is malformed
 */
export function readNetworkFile(bytes: Uint8Array, file: string): FoundNetwork {
  return networkOfJson(jsonOfBytes(bytes, file, NETWORK_FILES));
}

/** The same for parsed JSON. @throws InvalidInputError as readNetworkFile does */
export function networkOfJson(json: JsonNode): FoundNetwork {
  if (json.has("planned_values")) return readTerraform(json, resourcesOfPlan(json));
  if (json.has("format_version") && (json.has("values") || json.has("terraform_version"))) {
    return readTerraform(json, resourcesOfState(json));
  }
  if (json.has("resource") || (json.has("terraform") && json.has("//"))) {
    return readTerraform(json, { ...resourcesOfSynthesizedStack(json), inputs: inputsOf(json) });
  }
  const foreign = FOREIGN.find(({ is }) => is(json));
  if (!foreign && isExport(json)) return networkOfAz(json);
  return json.refuse(
    foreign?.what ?? "is JSON of a kind that is not read here",
    NETWORK_FILES.allowed,
    foreign?.change ?? NETWORK_FILES.change,
  );
}

function readTerraform({ file }: JsonNode, resources: TerraformResources): FoundNetwork {
  const found = networkOfTerraform(file, resources);
  refuseProblems(file, problemsIn(found));
  return found;
}

/**
 * The subnets in a file that `--subnets` names.
 *
 * @throws InvalidInputError where the file is not a list of subnets or virtual networks, or is malformed
 */
export function readSubnetsFile(bytes: Uint8Array, file: string): FoundNetwork {
  const json = jsonOfBytes(bytes, file, SUBNET_FILES);
  if (!azItems(json).some(({ kind }) => kind === "network" || kind === "subnet" || kind === "interface")) {
    json.refuse("is not a list of subnets or of virtual networks", SUBNET_FILES.allowed, SUBNET_FILES.change);
  }
  return networkOfJson(json);
}

/** Whether the file contains resources that are read. An empty list may be one of these. */
function isExport(json: JsonNode): boolean {
  if (Array.isArray(json.value) && json.value.length === 0) return true;
  return azItems(json).some(({ kind, node }) => kind !== undefined || node.has("effectiveSecurityRules"));
}

// Files given by mistake.
const FOREIGN: ReadonlyArray<{ is: (json: JsonNode) => boolean; what: string; change: string }> = [
  {
    is: (json) => json.has("format_version"),
    what: "is an empty state: nothing is deployed",
    change: "Apply first, or give the plan: terraform show -json PLAN > plan.json",
  },
  {
    is: ({ value }) => /"(Microsoft\.Azure\.Commands|System\.Collections)\./.test(JSON.stringify(value)),
    what: "is cut off where PowerShell stopped: names of types stand for values",
    change: "Write it again with ConvertTo-Json -Depth 10",
  },
  {
    is: (json) => json.has("lineage") || (json.has("terraform_version") && json.has("serial")),
    what: "is a state in Terraform's own format, which changes between versions",
    change: "Run terraform show -json > state.json in the same folder, and give state.json",
  },
  {
    is: (json) => json.has("changeNumber") && json.has("values"),
    what: "is a Service Tags file",
    change: "Give it with --service-tags",
  },
  {
    is: (json) => json.has("context") || (json.has("app") && json.has("language")),
    what: "is a cdktf.json, which describes a deployment",
    change: "Give it with --deployment, or synthesize it and give cdk.tf.json",
  },
  {
    is: (json) => json.has("stacks") && json.has("version"),
    what: "is the manifest of the Terraform CDK's output folder",
    change: "Give the cdk.tf.json of a stack, under stacks",
  },
  {
    is: (json) => json.has("$schema") && String(json.at("$schema").value).includes("deploymentTemplate"),
    what: "is a template of Azure Resource Manager",
    change: "Deploy it, and give the output of az network nsg list -o json",
  },
  {
    is: (json) => listOf(json).some((item) => item.has("priority") && item.has("access")),
    what: "is a list of rules without their group",
    change: "Give the output of az network nsg list -o json",
  },
];
