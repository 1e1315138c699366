import { PICTURE_FONT_SIZES } from "../picture/svg";

const LIGHT = `
  --page: #ffffff;
  --surface: #ffffff;
  --sunken: #f5f6f8;
  --text: #1a1f26;
  --muted: #545d69;
  --rule: #d5dae0;
  --edge: #7b8592;
  --accent: #0b57b7;
  --on-accent: #ffffff;
  --accent-soft: #e8f0fb;
  --good: #16692f;
  --good-soft: #e9f5ec;
  --bad: #a6231b;
  --bad-soft: #fcedeb;
  --warn: #7a4b00;
  --warn-soft: #fdf4e1;
`;

const DARK = `
  --page: #11151a;
  --surface: #171c22;
  --sunken: #1c222a;
  --text: #e7ebf0;
  --muted: #a3adb9;
  --rule: #333c47;
  --edge: #7d8896;
  --accent: #7db4ff;
  --on-accent: #0c1521;
  --accent-soft: #1b2b42;
  --good: #6fd58b;
  --good-soft: #16291c;
  --bad: #ff9a90;
  --bad-soft: #351b19;
  --warn: #f0c168;
  --warn-soft: #30260f;
`;

const FONTS = `
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
`;

const PAGE = `
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 0.9375rem/1.55 var(--sans); }
.wrap { max-width: 80rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
h1, h2, h3, h4, p, ul, ol, dl, figure, table { margin: 0; }
h1 { font-size: clamp(1.5rem, 1.1rem + 2vw, 2.125rem); line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 0.9375rem; line-height: 1.4; font-weight: 600; }
h4 { font-size: 0.8125rem; line-height: 1.4; font-weight: 600; color: var(--muted); }
a { color: var(--accent); text-underline-offset: 0.15em; }
code, .mono { font-family: var(--mono); font-size: 0.875em; }
code { overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 0.875rem; background: var(--accent); color: var(--on-accent); z-index: 3; }
.skip:focus { top: 0.5rem; }
.muted { color: var(--muted); }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header { padding: 2.5rem 0 1.25rem; }
.kicker { color: var(--muted); font-size: 0.8125rem; margin-bottom: 0.375rem; }
.verdict { display: flex; gap: 0.75rem; align-items: flex-start; margin-top: 1.125rem; padding: 0.75rem 1rem; border-radius: 8px; border: 1px solid; border-left-width: 5px; font-size: 1.0625rem; line-height: 1.45; font-weight: 600; }
.verdict svg { flex: none; width: 1.375rem; height: 1.375rem; margin-top: 0.0625rem; }
.verdict a { color: inherit; }
.holds { color: var(--good); background: var(--good-soft); border-color: var(--good); }
.fails { color: var(--bad); background: var(--bad-soft); border-color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 0.875rem 2.25rem; margin-top: 1.125rem; }
.facts dt { color: var(--muted); font-size: 0.8125rem; }
.place { gap: 0.625rem 2.25rem; padding-top: 0.875rem; border-top: 1px solid var(--rule); }
.facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.place dd { font-weight: 400; }
nav { border-block: 1px solid var(--rule); }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; list-style: none; padding: 0; }
nav a { display: inline-block; padding: 0.625rem 0; text-decoration: none; font-size: 0.875rem; font-weight: 500; }
nav a:hover { text-decoration: underline; }
section { padding-top: 2.5rem; }
.lead { max-width: 44rem; margin-top: 0.25rem; color: var(--muted); }
footer a { overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding: 1.25rem 0 2.5rem; border-top: 1px solid var(--rule); color: var(--muted); font-size: 0.8125rem; }
.notes { margin-top: 1rem; padding: 0.75rem 1rem 0.75rem 2rem; background: var(--warn-soft); color: var(--warn); border-radius: 8px; }
.plain { margin-top: 0.875rem; padding-left: 1.25rem; max-width: 52rem; }
.plain li + li { margin-top: 0.375rem; }

.scroll { position: relative; overflow-x: auto; margin-top: 1rem; border: 1px solid var(--rule); border-radius: 10px; background: var(--surface); }
table { border-collapse: collapse; width: 100%; font-size: 0.8125rem; line-height: 1.45; }
th, td { padding: 0.5rem 0.75rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
tr:last-child > * { border-bottom: 0; }
thead th { font-weight: 600; color: var(--muted); white-space: nowrap; background: var(--sunken); }
tbody th { font-weight: 600; }
.whole { display: inline-block; max-width: 100%; }
td .whole { white-space: nowrap; }
td .long { min-width: 16rem; white-space: normal; }
.column { display: none; }
`;

const PICTURE = `
figure { --wide: max(100%, min(100vw - 4rem, var(--picture) + 2rem)); width: var(--wide); margin-top: 1rem; margin-inline: calc((100% - var(--wide)) / 2); }
figure .scroll { margin-top: 0; padding: 0.5rem; text-align: center; }
.picture { display: block; margin: 0 auto; font-family: var(--sans); }
.picture text { fill: var(--text); dominant-baseline: central; }
.picture .frame { fill: var(--sunken); stroke: var(--edge); stroke-width: 1; }
.picture .frame-title { fill: var(--muted); }
.picture .box { fill: var(--surface); stroke: var(--edge); stroke-width: 1.25; }
.picture .others .box { fill: var(--page); stroke-dasharray: 5 4; }
.picture .shared .box { stroke-dasharray: 12 3 2 3; }
.picture .row { fill: var(--sunken); stroke: var(--rule); }
.picture .others .row { fill: var(--page); }
.picture .exceeds { stroke: var(--bad); stroke-width: 2.5; }
.picture .title { font-weight: 650; }
.picture .name { font-weight: 500; }
.picture .note { fill: var(--muted); }
.picture .address { font-family: var(--mono); fill: var(--muted); }
.picture .at-end { text-anchor: end; }
.picture .badge { fill: var(--bad); }
.picture .badge-text { fill: var(--page); text-anchor: middle; font-weight: 600; }
.picture .line { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.picture .head { fill: var(--edge); }
.picture .line.missing { stroke: var(--bad); stroke-dasharray: 3 4; stroke-width: 2; }
.picture .head.missing { fill: var(--bad); }
.picture .arrow { cursor: pointer; outline: none; }
.picture .reach { fill: none; stroke: transparent; stroke-width: 16; pointer-events: stroke; }
.picture .glow { fill: none; stroke: var(--accent); stroke-width: 2.75; opacity: 0; }
.picture .glow-head { fill: var(--accent); stroke: var(--accent); stroke-width: 1.5; opacity: 0; }
.picture .label { fill: var(--surface); stroke: var(--edge); stroke-width: 1; }
.picture .label-text { font-family: var(--mono); text-anchor: middle; }
.picture .missing .label { stroke: var(--bad); stroke-width: 1.5; }
.picture .missing .label-text { fill: var(--bad); font-weight: 600; }
.picture .arrow:hover :is(.glow, .glow-head), .picture .arrow:focus-visible :is(.glow, .glow-head), .picture .arrow[aria-current] :is(.glow, .glow-head) { opacity: 1; }
.picture .arrow:hover .label { stroke: var(--accent); stroke-width: 1.75; }
.picture .arrow[aria-current] .label { fill: var(--accent); stroke: var(--accent); }
.picture .arrow[aria-current] .label-text { fill: var(--on-accent); }
.picture .arrow:focus-visible .label { stroke: var(--text); stroke-width: 3; }
figcaption { display: flex; flex-wrap: wrap; gap: 0.375rem 1.5rem; margin-top: 0.75rem; color: var(--muted); font-size: 0.8125rem; }
figcaption span { display: inline-flex; align-items: center; gap: 0.5rem; }
figcaption svg { flex: none; }
.key-box { fill: var(--surface); stroke: var(--edge); stroke-width: 1.25; }
.key-others { stroke-dasharray: 4 3; }
.key-shared { stroke-dasharray: 9 3 2 3; }
.key-line { fill: none; stroke: var(--edge); stroke-width: 1.5; }
.key-head { fill: var(--edge); }
.key-missing { stroke: var(--bad); stroke-dasharray: 3 4; stroke-width: 2; }
.selection { margin-top: 1rem; padding: 1rem 1.125rem; border: 1px solid var(--accent); border-left-width: 5px; border-radius: 8px; background: var(--accent-soft); }
.selection[hidden] { display: none; }
.selection-head { display: flex; gap: 1rem; justify-content: space-between; align-items: flex-start; }
#selection-status { font-weight: 600; overflow-wrap: anywhere; min-width: 0; }
.selection button { flex: none; font: inherit; font-size: 0.8125rem; padding: 0.25rem 0.75rem; color: var(--accent); background: var(--surface); border: 1px solid var(--accent); border-radius: 6px; cursor: pointer; }
.selection .ends { padding: 0; margin-top: 0.75rem; }
.words { margin-top: 0.75rem; font-size: 0.875rem; }
`;

const FLOWS = `
.list { margin: 1rem 0 0; padding: 0; list-style: none; border: 1px solid var(--rule); border-radius: 10px; background: var(--surface); }
.list > li + li { border-top: 1px solid var(--rule); }
summary { cursor: pointer; }
.list summary { display: flex; flex-wrap: wrap; gap: 0 0.875rem; align-items: baseline; padding: 0.5rem 0.875rem; list-style: none; }
.list summary::-webkit-details-marker { display: none; }
.list summary::before { content: ""; flex: none; align-self: center; width: 0.4rem; height: 0.4rem; border: solid var(--muted); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
.list details[open] > summary::before { transform: rotate(45deg); }
.list summary:hover { background: var(--sunken); }
.list summary .pair { font-weight: 500; overflow-wrap: anywhere; min-width: 0; }
.list.flows summary { display: grid; grid-template-columns: 0.5rem minmax(7.5rem, auto) minmax(0, 1fr) minmax(0, 1fr); }
.list.flows summary .mono { width: 8.5rem; }
.list.flows summary .why { color: var(--muted); font-size: 0.8125rem; }
.origin { padding: 0 0.875rem 0.75rem 1.75rem; color: var(--muted); font-size: 0.8125rem; overflow-wrap: anywhere; }
.list summary .hint { margin-left: auto; color: var(--muted); font-size: 0.8125rem; }
.list .chosen > summary, .pairs .chosen { background: var(--accent-soft); box-shadow: inset 4px 0 0 var(--accent); }
.tag { display: inline-block; padding: 0 0.5rem; border-radius: 999px; border: 1px solid currentColor; font-size: 0.75rem; font-weight: 600; white-space: nowrap; }
.tag.bad { color: var(--bad); background: var(--bad-soft); }
.tag.good { color: var(--good); background: var(--good-soft); }
.ends { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0.875rem 1.5rem; padding: 0.25rem 0.875rem 0.875rem 1.75rem; }
.ends h3 { font-size: 0.8125rem; color: var(--muted); }
.target { scroll-margin-top: 4rem; }
.pairs { margin: 0; padding: 0.25rem 0.875rem 0.75rem 2.75rem; font-size: 0.8125rem; overflow-wrap: anywhere; }
.pairs.many { columns: 2 24rem; column-gap: 1.5rem; }
.jumps a { margin-left: 0.25rem; }
.pairs li { break-inside: avoid; padding: 0.0625rem 0.25rem; }
.pairs ~ .ends { border-top: 1px dashed var(--rule); padding-top: 0.625rem; }
.ends > * { min-width: 0; }
.rules { list-style: none; padding: 0; margin-top: 0.375rem; display: grid; gap: 0.5rem; }
.rule { padding: 0.5rem 0.75rem; border: 1px solid var(--rule); border-radius: 6px; background: var(--surface); font-size: 0.8125rem; overflow-wrap: anywhere; }
.access { display: inline-block; padding: 0 0.375rem; border: 1px solid; border-radius: 4px; font-size: 0.75rem; font-weight: 600; color: var(--good); background: var(--good-soft); }
.access.deny { color: var(--bad); background: var(--bad-soft); }
.rule code { font-weight: 600; }
.rule p code { font-weight: 400; }
.rule p { color: var(--muted); }
.rule p.match { color: var(--text); }
.others-end { padding: 0.5rem 0.75rem; border: 1px dashed var(--edge); border-radius: 6px; font-size: 0.8125rem; overflow-wrap: anywhere; }
`;

const MATRIX = `
.matrix { width: auto; min-width: 100%; font-size: 0.75rem; }
.matrix th, .matrix td { padding: 0.375rem 0.5rem; border: 1px solid var(--rule); vertical-align: middle; }
.matrix thead th { vertical-align: bottom; white-space: normal; overflow-wrap: normal; }
.matrix.coded th, .matrix.coded td { padding: 0.3125rem 0.375rem; }
.matrix.coded thead th span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.matrix tbody th { white-space: nowrap; position: sticky; left: 0; background: var(--surface); z-index: 1; }
.matrix td { text-align: center; font-family: var(--mono); color: var(--muted); white-space: nowrap; }
.matrix td.open { background: var(--accent-soft); color: var(--text); }
.matrix td.open a { color: inherit; text-decoration-color: var(--accent); }
.matrix td.closed-flow { background: var(--bad-soft); color: var(--bad); }
.matrix td.closed-flow a { color: inherit; }
.matrix td.not-ours { background: repeating-linear-gradient(135deg, transparent 0 5px, var(--rule) 5px 6px); }
.matrix .mark { color: var(--bad); font-weight: 700; }
.on-narrow { display: none; }
.by-end > li { padding: 0.625rem 0.75rem; overflow-wrap: anywhere; }
.by-end ul > li { padding-left: 1.25rem; text-indent: -1.25rem; }
.by-end ul { margin-top: 0.125rem; padding: 0; list-style: none; font-size: 0.8125rem; line-height: 1.7; }
.by-end p { font-size: 0.8125rem; color: var(--muted); }
.by-end .mark { color: var(--bad); font-weight: 700; }
.codes { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 0.75rem; padding: 0; list-style: none; font-size: 0.8125rem; }
.codes b { display: inline-block; min-width: 1.25rem; font-family: var(--mono); }
td ul { padding-left: 1rem; }
.checks { list-style: none; padding: 0; margin-top: 1rem; border: 1px solid var(--rule); border-radius: 10px; background: var(--surface); }
.checks > li { padding: 0.75rem 1rem; }
.checks > li + li { border-top: 1px solid var(--rule); }
.checks h3 { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; }
.checks .scroll { margin-top: 0.625rem; border-radius: 6px; }
`;

const NARROW = `
@media screen and (max-width: 40rem) {
  .on-wide { display: none; }
  .list.flows summary .mono { width: auto; }
  .on-narrow { display: block; }
  figure { --wide: 100%; }
  header { padding-top: 1.5rem; }
  section { padding-top: 2rem; }
  .ends { padding-left: 0.875rem; }
  .list.flows summary { grid-template-columns: 0.5rem minmax(0, 1fr); }
  .list.flows summary > .pair, .list.flows summary > .why { grid-column: 2; }
  .origin { padding-left: 0.875rem; }
  .list summary .hint { margin-left: 1.25rem; width: 100%; }
  .cards, .cards tbody, .cards tr, .cards th, .cards td { display: block; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { padding: 0.625rem 0.75rem; border-bottom: 1px solid var(--rule); }
  .cards tr:last-child { border-bottom: 0; }
  .cards th, .cards td { padding: 0.0625rem 0; border: 0; overflow-wrap: anywhere; }
  .cards td { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 0.5rem; }
  .cards td.none { display: none; }
  .cards .column { display: block; color: var(--muted); }
  .cards td .whole { min-width: 0; white-space: normal; }
}
`;

const PRINT = `
@page { margin: 14mm 12mm; }
@page picture { size: landscape; margin: 8mm; }
@media print {
  :root { color-scheme: light; ${LIGHT} }
  html { font-size: 80%; }
  body { font-size: 9.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .wrap { max-width: none; padding: 0; }
  header { padding-top: 0; }
  nav, .skip, .selection, .no-print { display: none !important; }
  section { padding-top: 1.5rem; }
  h2, h3, h4, summary, thead { break-after: avoid; }
  li, tr, .rule, .verdict { break-inside: avoid; }
  .list > li, .list > li > details, .checks > li { break-inside: auto; }
  .scroll { overflow: visible; border: 0; }
  .ends { grid-template-columns: 1fr 1fr; gap: 4pt 10pt; padding: 0 8pt 4pt 12pt; }
  .rule, .others-end { padding: 2pt 5pt; font-size: 7.5pt; line-height: 1.35; }
  .list summary { padding: 3pt 6pt; }
  .pairs { padding: 2pt 0 4pt 22pt; font-size: 7.5pt; line-height: 1.35; }
  .pairs.many { columns: 2; }
  .jumps, .words { display: none; }
  .lead { break-after: avoid; break-inside: avoid; }
  .origin { padding: 0 0 5pt 12pt; font-size: 7.5pt; }
  th, td { padding: 2pt 4pt; }
  .sideways { page: picture; padding-top: 0; }
  .picture { min-width: 0 !important; width: 100% !important; max-width: none; max-height: 240mm; }
  .sideways .picture { max-height: 168mm; }
  figure { --wide: 100%; break-inside: avoid; }
  figure .scroll { padding: 0; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  .matrix th, .matrix td { padding: 2px 3px; }
  .matrix td.not-ours { background: var(--rule); }
  .matrix { font-size: 6.5pt; min-width: 0; }
  .matrix tbody th { position: static; }
  table { font-size: 8pt; }
  td .whole { min-width: 0; white-space: normal; overflow-wrap: break-word; }
  a { color: inherit; text-decoration: none; }
}
`;

/** The styles of a separate picture, in light colours. */
export function pictureStyle(): string {
  return [`.picture { ${LIGHT}${FONTS} }`, PICTURE, ...pictureLetters()]
    .join("\n")
    .replace(/\n\s*/g, "\n")
    .trim();
}

function pictureLetters(): string[] {
  return PICTURE_FONT_SIZES.map(([selector, size]) => `.picture ${selector} { font-size: ${size}px; }`);
}

/**
 * The styles of a page.
 *
 * @param pictureWidth Natural width of the page's picture in pixels
 */
export function pageStyle(pictureWidth: number): string {
  // The picture shrinks with its column, but never so far that its letters are too small to read.
  const width = `.picture { width: 100%; max-width: ${Math.round(pictureWidth * 1.1)}px; min-width: ${Math.round(pictureWidth * 0.62)}px; height: auto; }`;
  return [
    `:root { color-scheme: light dark; --picture: ${pictureWidth}px; ${LIGHT}${FONTS} }`,
    `@media (prefers-color-scheme: dark) { :root { ${DARK} } }`,
    PAGE,
    PICTURE,
    width,
    ...pictureLetters(),
    FLOWS,
    MATRIX,
    NARROW,
    PRINT,
  ]
    .join("\n")
    .replace(/\n\s*/g, "\n")
    .replace(/\n+/g, "\n")
    .trim();
}
