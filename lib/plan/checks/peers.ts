import { formatIpv4Prefix, isPrivate, parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemOf, refused } from "../../base/problem";
import type { DnsNameGroup } from "../../ports/parties";
import { VeeamRole } from "../../ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import { administratorsOf, componentsOf, type Deployment, hostOf } from "../deployment";
import { type DnsNamedConnection, dnsNamedConnections } from "../flows/dns-named-rows";
import { endsAtDnsNames, openRows } from "../flows/open-rows";
import { SERVICES, topologyOf } from "../topology";
import { checkAddresses } from "./components";
import type { Findings, GivenPrefix } from "./prefixes";

/** Addresses of machines that a deployment speaks with and does not make. */
export function checkPeers(input: Partial<Deployment>, subnets: readonly GivenPrefix[]): Findings[] {
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
): Findings {
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
        "is public; administrators must not log on from the Internet",
        "private prefixes, for access over a private network, a VPN or Azure Bastion",
        "Set the administrators' private prefixes, or the subnet of an Azure Bastion",
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
  return { ...list, problems: [...ofAnyList, ...problems] };
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

/** How endpoints without a service tag are reached: it is valid, and sufficient for the features. */
export function checkDnsNames(
  input: Partial<Deployment>,
  subnets: readonly GivenPrefix[],
): Findings & { readonly lists: readonly Findings[] } {
  const lists = givenAddresses(input).map(([path, addresses]) => checkAddresses(path, addresses, subnets));
  const { firewall, addresses } = input.dnsNames ?? {};
  const problems = lists.flatMap((list) => list.problems);
  if (input.dnsNames && (firewall === undefined) === (addresses === undefined)) {
    problems.push(
      problemOf(firewall ? "dns-names-ambiguous" : "dns-names-empty", "dnsNames", {
        what: firewall ? "gives a firewall and addresses" : "gives neither a firewall nor addresses",
        allowed: "exactly one of firewall and addresses",
        change: firewall ? "Keep one of the two" : "Add one of the two",
      }),
    );
  }
  const needed = isWayNeeded(input) ? connections(input) : [];
  if (!input.dnsNames && needed.length > 0) problems.push(missingWay(input, needed));
  if (addresses && !firewall) {
    problems.push(...needed.flatMap((connection) => missingAddresses(connection, addresses)));
  }
  return {
    lists,
    problems,
    warnings:
      input.dnsNames && needed.length === 0
        ? ["dnsNames: nothing in the deployment needs it, so it allows nothing. Leave it out."]
        : [],
  };
}

function givenAddresses({ dnsNames }: Partial<Deployment>): Array<[string, readonly string[]]> {
  const { firewall, addresses = {} } = dnsNames ?? {};
  return [
    ...(firewall?.addresses ? [["dnsNames.firewall.addresses", firewall.addresses] as const] : []),
    ...(Object.keys(addresses) as DnsNameGroup[]).map(
      (group) => [`dnsNames.addresses.${group}`, addresses[group] ?? []] as const,
    ),
  ].map(([path, list]) => [path, list]);
}

function connections(input: Partial<Deployment>): DnsNamedConnection[] {
  const table = findPortTable(input.portTable ?? DEFAULT_REVISION);
  if (!table || (input.features ?? []).length === 0) return [];
  const topology = topologyOf(input);
  return dnsNamedConnections(
    openRows(table, topology).filter(({ row }) => endsAtDnsNames(row)),
    topology,
  );
}

/** Whether a machine of this deployment has to find the endpoints itself, or a proxy elsewhere does. */
function isWayNeeded(deployment: Partial<Deployment>): boolean {
  const components = componentsOf(deployment);
  const proxy = components.find(({ role }) => role === VeeamRole.HTTP_PROXY);
  if (!proxy) return true;
  return proxy.directAccess === true || (hostOf(proxy, components) ?? proxy).addresses === undefined;
}

function missingWay({ httpProxy }: Partial<Deployment>, needed: readonly DnsNamedConnection[]): Problem {
  const names = [...new Set(needed.flatMap((connection) => connection.names))];
  const groups = [...new Set(needed.map(({ group }) => group))];
  const reasons = [...new Set(needed.map((connection) => connection.reason))];
  return problemOf("dns-names-missing", "dnsNames", {
    what: `is missing, but the deployment connects to endpoints that have DNS names and no service tag (${[...reasons, ...names].join(", ")})`,
    allowed: `dnsNames.firewall: { addresses, port } of a firewall that filters by name, or dnsNames.addresses: { ${groups.join(", ")} } of the endpoints`,
    change: httpProxy
      ? "Set how the HTTP proxy reaches them, because a security group cannot filter by name, or use addresses for a proxy elsewhere"
      : "Add one of the two, or an httpProxy elsewhere that reaches them; a rule to Internet would allow far more",
  });
}

function missingAddresses(
  { group, names, reason }: DnsNamedConnection,
  addresses: Readonly<Partial<Record<DnsNameGroup, readonly string[]>>>,
): Problem[] {
  if (addresses[group as DnsNameGroup] !== undefined) return [];
  return refused("dns-names-missing", `dnsNames.addresses.${group}`, {
    what: `is missing, but the deployment connects to ${names.join(", ") || "endpoints that certificates name"} (${reason})`,
    allowed: "a list of IPv4 prefixes",
    change: "Add the addresses, or use a firewall instead",
  });
}
