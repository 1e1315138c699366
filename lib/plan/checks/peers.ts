import { formatIpv4Prefix, isPrivate, parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";
import { checkAddresses } from "./components";
import { administratorsOf, type Deployment } from "../deployment";
import { SERVICES } from "../topology";
import type { GivenPrefix } from "./prefixes";
import { type Problem, problemOf } from "../../base/problem";

/** Addresses of machines that a deployment speaks with and does not make. */
export function checkPeers(
  input: Partial<Deployment>,
  subnets: readonly GivenPrefix[],
): Array<{ prefixes: GivenPrefix[]; problems: Problem[] }> {
  const { services = {} } = input;
  const administrators = administratorsOf(input);
  const lists = [
    ["restClients", input.restClients],
    ["webUi", input.webUi],
    ["mountServers", input.mountServers],
    ["clusterMembers", input.clusterMembers],
    ...SERVICES.map((service) => [`services.${service}`, services[service]] as const),
  ] as const;
  return [
    ...(administrators ? [checkAdministrators(administrators, subnets)] : []),
    ...lists.flatMap(([path, addresses]) => (addresses ? [checkAddresses(path, addresses, subnets)] : [])),
  ];
}

// Azure's own demand on a subnet for Bastion.
const MAX_BASTION_LENGTH = 26;

/** Administrators connect over a private network, never from the Internet. */
function checkAdministrators(
  { path, prefixes: given, throughBastion }: NonNullable<ReturnType<typeof administratorsOf>>,
  subnets: readonly GivenPrefix[],
): { prefixes: GivenPrefix[]; problems: Problem[] } {
  const list = checkAddresses(path, given, subnets);
  const pathOf = (index: number): string => (throughBastion ? path : `${path}[${index}]`);
  const problems: Problem[] = [];
  const refuse = (code: string, index: number, what: string, allowed: string, change: string): void => {
    problems.push(problemOf(code, pathOf(index), given[index], { what, allowed, change }));
  };
  given.forEach((text, index) => {
    const prefix = parseIpv4Prefix(text);
    if (isOpaque(text)) {
      refuse(
        "value-unknown",
        index,
        "is known only at apply, but must be known to be private",
        "private prefixes",
        "Write the prefix",
      );
    } else if (prefix && !isPrivate(prefix)) {
      refuse(
        "address-public",
        index,
        "is public, and nobody may log on from the Internet",
        "private prefixes: administrators come over a private network, a VPN or Azure Bastion",
        "Give the private prefixes from which they come, or the subnet of an Azure Bastion",
      );
    } else if (prefix && throughBastion && prefix.length > MAX_BASTION_LENGTH) {
      refuse(
        "subnet-too-small",
        index,
        "is too small for the subnet of an Azure Bastion",
        `prefixes of /${MAX_BASTION_LENGTH} or wider`,
        `Give the prefix of AzureBastionSubnet, not an address in ${formatIpv4Prefix(prefix)}`,
      );
    }
  });
  // What any list of addresses is refused for; of a public prefix only that it is public.
  const refused = new Set(problems.map((problem) => problem.path));
  const ofAnyList = list.problems
    .map((problem) => (throughBastion ? { ...problem, path } : problem))
    .filter((problem) => !refused.has(problem.path));
  return { prefixes: list.prefixes, problems: [...ofAnyList, ...problems] };
}

/** Warnings if no console can connect, or public addresses can. */
export function consoleWarnings({ consoles }: Partial<Deployment>): string[] {
  if (consoles === undefined) {
    return [
      "consoles: is missing, so no console can connect to the backup server. List the prefixes from which consoles are opened.",
    ];
  }
  return consoles.flatMap((text, index) => {
    const prefix = parseIpv4Prefix(text);
    if (!prefix || isPrivate(prefix)) return [];
    return [
      `consoles[${index}]: ${formatIpv4Prefix(prefix)} is public, so the backup server accepts consoles from the Internet. Use a private network, a VPN or Azure Bastion.`,
    ];
  });
}
