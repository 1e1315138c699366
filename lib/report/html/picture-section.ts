import type { PictureGraph } from "../picture/graph";
import { LABEL_FONT_SIZE } from "../picture/label";
import { arrowText, type DrawnPicture } from "../picture/svg";
import { html, type Html } from "./html";

/** Up to this width, the letters of a picture can be read on an upright sheet of paper. */
const WIDEST_UPRIGHT = 1000;

/** On a sheet lying sideways, the room for a picture below the header, in pixels. */
const BELOW_HEADER = { width: 1062, height: 393 };
/** Letters are not made smaller than this, in points, to get the picture onto the first sheet. */
const SMALLEST_LETTERS = 5.5;

/** The picture, its key, the same in words, and the place where a selected flow's rules appear. */
export function pictureSection(picture: DrawnPicture, { arrows, clusters }: PictureGraph): Html {
  const isWide = picture.width > WIDEST_UPRIGHT;
  const scale = Math.min(BELOW_HEADER.width / picture.width, BELOW_HEADER.height / picture.height);
  const isFirst = isWide && scale * LABEL_FONT_SIZE * 0.75 > SMALLEST_LETTERS;
  return html`<section
    id="picture"
    ${isWide && html`class="sideways${isFirst && " first"}"`}
    aria-labelledby="picture-h"
  >
    <h2 id="picture-h">Connections</h2>
    <p class="lead no-print">Select an arrow to see the rules at both ends.</p>
    <figure>
      <div class="scroll" role="region" aria-label="Picture of the flows, scrolls sideways" tabindex="0">
        ${picture.svg}
      </div>
      ${key(
        arrows.some(({ missing }) => missing),
        clusters.some(({ shared }) => shared),
      )}
    </figure>
    <div id="selection" class="selection" role="region" aria-label="Rules at both ends" hidden>
      <div class="selection-head">
        <p role="status" id="selection-status"></p>
        <button type="button" id="selection-close">Close</button>
      </div>
      <div class="ends" id="selection-ends"></div>
    </div>
    <details class="words">
      <summary>The picture in words</summary>
      <ul class="plain" id="picture-text">
        ${
          arrows.length === 0
            ? html`<li>There are no connections.</li>`
            : arrows.map((arrow) => html`<li>${arrowText(arrow)}</li>`)
        }
      </ul>
    </details>
  </section>`;
}

function key(hasMissing: boolean, hasShared: boolean): Html {
  return html`<figcaption>
    <span
      ><svg width="26" height="16" aria-hidden="true">
        <rect class="key-box" x="1" y="1" width="24" height="14" rx="4" /></svg
      >network security group of this deployment</span
    >${
      hasShared &&
      html`<span
        ><svg width="26" height="16" aria-hidden="true">
          <rect class="key-box key-shared" x="1" y="1" width="24" height="14" rx="4" /></svg
        >group managed elsewhere, with rules of this deployment</span
      >`
    }<span
      ><svg width="26" height="16" aria-hidden="true">
        <rect class="key-box key-others" x="1" y="1" width="24" height="14" rx="4" /></svg
      >not part of this deployment</span
    ><span
      ><svg width="34" height="16" aria-hidden="true">
        <path class="key-line" d="M1 8H26" />
        <path class="key-head" d="M33 8L25 3.5L25 12.5Z" /></svg
      >opens connections to</span
    >${
      hasMissing &&
      html`<span
        ><svg width="34" height="16" aria-hidden="true"><path class="key-line key-missing" d="M1 8H33" /></svg
        >✕ blocked, although needed</span
      >`
    }
  </figcaption>`;
}
