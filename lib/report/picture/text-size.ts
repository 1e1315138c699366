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
