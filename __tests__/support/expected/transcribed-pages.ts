import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of the vendor's page, in the vendor's words. */
export interface TranscribedRow {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly ports: readonly string[];
  readonly optional: boolean;
  /** The service tag that stands for `to`. @default - it is a machine */
  readonly serviceTag?: string;
}

/** One revision of the vendor's page, transcribed by hand from the page. */
export interface TranscribedPage {
  readonly revision: string;
  readonly build: string;
  readonly pageDate: string;
  readonly source: string;
  readonly rows: readonly TranscribedRow[];
}

/** Every page of `__tests__/fixtures/entra-id-ports.txt`. */
export function transcribedPages(): TranscribedPage[] {
  const text = readFileSync(join(__dirname, "..", "..", "fixtures", "entra-id-ports.txt"), "utf8");
  return text
    .split(/\n(?=\[)/)
    .slice(1)
    .map((section) => {
      const [head, ...lines] = section.trim().split("\n");
      const [revision, build, pageDate, source] = head.split(" ");
      return { revision: revision.slice(1, -1), build, pageDate, source, rows: lines.map(parseRow) };
    });
}

function parseRow(line: string): TranscribedRow {
  const [from, to, protocol, ports, optional, tag, ...rest] = line.split(" | ");
  if (tag === undefined || rest.length > 0 || !["yes", "no"].includes(optional)) {
    throw new Error(`not a row: ${line}`);
  }
  return {
    from,
    to,
    protocol,
    ports: ports.match(/<[^>]*>|\S+/g) ?? [],
    optional: optional === "yes",
    ...(tag !== "-" && { serviceTag: tag }),
  };
}
