/** The two pages of Veeam's documentation that print ports. */
export type PageName = "Entra ID ports" | "Used ports";

/** One row of a page, in the page's words. A cell can name several parties, separated by commas. */
export interface PageRow {
  /** Title of the row's section, after the title above it where it is part of a larger section; empty on the Entra ID page. */
  readonly section: string;
  readonly from: string;
  readonly to: string;
  /** `TCP`, `UDP`, `TCP, UDP`, or what else the page prints. */
  readonly protocol: string;
  /** Ports, ranges such as `2500-3300`, and `<...>` for a port that the page does not number. */
  readonly ports: readonly string[];
  /** Whether the page calls the row optional. */
  readonly optional: boolean;
  /** DNS names that the page gives for `to`. */
  readonly dnsNames: readonly string[];
  /** The page's condition in other words, or empty. */
  readonly note: string;
}

/** A page as it stood on one day. */
export interface PortPage {
  readonly name: PageName;
  /** The build of Veeam Backup & Replication that the page speaks of. */
  readonly build: string;
  /** The day of the page's text, YYYY-MM-DD. */
  readonly pageDate: string;
  /** The page's address. */
  readonly source: string;
  /** The rows, in the page's order. */
  readonly rows: readonly PageRow[];
}

type PageText = Omit<PortPage, "name" | "rows"> & { readonly rows: string };

/** A revision of the page "Ports" of Veeam Backup for Microsoft Entra ID. */
export function entraIdPorts(text: PageText): PortPage {
  return pageOfText("Entra ID ports", text);
}

/** A revision of the page "Used Ports" of Veeam Backup & Replication. */
export function usedPorts(text: PageText): PortPage {
  return pageOfText("Used ports", text);
}

/**
 * A page from its table, written one row a line: `from | to | protocol |
 * ports | note`. A line that begins with `#` is the title of a section.
 */
function pageOfText(name: PageName, { rows: text, ...facts }: PageText): PortPage {
  let known: readonly PageRow[] | undefined;
  return {
    name,
    ...facts,
    // A program needs one or two of the revisions: rows are read when they are needed.
    get rows() {
      return (known ??= rowsOfText(text));
    },
  };
}

function rowsOfText(text: string): PageRow[] {
  let section = "";
  return text.split("\n").flatMap((line) => {
    if (line.startsWith("# ")) section = line.slice(2);
    if (!line.includes(" | ")) return [];
    const [from, to, protocol, ports, note = ""] = line.split(/ \| ?/);
    return [rowOfCells(section, { from, to, protocol, ports, note })];
  });
}

/** A row from the texts of its cells, as the page or a copy of it prints them. */
export function rowOfCells(
  section: string,
  cells: Readonly<Record<"from" | "to" | "protocol" | "ports" | "note", string>>,
): PageRow {
  const optional = /^\[optional\] ?/i;
  const [, to, names] = NAMED.exec(cells.to) ?? [undefined, cells.to, undefined];
  return {
    section,
    from: cells.from,
    to,
    protocol: cells.protocol.split(/,\s*/).sort().join(", "),
    ports:
      cells.ports
        .replace(/ to /g, "-")
        .match(/<[^>]*>|[^\s,]+/g)
        ?.filter((port) => port !== "or") ?? [],
    optional: optional.test(cells.note),
    dnsNames: names === undefined ? [] : names.split(", "),
    note: cells.note.replace(optional, ""),
  };
}

// "Veeam Update Repository (repository.veeam.com)": what ends the cell in brackets is names where each has a dot.
const NAME = "[\\w<*][\\w<>*-]*(?:\\.[\\w<>-]+)+";
const NAMED = new RegExp(`^(.+) \\((${NAME}(?:, ${NAME})*)\\)$`);

/** The parties that a cell names, one by one. */
export function partiesOfCell(cell: string): string[] {
  return cell.split(/, (?![^(]*\))/);
}

/** The ports that data channels use, as pages print them. A deployment can narrow them. */
export const TRANSMISSION_PORTS = "2500-3300";

/** Whether the row has the range for data channels only as failover for port 6162. */
export function isFailover({ ports, note }: PageRow): boolean {
  return ports.includes(TRANSMISSION_PORTS) && /\bfailover\b/i.test(note);
}
