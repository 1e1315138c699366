import { AZURE_ABBREVIATIONS, NamedResource } from "../azure/naming";
import { type Problem, refused } from "../base/problem";
import type { AptSource } from "../machines/apt-source";
import { checkBackupServerMachine } from "../machines/backup-server-machine";
import { checkAddress } from "../machines/checks";
import { checkAddressInSubnet, checkOperatingSystem, withoutSubnet } from "../machines/component-machine";
import { DebianRelease } from "../machines/debian-release";
import { checkLinuxMachine } from "../machines/linux-machine-checks";
import { checkLinuxServerOptions, VEEAM_ACCOUNT } from "../machines/linux-server-cloud-init";
import { checkLinuxServer } from "../machines/linux-server-machine";
import { checkPostgresqlOptions } from "../machines/postgresql-cloud-init";
import { underPaths } from "../machines/problem-paths";
import { checkHttpProxyOptions } from "../machines/squid-cloud-init";
import { checkAddresses } from "../plan/checks/components";
import { subnetsOf } from "../plan/checks/deployment";
import type { GivenPrefix } from "../plan/checks/prefixes";
import { VeeamRole } from "../ports/port-table";
import { deploymentOf } from "./deployment-of-file";
import { type GivenBackupServer, type GivenDebian, machinesOf, packagesOf } from "./machines-of-file";
import { backupServerSourceOf } from "./make-machines";
import { checkProxiedPackages } from "./proxied-packages";
import type { DeploymentFile } from "./schema";

// For a value that is checked elsewhere; checks accept it like a value known only at apply.
const CHECKED_ELSEWHERE = "${checked}";

/** Problems of the machines in a file, with the paths of the file: everything that the constructs would refuse one by one. */
export function machineProblems(file: DeploymentFile): Problem[] {
  const subnets = subnetsOf(deploymentOf(file)).prefixes;
  return [
    ...checkInlineSubnets(file),
    ...machinesOf(file).flatMap((given) => [
      ...checkPlace(given, subnets),
      ...(given.role === VeeamRole.BACKUP_SERVER
        ? checkBackupServer(given)
        : checkDebian(given, subnets, file)),
    ]),
    ...checkProxiedPackages(file),
  ];
}

/** A machine needs a group that is associated before it starts, which a subnet inside the virtual network does not have. */
function checkInlineSubnets({ virtualNetwork }: DeploymentFile): Problem[] {
  if (!("inlineSubnets" in virtualNetwork) || virtualNetwork.inlineSubnets !== true) return [];
  return refused("inline-subnets-with-machine", "virtualNetwork.inlineSubnets", true, {
    what: "does not create the separate subnets that machines need",
    allowed: "false, if the deployment creates machines",
    change: "Leave it out, or remove the machines",
  });
}

function checkPlace(
  { path, component: { subnet }, machine }: GivenDebian | GivenBackupServer,
  subnets: readonly GivenPrefix[],
): Problem[] {
  if (subnet === undefined) return [withoutSubnet(`${path}.subnet`)];
  const isPrefix = subnets.some((one) => one.path === `${path}.subnet`);
  const isAddress = checkAddress("", machine.privateIpAddress).length === 0;
  if (!isPrefix || !isAddress) return [];
  return underPaths(checkAddressInSubnet([subnet], machine.privateIpAddress), { "": `${path}.machine` });
}

function checkBackupServer({ component: { type }, machine }: GivenBackupServer): Problem[] {
  const path = "backupServer.machine";
  return underPaths(
    checkBackupServerMachine({ ...machine, source: backupServerSourceOf(machine.source) }, type),
    {
      "backupServer.type": "backupServer.type",
      "source.plan": `${path}.source.marketplace.plan`,
      "": path,
    },
  );
}

function checkDebian(
  given: GivenDebian,
  subnets: readonly GivenPrefix[],
  { name }: DeploymentFile,
): Problem[] {
  const { path, slug, component, machine } = given;
  const machinePath = `${path}.machine`;
  const source = packagesOf(machine.packages);
  // Where the file has what the constructs call the source of packages.
  const [way] = typeof machine.packages === "object" ? Object.keys(machine.packages) : [];
  const packages = [machinePath, "packages", ...(way ? [way] : [])].join(".");
  const kind = NamedResource.VIRTUAL_MACHINE;
  const machineName = AZURE_ABBREVIATIONS.resourceName({ kind, deploymentName: name, component: slug });
  const [problems, paths] = roleProblems(given);
  return [
    ...checkOperatingSystem(`${path}.type`, component.type),
    ...underPaths(checkLinuxMachine({ ...machine, name: machineName }).map(inWordsOfTheFile), {
      name: "name",
      "": machinePath,
    }),
    ...("addresses" in source ? checkAddresses(`${packages}.addresses`, source.addresses, subnets) : []),
    ...underPaths(problems, {
      packageSource: packages,
      ...Object.fromEntries(Object.entries(paths).map(([from, to]) => [from, `${machinePath}.${to}`])),
      "": machinePath,
    }),
    ...(given.role === VeeamRole.POSTGRESQL
      ? checkVault(`${machinePath}.password.vault`, given.machine.password.vault, subnets)
      : []),
  ];
}

/**
 * Problems of the properties that only machines of this role have, and the paths in cdktf.json of
 * those that the construct calls by another name.
 */
function roleProblems(
  given: GivenDebian,
): readonly [problems: Problem[], paths: Readonly<Record<string, string>>] {
  const source = packagesOf(given.machine.packages);
  const packageSource: AptSource =
    source.kind === "http-proxy" ? { ...source, proxyAddress: CHECKED_ELSEWHERE, proxyPort: 1 } : source;
  switch (given.role) {
    case VeeamRole.HTTP_PROXY:
      return [checkHttpProxyOptions({ clients: [CHECKED_ELSEWHERE], packageSource }), {}];
    case VeeamRole.POSTGRESQL: {
      const { password, release, version, superuser, tls } = given.machine;
      const options = {
        // Checked with the components that they belong to.
        clients: [CHECKED_ELSEWHERE],
        listenAddress: CHECKED_ELSEWHERE,
        passwordSecret: { secretId: password.secretId },
        ...{ packageSource, release, version, superuser, tls },
      };
      return [checkPostgresqlOptions(options), { passwordSecret: "password" }];
    }
    default: {
      const { veeamAccount, dataDisk, release = DebianRelease.TRIXIE } = given.machine;
      const options = {
        account: veeamAccount.username ?? VEEAM_ACCOUNT,
        publicKey: veeamAccount.publicKey,
        singleUse: given.component.type === "hardened",
        dataDiskLun: dataDisk && (dataDisk.lun ?? 0),
        ...{ packageSource, packages: [], release },
      };
      return [
        [...checkLinuxServer(given.role, given.machine), ...checkLinuxServerOptions(options)],
        {
          account: "veeamAccount.username",
          publicKey: "veeamAccount.publicKey",
          dataDiskLun: "dataDisk.lun",
        },
      ];
    }
  }
}

/** The name of a machine contains that of the deployment. */
function inWordsOfTheFile(problem: Problem): Problem {
  if (problem.path !== "name") return problem;
  const change = "Choose another name for the deployment";
  return { ...problem, what: "results in a name that a machine cannot have", change };
}

const VAULT_TAG = /^AzureKeyVault(\.[A-Za-z0-9]+)?$/;

/** Where the vault is: addresses, or the tag of key vaults and no other service. */
function checkVault(
  path: string,
  vault: string | readonly string[],
  subnets: readonly GivenPrefix[],
): Problem[] {
  if (typeof vault !== "string") return checkAddresses(path, vault, subnets);
  if (VAULT_TAG.test(vault)) return [];
  return refused("service-tag-invalid", path, vault, {
    what: "is not a service tag of key vaults",
    allowed: '"AzureKeyVault", "AzureKeyVault.WestEurope", or a list of prefixes such as ["10.0.8.4/32"]',
    change: "Name the tag, or list the addresses of the vault's private endpoint",
  });
}
