import { readFileSync } from "node:fs";
import { Protocol } from "../lib/azure/security-rule";
import { parseServiceTags } from "../lib/azure/sets/service-tags";
import { explain } from "../lib/proof/explain";
import { type Network, Verdict } from "../lib/proof/network";
import { networkOfFiles } from "../lib/terraform/joined/network-of-files";
import { readNetworkFile } from "../lib/terraform/read-network-file";
import type { Judge, Judged } from "./connections";
import type { Probe } from "./probes";
import { SERVICE_TAGS } from "./service-tags";

/** The verdict of the proof on a synthesized stack. */
export function proofOf(stackFile: string): Judge {
  const found = readNetworkFile(readFileSync(stackFile), stackFile);
  const { network } = networkOfFiles([found], parseServiceTags(SERVICE_TAGS));
  // One query settles a pair that cannot connect on any port.
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
