import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A row of a section of the vendor's page "Used Ports", in the vendor's words; one protocol a row. */
export interface TranscribedSectionRow {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly ports: readonly string[];
  readonly optional: boolean;
  readonly serviceTag?: string;
  /** What the page says that the row is only for: "Linux appliance", "Windows". */
  readonly onlyFor?: string;
}

/** A section of the page, transcribed from it. */
export interface TranscribedSection {
  readonly section: string;
  readonly build: string;
  readonly pageDate: string;
  readonly source: string;
  readonly rows: readonly TranscribedSectionRow[];
}

/** What a row of a section is for good. */
export interface AgreedRow {
  readonly name: string;
  readonly priority: number;
  readonly from: string;
  readonly to: string;
  readonly features: readonly string[];
}

/** Every section of `__tests__/fixtures/used-ports.txt`. */
export function transcribedSections(): TranscribedSection[] {
  return blocks("used-ports.txt").map(({ title, rest, lines }) => {
    const [build, pageDate, source] = rest.split(" ");
    return { section: title, build, pageDate, source, rows: lines.flatMap(parseRow) };
  });
}

/** The rows of `__tests__/fixtures/section-rules.txt`, by section. */
export function agreedRows(): Map<string, AgreedRow[]> {
  return new Map(
    blocks("section-rules.txt").map(({ title, lines }) => [
      title,
      lines.map((line) => {
        const [name, priority, from, to, features] = line.split(" | ");
        return {
          name,
          priority: Number(priority),
          from,
          to,
          features: features === "-" ? [] : features.split(" "),
        };
      }),
    ]),
  );
}

function blocks(fixture: string): Array<{ title: string; rest: string; lines: string[] }> {
  const text = readFileSync(join(__dirname, "..", "..", "fixtures", fixture), "utf8");
  return text
    .split(/\n(?=\[)/)
    .slice(1)
    .map((block) => {
      const [head, ...lines] = block.trim().split("\n");
      const end = head.lastIndexOf("]");
      return { title: head.slice(1, end), rest: head.slice(end + 1).trim(), lines };
    });
}

function parseRow(line: string): TranscribedSectionRow[] {
  const [from, to, protocols, ports, optional, tag, only, ...more] = line.split(" | ");
  if (only === undefined || more.length > 0 || !["yes", "no"].includes(optional)) {
    throw new Error(`not a row: ${line}`);
  }
  return protocols.split(", ").map((protocol) => ({
    from,
    to,
    protocol,
    ports: ports.split(" "),
    optional: optional === "yes",
    ...(tag !== "-" && { serviceTag: tag }),
    ...(only !== "-" && { onlyFor: only }),
  }));
}
