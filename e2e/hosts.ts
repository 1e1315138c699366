import { hostIn, isInside, isPrefix } from "./addresses";
import type { Deployment } from "./scenarios";
import type { StackNetwork } from "./stack";

/** A host: its name and its address. */
export interface HostPlan {
  readonly name: string;
  readonly address: string;
  /** The prefix of its subnet in the stack. @default - it is outside the stack */
  readonly subnet?: string;
  /** Whether it is only a neighbour of a component in its subnet. @default false */
  readonly isNeighbour?: boolean;
}

// Hosts outside the deployment. The addresses of Microsoft's services are in their published prefixes.
const ALWAYS: readonly HostPlan[] = [
  { name: "AzureActiveDirectory", address: "20.190.128.9" },
  { name: "AzureResourceManager", address: "4.150.240.10" },
  { name: "internet", address: "198.51.100.9" },
  { name: "on-premises", address: "10.250.0.4" },
];

/**
 * The hosts of a deployment: one for each subnet of the stack and a neighbour
 * of the backup server in its subnet, one for each other prefix in the
 * deployment, Microsoft's services, the Internet, and an unrelated private
 * network.
 */
export function hostsOf(deployment: Deployment, { subnets }: StackNetwork): HostPlan[] {
  const named = prefixesIn(deployment);
  const inSubnets = subnets.map(({ prefix, name }) => ({
    name: named.find(({ text, path }) => text === prefix && path.endsWith(".subnet"))?.owner ?? name,
    address: hostIn(prefix),
    subnet: prefix,
  }));
  const server = inSubnets.find(({ name }) => name === "backupServer");
  const neighbours = server
    ? [{ ...server, name: "backupServer-neighbour", isNeighbour: true, address: hostIn(server.subnet, 5) }]
    : [];
  const beside = named
    .filter(({ path }) => !/\.subnet$|^virtualNetwork\.addressSpace|azureFirewall/.test(path))
    .map(({ owner, text }) => ({ name: owner, address: hostIn(text) }))
    .filter(({ address }) => !subnets.some(({ prefix }) => isInside(address, prefix)));
  const all = [...inSubnets, ...neighbours, ...beside, ...ALWAYS];
  const byAddress = new Map(all.map((host) => [host.address, host] as const).reverse());
  return all.filter((host) => byAddress.get(host.address) === host);
}

interface NamedPrefix {
  readonly path: string;
  /** The path of the component: `cacheRepositories.cache`, `consoles`. */
  readonly owner: string;
  readonly text: string;
}

function prefixesIn(value: unknown, path: readonly string[] = []): NamedPrefix[] {
  if (typeof value === "string") {
    if (!isPrefix(value)) return [];
    // The first prefix of a list has the name of the list, the others also have a number.
    const owner = path.filter((part) => !/^(subnet|addresses|bastionSubnet|virtualNetwork|0)$/.test(part));
    return [{ path: path.join("."), owner: owner.join("."), text: value }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => prefixesIn(one, [...path, key]));
}
