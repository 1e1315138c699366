import type { Filters } from "./filters";
import type { Host } from "./lab";
import type { Probe } from "./probes";

/** A check, and its fault. */
export interface Check {
  readonly name: string;
  /** @default - it passed */
  readonly fault?: string;
}

/**
 * An open stream continues after its rule is removed, a new connection is
 * denied, and a reply does not need a rule.
 *
 * Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview (page of 2025-07-31)
 *
 * @param probe a TCP connection that the rules allow
 */
export async function checkStateful(
  hosts: ReadonlyMap<string, Host>,
  { from, to, port = 0 }: Probe,
  filters: Filters,
): Promise<Check[]> {
  const [source, destination] = [hosts.get(from.name) as Host, hosts.get(to.name) as Host];
  const expected = async (name: string, wanted: string, outcome: Promise<string>): Promise<Check> => {
    const found = await outcome;
    return found.startsWith(wanted) ? { name } : { name, fault: `${found} instead of ${wanted}` };
  };
  const where = `${from.name} -> ${to.name}:${port}`;
  const before = await expected(
    `${where}: the reply does not need a rule`,
    "open",
    source.keep("stream", to.address, port),
  );
  filters.apply(to, destination, ({ direction, access }) => direction === "Outbound" || access === "Deny");
  const after = [
    await expected(
      `${where}: an open stream continues after its rule is removed`,
      "open",
      source.sendOver("stream"),
    ),
    await expected(
      `${where}: a new connection is denied after its rule is removed`,
      "refused",
      source.probe([["Tcp", to.address, port]], 1).then(([outcome]) => outcome),
    ),
  ];
  filters.apply(to, destination);
  return [before, ...after];
}

const STREAM_BYTES = 256 * 1024;

/** Sends data over many ports in parallel streams: each must arrive completely. */
export async function checkStreams(
  hosts: ReadonlyMap<string, Host>,
  from: string,
  to: string,
  ports: readonly number[],
): Promise<Check> {
  const [source, destination] = [hosts.get(from) as Host, hosts.get(to) as Host];
  const over = [...new Set([ports[0], ports[ports.length - 1]])].join("-");
  const name = `${from} -> ${to}: ${ports.length} parallel streams over ${over}`;
  const outcomes = await source.streams(
    ports.map((port) => [destination.address, port, STREAM_BYTES] as const),
  );
  const wrong = outcomes.findIndex((outcome) => outcome !== "whole");
  return wrong < 0 ? { name } : { name, fault: `port ${ports[wrong]}: ${outcomes[wrong]}` };
}
