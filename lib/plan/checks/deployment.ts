import { formatIpv4Prefix, parseIpv4Address } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";
import { findPortTable, REVISIONS, revisionsThatSpeakOf, speaksOf } from "../../ports/revisions";
import { type PortTable, PROXY_PORT, VeeamRole } from "../../ports/port-table";
import { VeeamFeature } from "../../ports/features";
import { checkLocation, checkTags } from "../../azure/azure-settings";
import { checkTypes } from "./component-types";
import { checkAddresses, checkKey, checkPlacement, checkPort, checkSharing, checkSubnet } from "./components";
import {
  type ComponentInput,
  COMPONENT_PROPERTY,
  type DeploymentInput,
  type VirtualNetworkInput,
} from "./deployment-input";
import { checkDnsNames } from "./dns-names";
import { checkFeatures, featureWarnings } from "./features";
import {
  checkDeploymentName,
  checkDistinctNames,
  checkResourceGroupName,
  checkSimpleName,
} from "../../azure/names";
import { checkExistingSubnet, checkSubnetOfNetwork } from "./existing-subnet";
import { suggest } from "../../base/nearest";
import { checkBandsOfGroups } from "./shared-groups";
import {
  checkKnownLength,
  checkPrefixList,
  containedInSameList,
  type GivenPrefix,
  overlapsWithin,
} from "./prefixes";
import { checkPeers } from "./peers";
import type { Problem } from "../../base/problem";
import { checkRepositoryRelations, relationWarnings } from "./repository-relations";
import { checkSubnetSettings } from "./subnet-settings";
import { checkTransmissionPorts, transmissionWarnings } from "./transmission-ports";

/** What the checks of a deployment found. */
export interface DeploymentFindings {
  /** What is refused. */
  readonly problems: Problem[];
  /** What a person should know, though it deploys; each a sentence. */
  readonly warnings: string[];
}

/** Everything that is wrong with a deployment, at once. */
export function checkDeployment(input: DeploymentInput): DeploymentFindings {
  const { components } = input;
  const topology = checkTopology(input);
  return {
    problems: [
      ...(input.name === undefined ? [] : checkDeploymentName("name", input.name, input.naming)),
      ...(input.location === undefined ? [] : checkLocation("location", input.location)),
      ...(input.resourceGroup
        ? checkResourceGroupName(input.resourceGroup.path, input.resourceGroup.name)
        : []),
      ...(input.virtualNetwork ? checkVirtualNetwork(input.virtualNetwork, subnetsOf(input).prefixes) : []),
      ...components.flatMap((component) => [
        ...checkPlacement(component),
        ...checkSubnetSettings(component),
        ...(component.existingSubnet && input.virtualNetwork
          ? checkSubnetOfNetwork(
              `${component.path}.existingSubnet`,
              component.existingSubnet,
              input.virtualNetwork,
            )
          : []),
        ...checkKey(component, input.name, input.naming),
        ...(component.port === undefined ? [] : checkPort(`${component.path}.port`, component.port)),
      ]),
      ...topology.problems,
      ...checkSharing(components),
      ...(input.tags ? checkTags("tags", input.tags) : []),
    ],
    warnings: topology.warnings,
  };
}

/** What is wrong with components together, whose names and places are checked one by one elsewhere. */
export function checkTopology(input: DeploymentInput): DeploymentFindings {
  const { components } = input;
  const subnets = subnetsOf(input);
  const addresses = components.flatMap((component) =>
    component.addresses === undefined
      ? []
      : [checkAddresses(`${component.path}.addresses`, component.addresses, subnets.prefixes)],
  );
  const consoles = input.consoles && checkAddresses("consoles", input.consoles, subnets.prefixes);
  const peers = checkPeers(input, subnets.prefixes);
  const dnsNames = checkDnsNames(input, subnets.prefixes);
  const table = findPortTable(input.portTable);
  return {
    problems: [
      ...(table ? checkRoles(table, input) : [unknownPortTable(input.portTable)]),
      ...(consoles?.problems ?? []),
      ...checkKeysOfRoles(components),
      ...checkSingleRoles(components),
      ...subnets.problems,
      ...overlapsWithin(subnets.prefixes, "subnets that share no address"),
      ...checkBandsOfGroups(components),
      ...addresses.flatMap(({ problems }) => problems),
      ...checkMigration(input),
      ...checkTypes(components),
      ...checkFeatures(input),
      ...peers.flatMap(({ problems }) => problems),
      ...dnsNames.problems,
      ...checkRepositoryRelations(input),
      ...checkTransmissionPorts(input),
    ],
    warnings: [
      ...(table ? proxyPortWarnings(table, components) : []),
      ...combinationWarnings(components, input.features ?? []),
      ...featureWarnings(input),
      ...dnsNames.warnings,
      ...relationWarnings(input),
      ...transmissionWarnings(input),
      ...[consoles, ...addresses, ...peers].flatMap((list) => containedWarnings(list?.prefixes ?? [])),
      ...dnsNames.prefixes.flatMap(containedWarnings),
    ],
  };
}

/** The subnets of a deployment, made and there already, and what is wrong with them. */
export function subnetsOf({ components, virtualNetwork }: DeploymentInput): {
  prefixes: GivenPrefix[];
  problems: Problem[];
} {
  const addressSpace = virtualNetwork?.addressSpace ?? [];
  const made = components.flatMap((component) =>
    component.subnet === undefined
      ? []
      : [checkSubnet(`${component.path}.subnet`, component.subnet, addressSpace)],
  );
  const existing = components.flatMap(({ path, existingSubnet }) =>
    existingSubnet ? [checkExistingSubnet(`${path}.existingSubnet`, existingSubnet)] : [],
  );
  return {
    prefixes: [
      ...made.flatMap(({ subnet }) => subnet ?? []),
      ...existing.flatMap(({ prefixes }) => prefixes),
    ],
    problems: [...made, ...existing].flatMap(({ problems }) => problems),
  };
}

/** The virtual network's names, address space and DNS servers. */
export function checkVirtualNetwork(
  network: VirtualNetworkInput,
  subnets: readonly GivenPrefix[],
): Problem[] {
  const { path, existing, addressSpace, dnsServers } = network;
  const problems: Problem[] = [];
  if (existing?.name !== undefined) problems.push(...checkSimpleName(`${path}.name`, existing.name, 64));
  if (existing?.resourceGroup !== undefined) {
    problems.push(...checkResourceGroupName(`${path}.resourceGroup`, existing.resourceGroup));
  }
  if (addressSpace !== undefined) {
    const spacePath = `${path}.addressSpace`;
    const { prefixes, problems: faults } = checkPrefixList(spacePath, addressSpace);
    problems.push(...faults, ...overlapsWithin(prefixes, "prefixes that share no address"));
    if (addressSpace.length === 0) {
      problems.push({
        path: spacePath,
        what: "is empty",
        value: addressSpace,
        allowed: 'one or more IPv4 prefixes, such as ["10.20.0.0/24"]',
        change: "List the prefixes of the virtual network",
      });
    }
  }
  problems.push(...checkKnownLength(`${path}.dnsServers`, dnsServers ?? []));
  const distinct = new Set<string>();
  (dnsServers ?? []).forEach((server, index) => {
    problems.push(...checkDnsServer(`${path}.dnsServers[${index}]`, server, distinct.has(server), subnets));
    distinct.add(server);
  });
  return problems;
}

function checkDnsServer(
  path: string,
  server: string,
  repeated: boolean,
  subnets: readonly GivenPrefix[],
): Problem[] {
  if (isOpaque(server)) return [];
  const refuse = (what: string, change: string): Problem[] => [
    {
      path,
      what,
      value: server,
      allowed: 'IPv4 addresses without a mask, such as "10.0.0.4", each once',
      change,
    },
  ];
  if (server.includes(":")) return refuse("IPv6 is not supported yet", "Give the server's IPv4 address");
  const address = parseIpv4Address(server);
  if (address === undefined) {
    const bare = server.replace(/\/32$/, "");
    return refuse(
      "is no IPv4 address",
      parseIpv4Address(bare) === undefined
        ? "Give the server's address"
        : `Did you mean "${bare}"? Write that`,
    );
  }
  if (repeated) return refuse("is there twice", "Leave one of the two out");
  const own = checkAddresses(path, [`${server}/32`], subnets).problems;
  return own.length > 0
    ? refuse(own[0].what, "Give the address of a DNS server outside the subnets made here")
    : [];
}

function unknownPortTable(revision: string): Problem {
  return {
    path: "portTable",
    what: "is no revision of the port table that is known",
    value: revision,
    allowed: REVISIONS.join(", "),
    change: suggest(revision, REVISIONS, "Name one of these, or leave it out for the default"),
  };
}

/** Each role has rows in the revision chosen, and what it needs to be in them. */
function checkRoles(table: PortTable, input: DeploymentInput): Problem[] {
  const problems: Problem[] = [];
  const refuse = (path: string, what: string, party: VeeamRole | "migrating-cache-repositories"): void => {
    const revisions = revisionsThatSpeakOf(party);
    problems.push({
      path,
      what: `the port table ${table.revision} has no row for ${what}`,
      allowed: `port tables that have one: ${revisions.join(", ")}`,
      change: `Set portTable to "${revisions[revisions.length - 1]}", or leave ${path} out`,
    });
  };
  const refused = new Set<VeeamRole>();
  for (const { role, path } of input.components) {
    if (refused.has(role) || speaksOf(table, role)) continue;
    refused.add(role);
    // Once for the role, whichever of its components were given.
    const [property] = path.split(".");
    refuse(property, `the role ${role}`, role);
  }
  if (input.cacheMigration && !speaksOf(table, "migrating-cache-repositories")) {
    refuse("cacheMigration", "a change of the cache repository", "migrating-cache-repositories");
  }
  for (const proxy of input.components.filter(({ role }) => role === VeeamRole.HTTP_PROXY)) {
    if (proxy.port !== undefined || proxy.refused?.includes("port")) continue;
    problems.push({
      path: `${proxy.path}.port`,
      what: "is missing, and Veeam's table has no port for the proxy of a deployment",
      allowed: "a whole number from 1 to 65535",
      change: "Give the port on which the proxy listens",
    });
  }
  return problems;
}

function checkKeysOfRoles(components: readonly ComponentInput[]): Problem[] {
  return Object.entries(COMPONENT_PROPERTY).flatMap(([role, property]) =>
    checkDistinctNames(
      property,
      components.filter((component) => component.role === role).map((component) => component.key),
    ),
  );
}

// What a second one would be, of the roles of which a deployment has one.
const SECOND: Readonly<Partial<Record<VeeamRole, string>>> = {
  [VeeamRole.BACKUP_SERVER]: "a second backup server, and each has a deployment of its own",
  [VeeamRole.POSTGRESQL]:
    "a second remote PostgreSQL server, and Veeam supports one for the repository of Microsoft Entra ID",
  [VeeamRole.HTTP_PROXY]: "a second HTTP proxy, and the backup server is told of one",
};

function checkSingleRoles(components: readonly ComponentInput[]): Problem[] {
  return components.flatMap(({ role, path, key }, index) => {
    const first = components.findIndex((other) => other.role === role);
    const what = SECOND[role];
    if (what === undefined || first === index) return [];
    return [
      {
        path,
        what: `is ${what}`,
        value: key,
        allowed: `one, which is "${components[first].key}"`,
        change: "Leave one of the two out",
      },
    ];
  });
}

function checkMigration({ cacheMigration, components }: DeploymentInput): Problem[] {
  if (!cacheMigration) return [];
  const caches = components.filter(({ role }) => role === VeeamRole.CACHE_REPOSITORY).map(({ key }) => key);
  const problems: Problem[] = [];
  for (const end of ["from", "to"] as const) {
    const key = cacheMigration[end];
    if (key === undefined || caches.includes(key)) continue;
    problems.push({
      path: `cacheMigration.${end}`,
      what: "is no cache repository of the deployment",
      value: key,
      allowed:
        caches.length > 0
          ? `keys of cacheRepositories: ${caches.join(", ")}`
          : "keys of cacheRepositories, which has none",
      change: suggest(key, caches, "Add the repository to cacheRepositories, or name one that is there"),
    });
  }
  if (cacheMigration.from !== undefined && cacheMigration.from === cacheMigration.to) {
    problems.push({
      path: "cacheMigration.to",
      what: "is the repository that the cache moves from",
      value: cacheMigration.to,
      allowed: "another key of cacheRepositories",
      change: "Name the repository that the cache moves to",
    });
  }
  return problems;
}

function proxyPortWarnings(table: PortTable, components: readonly ComponentInput[]): string[] {
  const row = table.rows.find((candidate) => candidate.to === VeeamRole.HTTP_PROXY);
  return components
    .filter(({ role }) => role === VeeamRole.HTTP_PROXY)
    .flatMap(({ port, path }) =>
      row === undefined ||
      port === undefined ||
      row.ports.includes(PROXY_PORT) ||
      row.ports.includes(String(port))
        ? []
        : [
            `${path}.port: the port table ${table.revision} prints ${row.ports.join(", ")} for the HTTP proxy; the deployment's ${port} is used.`,
          ],
    );
}

/** Features with which repositories and gateway servers are reached without a cache repository. */
const FEATURES_OF_REPOSITORIES: readonly VeeamFeature[] = [
  VeeamFeature.TENANT_BACKUP_COPY,
  VeeamFeature.COMPONENT_DEPLOYMENT,
  VeeamFeature.COPY_TO_BACKUP_SERVER,
];

/** Combinations that deploy, but with which Veeam cannot do what the role is for. */
function combinationWarnings(
  components: readonly ComponentInput[],
  features: readonly VeeamFeature[],
): string[] {
  const reached = FEATURES_OF_REPOSITORIES.some((feature) => features.includes(feature));
  const has = (role: VeeamRole): boolean => components.some((component) => component.role === role);
  const warnings: string[] = [];
  if (has(VeeamRole.CACHE_REPOSITORY) && !has(VeeamRole.BACKUP_REPOSITORY)) {
    warnings.push(
      "cacheRepositories: there is no backup repository, and log backup needs one to write to. Add one to backupRepositories.",
    );
  }
  if (has(VeeamRole.GATEWAY_SERVER) && !has(VeeamRole.CACHE_REPOSITORY) && !reached) {
    warnings.push(
      "gatewayServers: there is no cache repository, so no connection to a gateway server is opened. Add one to cacheRepositories, or leave the gateway servers out.",
    );
  }
  if (has(VeeamRole.BACKUP_REPOSITORY) && !has(VeeamRole.CACHE_REPOSITORY) && !reached) {
    warnings.push(
      "backupRepositories: there is no cache repository, so no connection to a backup repository is opened. Add one to cacheRepositories, or leave the backup repositories out.",
    );
  }
  return warnings;
}

function containedWarnings(prefixes: readonly GivenPrefix[]): string[] {
  return containedInSameList(prefixes).map(
    ({ inner, outer }) =>
      `${inner.path}: ${formatIpv4Prefix(inner.prefix)} is inside ${outer.path} (${formatIpv4Prefix(outer.prefix)}) and adds nothing.`,
  );
}
