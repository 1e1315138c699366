import { Protocol } from "../azure/security-rule";
import { type Connection, CONNECTIONS } from "./connections";
import { partiesNamed } from "./party-names";
import { isFailover, type PageRow, partiesOfCell, type PortPage, TRANSMISSION_PORTS } from "./port-page";
import type { RowOfPage } from "./sourced-row";

/** A connection that a row of a page asks for. */
export interface AskedConnection extends RowOfPage {
  readonly connection: Connection;
  /** The ports that the row asks for, of those of the connection. */
  readonly ports: readonly string[];
  /** Whether the row has the range for data channels as failover only. */
  readonly isFailover: boolean;
}

const BY_PORT = new Map<string, Connection[]>();
for (const connection of CONNECTIONS) {
  for (const port of connection.ports) {
    const key = keyOf(connection.from, connection.to, connection.protocol, port);
    BY_PORT.set(key, [...(BY_PORT.get(key) ?? []), connection]);
  }
}

const known = new WeakMap<PortPage, readonly AskedConnection[]>();

/** The connections that a page asks for, row by row. */
export function connectionsOfPage(page: PortPage): readonly AskedConnection[] {
  const found = known.get(page) ?? page.rows.flatMap((row) => connectionsOfRow(page, row));
  known.set(page, found);
  return found;
}

/** The connections that a row asks for; empty if the whole row is out of scope. */
export function connectionsOfRow(page: PortPage, row: PageRow): AskedConnection[] {
  const ports = new Map<Connection, Set<string>>();
  for (const [from, to, port] of partsOfRow(row)) {
    for (const connection of connectionsBetween(page, row, from, to, port)) {
      ports.set(connection, (ports.get(connection) ?? new Set()).add(port));
    }
  }
  return [...ports].map(([connection, asked]) => ({
    page,
    row,
    connection,
    ports: connection.ports.filter((port) => asked.has(port)),
    isFailover: isFailover(row) && asked.has(TRANSMISSION_PORTS),
  }));
}

/** The parts of a row: each party in `from` with each party in `to`, at each port. */
export function partsOfRow(row: PageRow): Array<readonly [from: string, to: string, port: string]> {
  return partiesOfCell(row.from).flatMap((from) =>
    partiesOfCell(row.to).flatMap((to) => row.ports.map((port) => [from, to, port] as const)),
  );
}

/** The connections that one part of a row asks for. */
export function connectionsBetween(
  { name }: PortPage,
  { protocol }: PageRow,
  from: string,
  to: string,
  port: string,
): Connection[] {
  return partiesNamed(from).flatMap((source) =>
    partiesNamed(to).flatMap((destination) =>
      protocolsOf(protocol).flatMap((one) =>
        (BY_PORT.get(keyOf(source, destination, one, port)) ?? []).filter(
          ({ onlyOn = name }) => onlyOn === name,
        ),
      ),
    ),
  );
}

/** The protocols of a cell; pages printed syslog over TLS as `TLS`, which is TCP. */
function protocolsOf(cell: string): Protocol[] {
  return cell.split(", ").map((text) => (text === "UDP" ? Protocol.UDP : Protocol.TCP));
}

function keyOf(from: string, to: string, protocol: Protocol, port: string): string {
  return [from, to, protocol, port].join();
}
