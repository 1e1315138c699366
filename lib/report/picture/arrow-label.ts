import type { Arrow } from "./graph";
import { fitText, textWidth } from "./text-size";

/** Size of the letters of an arrow's label. */
export const LABEL_FONT_SIZE = 11;

/** Height of an arrow's label. */
export const LABEL_HEIGHT = 20;

/** Width of an arrow's label. */
export function labelWidthOf(arrow: Arrow): number {
  return textWidth(labelText(arrow), LABEL_FONT_SIZE) + 12;
}

const MAX_LABEL = 22;

/** The label of an arrow as it is drawn: of many ports, the first and how many more. */
export function labelText({ label, missing }: Arrow): string {
  return missing ? `✕ closed: ${shortened(label)}` : shortened(label);
}

function shortened(label: string): string {
  if (label.length <= MAX_LABEL) return label;
  const ports = label.split(", ");
  let shown = 1;
  while (ports.slice(0, shown + 1).join(", ").length <= MAX_LABEL - 5) shown++;
  const first = fitText(ports.slice(0, shown).join(", "), 1, MAX_LABEL * 0.6);
  return shown === ports.length ? first : `${first}, +${ports.length - shown}`;
}
