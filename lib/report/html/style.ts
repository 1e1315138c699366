import { asset } from "../../base/package-files";

/** The styles of a separate picture, in light colours. Inside another page, they are for the picture only. */
export function pictureStyle(): string {
  const ofPicture = sheet("picture").replace(/^svg /gm, ".picture ");
  return joined([sheet("colours").replace(":root", ".picture"), ofPicture]);
}

/**
 * The styles of a page.
 *
 * @param pictureWidth Natural width of the page's picture in pixels
 */
export function pageStyle(pictureWidth: number): string {
  // The picture shrinks with its column, but never so far that its letters are too small to read.
  const width = `.picture { width: 100%; max-width: ${Math.round(pictureWidth * 1.1)}px; min-width: ${Math.round(pictureWidth * 0.62)}px; height: auto; }`;
  const size = `:root { color-scheme: light dark; --picture: ${pictureWidth}px; }`;
  return joined([size, sheet("colours"), sheet("page"), sheet("picture"), width, sheet("screens")]);
}

/**
 * What a click, or Enter, on an arrow or on a flow does: the rules at both ends appear below the
 * picture. The rest of the page works without it. It only moves and copies what is on the page
 * already, so that no text can become markup there.
 */
export function pageScript(): string {
  return asset("report/html", "page.js").trim();
}

function sheet(name: string): string {
  return asset("report/html", `${name}.css`);
}

function joined(sheets: readonly string[]): string {
  return sheets
    .join("\n")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}
