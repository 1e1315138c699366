import { isOpaque } from "../../base/opaque";
import { isSingle } from "../../ports/port-table";
import type { ReportComponent } from "../report-input";
import type { ReportEnd } from "../report-model";
import { visibleText } from "../visible-text";
import { roleTitle } from "../words";
import type { Cluster } from "./graph";
import { fitText, textWidth, wrapped } from "./text-size";

/** How a text in a box looks. */
export enum TextStyle {
  TITLE = "title",
  NAME = "name",
  NOTE = "note",
  ADDRESS = "address",
}

/** Size of the letters of each style. */
export const FONT_SIZE: Record<TextStyle, number> = {
  [TextStyle.TITLE]: 13,
  [TextStyle.NAME]: 13,
  [TextStyle.NOTE]: 12,
  [TextStyle.ADDRESS]: 12,
};

/** Size by which a text is measured: bold letters are wider, those of sentences narrower. */
function widthSize(style: TextStyle): number {
  if (style === TextStyle.TITLE) return FONT_SIZE[style] * 1.1;
  return style === TextStyle.ADDRESS ? FONT_SIZE[style] : FONT_SIZE[style] * 0.96;
}

/** A text in a box, by the middle of its line and its left or right edge. */
export interface BoxText {
  readonly style: TextStyle;
  readonly text: string;
  /** From the left edge of the box, or, where `atEnd`, from its right edge. */
  readonly inset: number;
  readonly y: number;
  readonly atEnd: boolean;
}

/** A box within a cluster: one node. */
export interface RowBox {
  readonly id: string;
  readonly y: number;
  readonly height: number;
}

/** How a cluster is drawn, from its own upper left corner. */
export interface ClusterBox {
  readonly width: number;
  readonly height: number;
  /** Height of the band at which arrows of the whole cluster meet it. */
  readonly header: number;
  readonly texts: readonly BoxText[];
  readonly rows: readonly RowBox[];
}

const MIN_WIDTH = 120;
const MAX_WIDTH = 256;
const PADDING = 10;
const LINE = 18;
const HEADER = 32;
const ROW = 30;
const ROW_GAP = 5;
const ROW_INSET = 7;
/** Few rows are rather high than wide, many rather wide than high. */
const MAX_ROW_TEXT = { few: 150, many: 206 };
const FEW_ROWS = 4;
const NOTE_LINE = 15;

/** The inset of rows in the box of their cluster. */
export const ROW_MARGIN = ROW_INSET;

/**
 * The box of a cluster.
 *
 * @param roomAt How much room arrows take at the side of an anchor where they take most
 */
export function clusterBox(cluster: Cluster, roomAt: (anchorId: string) => number): ClusterBox {
  return cluster.nodes.length === 1 ? singleBox(cluster, roomAt) : rowsBox(cluster, roomAt);
}

function singleBox(cluster: Cluster, roomAt: (anchorId: string) => number): ClusterBox {
  const [{ end }] = cluster.nodes;
  const lines = [
    { style: TextStyle.TITLE, text: visibleText(cluster.title) },
    ...nameLines(end, cluster),
    ...notesOf(end),
    ...(end.serviceTag ? [{ style: TextStyle.NOTE, text: "service tag" }] : addressLines(end)),
  ];
  const width = clamp(
    Math.max(...lines.map(({ style, text }) => textWidth(text, widthSize(style)))) + 2 * PADDING,
  );
  const content = lines.length * LINE;
  const height = Math.max(content + 2 * PADDING - 4, roomAt(cluster.id) + 6);
  const top = (height - content) / 2;
  return {
    width,
    height,
    header: height,
    texts: lines.map(({ style, text }, index) => ({
      style,
      text: fitText(text, widthSize(style), width - 2 * PADDING),
      inset: PADDING,
      y: top + index * LINE + LINE / 2,
      atEnd: false,
    })),
    rows: [],
  };
}

function nameLines(end: ReportEnd, { title }: Cluster): Array<{ style: TextStyle; text: string }> {
  const [component] = end.components;
  if (!component || isSingle(component.role) || component.key === title) return [];
  return [{ style: TextStyle.NAME, text: visibleText(component.key) }];
}

function rowsBox(cluster: Cluster, roomAt: (anchorId: string) => number): ClusterBox {
  const wide = cluster.nodes.map(({ end }) => rowContent(end));
  const measure = (style: TextStyle, texts: readonly string[]): number =>
    Math.max(0, ...texts.map((text) => textWidth(text, widthSize(style))));
  const nameWidth = measure(
    TextStyle.NAME,
    wide.map(({ name }) => name),
  );
  const ownAddressWidth = measure(
    TextStyle.ADDRESS,
    wide.map(({ address }) => address),
  );
  // Where the two do not fit beside each other, the address goes below the name.
  const room = cluster.nodes.length <= FEW_ROWS ? MAX_ROW_TEXT.few : MAX_ROW_TEXT.many;
  const fits = nameWidth + ownAddressWidth <= room;
  const contents = fits ? wide : wide.map(withAddressBelow);
  const addressWidth = fits ? ownAddressWidth : 0;
  const noteWidth = measure(
    TextStyle.NOTE,
    contents.flatMap(({ notes }) => notes.map(({ text }) => text)),
  );
  const title = visibleText(cluster.title);
  const inset = ROW_INSET + 8;
  const width = clamp(
    Math.max(
      nameWidth + addressWidth + 2 * inset + 8,
      noteWidth + 2 * inset,
      measure(TextStyle.TITLE, [title]) + 2 * PADDING,
    ),
  );
  const header = Math.max(HEADER, roomAt(cluster.id) + 4);
  const nameRoom = width - 2 * inset - addressWidth - 6;

  const rows: RowBox[] = [];
  const texts: BoxText[] = [
    { style: TextStyle.TITLE, text: title, inset: PADDING, y: header / 2, atEnd: false },
  ];
  let y = header;
  cluster.nodes.forEach(({ id }, index) => {
    const { name, address, notes } = contents[index];
    const height = Math.max(ROW + notes.length * NOTE_LINE, roomAt(id) + 2);
    rows.push({ id, y, height });
    const first = y + (height - notes.length * NOTE_LINE) / 2;
    const text = (style: TextStyle, content: string, room: number, line: number, atEnd = false): BoxText => ({
      style,
      text: fitText(content, widthSize(style), room),
      inset,
      y: line,
      atEnd,
    });
    texts.push(
      text(TextStyle.NAME, name, nameRoom, first),
      ...(address === "" ? [] : [text(TextStyle.ADDRESS, address, addressWidth, first, true)]),
      ...notes.map((note, line) =>
        text(note.style, note.text, width - 2 * inset, first + (line + 1) * NOTE_LINE),
      ),
    );
    y += height + ROW_GAP;
  });
  return { width, height: y - ROW_GAP + ROW_INSET, header, texts, rows };
}

interface RowContent {
  readonly name: string;
  /** Beside the name; empty for none. */
  readonly address: string;
  /** Below the name. */
  readonly notes: ReadonlyArray<{ readonly style: TextStyle; readonly text: string }>;
}

function withAddressBelow({ name, address, notes }: RowContent): RowContent {
  if (address === "") return { name, address, notes };
  return { name, address: "", notes: [{ style: TextStyle.ADDRESS, text: address }, ...notes] };
}

function rowContent(end: ReportEnd): RowContent {
  const [component] = end.components;
  const addresses = addressLines(end);
  const isOne = addresses.length === 1;
  return {
    name: visibleText(component ? component.key : end.label),
    address: isOne ? addresses[0].text : "",
    notes: [...(isOne ? [] : addresses), ...notesOf(end)],
  };
}

/** A note has more lines rather than a wider box. */
const LONGEST_NOTE = 20;

/** Who else is there, and where rules of ours stand in a group of others. */
function notesOf(end: ReportEnd): Array<{ style: TextStyle; text: string }> {
  const texts = [...end.components.slice(1).map(sharedText), ...(end.sharedGroup ? ["others' group"] : [])];
  return texts
    .flatMap((text) => wrapped(text.split(" "), LONGEST_NOTE))
    .map((text) => ({ style: TextStyle.NOTE, text }));
}

function sharedText({ role, key }: ReportComponent): string {
  return `also ${roleTitle(role).toLowerCase()}${isSingle(role) ? "" : ` ${visibleText(key)}`}`;
}

/** So many prefixes have a line each; of more, that there are more. */
const MOST_ADDRESSES = 6;

function addressLines({ prefixes }: ReportEnd): Array<{ style: TextStyle; text: string }> {
  const texts = [...new Set(prefixes.map((one) => (isOpaque(one) ? "known at apply" : visibleText(one))))];
  const shown = texts.length > MOST_ADDRESSES ? texts.slice(0, MOST_ADDRESSES - 1) : texts;
  const more = texts.length > shown.length ? [`+${texts.length - shown.length} more`] : [];
  return [...shown, ...more].map((text) => ({ style: TextStyle.ADDRESS, text }));
}

function clamp(width: number): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width));
}
