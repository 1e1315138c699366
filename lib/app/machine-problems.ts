import { AZURE_ABBREVIATIONS, NamedResource } from "../azure/naming";
import type { Problem } from "../base/problem";
import { checkAddress } from "../machines/checks";
import { checkAddressInSubnet, checkOperatingSystem, withoutSubnet } from "../machines/component-machine";
import type { AptSource } from "../machines/apt-source";
import { checkLinuxMachine } from "../machines/linux-machine-checks";
import { checkPostgresqlOptions } from "../machines/postgresql-cloud-init";
import { underPaths } from "../machines/problem-paths";
import { checkHttpProxyOptions } from "../machines/squid-cloud-init";
import { checkAddresses } from "../plan/checks/components";
import { subnetsOf } from "../plan/checks/deployment";
import type { GivenPrefix } from "../plan/checks/prefixes";
import { deploymentOf } from "./deployment-of-file";
import { aptSourceOf, type ProxyPlace } from "./machine-packages";
import type { HttpProxyMachineInput, PackagesInput, PostgresqlMachineInput } from "./machine-schema";
import { checkProxiedPackages } from "./proxied-packages";
import type { DeploymentFile } from "./schema";

type MachineProperty = "postgresql" | "httpProxy";

/** A machine of the file, and the component whose it is. */
interface GivenMachine<M> {
  readonly property: MachineProperty;
  /** Path of the machine: `postgresql.machine`. */
  readonly path: string;
  readonly machine: M;
}

// Stands for what is checked where it is given; checks pass it like a value known only at apply.
const CHECKED_ELSEWHERE = "${checked}";
const PROXY: ProxyPlace = { address: CHECKED_ELSEWHERE, port: 1 };

/**
 * What is wrong with the values of the machines that a file describes, each
 * under its path there: everything that the constructs would refuse one by one.
 */
export function machineProblems(file: DeploymentFile): Problem[] {
  const subnets = subnetsOf(deploymentOf(file)).prefixes;
  const postgresql = machineIn("postgresql", file.postgresql?.machine);
  const httpProxy = machineIn("httpProxy", file.httpProxy?.machine);
  const given = [postgresql, httpProxy].filter((machine) => machine !== undefined);
  return [
    ...(given.length > 0 ? checkInlineSubnets(file) : []),
    ...given.flatMap((machine) => checkPlaceAndAccount(machine, subnets, file)),
    ...given.flatMap((machine) => checkPackageAddresses(machine, subnets)),
    ...(postgresql ? checkPostgresql(postgresql, subnets) : []),
    ...checkProxiedPackages(file),
    ...(httpProxy ? checkHttpProxy(httpProxy) : []),
  ];
}

function machineIn<M>(property: MachineProperty, machine: M | undefined): GivenMachine<M> | undefined {
  return machine && { property, path: `${property}.machine`, machine };
}

/** A machine boots behind the association of its group, which subnets inside a virtual network do not have. */
function checkInlineSubnets({ virtualNetwork }: DeploymentFile): Problem[] {
  if (!("inlineSubnets" in virtualNetwork) || virtualNetwork.inlineSubnets !== true) return [];
  return [
    {
      code: "inline-subnets-with-machine",
      path: "virtualNetwork.inlineSubnets",
      what: "creates no subnet of its own for a machine",
      value: true,
      allowed: "false in a deployment whose machines are created with it",
      change: "Leave it out, or leave the machines out",
    },
  ];
}

function checkPlaceAndAccount(
  { property, path, machine }: GivenMachine<HttpProxyMachineInput | PostgresqlMachineInput>,
  subnets: readonly GivenPrefix[],
  file: DeploymentFile,
): Problem[] {
  const component = file[property];
  const { privateIpAddress, adminUsername, sshPublicKey, size, imageId } = machine;
  const subnet = subnets.find((candidate) => candidate.path === `${property}.subnet`);
  const isAddress = checkAddress("", privateIpAddress).length === 0;
  return [
    ...(component?.subnet === undefined ? [withoutSubnet(`${property}.subnet`)] : []),
    ...checkOperatingSystem(`${property}.type`, component?.type),
    ...(subnet && isAddress
      ? underPaths(checkAddressInSubnet([component?.subnet ?? ""], privateIpAddress), { "": path })
      : []),
    ...underPaths(
      checkLinuxMachine({
        name: machineName(file.name, property),
        privateIpAddress,
        adminUsername,
        sshPublicKey,
        size,
        imageId,
      }).map(inWordsOfTheFile),
      { name: "name", "": path },
    ),
  ];
}

function machineName(deploymentName: string, property: MachineProperty): string {
  const component = property === "postgresql" ? "postgresql" : "http-proxy";
  return AZURE_ABBREVIATIONS.resourceName({ kind: NamedResource.VIRTUAL_MACHINE, deploymentName, component });
}

/** The name of a machine is made of the deployment's. */
function inWordsOfTheFile(problem: Problem): Problem {
  if (problem.path !== "name") return problem;
  const change = "Choose another name for the deployment";
  return { ...problem, what: "makes a name that a machine cannot have", change };
}

/** The other ends of the connections for packages. */
function checkPackageAddresses(
  { path, machine: { packages } }: GivenMachine<{ readonly packages: PackagesInput }>,
  subnets: readonly GivenPrefix[],
): Problem[] {
  if (packages === "image" || "httpProxy" in packages) return [];
  const [way, { addresses }] =
    "mirror" in packages
      ? (["mirror", packages.mirror] as const)
      : (["firewall", packages.firewall] as const);
  return checkAddresses(`${path}.packages.${way}.addresses`, addresses, subnets).problems;
}

function checkPostgresql(
  { path, machine }: GivenMachine<PostgresqlMachineInput>,
  subnets: readonly GivenPrefix[],
): Problem[] {
  const { packages, password, release, version, superuser, tls } = machine;
  return [
    ...underPaths(
      checkPostgresqlOptions({
        // Its neighbours, which are checked where they stand.
        clients: [CHECKED_ELSEWHERE],
        listenAddress: CHECKED_ELSEWHERE,
        passwordSecret: { secretId: password.secretId },
        packageSource: aptSourceOf(packages, PROXY),
        release,
        version,
        superuser,
        tls,
      }),
      { ...packagePaths(path, packages), passwordSecret: `${path}.password`, "": path },
    ),
    ...checkVault(`${path}.password.vault`, password.vault, subnets),
  ];
}

function checkHttpProxy({ path, machine: { packages } }: GivenMachine<HttpProxyMachineInput>): Problem[] {
  const packageSource: AptSource = aptSourceOf(packages, PROXY);
  return underPaths(checkHttpProxyOptions({ clients: [CHECKED_ELSEWHERE], packageSource }), {
    ...packagePaths(path, packages),
    "": path,
  });
}

const VAULT_TAG = /^AzureKeyVault(\.[A-Za-z0-9]+)?$/;

/** Where the vault is: addresses, or the tag of key vaults and no other service. */
function checkVault(
  path: string,
  vault: string | readonly string[],
  subnets: readonly GivenPrefix[],
): Problem[] {
  if (typeof vault !== "string") return checkAddresses(path, vault, subnets).problems;
  if (VAULT_TAG.test(vault)) return [];
  return [
    {
      code: "service-tag-invalid",
      path,
      what: "is not a service tag of key vaults",
      value: vault,
      allowed: '"AzureKeyVault", "AzureKeyVault.WestEurope", or a list of prefixes such as ["10.0.8.4/32"]',
      change: "Name the tag, or list the addresses of the vault's private endpoint",
    },
  ];
}

/** Where the file says what the constructs call a source of packages. */
function packagePaths(path: string, packages: PackagesInput): Record<string, string> {
  const way = typeof packages === "object" ? `.${Object.keys(packages)[0]}` : "";
  return { packageSource: `${path}.packages${way}` };
}
