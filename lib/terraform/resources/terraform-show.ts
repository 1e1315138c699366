import type { JsonNode } from "../files/json-node";
import { PlanConfiguration } from "./plan-configuration";
import type { TerraformResource, TerraformResources } from "./terraform-resource";

/** The resources of a state, as `terraform show -json` prints it. @throws InvalidInputError where the file is not one */
export function resourcesOfState(file: JsonNode): TerraformResources {
  const resources = resourcesOfModule(file.at("values").at("root_module")).map(({ node }) =>
    resourceOf(node),
  );
  return { resources, notes: [] };
}

/**
 * The resources after a plan, as `terraform show -json PLAN` prints it. Values
 * that are known only after the apply are references from the configuration.
 *
 * @throws InvalidInputError where the file is not one
 */
export function resourcesOfPlan(file: JsonNode): TerraformResources {
  const planned = resourcesOfModule(file.at("planned_values").at("root_module"));
  const before = resourcesOfModule(file.at("prior_state").at("values").at("root_module"));
  const changes = file.at("resource_changes").items();
  const judged = new Set([
    ...planned.map(({ node }) => addressOf(node)),
    ...changes
      .filter((change) => !isForgotten(change))
      .flatMap((change) => [addressOf(change), change.at("previous_address").text() ?? ""]),
  ]);
  // The state before has the data sources, and what a plan forgets or leaves out.
  const read = before
    .filter(({ node }) => node.at("mode").text() === "data" || !judged.has(addressOf(node)))
    .map(({ node }) => resourceOf(node));
  const unknown = new Map(
    changes
      .filter((change) => !change.has("deposed"))
      .map((change) => [change.at("address").requiredText(), change.at("change").at("after_unknown").value]),
  );
  const configuration = new PlanConfiguration(
    file.at("configuration").at("root_module"),
    planned.map(({ node }) => addressOf(node)),
  );
  const resources = planned.map(({ node, module }) => {
    const resource = resourceOf(node);
    return configuration.completed(resource, module, unknown.get(resource.address));
  });
  return {
    resources: [...resources, ...read, ...leftBehind(changes, resources)],
    destroyed: destroyedBy(changes, before),
    gaps: gapsOfPlan(file),
    notes: configuration.notes,
  };
}

/** Whether a plan removes a resource from the state only. */
function isForgotten(change: JsonNode): boolean {
  return actionsOf(change).join() === "forget";
}

function actionsOf(change: JsonNode): string[] {
  return change.at("change").at("actions").texts();
}

/** The resources in Azure that a plan replaces without deleting them. */
function leftBehind(
  changes: readonly JsonNode[],
  planned: readonly TerraformResource[],
): TerraformResource[] {
  const targets = new Set(planned.flatMap((resource) => targetOf(resource) ?? []));
  const replaced = changes
    .filter((change) => actionsOf(change).includes("forget") && !isForgotten(change))
    .map((change) => ({
      address: `${addressOf(change)} (before)`,
      type: change.at("type").requiredText(),
      values: change.at("change").at("before").object(),
    }));
  // A subnet or an interface has one group: a new association replaces the old one.
  return replaced.filter((resource) => !targets.has(targetOf(resource) ?? ""));
}

/** The subnet or interface of an association. */
function targetOf({ type, values }: TerraformResource): string | undefined {
  const target = values.subnet_id ?? values.network_interface_id;
  return type.endsWith("_security_group_association") && typeof target === "string" ? target : undefined;
}

/** The address of a resource, or of a deposed object of it: one that a replacement has not deleted yet. */
function addressOf(node: JsonNode): string {
  const deposed = node.at("deposed_key").text() ?? node.at("deposed").text();
  const address = node.at("address").requiredText();
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

/** Why a plan may lack something. */
function gapsOfPlan(file: JsonNode): string[] {
  const again = "Plan again without -target and -exclude, until nothing is left over.";
  const gaps: ReadonlyArray<readonly [isThere: boolean, text: string]> = [
    [file.at("errored").value === true, "ended with an error, and may lack what comes after it."],
    [
      file.at("complete").value === false,
      `is not complete: it was made with -target, or puts changes off. ${again}`,
    ],
    [
      file.at("deferred_changes").items().length > 0,
      `puts changes off (deferred_changes), and lacks what they make. ${again}`,
    ],
  ];
  return gaps.flatMap(([isThere, text]) => (isThere ? `The plan ${file.file} ${text}` : []));
}

/** The resources that a plan deletes or replaces, as they are before. */
function destroyedBy(changes: readonly JsonNode[], before: readonly ResourceInModule[]): TerraformResource[] {
  const known = new Map(before.map(({ node }) => [addressOf(node), node]));
  return changes
    .filter((change) => actionsOf(change).includes("delete"))
    .flatMap((change) => {
      const address = addressOf(change);
      const node = known.get(address);
      const values = change.at("change").at("before");
      const type = change.at("type").text() ?? node?.at("type").text();
      const old = values.isSet ? values : node?.at("values");
      return type !== undefined && old?.isSet ? [{ address, type, values: old.object() }] : [];
    });
}

interface ResourceInModule {
  readonly node: JsonNode;
  /** Address of the module: `module.net["a"]`; empty for the root. */
  readonly module: string;
}

function resourcesOfModule(root: JsonNode): ResourceInModule[] {
  const found: ResourceInModule[] = [];
  const open = [root];
  for (let module = open.shift(); module; module = open.shift()) {
    const address = module.at("address").text() ?? "";
    const nodes = module.at("resources").items();
    const ours = nodes.filter((node) => /^(azurerm|azapi)_/.test(node.at("type").requiredText()));
    found.push(...ours.map((node) => ({ node, module: address })));
    open.push(...module.at("child_modules").items());
  }
  return found;
}

function resourceOf(node: JsonNode): TerraformResource {
  return {
    address: addressOf(node),
    type: node.at("type").requiredText(),
    values: node.at("values").object(),
  };
}
