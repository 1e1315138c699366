import { intervalSet, type Interval, type IntervalSet } from "./interval-set";
import { isOpaque } from "../../base/opaque";

/** Every port. */
export const ALL_PORTS: Interval<number> = { start: 0, end: 65536 };

/** The ports of a rule or of a flow: those that it surely contains, and the values that are not known. */
export interface PortSet {
  /** Whether it contains every port. */
  readonly any: boolean;
  /** Ports that it surely contains. */
  readonly known: IntervalSet<number>;
  /** Texts of the values known only at apply. */
  readonly unknowns: readonly string[];
}

const EVERY_PORT: PortSet = { any: true, known: [ALL_PORTS], unknowns: [] };

/** Reads ports and ranges: `*`, `443`, `2500-3300`, or values known only at apply. Throws an Error if a text is not a port or a range. */
export function portSet(texts: readonly string[]): PortSet {
  if (texts.length === 1 && texts[0] === "*") return EVERY_PORT;
  const unknowns = texts.filter(isOpaque);
  const known = intervalSet(texts.filter((text) => !isOpaque(text)).map(parsePorts));
  const any = known[0]?.start === ALL_PORTS.start && known[0].end === ALL_PORTS.end;
  return { any, known, unknowns: [...new Set(unknowns)] };
}

function parsePorts(text: string): Interval<number> {
  if (text === "*") return ALL_PORTS;
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  const start = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (!match || last >= ALL_PORTS.end || start > last) {
    throw new Error(`"${text}" is not a port (0 to 65535), a range of ports such as "2500-3300" or "*".`);
  }
  return { start, end: last + 1 };
}

/** The text of ports: `443` or `2500-3300`; `*` for all of them. */
export function formatPorts({ start, end }: Interval<number>): string {
  if (start === ALL_PORTS.start && end === ALL_PORTS.end) return "*";
  return end - start === 1 ? `${start}` : `${start}-${end - 1}`;
}
