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
