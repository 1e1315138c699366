import { isOpaque } from "../../base/opaque";
import { isSingle } from "../../ports/port-table";
import type { ReportComponent } from "../components-and-networks";
import type { ReportEnd } from "../report-model";
import { roleTitle, visibleText } from "../words";
import type { Arrow, Cluster } from "./graph";

/** The style of a text in a box. */
export enum TextStyle {
  TITLE = "title",
  NAME = "name",
  NOTE = "note",
  ADDRESS = "address",
}

/** Font size of each style. */
export const FONT_SIZE: Record<TextStyle, number> = { title: 13, name: 13, note: 12, address: 12 };

/** Bold letters are wider than the average, those of sentences narrower. */
const WIDTH_FACTOR: Record<TextStyle, number> = { title: 1.1, name: 0.96, note: 0.96, address: 1 };

interface Line {
  readonly style: TextStyle;
  readonly text: string;
  /** At the right edge of the same line. @default - none */
  readonly address?: string;
}

/** A text in a box. */
export interface BoxText extends Line {
  /** From the left edge of the box, and for an address beside a name from its right edge. */
  readonly inset: number;
  /** Middle of the line, from the top of the box. */
  readonly y: number;
}

/** A part of a box that arrows can meet. */
export interface Band {
  readonly id: string;
  readonly y: number;
  readonly height: number;
}

/** The size and content of a cluster's box: `head` is where arrows of the whole cluster meet it, `rows` are its nodes, where there are several. */
export type ClusterBox = ReturnType<typeof clusterBox>;

const [MIN_WIDTH, MAX_WIDTH] = [120, 256];
const PADDING = 10;
const LINE = 17;
const ROW_GAP = 5;

/** Distance of a row from the sides of its box. */
export const ROW_MARGIN = 7;

/** A name and an address up to this width are on one line; many boxes of one row may be wider than few. */
const BESIDE = { few: 150, many: 206 };
const FEW_ROWS = 4;

/**
 * The box of a cluster.
 *
 * @param roomAt The height that the arrows at an anchor need
 */
export function clusterBox(cluster: Cluster, roomAt: (anchorId: string) => number) {
  const { nodes } = cluster;
  const several = nodes.length > 1;
  const title = { style: TextStyle.TITLE, text: visibleText(cluster.title) };
  const headLines = several
    ? [title]
    : [title, ...nameLines(nodes[0].end, cluster), ...linesBelow(nodes[0].end)];
  const rowLines = several ? linesOfRows(nodes.map(({ end }) => end)) : [];
  const inset = ROW_MARGIN + 8;
  const width = Math.min(
    MAX_WIDTH,
    Math.max(
      MIN_WIDTH,
      ...headLines.map((line) => widthOf(line) + 2 * PADDING),
      ...rowLines.flat().map((line) => widthOf(line) + 2 * inset),
    ),
  );
  const texts: BoxText[] = [];
  let y = 0;
  const band = (id: string, lines: readonly Line[], height: number, left: number): Band => {
    const first = y + (height - (lines.length - 1) * LINE) / 2;
    texts.push(...lines.map((line, index) => textOf(line, width, left, first + index * LINE)));
    y += height;
    return { id, y: y - height, height };
  };
  const headHeight = Math.max(headLines.length * LINE + 16, roomAt(cluster.id) + 6);
  const head = band(cluster.id, headLines, headHeight, PADDING);
  const rows = nodes.slice(0, rowLines.length).map(({ id }, index) => {
    const row = band(
      id,
      rowLines[index],
      Math.max(rowLines[index].length * LINE + 13, roomAt(id) + 2),
      inset,
    );
    y += ROW_GAP;
    return row;
  });
  return { width, height: several ? y - ROW_GAP + ROW_MARGIN : y, texts, head, rows };
}

function widthOf({ style, text, address }: Line): number {
  const beside = address === undefined ? 0 : textWidth(address, FONT_SIZE.address) + 8;
  return textWidth(text, FONT_SIZE[style] * WIDTH_FACTOR[style]) + beside;
}

function textOf(line: Line, width: number, inset: number, y: number): BoxText {
  const room = width - 2 * inset - (widthOf(line) - widthOf({ ...line, address: undefined }));
  return {
    ...line,
    text: fitText(line.text, FONT_SIZE[line.style] * WIDTH_FACTOR[line.style], room),
    inset,
    y,
  };
}

function nameLines(end: ReportEnd, { title }: Cluster): Line[] {
  const [component] = end.components;
  if (!component || isSingle(component.role) || component.key === title) return [];
  return [{ style: TextStyle.NAME, text: visibleText(component.key) }];
}

function linesOfRows(ends: readonly ReportEnd[]): Line[][] {
  const names = ends.map((end): Line => ({
    style: TextStyle.NAME,
    text: visibleText(end.components[0]?.key ?? end.label),
  }));
  const beside = names.map((name, index): Line[] => {
    const addresses = addressLines(ends[index]);
    if (addresses.length !== 1) return [name, ...linesBelow(ends[index])];
    return [{ ...name, address: addresses[0].text }, ...noteLines(ends[index])];
  });
  const room = ends.length <= FEW_ROWS ? BESIDE.few : BESIDE.many;
  const fits = beside.every(([name]) => widthOf(name) <= room);
  return fits ? beside : names.map((name, index) => [name, ...linesBelow(ends[index])]);
}

function linesBelow(end: ReportEnd): Line[] {
  return [...noteLines(end), ...addressLines(end)];
}

/** A note wraps rather than widening the box. */
const LONGEST_NOTE = 20;

/** Components on the same machine, and whether another team owns the group. */
function noteLines(end: ReportEnd): Line[] {
  const texts = [
    ...end.components.slice(1).map(sharedText),
    ...(end.sharedGroup ? ["group managed elsewhere"] : []),
  ];
  return texts
    .flatMap((text) => wrapped(text.split(" "), LONGEST_NOTE))
    .map((text) => ({ style: TextStyle.NOTE, text }));
}

function sharedText({ role, key }: ReportComponent): string {
  return `also ${roleTitle(role).toLowerCase()}${isSingle(role) ? "" : ` ${visibleText(key)}`}`;
}

/** More addresses than this are counted instead of listed. */
const MOST_ADDRESSES = 6;

function addressLines({ prefixes, serviceTag, components }: ReportEnd): Line[] {
  if (serviceTag && components.length === 0) return [{ style: TextStyle.NOTE, text: "service tag" }];
  const texts = [...new Set(prefixes.map((one) => (isOpaque(one) ? "known at apply" : visibleText(one))))];
  const shown = texts.length > MOST_ADDRESSES ? texts.slice(0, MOST_ADDRESSES - 1) : texts;
  const more = texts.length > shown.length ? [`+${texts.length - shown.length} more`] : [];
  return [...shown, ...more].map((text) => ({ style: TextStyle.ADDRESS, text }));
}

/** Font size of an arrow's label. */
export const LABEL_FONT_SIZE = 12;

/** Height of a line of an arrow's label. */
export const LABEL_LINE = 15;

/** Room for two ranges: a picture that is narrow has larger letters on paper. */
const LONGEST_LINE = 16;

/** Width of an arrow's label. */
export function labelWidth(arrow: Arrow): number {
  return Math.max(...labelLines(arrow).map((line) => textWidth(line, LABEL_FONT_SIZE))) + 12;
}

/** Height of an arrow's label. */
export function labelHeight(arrow: Arrow): number {
  return labelLines(arrow).length * LABEL_LINE + 6;
}

/** The label of an arrow in words. */
export function labelText({ label, missing }: Arrow): string {
  return missing ? `✕ blocked: ${label}` : label;
}

/** The lines of a label. Every port is listed, because a picture in a document has nothing to click on. */
export function labelLines({ label, missing }: Arrow): string[] {
  const words = label
    .split(/(?<=,) /)
    .flatMap((port) => (port.length > LONGEST_LINE ? port.split(" ") : [port]));
  return [...(missing ? ["✕ blocked:"] : []), ...wrapped(words, LONGEST_LINE)];
}

// The page's fonts are the reader's own, so this is what wide ones of them
// need for a character, in parts of the size of the letters.
const CHARACTER_WIDTH = 0.6;

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
  const lines: string[] = [];
  let line = "";
  for (const part of words.flatMap((word) => parts(word, longest))) {
    const longer = line === "" ? part : `${line} ${part}`;
    if ([...longer].length <= longest) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = part;
  }
  return line === "" ? lines : [...lines, line];
}

function parts(word: string, longest: number): string[] {
  const characters = [...word];
  return Array.from({ length: Math.ceil(characters.length / longest) }, (_, index) =>
    characters.slice(index * longest, (index + 1) * longest).join(""),
  );
}
