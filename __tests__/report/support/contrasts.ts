/** How much a text or a line stands out from what is behind it. */
export interface Contrast {
  readonly what: string;
  /** As WCAG 2 has it: 1 to 21. */
  readonly contrast: number;
  /** What WCAG asks for at level AA. */
  readonly atLeast: number;
}

/**
 * For a page: the contrasts of a report's picture, which axe does not look
 * at. It is a text because it runs in the browser, whose types are not ours.
 */
export const CONTRASTS_OF_PICTURE = `(() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const style = (element) => getComputedStyle(element);
  const behind = (text) => {
    const own = text.getBoundingClientRect();
    const [x, y] = [own.left + own.width / 2, own.top + own.height / 2];
    const boxes = [...document.querySelectorAll(".picture rect")].filter((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return left <= x && x <= right && top <= y && y <= bottom;
    });
    return style(boxes[boxes.length - 1]).fill;
  };
  const texts = [...document.querySelectorAll(".picture text")].map((text) => ({
    what: "text " + text.textContent,
    contrast: contrast(style(text).fill, behind(text)),
    atLeast: 4.5,
  }));
  const frame = style(document.querySelector(".picture .frame")).fill;
  const page = style(document.querySelector("figure .scroll")).backgroundColor;
  const lines = [...document.querySelectorAll(".picture .line, .picture .box, .picture .label")].map((line) => ({
    what: "line of " + line.getAttribute("class"),
    contrast: Math.min(contrast(style(line).stroke, page), contrast(style(line).stroke, frame)),
    atLeast: 3,
  }));
  return [...texts, ...lines];
})()`;
