import { operatingSystemOf, TYPES_BEHIND_GATEWAYS } from "../../ports/component-types";
import { VeeamFeature } from "../../ports/features";
import { type Party, selectorsOf } from "../../ports/parties";
import { VeeamRole, type SectionRow } from "../../ports/port-table";
import { allPortSections } from "../../ports/sections";
import { endsAtDnsNames } from "../flows/open-rows";
import { endsOfRow, membersOf } from "../flows/party-members";
import { effectiveType, typesOfRole } from "./component-types";
import { type ComponentInput, type DeploymentInput } from "./deployment-input";
import { suggest } from "../../base/nearest";
import type { Problem } from "../../base/problem";
import { topologyOfInput } from "./topology-of-input";

/** What a deployment wants: features that exist, for components of which enough is known. */
export function checkFeatures(input: DeploymentInput): Problem[] {
  return [...checkKnown(input.features ?? []), ...checkTypesGiven(input), ...checkAppliance(input)];
}

function checkKnown(features: readonly VeeamFeature[]): Problem[] {
  const known: readonly string[] = Object.values(VeeamFeature);
  return features.flatMap((feature, index) =>
    known.includes(feature)
      ? []
      : [
          {
            path: `features[${index}]`,
            what: "is no feature",
            value: feature,
            allowed: known.join(", "),
            change: suggest(feature, known, "Name one of these, or leave it out"),
          },
        ],
  );
}

/** Components whose type decides which ports open, and who asks. */
function checkTypesGiven(input: DeploymentInput): Problem[] {
  const { components } = input;
  return components.flatMap((component) => {
    if (component.refused?.includes("type") || effectiveType(component, components) !== undefined) return [];
    const asking = [...featuresThatAsk(component, input), ...otherwiseAsked(component, input)];
    if (asking.length === 0) return [];
    return [
      {
        path: `${component.path}.type`,
        what: `is missing, and what opens for ${asking.join(", ")} depends on it`,
        allowed: typesOfRole(component.role).join(", "),
        change: "Say what the component is",
      },
    ];
  });
}

function featuresThatAsk({ role }: ComponentInput, { features = [] }: DeploymentInput): string[] {
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

function otherwiseAsked(component: ComponentInput, input: DeploymentInput): string[] {
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
function checkAppliance(input: DeploymentInput): Problem[] {
  const { components, features = [], services = {} } = input;
  const server = components.find(({ role }) => role === VeeamRole.BACKUP_SERVER);
  const type = server && effectiveType(server, components);
  if (type === undefined || operatingSystemOf(type) === "linux") return [];
  const refuse = (path: string): Problem => ({
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
export function featureWarnings(input: DeploymentInput): string[] {
  const { components, consoles, features = [] } = input;
  if (features.length === 0) return [];
  const topology = topologyOfInput(input);
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
