import { AZURE_ABBREVIATIONS, NamedResource } from "../azure/naming";
import { type Problem, problemUnless } from "../base/problem";
import { checkAddress } from "../machines/checks";
import { checkAddressInSubnet, checkOperatingSystem, withoutSubnet } from "../machines/component-machine";
import type { AptSource } from "../machines/apt-source";
import { checkBackupServerMachine } from "../machines/backup-server-machine";
import { DebianRelease } from "../machines/debian-release";
import { checkLinuxServer } from "../machines/linux-server-machine";
import { checkLinuxServerOptions, VEEAM_ACCOUNT } from "../machines/linux-server-cloud-init";
import { checkLinuxMachine } from "../machines/linux-machine-checks";
import { checkPostgresqlOptions } from "../machines/postgresql-cloud-init";
import { underPaths } from "../machines/problem-paths";
import { checkHttpProxyOptions } from "../machines/squid-cloud-init";
import { checkAddresses } from "../plan/checks/components";
import { subnetsOf } from "../plan/checks/deployment";
import type { GivenPrefix } from "../plan/checks/prefixes";
import { deploymentOf } from "./deployment-of-file";
import { backupServerSourceOf } from "./make-machines";
import { aptSourceOf, type ProxyPlace } from "./machine-packages";
import { componentSlug, VeeamRole } from "../ports/port-table";
import type {
  BackupServerMachineInput,
  HttpProxyMachineInput,
  LinuxServerMachineInput,
  PackagesInput,
  PostgresqlMachineInput,
} from "./machine-schema";
import { checkProxiedPackages } from "./proxied-packages";
import type { DeploymentFile } from "./schema";

/** A machine of the file, and the component whose it is. */
interface GivenMachine<M> {
  /** Path of the component: `postgresql`. */
  readonly property: string;
  readonly component: { readonly subnet?: string; readonly type?: string };
  /** What names of resources call the component: `http-proxy`. */
  readonly slug: string;
  /** Path of the machine: `postgresql.machine`. */
  readonly path: string;
  readonly machine: M;
}

type LinuxMachineInput = Pick<
  HttpProxyMachineInput,
  "privateIpAddress" | "adminUsername" | "sshPublicKey" | "size" | "imageId"
>;

// For a value that is checked elsewhere; checks accept it like a value known only at apply.
const CHECKED_ELSEWHERE = "${checked}";
const PROXY: ProxyPlace = { address: CHECKED_ELSEWHERE, port: 1 };

/** Problems of the machines in a file, with the paths of the file: everything that the constructs would refuse one by one. */
export function machineProblems(file: DeploymentFile): Problem[] {
  const subnets = subnetsOf(deploymentOf(file)).prefixes;
  const postgresql = machineIn("postgresql", VeeamRole.POSTGRESQL, file.postgresql);
  const httpProxy = machineIn("httpProxy", VeeamRole.HTTP_PROXY, file.httpProxy);
  const servers = linuxServersIn(file);
  const given = [postgresql, httpProxy, ...servers].filter((machine) => machine !== undefined);
  return [
    ...checkInlineSubnets(file),
    ...servers.flatMap(checkServer),
    ...(file.backupServer.machine ? checkBackupServer(file.backupServer, file.backupServer.machine) : []),
    ...given.flatMap((machine) => checkPlaceAndAccount(machine, subnets, file)),
    ...given.flatMap((machine) => checkPackageAddresses(machine, subnets)),
    ...(postgresql ? checkPostgresql(postgresql, subnets) : []),
    ...checkProxiedPackages(file),
    ...(httpProxy ? checkHttpProxy(httpProxy) : []),
  ];
}

function machineIn<M>(
  property: string,
  slug: string,
  component: { readonly subnet?: string; readonly type?: string; readonly machine?: M } | undefined,
): GivenMachine<M> | undefined {
  const machine = component?.machine;
  return component && machine && { property, component, slug, path: `${property}.machine`, machine };
}

interface GivenServer extends GivenMachine<LinuxServerMachineInput> {
  readonly role: VeeamRole;
}

const SERVERS = [
  ["cacheRepositories", VeeamRole.CACHE_REPOSITORY],
  ["gatewayServers", VeeamRole.GATEWAY_SERVER],
  ["backupRepositories", VeeamRole.BACKUP_REPOSITORY],
] as const;

function linuxServersIn(file: DeploymentFile): GivenServer[] {
  return SERVERS.flatMap(([property, role]) =>
    Object.entries<{ subnet?: string; type?: string; machine?: LinuxServerMachineInput }>(
      file[property] ?? {},
    ).flatMap(([key, component]) => {
      const given = machineIn(`${property}.${key}`, componentSlug(role, key), component);
      return given ? [{ ...given, role }] : [];
    }),
  );
}

function checkServer({ path, role, component, machine }: GivenServer): Problem[] {
  const { packages, veeamAccount, dataDisk } = machine;
  return underPaths(
    [
      ...checkLinuxServer(role, machine),
      ...checkLinuxServerOptions({
        account: veeamAccount.username ?? VEEAM_ACCOUNT,
        publicKey: veeamAccount.publicKey,
        singleUse: component.type === "hardened",
        dataDiskLun: dataDisk && (dataDisk.lun ?? 0),
        packageSource: aptSourceOf(packages, PROXY),
        packages: [],
        release: machine.release ?? DebianRelease.TRIXIE,
      }),
    ],
    {
      ...packagePaths(path, packages),
      account: `${path}.veeamAccount.username`,
      publicKey: `${path}.veeamAccount.publicKey`,
      dataDiskLun: `${path}.dataDisk.lun`,
      "": path,
    },
  );
}

function checkBackupServer(
  { subnet, type }: DeploymentFile["backupServer"],
  machine: BackupServerMachineInput,
): Problem[] {
  const path = "backupServer.machine";
  return [
    ...(subnet === undefined ? [withoutSubnet("backupServer.subnet")] : []),
    ...underPaths(
      [
        ...checkBackupServerMachine({ ...machine, source: backupServerSourceOf(machine.source) }, type),
        ...(subnet !== undefined && checkAddress("", machine.privateIpAddress).length === 0
          ? checkAddressInSubnet([subnet], machine.privateIpAddress)
          : []),
      ],
      {
        "backupServer.type": "backupServer.type",
        "source.plan": `${path}.source.marketplace.plan`,
        "": path,
      },
    ),
  ];
}

/** A machine boots behind the association of its group, which subnets inside a virtual network do not have. */
function checkInlineSubnets({ virtualNetwork }: DeploymentFile): Problem[] {
  return problemUnless(!("inlineSubnets" in virtualNetwork) || virtualNetwork.inlineSubnets !== true, {
    code: "inline-subnets-with-machine",
    path: "virtualNetwork.inlineSubnets",
    what: "creates no subnet of its own for a machine",
    value: true,
    allowed: "false in a deployment whose machines are created with it",
    change: "Leave it out, or leave the machines out",
  });
}

function checkPlaceAndAccount(
  { property, component, slug, path, machine }: GivenMachine<LinuxMachineInput>,
  subnets: readonly GivenPrefix[],
  file: DeploymentFile,
): Problem[] {
  const { privateIpAddress, adminUsername, sshPublicKey, size, imageId } = machine;
  const subnet = subnets.find((candidate) => candidate.path === `${property}.subnet`);
  const isAddress = checkAddress("", privateIpAddress).length === 0;
  return [
    ...(component.subnet === undefined ? [withoutSubnet(`${property}.subnet`)] : []),
    ...checkOperatingSystem(`${property}.type`, component.type),
    ...(subnet && isAddress
      ? underPaths(checkAddressInSubnet([component.subnet ?? ""], privateIpAddress), { "": path })
      : []),
    ...underPaths(
      checkLinuxMachine({
        name: machineName(file.name, slug),
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

function machineName(deploymentName: string, component: string): string {
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
        // Checked with the components that they belong to.
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
  return problemUnless(VAULT_TAG.test(vault), {
    code: "service-tag-invalid",
    path,
    what: "is not a service tag of key vaults",
    value: vault,
    allowed: '"AzureKeyVault", "AzureKeyVault.WestEurope", or a list of prefixes such as ["10.0.8.4/32"]',
    change: "Name the tag, or list the addresses of the vault's private endpoint",
  });
}

/** Where the file says what the constructs call a source of packages. */
function packagePaths(path: string, packages: PackagesInput): Record<string, string> {
  const way = typeof packages === "object" ? `.${Object.keys(packages)[0]}` : "";
  return { packageSource: `${path}.packages${way}` };
}
