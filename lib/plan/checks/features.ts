import { suggest } from "../../base/nearest";
import { type Problem, problemOf, refused } from "../../base/problem";
import { operatingSystemOf, TYPES_BEHIND_GATEWAYS } from "../../ports/component-types";
import { type Connection, CONNECTIONS } from "../../ports/connections";
import { VeeamFeature } from "../../ports/features";
import { type Party, selectorsOf } from "../../ports/parties";
import { partiesNamed } from "../../ports/party-names";
import { type PortTable, PROXY_PORT, VeeamRole } from "../../ports/port-table";
import {
  DEFAULT_REVISION,
  findPortTable,
  FIRST_REVISION_WITH_FEATURES,
  REVISIONS,
  revisionsThatSpeakOf,
  speaksOf,
} from "../../ports/revisions";
import {
  COMPONENT_PROPERTY,
  type ComponentRole,
  componentsOf,
  type Deployment,
  type DeploymentComponent,
  effectiveType,
} from "../deployment";
import { isBetweenMembers } from "../flows/party-members";
import { topologyOf } from "../topology";
import { typesOfRole } from "./components";

/** Features and peers, for components of which enough is known. */
export function checkFeatures(input: Partial<Deployment>): Problem[] {
  return [...checkRevision(input), ...checkTypesGiven(input), ...checkAppliance(input)];
}

/** Features need rows of "Used Ports", a page that the first revisions do not have. */
function checkRevision(input: Partial<Deployment>): Problem[] {
  const table = findPortTable(input.portTable ?? DEFAULT_REVISION);
  if (!table || table.usedPorts) return [];
  const asked = OF_USED_PORTS.filter((property) => {
    const value = input[property];
    return value !== undefined && Object.values(value).some((given) => given !== undefined);
  });
  return asked.map((property) =>
    problemOf("needs-used-ports", property, {
      what: `needs rows of Veeam's page "Used Ports", which the port table ${table.revision} does not contain`,
      allowed: `port tables from ${FIRST_REVISION_WITH_FEATURES} on`,
      change: `Set portTable to "${FIRST_REVISION_WITH_FEATURES}" or a newer one, or leave ${property} out`,
    }),
  );
}

const OF_USED_PORTS = [
  "features",
  "restClients",
  "webUi",
  "mountServers",
  "clusterMembers",
  "services",
  "backupCopies",
  "scaleOutRepositories",
] as const satisfies ReadonlyArray<keyof Deployment>;

/** Components without a type, although a feature or property needs it to choose the ports. */
function checkTypesGiven(input: Partial<Deployment>): Problem[] {
  const components = componentsOf(input);
  return components.flatMap((component) => {
    if (effectiveType(component, components) !== undefined) return [];
    const asking = [...featuresThatAsk(component, input), ...otherwiseAsked(component, input)];
    if (asking.length === 0) return [];
    return refused("type-missing", `${component.path}.type`, {
      what: `is missing, but decides which ports are allowed for ${asking.join(", ")}`,
      allowed: typesOfRole(component.role).join(", "),
      change: "Set the type of the component",
    });
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
  // The rules for administrators exist only in groups of this deployment.
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
    for (const service of [...OF_LINUX_APPLIANCES, ...OF_WINDOWS_SERVERS]) {
      if (input.services?.[service] !== undefined) asking.push(`services.${service}`);
    }
  }
  return asking;
}

/** Properties and features that Veeam documents for one operating system of the backup server. */
function checkAppliance(input: Partial<Deployment>): Problem[] {
  const { features = [], services = {} } = input;
  const components = componentsOf(input);
  const server = components.find(({ role }) => role === VeeamRole.BACKUP_SERVER);
  const type = server && effectiveType(server, components);
  if (type === undefined) return [];
  const given = (names: readonly (keyof typeof services)[]): string[] =>
    names.filter((name) => services[name] !== undefined).map((name) => `services.${name}`);
  if (operatingSystemOf(type) === "linux") {
    return given(OF_WINDOWS_SERVERS).map((path) =>
      problemOf("windows-server-only", path, type, {
        what: "is for a backup server with Windows only: Veeam's Linux appliance contains its configuration database",
        allowed: "a backup server whose type is windows",
        change: `Leave ${path} out, or set backupServer.type to "windows"`,
      }),
    );
  }
  if (components.some((component) => component.type === "infrastructureAppliance")) return [];
  const updates = features.flatMap((feature, index) =>
    feature === VeeamFeature.APPLIANCE_UPDATES ? [`features[${index}]`] : [],
  );
  return [...updates, ...given(OF_LINUX_APPLIANCES)].map((path) =>
    problemOf("linux-appliance-only", path, type, {
      what: "is for Veeam's Linux appliance only",
      allowed: "a backup server whose type is linux, or a component whose type is infrastructureAppliance",
      change: `Leave ${path} out, or set backupServer.type to "linux"`,
    }),
  );
}

const OF_LINUX_APPLIANCES = ["ntp", "nts", "updateMirror"] as const;
const OF_WINDOWS_SERVERS = ["configurationPostgresql", "configurationSqlServer"] as const;

/** Warnings about features that allow nothing here, or cannot work with these components. */
export function featureWarnings(input: Partial<Deployment>): string[] {
  const { features = [] } = input;
  const components = componentsOf(input);
  if (features.length === 0) return [];
  const topology = topologyOf(input);
  const idle = [...new Set(features)].filter(
    (feature) => !rowsOf(feature).some((row) => isBetweenMembers(row, topology)),
  );
  const behindGateways = components.filter((component) =>
    TYPES_BEHIND_GATEWAYS.some((type) => type === effectiveType(component, components)),
  );
  const hasGateway = components.some(({ role }) => role === VeeamRole.GATEWAY_SERVER);
  return [
    ...idle.map(
      (feature) =>
        `features: ${feature} allows nothing, because the ${whoIsMissing(feature, input)} that it needs are missing.`,
    ),
    ...(features.includes(VeeamFeature.LOG_BACKUP) && !hasGateway
      ? behindGateways.map(
          ({ path, type }) =>
            `${path}: log backup needs a gateway server for a repository of the type ${type}. Add one to gatewayServers.`,
        )
      : []),
  ];
}

function whoIsMissing(feature: VeeamFeature, { consoles }: Partial<Deployment>): string {
  const isFromConsoles = rowsOf(feature).every(({ from }) => from === "console");
  return isFromConsoles && consoles === undefined ? "consoles" : "components";
}

function rowsOf(feature: VeeamFeature): Connection[] {
  return CONNECTIONS.filter(({ features }) => features.includes(feature));
}

/** The revision that a deployment follows, and that each role has what it needs in it. */
export function checkPortTable(deployment: Partial<Deployment>): Problem[] {
  const { portTable = DEFAULT_REVISION, cacheMigration } = deployment;
  const table = findPortTable(portTable);
  if (!table) {
    return refused("port-table-unknown", "portTable", portTable, {
      what: "is not a known revision of the port table",
      allowed: REVISIONS.join(", "),
      change: suggest(portTable, REVISIONS, "Name one of these, or leave it out for the default"),
    });
  }
  const components = componentsOf(deployment);
  const roles = [...new Set(components.map(({ role }) => role as ComponentRole))];
  return [
    // Once for the role, whichever of its components were given.
    ...roles.flatMap((role) => checkRows(table, role, COMPONENT_PROPERTY[role], `the role ${role}`)),
    ...(cacheMigration
      ? checkRows(
          table,
          "migrating-cache-repositories",
          "cacheMigration",
          "a migration of the cache repository",
        )
      : []),
  ];
}

/** A party without rows in the port table. */
function checkRows(
  table: PortTable,
  party: VeeamRole | "migrating-cache-repositories",
  path: string,
  what: string,
): Problem[] {
  if (speaksOf(table, party)) return [];
  const revisions = revisionsThatSpeakOf(party);
  return refused("role-not-in-port-table", path, {
    what: `the port table ${table.revision} has no row for ${what}`,
    allowed: `port tables from ${revisions[0]} on`,
    change: `Set portTable to "${revisions[revisions.length - 1]}", or leave ${path} out`,
  });
}

/** A port of the HTTP proxy other than the one that the page prints. */
export function proxyPortWarnings(deployment: Partial<Deployment>): string[] {
  const table = findPortTable(deployment.portTable ?? DEFAULT_REVISION);
  const row = table?.entraId.rows.find(({ to }) => partiesNamed(to).includes(VeeamRole.HTTP_PROXY));
  const port = deployment.httpProxy?.port;
  if (!table || !row || port === undefined) return [];
  if (row.ports.includes(PROXY_PORT) || row.ports.includes(String(port))) return [];
  return [
    `httpProxy.port: the port table ${table.revision} prints ${row.ports.join(", ")} for the HTTP proxy; the deployment's ${port} is used.`,
  ];
}
