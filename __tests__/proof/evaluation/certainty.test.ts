import { mostCertain } from "../../../lib/proof/evaluation/certainty";
import type { Doubt } from "../../../lib/proof/evaluation/doubt";
import type { Division, Within } from "../../../lib/proof/evaluation/even-parts";
import type { Point, Scene } from "../../../lib/proof/evaluation/scene";

/** A position of an axis: what a finding there may depend on, and by which sets alone the address there is known. */
interface Spot {
  readonly doubts?: readonly Doubt[];
  readonly located?: readonly string[];
}

type Spans = ReadonlyArray<readonly [number, number]>;

/** A scene of a few positions; a product of spans is looked at where it begins. */
function sceneOf(...axes: ReadonlyArray<readonly Spot[]>): Scene {
  const positions = ([first, last]: readonly [number, number]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const scene = {
    *pointsIn(spans: Spans): Generator<Point> {
      yield spans.map(([first]) => first);
    },
    locatedAt: (point: Point) => point.flatMap((position, axis) => axes[axis][position].located ?? []),
    doubtsAt: (point: Point) => point.map((position, axis) => axes[axis][position].doubts ?? []),
    hasKnownAddresses: (spans: Spans) =>
      spans.every((span, axis) => positions(span).some((position) => !axes[axis][position].located)),
    siblingsOn: (axis: number, span: readonly [number, number]) => [
      ...new Set(
        positions(span).flatMap((position) => [
          position,
          ...(axes[axis][position].doubts ?? []).flatMap(({ siblings }) => siblings),
        ]),
      ),
    ],
  };
  return scene as unknown as Scene;
}

/** Divides products of spans point by point. */
const where =
  (holds: (point: Point) => boolean): Within =>
  (spans) =>
    spans
      .reduce<number[][]>(
        (points, [first, last]) =>
          points.flatMap((chosen) =>
            Array.from({ length: last - first + 1 }, (_, index) => [...chosen, first + index]),
          ),
        [[]],
      )
      .map((point): Division => ({ spans: point.map((one) => [one, one] as const), holds: holds(point) }));

const everywhere = where(() => true);
const open = (...names: string[]): Doubt => ({ names, siblings: [] });
const at = (...points: number[][]): Spans[] =>
  points.map((point) => point.map((position) => [position, position] as const));

test.each<[string, Spot[], Spans[], { point: number[]; dependsOn: string[]; located: string[] }]>([
  ["the only one", [{}], at([0]), { point: [0], dependsOn: [], located: [] }],
  [
    "a sure one behind a doubtful one",
    [{ doubts: [open("a")] }, {}],
    at([0], [1]),
    { point: [1], dependsOn: [], located: [] },
  ],
  [
    "the one that depends on fewer names",
    [{ doubts: [open("a", "b")] }, { doubts: [open("c")] }, { doubts: [open("d", "e")] }],
    at([0], [1], [2]),
    { point: [1], dependsOn: ["c"], located: [] },
  ],
  [
    "one that depends on no value known only at apply, though on more names",
    [{ doubts: [open("${var.a}")] }, { doubts: [open("b", "c")] }],
    at([0], [1]),
    { point: [1], dependsOn: ["b", "c"], located: [] },
  ],
  [
    "the first of several that are as good",
    [{ doubts: [open("a")] }, { doubts: [open("b")] }],
    at([0], [1]),
    { point: [0], dependsOn: ["a"], located: [] },
  ],
  [
    "a known address before one that is known by its set",
    [{ located: ["Storage"] }, {}],
    at([0], [1]),
    { point: [1], dependsOn: [], located: [] },
  ],
  [
    "the first of several that are known by their sets",
    [{ located: ["Storage"] }, { located: ["Sql"] }],
    at([0], [1]),
    { point: [0], dependsOn: [], located: ["Storage"] },
  ],
  [
    "what depends on less, though it is known by its set",
    [{ doubts: [open("a")] }, { located: ["Storage"] }],
    at([0], [1]),
    { point: [1], dependsOn: [], located: ["Storage"] },
  ],
  [
    "a known address among those that depend on as much",
    [{ doubts: [open("a")], located: ["Storage"] }, { doubts: [open("b")] }],
    at([0], [1]),
    { point: [1], dependsOn: ["b"], located: [] },
  ],
])("of several connections, %s", (_, spots, cells, expected) => {
  expect(mostCertain(sceneOf(spots), cells as never, everywhere)).toEqual(expected);
});

test("names are told once each, in order", () => {
  const spots = [{ doubts: [open("b", "a"), open("c", "a")] }];
  expect(mostCertain(sceneOf(spots), at([0]) as never, everywhere).dependsOn).toEqual(["a", "b", "c"]);
});

test("a finding without connections is a mistake of ours", () => {
  expect(() => mostCertain(sceneOf([{}]), [], everywhere)).toThrow("no connection");
});

describe("a doubt that siblings resolve", () => {
  const doubt = (name: string, ...siblings: number[]): Spot => ({ doubts: [{ names: [name], siblings }] });
  const dependsOn = (axes: Spot[][], holds: (point: Point) => boolean) =>
    mostCertain(sceneOf(...axes), at(axes.map(() => 0)) as never, where(holds)).dependsOn;

  test.each<[string, (point: Point) => boolean, string[]]>([
    ["is none where the finding holds at all of them", () => true, []],
    ["stands where it fails at one of them", ([position]) => position !== 2, ["a"]],
    ["stands where it fails at all of them", ([position]) => position === 0, ["a"]],
  ])("%s", (_, holds, names) => {
    expect(dependsOn([[doubt("a", 1, 2), {}, {}]], holds)).toEqual(names);
  });

  test("on two axes has to hold at all of them together", () => {
    const axes = [
      [doubt("a", 1), {}],
      [doubt("b", 1), {}],
    ];
    expect(dependsOn(axes, () => true)).toEqual([]);
    expect(dependsOn(axes, ([one, other]) => !(one === 1 && other === 1))).toEqual(["a", "b"]);
  });

  test("on two axes of three leaves the third where it is", () => {
    const axes = [
      [doubt("a", 1), {}],
      [{}, {}],
      [doubt("c", 1), {}],
    ];
    expect(dependsOn(axes, ([, middle]) => middle === 0)).toEqual([]);
    expect(dependsOn(axes, ([one, middle, other]) => middle === 0 && one + other < 2)).toEqual(["a", "c"]);
  });

  test("is not asked where another doubt of its axis stands anyway", () => {
    const axes = [
      [{ doubts: [...(doubt("a", 1).doubts ?? []), open("z")] }, {}],
      [doubt("b", 1), {}],
    ];
    expect(dependsOn(axes, () => true)).toEqual(["z"]);
    expect(dependsOn(axes, ([one, other]) => one + other < 2)).toEqual(["a", "b", "z"]);
  });
});

describe("a product of spans is divided", () => {
  const doubtful: Spot = { doubts: [{ names: ["a"], siblings: [1] }] };

  test("until a part of it is beyond doubt", () => {
    const scene = sceneOf([doubtful, {}], [{}, {}]);
    const cells = [
      [
        [0, 0],
        [0, 1],
      ],
    ];
    // At the sibling, it holds at the second position of the other axis alone.
    const within = where(([one, other]) => one === 0 || other === 1);
    expect(mostCertain(scene, cells as never, within)).toEqual({ point: [0, 1], dependsOn: [], located: [] });
  });

  test("where a known address may be in it, though a sure one is there by its set", () => {
    const scene = sceneOf([doubtful, {}], [{ located: ["Storage"] }, {}], [{}, {}]);
    const cell = [
      [0, 0],
      [0, 1],
      [0, 0],
    ];
    const within = where(([one, other]) => one === 0 || other === 1);
    expect(mostCertain(scene, [cell] as never, within)).toEqual({
      point: [0, 1, 0],
      dependsOn: [],
      located: [],
    });
  });

  test("cell by cell, until one is found", () => {
    const scene = sceneOf([{ doubts: [open("z")] }, doubtful, {}], [{}, {}]);
    const cells = [
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 1],
        [0, 1],
      ],
    ];
    const within = where(([one, other]) => one !== 1 || other >= 0);
    expect(mostCertain(scene, cells as never, within)).toEqual({ point: [1, 0], dependsOn: [], located: [] });
  });
});
