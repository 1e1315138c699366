import { AZURE_ABBREVIATIONS, NamedResource } from "../azure/naming";
import { componentSlug } from "../ports/port-table";
import { checkAddresses } from "../plan/checks/components";
import { subnetsOf } from "../plan/checks/deployment";
import type { ComponentInput, DeploymentInput } from "../plan/checks/deployment-input";
import type { GivenPrefix } from "../plan/checks/prefixes";
import type { Problem } from "../base/problem";
import type { AptSource } from "../machines/apt-source";
import { checkAddress } from "../machines/checks";
import { checkAddressInSubnet, checkOperatingSystem, withoutSubnet } from "../machines/component-machine";
import { DebianRelease } from "../machines/debian-release";
import { checkLinuxMachine } from "../machines/linux-machine-checks";
import { PostgresqlTls } from "../machines/pg-hba";
import { checkPostgresqlOptions } from "../machines/postgresql-cloud-init";
import { underPaths } from "../machines/problem-paths";
import { checkHttpProxyOptions } from "../machines/squid-cloud-init";
import { aptSourceOf, type ProxyPlace } from "./machine-packages";
import type { PackagesInput } from "./machine-schema";
import { checkProxiedPackages } from "./proxied-packages";
import { isObject, objectOr, REFUSED_ALREADY, textOr, textsOr } from "./raw-values";
import type { ShapeProblem } from "./shape-problems";

type MachineProperty = "postgresql" | "httpProxy";

/** A machine of the file, as far as its shape lets it be read. */
interface GivenMachine {
  /** Path of the machine: `postgresql.machine`. */
  readonly path: string;
  readonly component: ComponentInput;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Where its packages come from. @default - it is missing, or was refused for its shape */
  readonly packages?: PackagesInput;
  /** A property's value. @default - it is missing, or was refused for its shape */
  readonly value: (key: string) => unknown;
}

// The proxy's own place, which is checked where it stands.
const PROXY: ProxyPlace = { address: REFUSED_ALREADY, port: 1 };

/**
 * What is wrong with the values of the machines that a file describes, each
 * under its path there: everything that the constructs would refuse one by one.
 */
export function machineProblems(
  raw: Readonly<Record<string, unknown>>,
  shape: readonly ShapeProblem[],
  input: DeploymentInput,
): Problem[] {
  const subnets = subnetsOf(input).prefixes;
  const postgresql = machineIn("postgresql", raw, shape, input);
  const httpProxy = machineIn("httpProxy", raw, shape, input);
  const given = [postgresql, httpProxy].filter((machine) => machine !== undefined);
  return [
    ...(given.length > 0 ? checkInlineSubnets(raw) : []),
    ...given.flatMap((machine) => checkPlaceAndAccount(machine, subnets, input)),
    ...given.flatMap((machine) => checkPackageAddresses(machine, subnets)),
    ...(postgresql ? checkPostgresql(postgresql, subnets) : []),
    ...(postgresql ? checkProxiedPackages(postgresql, httpProxy, input) : []),
    ...(httpProxy ? checkHttpProxy(httpProxy) : []),
  ];
}

function machineIn(
  property: MachineProperty,
  raw: Readonly<Record<string, unknown>>,
  shape: readonly ShapeProblem[],
  { components }: DeploymentInput,
): GivenMachine | undefined {
  const fields = objectOr(raw[property]).machine;
  const component = components.find(({ path }) => path === property);
  if (!isObject(fields) || !component) return undefined;
  const path = `${property}.machine`;
  const refused = new Set(
    shape.filter(({ at }) => at[0] === property && at[1] === "machine").map(({ at }) => at[2]),
  );
  const value = (key: string): unknown => (refused.has(key) ? undefined : fields[key]);
  return { path, component, fields, packages: value("packages") as PackagesInput | undefined, value };
}

/** A machine boots behind the association of its group, which subnets inside a virtual network do not have. */
function checkInlineSubnets(raw: Readonly<Record<string, unknown>>): Problem[] {
  if (objectOr(raw.virtualNetwork).inlineSubnets !== true) return [];
  return [
    {
      path: "virtualNetwork.inlineSubnets",
      what: "leaves no subnet of its own for a machine to be made in",
      value: true,
      allowed: "false in a deployment whose machines are made with it",
      change: "Leave it out, or leave the machines out",
    },
  ];
}

function checkPlaceAndAccount(
  { path, component, value }: GivenMachine,
  subnets: readonly GivenPrefix[],
  { name }: DeploymentInput,
): Problem[] {
  const text = (key: string): string => textOr(value(key)) ?? REFUSED_ALREADY;
  const address = text("privateIpAddress");
  const subnet = subnets.find((candidate) => candidate.path === `${component.path}.subnet`);
  const isAddress = checkAddress("", address).length === 0;
  return [
    ...(component.subnet !== undefined || component.refused?.includes("subnet")
      ? []
      : [withoutSubnet(`${component.path}.subnet`)]),
    ...checkOperatingSystem(`${component.path}.type`, component.type),
    ...(subnet && isAddress
      ? underPaths(checkAddressInSubnet([component.subnet ?? ""], address), { "": path })
      : []),
    ...underPaths(
      checkLinuxMachine({
        name: name === undefined ? "refused" : machineName(name, component),
        privateIpAddress: address,
        adminUsername: text("adminUsername"),
        sshPublicKey: text("sshPublicKey"),
        size: textOr(value("size")) ?? REFUSED_ALREADY,
        imageId: textOr(value("imageId")),
      }).map(inWordsOfTheFile),
      { name: "name", "": path },
    ),
  ];
}

function machineName(deploymentName: string, { role, key }: ComponentInput): string {
  const kind = NamedResource.VIRTUAL_MACHINE;
  return AZURE_ABBREVIATIONS.resourceName({ kind, deploymentName, component: componentSlug(role, key) });
}

/** The name of a machine is made of the deployment's. */
function inWordsOfTheFile(problem: Problem): Problem {
  if (problem.path !== "name") return problem;
  const change = "Choose another name for the deployment";
  return { ...problem, what: "makes a name that a machine cannot have", change };
}

/** The other ends of the connections for packages. */
function checkPackageAddresses({ path, packages }: GivenMachine, subnets: readonly GivenPrefix[]): Problem[] {
  if (packages === undefined || packages === "image" || "httpProxy" in packages) return [];
  const [way, { addresses }] =
    "mirror" in packages
      ? (["mirror", packages.mirror] as const)
      : (["firewall", packages.firewall] as const);
  return checkAddresses(`${path}.packages.${way}.addresses`, addresses, subnets).problems;
}

function checkPostgresql(
  { path, packages, fields, value }: GivenMachine,
  subnets: readonly GivenPrefix[],
): Problem[] {
  const password = objectOr(fields.password);
  const version = value("version");
  const release = oneOf(Object.values(DebianRelease), value("release"));
  return [
    ...underPaths(
      checkPostgresqlOptions({
        // Its neighbours, which are checked where they stand.
        clients: [REFUSED_ALREADY],
        listenAddress: REFUSED_ALREADY,
        passwordSecret: { secretId: textOr(password.secretId) ?? REFUSED_ALREADY },
        packageSource: packages === undefined ? { kind: "image" } : aptSourceOf(packages, PROXY),
        release,
        version: typeof version === "number" ? version : undefined,
        superuser: textOr(value("superuser")),
        tls: oneOf(Object.values(PostgresqlTls), value("tls")),
      }),
      { ...packagePaths(path, packages), passwordSecret: `${path}.password`, "": path },
    ),
    ...checkVault(`${path}.password.vault`, password.vault, subnets),
  ];
}

function checkHttpProxy({ path, packages }: GivenMachine): Problem[] {
  const packageSource: AptSource = packages === undefined ? { kind: "image" } : aptSourceOf(packages, PROXY);
  return underPaths(checkHttpProxyOptions({ clients: [REFUSED_ALREADY], packageSource }), {
    ...packagePaths(path, packages),
    "": path,
  });
}

const VAULT_TAG = /^AzureKeyVault(\.[A-Za-z0-9]+)?$/;

/** Where the vault is: addresses, or the tag of key vaults and no other service. */
function checkVault(path: string, vault: unknown, subnets: readonly GivenPrefix[]): Problem[] {
  const addresses = textsOr(vault);
  if (addresses) return addresses.length === 0 ? [] : checkAddresses(path, addresses, subnets).problems;
  if (typeof vault !== "string" || VAULT_TAG.test(vault)) return [];
  return [
    {
      path,
      what: "is no service tag of key vaults",
      value: vault,
      allowed: '"AzureKeyVault", "AzureKeyVault.WestEurope", or a list of prefixes such as ["10.0.8.4/32"]',
      change: "Name the tag, or list the addresses of the vault's private endpoint",
    },
  ];
}

/** Where the file says what the constructs call a source of packages. */
function packagePaths(path: string, packages: PackagesInput | undefined): Record<string, string> {
  const way = typeof packages === "object" ? `.${Object.keys(packages)[0]}` : "";
  return { packageSource: `${path}.packages${way}` };
}

function oneOf<T>(values: readonly T[], value: unknown): T | undefined {
  return values.find((candidate) => candidate === value);
}
