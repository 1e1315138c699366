import { formatIpv4Prefix, isPrivate, parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemOf, problemUnless, refused } from "../../base/problem";
import type { DnsNameGroup } from "../../ports/parties";
import { VeeamRole } from "../../ports/port-table";
import { DEFAULT_REVISION, findPortTable } from "../../ports/revisions";
import { administratorsOf, componentsOf, type Deployment, hostOf } from "../deployment";
import { type DnsNamedConnection, dnsNamedConnections } from "../flows/dns-named-rows";
import { endsAtDnsNames, openRows } from "../flows/open-rows";
import { listedPeers, topologyOf } from "../topology";
import { checkAddresses } from "./components";
import { containedWarnings, type GivenPrefix } from "./prefixes";

/** The lists of addresses in a deployment, by their paths. */
function addressLists({ dnsNames = {}, ...deployment }: Partial<Deployment>) {
  const { firewall, addresses = {} } = dnsNames;
  const lists: ReadonlyArray<readonly [path: string, addresses: readonly string[] | undefined]> = [
    ...listedPeers(deployment).map(({ name, prefixes }) => [name, prefixes] as const),
    ...componentsOf(deployment).map(({ path, addresses: own }) => [`${path}.addresses`, own] as const),
    ["dnsNames.firewall.addresses", firewall?.addresses],
    ...Object.entries(addresses).map(([group, own]) => [`dnsNames.addresses.${group}`, own] as const),
  ];
  return lists.flatMap(([path, given]) => (given ? [{ path, given }] : []));
}

/** Addresses of machines that a deployment connects to and does not create. */
export function checkAddressLists(
  deployment: Partial<Deployment>,
  subnets: readonly GivenPrefix[],
): Problem[] {
  const {
    path: ofAdministrators = "",
    prefixes = [],
    throughBastion = false,
  } = administratorsOf(deployment) ?? {};
  const notPrivate = checkAdministrators(prefixes, throughBastion);
  const problems = addressLists(deployment)
    .flatMap(({ path, given }) => checkAddresses(path, given, subnets))
    // Of a public prefix of administrators only that it is public.
    .filter(({ path }) => !notPrivate.some((other) => other.path === path));
  // The subnet of an Azure Bastion is not in a list.
  return [...problems, ...notPrivate].map((problem) =>
    throughBastion && problem.path.startsWith("administrators")
      ? { ...problem, path: ofAdministrators }
      : problem,
  );
}

/** A warning for each prefix that another of the same list contains. */
export function addressWarnings(deployment: Partial<Deployment>): string[] {
  return addressLists(deployment).flatMap(({ path, given }) => containedWarnings(path, given));
}

// Azure's own demand on a subnet for Bastion.
const MAX_BASTION_LENGTH = 26;

/** Administrators connect over a private network, never from the Internet. */
function checkAdministrators(given: readonly string[], throughBastion: boolean): Problem[] {
  return given.flatMap((text, index) => {
    const refuse = (code: string, what: string, allowed: string, change: string): Problem[] =>
      refused(code, `administrators[${index}]`, text, { what, allowed, change });
    if (isOpaque(text)) {
      const what = "is known only at apply, but must be known to be private";
      return refuse("value-unknown", what, "private prefixes", "Write the prefix");
    }
    const prefix = parseIpv4Prefix(text);
    if (prefix && !isPrivate(prefix)) {
      return refuse(
        "address-public",
        "is public; administrators must not log on from the Internet",
        "private prefixes, for access over a private network, a VPN or Azure Bastion",
        "Set the administrators' private prefixes, or the subnet of an Azure Bastion",
      );
    }
    if (!prefix || !throughBastion || prefix.length <= MAX_BASTION_LENGTH) return [];
    return refuse(
      "subnet-too-small",
      "is too small for the subnet of an Azure Bastion",
      `prefixes of /${MAX_BASTION_LENGTH} or wider`,
      `Give the prefix of AzureBastionSubnet, not an address in ${formatIpv4Prefix(prefix)}`,
    );
  });
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

/** How endpoints without a service tag are reached: in one way, which is sufficient for the features. */
export function checkDnsNames(input: Partial<Deployment>): Problem[] {
  const needed = neededConnections(input);
  if (!input.dnsNames) return needed.length > 0 ? [missingWay(input, needed)] : [];
  const { firewall, addresses } = input.dnsNames;
  const isOneOf = (firewall === undefined) !== (addresses === undefined);
  return [
    ...problemUnless(isOneOf, firewall ? "dns-names-ambiguous" : "dns-names-empty", "dnsNames", {
      what: firewall ? "gives a firewall and addresses" : "gives neither a firewall nor addresses",
      allowed: "exactly one of firewall and addresses",
      change: firewall ? "Keep one of the two" : "Add one of the two",
    }),
    ...(addresses && !firewall
      ? needed.flatMap((connection) => missingAddresses(connection, addresses))
      : []),
  ];
}

/** A way to DNS names that nothing takes. */
export function dnsNameWarnings(input: Partial<Deployment>): string[] {
  if (!input.dnsNames || neededConnections(input).length > 0) return [];
  return ["dnsNames: nothing in the deployment needs it, so it allows nothing. Leave it out."];
}

/** The connections to DNS names for which the deployment needs a way. */
function neededConnections(input: Partial<Deployment>): DnsNamedConnection[] {
  const table = findPortTable(input.portTable ?? DEFAULT_REVISION);
  if (!table || (input.features ?? []).length === 0 || !isWayNeeded(input)) return [];
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
