import { groupBy } from "../../base/collections";
import type { Connection } from "../../ports/connections";
import { ADMINISTRATOR_ROWS } from "../../ports/own-rows";
import { type AskedConnection, connectionsOfPage } from "../../ports/page-connections";
import { membersOfParty } from "../../ports/parties";
import { TRANSMISSION_PORTS } from "../../ports/port-page";
import type { PortTable } from "../../ports/port-table";
import type { PortTableRow, SourcedRow } from "../../ports/sourced-row";
import type { Topology } from "../topology";

/**
 * The rows that a deployment asks for: those of the Entra ID page, those of
 * Used Ports that its features open, and its own. Whether a row becomes a
 * flow depends on who is there.
 */
export function openRows(table: PortTable, topology: Topology): SourcedRow[] {
  const entraId = connectionsOfPage(table.entraId);
  if (!asksForMore(topology)) return merged(entraId);
  const usedPorts = table.usedPorts ? connectionsOfPage(table.usedPorts) : [];
  const asked = usedPorts.filter(({ connection }) => isAskedFor(connection, topology));
  const rows = merged([
    ...narrowedByNewerPage(entraId, asked, topology),
    ...withoutFailover(asked, topology),
  ]);
  const own = rows.filter(({ origin }) => origin === table.entraId.name);
  const more = rows.filter(({ origin }) => origin !== table.entraId.name);
  more.sort((a, b) => a.row.priority - b.row.priority);
  return [...own, ...more, ...ADMINISTRATOR_ROWS.map((row) => ({ row, origin: "administrators" }))];
}

/** Whether rows of Used Ports open the connection: by one of its features, or by naming its ends. */
export function isAskedFor(
  { features: enabling }: Pick<Connection, "features">,
  { features = [] }: Topology,
): boolean {
  return enabling.length === 0 || enabling.some((feature) => features.includes(feature));
}

/** The rows of Used Ports, without the range for data channels where it is failover and the deployment closes it. */
function withoutFailover(asked: readonly AskedConnection[], { failoverRange }: Topology): AskedConnection[] {
  if (failoverRange === undefined || failoverRange === "open") return [...asked];
  return asked.map((one) => (one.isFailover ? withoutRange(one) : one));
}

// The newer page has the range between the same ends as failover only, under another name.
const IN_NEWER_PAGE: Readonly<Record<string, string>> = {
  "backup-server-to-migrating-cache-repositories": "backup-proxy-to-cache-repository",
};

/** The rows of the Entra ID page, without the range where Used Ports has it as failover and the deployment follows that. */
function narrowedByNewerPage(
  entraId: readonly AskedConnection[],
  usedPorts: readonly AskedConnection[],
  { failoverRange }: Topology,
): AskedConnection[] {
  if (failoverRange !== "closedOnBothPages") return [...entraId];
  const failover = new Set(usedPorts.filter((one) => one.isFailover).map(({ connection: { name } }) => name));
  return entraId.map((one) => {
    const { name } = one.connection;
    return failover.has(name) || failover.has(IN_NEWER_PAGE[name]) ? withoutRange(one) : one;
  });
}

function withoutRange(asked: AskedConnection): AskedConnection {
  return { ...asked, ports: asked.ports.filter((port) => port !== TRANSMISSION_PORTS) };
}

/** One row for each connection, with all rows of pages that ask for it. */
export function merged(asked: readonly AskedConnection[]): SourcedRow[] {
  const byConnection = groupBy(
    asked.filter(({ ports }) => ports.length > 0),
    ({ connection }) => connection,
  );
  return [...byConnection].map(([{ name, priority, from, to, protocol, ports, reason }, all]) => ({
    row: {
      name,
      priority,
      from,
      to,
      protocol,
      ports: ports.filter((port) => all.some((one) => one.ports.includes(port))),
      reason,
    },
    askedBy: all.map(({ page, row }) => ({ page, row })),
    origin: all[0].page.name,
  }));
}

/** Whether a row of Used Ports can be open at all; consoles are in every deployment. */
function asksForMore(topology: Topology): boolean {
  const {
    features = [],
    peers = {},
    cacheMigration,
    backupCopies = [],
    scaleOutRepositories = [],
  } = topology;
  return (
    features.length > 0 ||
    backupCopies.length > 0 ||
    scaleOutRepositories.length > 0 ||
    cacheMigration !== undefined ||
    Object.keys(peers).some((name) => name !== "consoles")
  );
}

/** Whether the row ends at what has only a DNS name. */
export function endsAtDnsNames(row: Pick<PortTableRow, "to">): boolean {
  return membersOfParty(row.to).kind === "dnsNames";
}
