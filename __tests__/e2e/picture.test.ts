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
  expect(textsOf(svg)).toEqual(expect.arrayContaining(["2500-3300", "53/udp"]));
  expect(textsOf(svg)).toContain("6 connections: 4 allowed, 2 denied; verdicts differ on 0");
});

test("a cell shows as many lines of ports as fit", () => {
  const cell = (ports: number[]): string[] =>
    textsOf(
      matrixSvg(
        "run",
        ports.map((port) => [tried({ port: port - 1, isOpen: false }), tried({ port })]).flat(),
      ),
    );
  expect(cell([137, 139, 445, 6160, 6162])).toEqual(expect.arrayContaining(["137 139 445", "6160 6162"]));
  expect(cell([1100, 2200, 3300, 4400, 5500, 6600, 7700, 8800])).toEqual(
    expect.arrayContaining(["1100 2200 3300", "4400 5500 6600", "7700 8800"]),
  );
  expect(cell([11000, 12000, 13000, 14000, 15000, 16000, 17000])).toEqual(
    expect.arrayContaining(["11000 12000", "13000 14000", "…"]),
  );
});

test("one connection on which the three differ marks its cell, and names are escaped", () => {
  const svg = matrixSvg("run", [tried({}), tried({ port: 22, isAgreed: false })]);
  expect(textsOf(svg)).toContain("verdicts differ");
  expect(svg).toContain("b&lt;");
  expect(svg).not.toContain("b<");
});
