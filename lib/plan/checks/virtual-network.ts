import { checkResourceGroupName, checkSimpleName } from "../../azure/names";
import { parseIpv4Address } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";
import { type Problem, refused } from "../../base/problem";
import type { NetworkFacts } from "../deployment";
import { checkAddresses } from "./components";
import { checkKnownLength, checkPrefixList, type GivenPrefix, overlapsWithin } from "./prefixes";

/** The virtual network's names, address space and DNS servers. */
export function checkVirtualNetwork(
  network: Pick<NetworkFacts, "path"> & Partial<NetworkFacts>,
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
    problems.push(...faults, ...overlapsWithin("prefix-overlap", prefixes, "prefixes that share no address"));
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
  const refuse = (code: string, what: string, change: string): Problem[] =>
    refused(code, path, server, {
      what,
      allowed: 'IPv4 addresses without a mask, such as "10.0.0.4", each once',
      change,
    });
  if (server.includes(":"))
    return refuse("ipv6", "is an IPv6 address, which is not supported", "Give the server's IPv4 address");
  const address = parseIpv4Address(server);
  if (address === undefined) {
    const bare = server.replace(/\/32$/, "");
    return refuse(
      "address-invalid",
      "is not an IPv4 address",
      parseIpv4Address(bare) === undefined
        ? "Give the server's address"
        : `Did you mean "${bare}"? Write that`,
    );
  }
  if (repeated) return refuse("duplicate", "is there twice", "Leave one of the two out");
  const own = checkAddresses(path, [`${server}/32`], subnets).problems;
  return own.length > 0
    ? refuse(
        own[0].code,
        own[0].what,
        "Give the address of a DNS server outside the subnets of the deployment",
      )
    : [];
}
