import { type Tried, matrixSvg } from "../../e2e/matrix";

const [a, b] = [
  { name: "a", address: "10.0.0.4" },
  { name: "b<", address: "10.0.0.5" },
];
const tried = (change: Partial<Tried>): Tried => ({
  ...{ from: a, to: b, protocol: "Tcp", port: 443, isOpen: true, isAgreed: true },
  ...change,
});

/** What a reader sees in the cells and above. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

test("open ports that are neighbours among those tried are a range", () => {
  const svg = matrixSvg("run", [
    tried({ port: 442, isOpen: false }),
    tried({ port: 2500 }),
    tried({ port: 2501 }),
    tried({ port: 3300 }),
    tried({ port: 3301, isOpen: false }),
    tried({ protocol: "Udp", port: 53 }),
  ]);
  expect(textsOf(svg)).toContain("2500–3300 53/udp");
  expect(textsOf(svg)).toContain("6 connections tried: 4 open, 2 refused, 0 disputed");
});

test("one connection on which the three differ marks its cell, and names are escaped", () => {
  const svg = matrixSvg("run", [tried({}), tried({ port: 22, isAgreed: false })]);
  expect(textsOf(svg)).toContain("disputed");
  expect(svg).toContain("b&lt;");
  expect(svg).not.toContain("b<");
});
