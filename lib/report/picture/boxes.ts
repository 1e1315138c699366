import { isOpaque } from "../../base/opaque";
import { isSingle } from "../../ports/port-table";
import type { ReportEnd } from "../report-model";
import { roleTitle, visibleText } from "../words";
import type { Arrow, Cluster } from "./graph";

/** Size of letters in pixels; names are larger. */
export const FONT_SIZE = 12;
const NAME_FONT_SIZE = 13;

// The page's fonts are the reader's own, so this is what wide ones of them
// need for a character, in parts of the size of the letters.
const CHARACTER_WIDTH = 0.6;

/** Styles of texts in a box. Bold letters are wider than the average, those of sentences narrower. */
const STYLES = {
  title: { size: NAME_FONT_SIZE, wide: 1.1 },
  name: { size: NAME_FONT_SIZE, wide: 0.96 },
  note: { size: FONT_SIZE, wide: 0.96 },
  address: { size: FONT_SIZE, wide: 1 },
};

interface Line {
  readonly style: keyof typeof STYLES;
  readonly text: string;
  /** At the right edge of the same line. @default - none */
  readonly address?: string;
}

/** A text in a box. */
interface BoxText extends Line {
  readonly size: number;
  /** From the left edge of the box, and for an address beside a name from its right edge. */
  readonly inset: number;
  /** Middle of the line, from the top of the box. */
  readonly y: number;
}

/** The size and content of a cluster's box: arrows of the whole cluster meet its `head`, `rows` are its nodes, where there are several. */
export type ClusterBox = ReturnType<typeof clusterBox>;

const [MIN_WIDTH, MAX_WIDTH] = [120, 256];
const PADDING = 10;
const LINE = 17;
const ROW_GAP = 5;

/** Distance of a row from the sides of its box. */
export const ROW_MARGIN = 7;

/**
 * The box of a cluster.
 *
 * @param roomAt The height that the arrows at an anchor need
 */
export function clusterBox({ id, title, nodes }: Cluster, roomAt: (anchorId: string) => number) {
  const titles: Line[] = [{ style: "title", text: visibleText(title) }];
  const isAlone = nodes.length === 1;
  const parts = [
    { id, inset: PADDING, lines: isAlone ? [...titles, ...linesOf(nodes[0].end, title)] : titles },
    ...(isAlone ? [] : linesOfRows(nodes)),
  ];
  const widths = parts.flatMap(({ inset, lines }) => lines.map((line) => widthOf(line) + 2 * inset));
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, ...widths));
  const texts: BoxText[] = [];
  let height = -ROW_GAP;
  const [head, ...rows] = parts.map(({ id: anchorId, inset, lines }) => {
    const band = {
      id: anchorId,
      y: height + ROW_GAP,
      height: Math.max(lines.length * LINE + 14, roomAt(anchorId) + 2),
    };
    const first = band.y + (band.height - (lines.length - 1) * LINE) / 2;
    texts.push(...lines.map((line, index) => placedText(line, width, inset, first + index * LINE)));
    height = band.y + band.height;
    return band;
  });
  return { width, height: height + (isAlone ? 0 : ROW_MARGIN), texts, head, rows };
}

function widthOf({ style, text, address }: Line): number {
  const { size, wide } = STYLES[style];
  return textWidth(text, size * wide) + (address === undefined ? 0 : textWidth(address, FONT_SIZE) + 8);
}

function placedText(line: Line, width: number, inset: number, y: number): BoxText {
  const { size, wide } = STYLES[line.style];
  const room = width - 2 * inset - (widthOf(line) - widthOf({ ...line, address: undefined }));
  return { ...line, text: fitText(line.text, size * wide, room), size, inset, y };
}

/** Up to this number of rows, an address is beside its name only if both are narrow, so that the box is narrow too. */
const FEW_ROWS = 4;
const NARROW = 150;

function linesOfRows(nodes: Cluster["nodes"]) {
  const below = nodes.map(({ end }) => linesOf(end));
  const beside = below.map(([name, ...lines]): Line[] => {
    const addresses = lines.filter(({ style }) => style === "address");
    if (addresses.length !== 1) return [name, ...lines];
    return [{ ...name, address: addresses[0].text }, ...lines.filter((line) => line !== addresses[0])];
  });
  const inset = ROW_MARGIN + 8;
  const room = nodes.length > FEW_ROWS ? MAX_WIDTH - 2 * inset : NARROW;
  const isList = beside.every(([name]) => widthOf(name) <= room);
  return nodes.map(({ id }, index) => ({ id, inset, lines: (isList ? beside : below)[index] }));
}

/** A note wraps rather than widening the box. */
const LONGEST_NOTE = 20;

/** More addresses than this are counted instead of listed. */
const MOST_ADDRESSES = 6;

/** The name of an end unless the title of its box says it, what else is to be known of it, and its addresses. */
function linesOf(end: ReportEnd, title?: string): Line[] {
  const { label, sharedGroup, serviceTag } = end;
  const [component, ...others] = end.components;
  const isTag = serviceTag && !component;
  const isSaid = title !== undefined && (!component || isSingle(component.role) || component.key === title);
  const notes = [
    ...others.map(
      ({ role, key }) =>
        `also ${roleTitle(role).toLowerCase()}${isSingle(role) ? "" : ` ${visibleText(key)}`}`,
    ),
    ...(sharedGroup ? ["group managed elsewhere"] : []),
    ...(isTag ? ["service tag"] : []),
  ];
  const prefixes = new Set(
    isTag ? [] : end.prefixes.map((one) => (isOpaque(one) ? "known at apply" : visibleText(one))),
  );
  const shown = [...prefixes].slice(0, prefixes.size > MOST_ADDRESSES ? MOST_ADDRESSES - 1 : MOST_ADDRESSES);
  const more = prefixes.size > shown.length ? [`+${prefixes.size - shown.length} more`] : [];
  const lines = (style: Line["style"], texts: readonly string[]): Line[] =>
    texts.map((text) => ({ style, text }));
  return [
    ...lines("name", isSaid ? [] : [visibleText(component?.key ?? label)]),
    ...lines(
      "note",
      notes.flatMap((note) => wrapped(note.split(" "), LONGEST_NOTE)),
    ),
    ...lines("address", [...shown, ...more]),
  ];
}

/** Height of a line of an arrow's label. */
export const LABEL_LINE = 15;

/** Room for two ranges: a picture that is narrow has larger letters on paper. */
const LONGEST_LINE = 16;

/** Width and height of an arrow's label. */
export function labelSize(arrow: Arrow) {
  const lines = labelLines(arrow);
  return {
    width: Math.max(...lines.map((line) => textWidth(line, FONT_SIZE))) + 12,
    height: lines.length * LABEL_LINE + 6,
  };
}

/** The lines of a label. Every port is listed, because a picture in a document has nothing to click on. */
export function labelLines({ label, missing }: Arrow): string[] {
  const words = label
    .split(/(?<=,) /)
    .flatMap((port) => (port.length > LONGEST_LINE ? port.split(" ") : [port]));
  return [...(missing ? ["✕ blocked:"] : []), ...wrapped(words, LONGEST_LINE)];
}

/** Width of a text in the picture, at most, in the picture's units. */
export function textWidth(text: string, fontSize: number): number {
  return Math.ceil([...text].length * fontSize * CHARACTER_WIDTH);
}

/** The text, cut with an ellipsis where it is wider than that. */
export function fitText(text: string, fontSize: number, width: number): string {
  const characters = [...text];
  const most = Math.max(1, Math.floor(width / (fontSize * CHARACTER_WIDTH)));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Words on lines of so many characters; a word that is longer than a line is parted. */
export function wrapped(words: readonly string[], longest: number): string[] {
  const parts = words.flatMap((word) => word.match(new RegExp(`.{1,${longest}}`, "gsu")) ?? []);
  return parts.reduce<string[]>((lines, part) => {
    const longer = `${lines.at(-1)} ${part}`;
    return lines.length > 0 && [...longer].length <= longest
      ? [...lines.slice(0, -1), longer]
      : [...lines, part];
  }, []);
}
