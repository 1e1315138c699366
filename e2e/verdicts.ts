import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addressNumber, type AddressRange, isIn, rangeOf } from "../__tests__/support/oracle/addresses";
import { expectedFlowsWithFeatures } from "../__tests__/support/expected/expected-feature-flows";
import { Protocol } from "../lib/azure/security-rule";
import { parseServiceTags } from "../lib/azure/sets/service-tags";
import { explain } from "../lib/proof/explain";
import { type Network, Verdict } from "../lib/proof/network";
import { networkOfFiles } from "../lib/terraform/network-of-files";
import { readNetworkFile } from "../lib/terraform/read-network-file";
import type { Probe } from "./probes";
import type { TagPrefixes } from "./ruleset";
import type { Deployment } from "./scenarios";

/** A few of the prefixes that Microsoft publishes, in the format in which it does. */
const SERVICE_TAGS = readFileSync(join(__dirname, "service-tags.json"), "utf8");

/** What becomes of a connection, and the rule that decides where somebody knows it. */
export interface Judged {
  readonly verdict: string;
  readonly by?: string;
}

/** Somebody who says what becomes of a connection. */
export type Judge = (probe: Probe) => Judged;

/**
 * The IPv4 prefixes behind service tags.
 *
 * @param connected prefixes of the virtual network, and of what a peering or a gateway joins to it
 */
export function tagPrefixes(connected: readonly string[]): TagPrefixes {
  const { values } = JSON.parse(SERVICE_TAGS) as {
    values: Array<{ name: string; properties: { addressPrefixes: string[] } }>;
  };
  const published = values.map(({ name, properties }) => [
    name,
    properties.addressPrefixes.filter((prefix) => !prefix.includes(":")),
  ]);
  return {
    ...(Object.fromEntries(published) as TagPrefixes),
    AzureLoadBalancer: ["168.63.129.16"],
    VirtualNetwork: [...connected, "168.63.129.16"],
  };
}

/** The proof's verdict on what stands in a synthesized stack. */
export function proofOf(stackFile: string): Judge {
  const found = readNetworkFile(readFileSync(stackFile), stackFile);
  const { network } = networkOfFiles([found], parseServiceTags(SERVICE_TAGS));
  // A pair that may not connect on any port is asked about once.
  const closed = new Map<string, Judged>();
  return (probe) => {
    const { from, to, protocol, port } = probe;
    const key = `${from.address} ${to.address} ${protocol}`;
    if (!closed.has(key)) closed.set(key, asked(network, { ...probe, port: undefined }));
    const whole = closed.get(key) as Judged;
    return whole.verdict === Verdict.DENY || port === undefined ? whole : asked(network, probe);
  };
}

function asked(network: Network, { from, to, protocol, port }: Probe): Judged {
  const query = { from: from.address, to: to.address, protocol: PROTOCOLS[protocol], port };
  const { verdict, ends } = explain(query, network);
  const deciding = ends.flatMap(({ groups }) => groups.flatMap((group) => group.deciding));
  const rule = deciding.find(({ access }) => (access === "Allow") === (verdict === Verdict.ALLOW));
  return { verdict, by: rule && `${rule.group}/${rule.rule}` };
}

const PROTOCOLS = { Tcp: Protocol.TCP, Udp: Protocol.UDP, Icmp: Protocol.ICMP } as const;

// Words of the vendor's page for what a service tag stands for.
const PAGE_WORDS: Readonly<Record<string, string>> = {
  "Microsoft Entra ID Services": "AzureActiveDirectory",
  "Azure Resource Manager": "AzureResourceManager",
};

/** What the vendor's rows say, worked out without the product. */
export function rowsOf(deployment: Deployment): Judge {
  const tags = tagPrefixes([]);
  const rangesOf = ({ id, addresses }: { id: string; addresses: readonly AddressRange[] }): AddressRange[] =>
    PAGE_WORDS[id] === undefined ? [...addresses] : tags[PAGE_WORDS[id]].map(rangeOf);
  const flows = expectedFlowsWithFeatures(deployment as never).map((flow) => ({
    ...flow,
    sources: rangesOf(flow.from),
    destinations: rangesOf(flow.to),
  }));
  return ({ from, to, protocol, port = -1 }) => {
    const documented = flows.some(
      (flow) =>
        flow.protocol === protocol &&
        isIn(flow.sources, addressNumber(from.address)) &&
        isIn(flow.destinations, addressNumber(to.address)) &&
        flow.ports.some(([first, last]) => first <= port && port <= last),
    );
    return { verdict: documented ? Verdict.ALLOW : Verdict.DENY };
  };
}
