import { distinctItems, groupBy } from "../../base/collections";
import type { Connection } from "../../ports/connections";
import { type AskedConnection, connectionsOfPage } from "../../ports/page-connections";
import { USED_PORTS_PAGES } from "../../ports/pages";
import { membersOfParty, type Party, selectorsOf, wordsOfParty } from "../../ports/parties";
import { type PortTable, VeeamRole } from "../../ports/port-table";
import { FIRST_REVISION_WITH_FEATURES } from "../../ports/revisions";
import type { Topology, TopologyComponent } from "../topology";
import { isAskedFor } from "./open-rows";
import { isBetweenMembers, isSelected, membersOf } from "./party-members";

/** A row that Veeam documents for components of the deployment, but that is not enabled. */
export interface ClosedRow {
  /** Source, in Veeam's words. */
  readonly from: string;
  /** Destination, in Veeam's words. */
  readonly to: string;
  /** Protocol of the connections: `TCP`, `UDP`. */
  readonly protocol: string;
  /** Ports connected to: `443`, `2500-3300`. */
  readonly ports: string[];
  /** Whether Veeam calls the row optional. */
  readonly optional: boolean;
  /** What does not work while it is not enabled. */
  readonly without: string;
  /** Properties that enable it, or `features:` and the features, any of which enables it. */
  readonly opensWith: string[];
}

/**
 * A section of Veeam's page "Used Ports" that is about the deployment, with its rows that are not
 * enabled.
 */
export interface ClosedSection {
  /** Title of the section. */
  readonly section: string;
  /** Address of the page. */
  readonly source: string;
  /** Day of the page's text, YYYY-MM-DD. */
  readonly pageDate: string;
  /** Number of rows of the section that are about the deployment, enabled or not. */
  readonly rowsInQuestion: number;
  /** The rows that are not enabled. */
  readonly closedRows: ClosedRow[];
}

/**
 * The sections of Used Ports that are about the deployment's roles and have
 * closed rows; those of the first text if the revision does not have the page
 * yet. A repository or gateway server without a type counts as Windows or Linux.
 */
export function closedSections(table: PortTable, topology: Topology): ClosedSection[] {
  const page = table.usedPorts ?? USED_PORTS_PAGES[0];
  const newer = table.usedPorts ? [] : [`portTable: ${FIRST_REVISION_WITH_FEATURES}`];
  const open = new Map(
    connectionsOfPage(table.entraId).map(({ connection, ports }) => [connection.name, ports]),
  );
  const inQuestion = connectionsOfPage(page).filter(
    ({ connection: { from, to } }) => canBeThere(from, topology) && canBeThere(to, topology),
  );
  return [...groupBy(inQuestion, ({ row }) => row.section)].flatMap(([section, asked]) => {
    const closedRows = distinctItems(asked.flatMap((one) => closedRow(one, open, newer, topology)));
    if (closedRows.length === 0) return [];
    return [
      { section, source: page.source, pageDate: page.pageDate, rowsInQuestion: asked.length, closedRows },
    ];
  });
}

/** The closed part of a row: not opened by the Entra ID page, and not asked for. */
function closedRow(
  { connection, ports: asked, row }: AskedConnection,
  open: ReadonlyMap<string, readonly string[]>,
  newer: readonly string[],
  topology: Topology,
): ClosedRow[] {
  const { name, from, to, protocol, without } = connection;
  const ports = asked.filter((port) => !open.get(name)?.includes(port));
  if (ports.length === 0 || (newer.length === 0 && isOpen(connection, topology))) return [];
  return [
    {
      from: wordsOfParty(from),
      to: wordsOfParty(to),
      protocol: protocol.toUpperCase(),
      ports,
      optional: row.optional,
      without,
      opensWith: [...newer, ...opensWith(connection, topology)],
    },
  ];
}

function isOpen(row: Connection, topology: Topology): boolean {
  return isAskedFor(row, topology) && (isBetweenMembers(row, topology) || isOnOneMachine(row, topology));
}

/** Whether both ends exist on one machine, where the row needs no rule. */
function isOnOneMachine(row: Connection, topology: Topology): boolean {
  const [from, to] = [membersOf(row.from, topology), membersOf(row.to, topology)];
  const kind = membersOfParty(row.from).kind;
  return kind !== "copy" && kind !== "extent" && from.length > 0 && to.length > 0;
}

/** Properties that open the row. */
function opensWith(row: Connection, topology: Topology): string[] {
  const missing = [row.from, row.to].flatMap((party) => propertiesOf(party, topology));
  if (isAskedFor(row, topology)) return missing;
  return [`features: ${row.features.join(" or ")}`, ...missing];
}

function propertiesOf(party: Party, topology: Topology): string[] {
  const members = membersOfParty(party);
  switch (members.kind) {
    case "peers":
      return membersOf(party, topology).length > 0 ? [] : [members.given.join(" or ")];
    case "copy":
      return members.end === "from" ? ["backupCopies"] : [];
    case "extent":
      return party === "source-extent" ? ["scaleOutRepositories"] : [];
    case "migration":
      return members.ends[0] === "from" ? ["cacheMigration"] : [];
    case "components": {
      const untyped = topology.components.filter((component) => couldBe(component, party));
      return untyped.length > 0 && membersOf(party, topology).length === 0
        ? [`type of ${untyped.map(({ endpoint }) => endpoint.label).join(", ")}`]
        : [];
    }
    default:
      return [];
  }
}

/** Whether the deployment has, or by naming addresses can have, a member of the party. */
function canBeThere(party: Party, topology: Topology): boolean {
  const members = membersOfParty(party);
  switch (members.kind) {
    case "peers":
    case "dnsNames":
      return true;
    // Every group allows the network's own DNS servers.
    case "everyone":
    case "dnsServers":
      return false;
    case "copy":
    case "extent":
      return topology.components.filter((component) => isOrCouldBe(component, party)).length > 1;
    case "migration":
      return topology.components.filter(({ role }) => role === VeeamRole.CACHE_REPOSITORY).length > 1;
    case "gateways":
      return topology.components.some((component) => isSelected(component, members.repositories));
    default:
      return topology.components.some((component) => isOrCouldBe(component, party));
  }
}

function isOrCouldBe(component: TopologyComponent, party: Party): boolean {
  return isSelected(component, selectorsOf(party)) || couldBe(component, party);
}

/** Whether a component without a type would belong to the party with Windows or Linux. */
function couldBe(component: TopologyComponent, party: Party): boolean {
  return (
    component.type === undefined &&
    ["windows", "linux"].some((type) => isSelected({ role: component.role, type }, selectorsOf(party)))
  );
}
