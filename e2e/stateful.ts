import type { Filters } from "./filters";
import type { Host } from "./lab";
import type { Probe } from "./probes";

/** One thing that was looked at, and what was wrong with it. */
export interface Check {
  readonly name: string;
  /** @default - nothing */
  readonly fault?: string;
}

/**
 * A stream that stands goes on when its rule is removed, a new connection is
 * refused, and a reply needs no rule of its own.
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
    return found.startsWith(wanted) ? { name } : { name, fault: `${found}, and it should be ${wanted}` };
  };
  const where = `${from.name} -> ${to.name}:${port}`;
  const before = await expected(
    `${where} is answered, though no rule allows the reply`,
    "open",
    source.keep("stream", to.address, port),
  );
  filters.apply(to, destination, ({ direction, access }) => direction === "Outbound" || access === "Deny");
  const after = [
    await expected(
      `${where}: the stream goes on after its rule is removed`,
      "open",
      source.sendOver("stream"),
    ),
    await expected(
      `${where}: a new connection is refused after its rule is removed`,
      "refused",
      source.probe([["Tcp", to.address, port]], 1).then(([outcome]) => outcome),
    ),
  ];
  filters.apply(to, destination);
  return [before, ...after];
}

const STREAM_BYTES = 256 * 1024;

/** Streams of data over many ports of a range side by side: each arrives whole. */
export async function checkStreams(
  hosts: ReadonlyMap<string, Host>,
  from: string,
  to: string,
  ports: readonly number[],
): Promise<Check> {
  const [source, destination] = [hosts.get(from) as Host, hosts.get(to) as Host];
  const over = [...new Set([ports[0], ports[ports.length - 1]])].join("–");
  const name = `${from} -> ${to}: ${ports.length} streams over ${over} side by side`;
  const outcomes = await source.streams(
    ports.map((port) => [destination.address, port, STREAM_BYTES] as const),
  );
  const wrong = outcomes.findIndex((outcome) => outcome !== "whole");
  return wrong < 0 ? { name } : { name, fault: `port ${ports[wrong]}: ${outcomes[wrong]}` };
}
