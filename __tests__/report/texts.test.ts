import fc from "fast-check";
import { canonicalJson } from "../../lib/report/canonical-json";
import { csvCell } from "../../lib/report/csv-report";
import { h, fragment, markup } from "../../lib/report/html/html";
import { markdownCode, markdownText } from "../../lib/report/markdown-report";
import { naturalOrder, sortedBy } from "../../lib/base/natural-order";
import { reportFileStem } from "../../lib/report/report";
import {
  plural,
  portsText,
  protocolText,
  sentenceList,
  serviceText,
  visibleText,
} from "../../lib/report/words";
import { hostileText } from "./support/hostile";

test.each([
  [
    ["gateway-10", "gateway-2", "Gateway-1", "gateway-1"],
    ["Gateway-1", "gateway-1", "gateway-2", "gateway-10"],
  ],
  [
    ["10.20.0.128/27", "10.20.0.32/28", "10.3.0.0/24"],
    ["10.3.0.0/24", "10.20.0.32/28", "10.20.0.128/27"],
  ],
  [
    ["6162", "443", "2500-3300"],
    ["443", "2500-3300", "6162"],
  ],
  [
    ["a", "", "a1", "a01"],
    ["", "a", "a01", "a1"],
  ],
])("%j is sorted as a reader would", (given, sorted) => {
  expect([...given].sort(naturalOrder)).toEqual(sorted);
});

test("the natural order is an order: one of two texts comes first, and none comes before itself", () => {
  const text = fc.string({ unit: fc.constantFrom(..."a-.01290"), maxLength: 6 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
      expect(naturalOrder(a, b) === 0).toBe(a === b);
      if (naturalOrder(a, b) < 0 && naturalOrder(b, c) < 0) expect(naturalOrder(a, c)).toBeLessThan(0);
    }),
  );
});

test("keys are compared one after the other, numbers by value", () => {
  const rows = [
    { n: 10, t: "a" },
    { n: 9, t: "b" },
    { n: 9, t: "a" },
  ];
  expect(sortedBy(rows, ({ n, t }) => [n, t])).toEqual([rows[2], rows[1], rows[0]]);
  expect(sortedBy([["a", "b"], ["a"]], (keys) => keys)).toEqual([["a"], ["a", "b"]]);
});

test("canonical JSON sorts keys at every level, keeps lists, and leaves out what is undefined", () => {
  expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe('{"a":null,"b":[{"d":1}]}');
});

test.each([
  ["a\r\n  b\tc", "a b c"],
  ["\u202eevil\u2066", "\\u{202e}evil\\u{2066}"],
  ["\u0000\u200b\ufeff", "\\u{0000}\\u{200b}\\u{feff}"],
  ["\ud800", "\\u{d800}"],
  ["\udc00 and 😀", "\\u{dc00} and 😀"],
  ["naïve café 東京", "naïve café 東京"],
])("%j is shown as %j", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each([
  ["plain", "plain"],
  ["a, b", '"a, b"'],
  ['say "hi"', '"say ""hi"""'],
  ["=1+1", "'=1+1"],
  ["+49", "'+49"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["|calc", "'|calc"],
  ["\t=1", "' =1"],
  ["  =1", "'  =1"],
  ["\uff1d1", "'\uff1d1"],
  ["2500-3300", "2500-3300"],
  ["10.0.0.0/8; 10.1.0.0/16", "10.0.0.0/8; 10.1.0.0/16"],
  ["two\nlines", "two lines"],
  ["trailing ", '"trailing "'],
])("the cell of %j is %j", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test.each([
  ["a|b", "a&#124;b"],
  ["*bold* _it_ `c`", "&#42;bold&#42; &#95;it&#95; &#96;c&#96;"],
  ["<b>&", "&#60;b&#62;&#38;"],
  ["[x](y)", "&#91;x&#93;(y)"],
  ["- item", "&#45; item"],
  ["1. item", "&#49;&#46; item"],
  ["ask @team", "ask &#64;<!-- -->team"],
  ["13.0.1@2026-02-12", "13.0.1@2026-02-12"],
  ["https://x", "https&#58;//x"],
])("Markdown shows %j as it is", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test.each([
  ["10.0.0.0/8", "`10.0.0.0/8`"],
  ["13.0.1@2026-02-12", "`13.0.1@2026-02-12`"],
  ["a`b", "<code>a&#96;b</code>"],
  ["a|b", "<code>a&#124;b</code>"],
  ["a\\", "<code>a&#92;</code>"],
  [" a", "<code> a</code>"],
  ["", ""],
])("the Markdown code of %j is %j", (text, code) => {
  expect(markdownCode(text)).toBe(code);
});

test("what Markdown shows holds nothing that could be markup, or end a cell or a line", () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      expect(markdownText(text).replaceAll("<!-- -->", "")).not.toMatch(/[<>|`*_[\]\\\n\r]/);
      expect(markdownCode(text).replace(/^<code>|<\/code>$/g, "")).not.toMatch(/[|\n\r]|^`.*`.*`$/);
    }),
  );
});

test("elements escape values, join lists, keep markup, and leave out what is not there", () => {
  const name = `<a href="x">'&`;
  const paragraph = h(
    "p",
    { title: name, hidden: true, lang: undefined, dir: false },
    [name, h("br"), 1],
    undefined,
    false,
  );
  expect(paragraph.text).toBe(
    `<p title="&lt;a href=&quot;x&quot;&gt;&#39;&amp;" hidden>&lt;a href=&quot;x&quot;&gt;&#39;&amp;<br>1</p>\n`,
  );
  expect(fragment(markup("<style>a > b</style>")).text).toBe("<style>a > b</style>");
});

test("whatever a value is, it adds no angle bracket and no quote", () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      expect(fragment(text).text).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    }),
  );
});

test.each([
  ["veeam-entra/backup", "veeam-entra.backup.report"],
  ["backup", "backup.report"],
  ["a_1/B-2/c", "a_1.B-2.c.report"],
])("the files of %j are named %j", (path, stem) => {
  expect(reportFileStem(path)).toBe(stem);
});

test("two paths never share their files, and names are fit for every file system", () => {
  const path = fc.array(fc.string({ unit: fc.constantFrom(..."ab.- :*é/\\"), maxLength: 4 }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(path, path, (a, b) => {
      const [x, y] = [a.join("/"), b.join("/")];
      expect(reportFileStem(x) === reportFileStem(y)).toBe(x === y);
      expect(reportFileStem(x)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/);
    }),
  );
  expect(reportFileStem("a".repeat(1000)).length).toBeLessThan(200);
  expect(reportFileStem("../../etc/passwd")).toMatch(/^etc\.passwd\.[0-9a-f]{8}\.report$/);
});

test("words", () => {
  expect([0, 1, 2].map((count) => plural(count, "flow"))).toEqual(["0 flows", "1 flow", "2 flows"]);
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(sentenceList)).toEqual([
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
  expect(protocolText("*")).toBe("any protocol");
  expect(portsText(["6162", "443"])).toBe("443, 6162");
  expect(portsText(["*"])).toBe("all ports");
  expect(serviceText("Tcp", ["*"])).toBe("TCP");
  expect(serviceText("Udp", ["53"])).toBe("UDP 53");
});
