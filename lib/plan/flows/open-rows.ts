import { membersOfParty } from "../../ports/parties";
import {
  type PortSection,
  type PortTable,
  type PortTableRow,
  rowsOfSection,
  rowsOfTable,
  type SectionRow,
  type SourcedRow,
} from "../../ports/port-table";
import { ADMINISTRATOR_ROWS } from "../../ports/own-rows";
import { allPortSections } from "../../ports/sections";
import type { Topology } from "../topology";

/**
 * The rows that a deployment asks for: those of its port table, those of the
 * sections that its features open, and its own. Whether a row becomes a flow
 * depends on who is there.
 */
export function openRows(table: PortTable, topology: Topology): SourcedRow[] {
  const rows = rowsOfTable(table);
  if (!asksForMore(topology)) return rows;
  const more = allPortSections().flatMap((section) => openRowsOfSection(section, table, topology));
  more.sort((a, b) => a.row.priority - b.row.priority);
  return [...rows, ...more, ...ADMINISTRATOR_ROWS.map((row) => ({ row, origin: "administrators" }))];
}

/** Whether the row of a section is asked for by one of the features, or by naming its ends. */
export function isAskedFor(row: SectionRow, { features = [] }: Topology): boolean {
  return row.features.length === 0 || row.features.some((feature) => features.includes(feature));
}

/** Whether the port table has the row of a section too; then the table's own stands for both. */
export function isInTable(row: PortTableRow, table: PortTable): boolean {
  return table.rows.some(
    (other) =>
      other.from === row.from &&
      other.to === row.to &&
      other.protocol === row.protocol &&
      other.ports.join() === row.ports.join(),
  );
}

function openRowsOfSection(section: PortSection, table: PortTable, topology: Topology): SourcedRow[] {
  const open = section.rows.filter((row) => isAskedFor(row, topology) && !isInTable(row, table));
  return rowsOfSection({ ...section, rows: open });
}

/** Whether a row of a section can be open at all; consoles are in every deployment. */
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
export function endsAtDnsNames(row: PortTableRow): boolean {
  return membersOfParty(row.to).kind === "dnsNames";
}
