import fc from "fast-check";
import { pagesOn, TRANSCRIBED_REVISIONS } from "../expected/veeam-pages";

// Deployments with features, each of a shape that is valid: types are given
// where a machine is not shared, and ways to endpoints without a service tag
// where a feature needs one.

/** A component as a file writes it. */
export interface FeatureComponent {
  readonly subnet?: string;
  readonly addresses?: string[];
  readonly on?: string;
  readonly type?: string;
  readonly region?: string;
  readonly gateways?: string[];
}

/** A deployment as a file writes it, as far as features go. */
export interface FeatureDeployment {
  readonly [property: string]: unknown;
  readonly consoles: string[];
  readonly backupServer: FeatureComponent;
  readonly postgresql?: FeatureComponent;
  readonly httpProxy?: FeatureComponent & { readonly port: number; readonly directAccess?: boolean };
  readonly cacheRepositories?: Record<string, FeatureComponent>;
  readonly gatewayServers?: Record<string, FeatureComponent>;
  readonly backupRepositories?: Record<string, FeatureComponent>;
  readonly features?: string[];
  readonly administrators?: string[] | { bastionSubnet: string };
  readonly restClients?: string[];
  readonly mountServers?: string[];
  readonly webUi?: string[];
  readonly clusterMembers?: string[];
  readonly failoverRange?: string;
  readonly portTable?: string;
  readonly services?: Record<string, string[]>;
  readonly dnsNames?: {
    firewall?: { addresses: string[]; port: number };
    addresses?: Record<string, string[]>;
  };
  readonly backupCopies?: Array<{ from: string; to: string }>;
  readonly scaleOutRepositories?: Record<string, { extents: string[] }>;
  readonly transmissionPorts?: { from: number; to: number };
}

export const FEATURE_NAMES = [
  "logBackup",
  "tenantBackupCopy",
  "componentDeployment",
  "management",
  "copyToBackupServer",
  "licenceUpdates",
  "updateNotifications",
  "applianceUpdates",
  "consoleUpdates",
  "webUiRedirect",
  "remoteDesktopUdp",
  "googleMail",
  "microsoftMail",
  "certificateRevocation",
];
const MACHINES = ["windows", "linux"];
const CACHES = ["windows", "linux", "infrastructureAppliance", "nfs", "smb"];
export const REPOSITORIES = [
  "windows",
  "linux",
  "hardened",
  "infrastructureAppliance",
  "nfs",
  "smb",
  "objectStorage",
  "dataDomain",
  "storeOnce",
  "exaGrid",
  "quantumDxi",
  "fujitsuEternus",
  "infinidat",
];
const BEHIND_GATEWAYS = ["nfs", "smb", "objectStorage", "dataDomain", "storeOnce"];
const GROUPS = [
  "applianceUpdates",
  "licenceUpdates",
  "licenceCertificates",
  "updateNotifications",
  "certificateRevocation",
  "googleMail",
];

const elsewhere = fc
  .tuple(fc.nat(3), fc.nat(255), fc.integer({ min: 24, max: 32 }))
  .map(([c, d, length]) => `10.200.${c}.${d - (d % 2 ** (32 - length))}/${length}`);
const lists = fc.uniqueArray(elsewhere, { minLength: 1, maxLength: 2 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const choice = fc.record({
  place: fc.nat(9),
  addresses: lists,
  type: fc.nat(1000),
  gateways: fc.nat(1000),
  host: fc.nat(10),
});

/** A valid deployment with features. */
export const featureDeploymentArbitrary: fc.Arbitrary<FeatureDeployment> = fc
  .record({
    caches: fc.nat(2),
    gateways: fc.nat(2),
    repositories: fc.nat(4),
    choices: fc.array(choice, { minLength: 11, maxLength: 11 }),
    postgresql: fc.boolean(),
    proxy: maybe(fc.record({ port: fc.constantFrom(3128, 443, 8080), directAccess: fc.boolean() })),
    features: fc.subarray(FEATURE_NAMES),
    administrators: maybe(
      fc.oneof(lists, fc.constant<{ bastionSubnet: string }>({ bastionSubnet: "10.201.0.0/26" })),
    ),
    restClients: maybe(lists),
    mountServers: maybe(lists),
    webUi: maybe(lists),
    clusterMembers: maybe(lists),
    failoverRange: fc.constantFrom(undefined, "open", "closed", "closedOnBothPages"),
    services: fc.record(
      {
        ntp: lists,
        nts: lists,
        directory: lists,
        mail: lists,
        kms: lists,
        syslog: lists,
        syslogTls: lists,
        veeamOne: lists,
        updateMirror: lists,
        configurationPostgresql: lists,
        configurationSqlServer: lists,
      },
      { requiredKeys: [] },
    ),
    firewall: fc.boolean(),
    groups: fc.array(lists, { minLength: GROUPS.length, maxLength: GROUPS.length }),
    copies: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 2 }),
    scaleOut: fc.boolean(),
    ports: maybe(fc.tuple(fc.integer({ min: 2500, max: 3300 }), fc.integer({ min: 2500, max: 3300 }))),
    dnsServers: fc.subarray(["10.0.0.4", "10.0.0.5"]),
    consoles: lists,
    portTable: fc.constantFrom(
      undefined,
      ...TRANSCRIBED_REVISIONS.filter((revision) => pagesOn(revision).usedPorts),
    ),
  })
  .map((given) => {
    let next = 0;
    const subnet = (): string => `10.20.${next++}.0/24`;
    const gatewayPaths = Array.from({ length: given.gateways }, (_, index) => `gatewayServers.g${index}`);
    const machine = (index: number): FeatureComponent => {
      const { place, addresses, type } = given.choices[index];
      const given_ = { type: MACHINES[type % 2] };
      return place < 7 ? { subnet: subnet(), ...given_ } : { addresses, ...given_ };
    };
    const repository = (index: number, types: readonly string[]): FeatureComponent => {
      const { place, addresses, type, gateways, host } = given.choices[index];
      const speakers = ["backupServer", ...gatewayPaths];
      if (place === 9) return { on: speakers[host % speakers.length] };
      const chosen = types[type % types.length];
      const first = gateways % (speakers.length + 1);
      const named =
        BEHIND_GATEWAYS.includes(chosen) && first > 0 ? { gateways: speakers.slice(first - 1) } : {};
      if (chosen === "objectStorage") {
        const reached = place < 6 ? { region: place < 3 ? "westeurope" : "northeurope" } : { addresses };
        return { type: chosen, ...reached, ...named };
      }
      return place < 6 ? { subnet: subnet(), type: chosen, ...named } : { addresses, type: chosen, ...named };
    };
    const several = (
      count: number,
      make: (index: number) => FeatureComponent,
      start: string,
    ): Record<string, FeatureComponent> | undefined =>
      count === 0
        ? undefined
        : Object.fromEntries(Array.from({ length: count }, (_, index) => [`${start}${index}`, make(index)]));

    const backupServer = machine(0);
    const linux = backupServer.type === "linux";
    const httpProxy = given.proxy && { ...machine(2), ...given.proxy };
    const gatewayServers = several(
      given.gateways,
      (index) => {
        const { place, type } = given.choices[3 + index];
        if (place === 9) return { on: "backupServer" };
        return { ...machine(3 + index), type: [...MACHINES, "infrastructureAppliance"][type % 3] };
      },
      "g",
    );
    const backupRepositories = several(
      given.repositories,
      (index) => repository(5 + index, REPOSITORIES),
      "r",
    );
    const cacheRepositories = several(given.caches, (index) => repository(9 + index, CACHES), "c");
    const keys = Object.keys(backupRepositories ?? {});
    const moving = keys.filter((key) => {
      const { type = "windows" } = backupRepositories?.[key] ?? {};
      return ["windows", "linux", "hardened", "infrastructureAppliance"].includes(type);
    });
    const services = Object.fromEntries(
      Object.entries(given.services).filter(([name]) =>
        linux ? !name.startsWith("configuration") : !["ntp", "nts", "updateMirror"].includes(name),
      ),
    );
    const deployment = {
      name: "veeam-entra",
      location: "westeurope",
      resourceGroup: "rg-veeam-entra",
      virtualNetwork: { addressSpace: ["10.20.0.0/16"], dnsServers: given.dnsServers },
      portTable: given.portTable,
      consoles: given.consoles,
      backupServer,
      postgresql: given.postgresql ? machine(1) : undefined,
      httpProxy,
      cacheRepositories,
      gatewayServers,
      backupRepositories,
      features: given.features.filter((feature) => linux || feature !== "applianceUpdates"),
      administrators: given.administrators,
      restClients: given.restClients,
      mountServers: given.mountServers,
      webUi: given.webUi,
      clusterMembers: given.clusterMembers,
      failoverRange: given.failoverRange,
      services,
      dnsNames: given.firewall
        ? { firewall: { addresses: given.groups[0], port: 8443 } }
        : { addresses: Object.fromEntries(GROUPS.map((group, index) => [group, given.groups[index]])) },
      backupCopies: given.copies
        .map(([from, to]) => ({ from: moving[from % moving.length], to: moving[to % moving.length] }))
        .filter(({ from, to }) => from !== undefined && from !== to),
      scaleOutRepositories: given.scaleOut && keys.length > 1 ? { all: { extents: keys } } : undefined,
      transmissionPorts: given.ports && {
        from: Math.min(...given.ports),
        to: Math.max(...given.ports),
      },
    };
    return JSON.parse(JSON.stringify(deployment)) as FeatureDeployment;
  });
