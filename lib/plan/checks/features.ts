import { operatingSystemOf, TYPES_BEHIND_GATEWAYS } from "../../ports/component-types";
import { VeeamFeature } from "../../ports/features";
import { type Party, selectorsOf } from "../../ports/parties";
import { VeeamRole, type SectionRow } from "../../ports/port-table";
import { allPortSections } from "../../ports/sections";
import { endsAtDnsNames } from "../flows/open-rows";
import { endsOfRow, membersOf } from "../flows/party-members";
import { effectiveType } from "../hosts";
import { typesOfRole } from "./component-types";
import { componentsOf, type Deployment, type DeploymentComponent } from "../deployment";
import type { Problem } from "../../base/problem";
import { topologyOf } from "../topology";

/** Features and peers, for components of which enough is known. */
export function checkFeatures(input: Partial<Deployment>): Problem[] {
  return [...checkTypesGiven(input), ...checkAppliance(input)];
}

/** Components whose type decides which ports open, and who asks. */
function checkTypesGiven(input: Partial<Deployment>): Problem[] {
  const components = componentsOf(input);
  return components.flatMap((component) => {
    if (effectiveType(component, components) !== undefined) return [];
    const asking = [...featuresThatAsk(component, input), ...otherwiseAsked(component, input)];
    if (asking.length === 0) return [];
    return [
      {
        code: "type-missing",
        path: `${component.path}.type`,
        what: `is missing, and what opens for ${asking.join(", ")} depends on it`,
        allowed: typesOfRole(component.role).join(", "),
        change: "Write what the component is",
      },
    ];
  });
}

function featuresThatAsk({ role }: DeploymentComponent, { features = [] }: Partial<Deployment>): string[] {
  return features.filter((feature) =>
    rowsOf(feature)
      .flatMap(({ from, to }) => [from, to])
      .some((party) => isTyped(party, role)),
  );
}

/** Whether the party is only some of the components of the role, by their type. */
function isTyped(party: Party, role: VeeamRole): boolean {
  return selectorsOf(party).some(
    (selector) => selector.role === role && (selector.types ?? selector.except) !== undefined,
  );
}

function otherwiseAsked(component: DeploymentComponent, input: Partial<Deployment>): string[] {
  const asking: string[] = [];
  const { role, key } = component;
  // Nobody logs on through our rules to a machine whose group is not ours.
  if (input.administrators && component.addresses === undefined && component.on === undefined) {
    asking.push("administrators");
  }
  if (role === VeeamRole.BACKUP_REPOSITORY) {
    const copies = input.backupCopies ?? [];
    const scaleOuts = Object.values(input.scaleOutRepositories ?? {});
    if (copies.some(({ from, to }) => from === key || to === key)) asking.push("backupCopies");
    if (scaleOuts.some(({ extents }) => extents?.includes(key))) asking.push("scaleOutRepositories");
  }
  if (role === VeeamRole.BACKUP_SERVER) {
    for (const service of ["ntp", "nts"] as const) {
      if (input.services?.[service] !== undefined) asking.push(`services.${service}`);
    }
  }
  return asking;
}

/** What Veeam documents for its Linux appliance only. */
function checkAppliance(input: Partial<Deployment>): Problem[] {
  const { features = [], services = {} } = input;
  const components = componentsOf(input);
  const server = components.find(({ role }) => role === VeeamRole.BACKUP_SERVER);
  const type = server && effectiveType(server, components);
  if (type === undefined || operatingSystemOf(type) === "linux") return [];
  const refuse = (path: string): Problem => ({
    code: "linux-appliance-only",
    path,
    what: "is for Veeam's Linux appliance only",
    value: type,
    allowed: "a backup server whose type is linux",
    change: `Leave ${path} out, or set backupServer.type to "linux"`,
  });
  return [
    ...features.flatMap((feature, index) =>
      feature === VeeamFeature.APPLIANCE_UPDATES ? [refuse(`features[${index}]`)] : [],
    ),
    ...(["ntp", "nts"] as const).flatMap((service) =>
      services[service] === undefined ? [] : [refuse(`services.${service}`)],
    ),
  ];
}

/** Features that open nothing here, and combinations with which they cannot do their work. */
export function featureWarnings(input: Partial<Deployment>): string[] {
  const { consoles, features = [] } = input;
  const components = componentsOf(input);
  if (features.length === 0) return [];
  const topology = topologyOf(input);
  const idle = [...new Set(features)].filter(
    (feature) =>
      !rowsOf(feature).some((row) =>
        endsAtDnsNames(row)
          ? membersOf(row.from, topology).length > 0
          : row.from === "console"
            ? consoles !== undefined
            : endsOfRow(row, topology).length > 0,
      ),
  );
  const behindGateways = components.filter((component) =>
    TYPES_BEHIND_GATEWAYS.some((type) => type === effectiveType(component, components)),
  );
  const hasGateway = components.some(({ role }) => role === VeeamRole.GATEWAY_SERVER);
  return [
    ...idle.map(
      (feature) =>
        `features: ${feature} opens nothing, because the ${whoIsMissing(feature)} that its rows are about are not there.`,
    ),
    ...(features.includes(VeeamFeature.LOG_BACKUP) && !hasGateway
      ? behindGateways.map(
          ({ path, type }) =>
            `${path}: log backup needs a gateway server for a repository of the type ${type}, and there is none. Add one to gatewayServers.`,
        )
      : []),
  ];
}

function whoIsMissing(feature: VeeamFeature): string {
  return rowsOf(feature).every(({ from }) => from === "console") ? "consoles" : "components";
}

function rowsOf(feature: VeeamFeature): SectionRow[] {
  return allPortSections().flatMap(({ rows }) => rows.filter((row) => row.features.includes(feature)));
}
