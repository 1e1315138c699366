import type { ConnectionRange } from "../proof/evaluation/connection-range";
import type { Flow, FlowEndpoint } from "../azure/flow";
import {
  type Party,
  type PortTable,
  PROXY_PORT,
  rowsOfTable,
  SERVICE_TAG_PARTIES,
} from "../ports/port-table";

/** The rows of a table as flows between parties, whose addresses are unknown. */
export function flowsOfTable(table: PortTable): Flow[] {
  return rowsOfTable(table).map(({ row, origin }) => ({
    name: row.name,
    priority: row.priority,
    from: endpointOf(row.from),
    to: endpointOf(row.to),
    protocol: row.protocol,
    ports: row.ports.map((port) => (port === PROXY_PORT ? unknown(port) : port)),
    reason: row.reason,
    origin,
    source: table.source,
    pageDate: table.pageDate,
  }));
}

function endpointOf(party: Party): FlowEndpoint {
  const prefix = SERVICE_TAG_PARTIES.includes(party) ? party : unknown(party);
  return { id: party, label: party, prefixes: [prefix] };
}

/** The range with the names of the table instead of unknown values. */
export function withPartyNames(range: ConnectionRange): ConnectionRange {
  const named = (texts: readonly string[]): string[] =>
    texts.map((text) => /^\$\{(.+)\}$/.exec(text)?.[1] ?? text);
  return {
    ...range,
    from: named(range.from),
    to: named(range.to),
    ports: named(range.ports),
    dependsOn: named(range.dependsOn),
  };
}

/** An unknown value with a name. */
function unknown(name: string): string {
  return `\${${name}}`;
}
