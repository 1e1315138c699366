import fc from "fast-check";
import { VeeamRole } from "../../lib/ports/port-table";
import { allPortTables } from "../../lib/ports/revisions";
import { FRAME, type PictureGraph, pictureGraph } from "../../lib/report/picture/graph";
import { type Box, type Layout, layoutOf, type PlacedArrow, tracksOf } from "../../lib/report/picture/layout";
import { fitText, labelLines, textWidth, wrapped } from "../../lib/report/picture/boxes";
import { arrowText } from "../../lib/report/picture/svg";
import type { ReportComponent } from "../../lib/report/components-and-networks";
import {
  type ReportEnd,
  type ReportFlow,
  type ReportModel,
  reportModel,
} from "../../lib/report/report-model";
import { Protocol } from "../../lib/azure/security-rule";
import { brownfieldBackup, largeBackup, minimalBackup, everyRoleBackup } from "./support/report-inputs";

/** What a picture needs of a report, from ends and the pairs between which there are flows. */
function modelOf(
  ends: readonly ReportEnd[],
  pairs: ReadonlyArray<readonly [number, number, string]>,
): ReportModel {
  const flows = pairs.map(([from, to, ports], index): ReportFlow => {
    const flow = {
      name: `row-${ports}`,
      priority: 100 + index,
      from: { ...ends[from], prefixes: [...ends[from].prefixes] },
      to: { ...ends[to], prefixes: [...ends[to].prefixes] },
      protocol: Protocol.TCP,
      ports: [ports],
      reason: "test",
      origin: "test",
    };
    const missing = index % 7 === 3;
    return { id: `flow-${index}`, flow, from: ends[from], to: ends[to], leaving: [], arriving: [], missing };
  });
  const proof = {
    holds: true,
    missing: [],
    excess: [],
    shadowedRules: [],
    rulesWithoutFlow: [],
    dependsOn: [],
    assumptions: [],
  };
  return {
    path: "p",
    portTable: allPortTables()[0],
    networks: [],
    components: [],
    ends: [...ends],
    flows,
    groups: [],
    proof,
    warnings: [],
    closedSections: [],
    disagreements: [],
    failover: undefined,
    dnsNames: [],
  };
}

const ROLES = [
  VeeamRole.BACKUP_SERVER,
  VeeamRole.HTTP_PROXY,
  VeeamRole.POSTGRESQL,
  VeeamRole.CACHE_REPOSITORY,
  VeeamRole.GATEWAY_SERVER,
  VeeamRole.BACKUP_REPOSITORY,
];

interface EndSpec {
  readonly role?: VeeamRole;
  readonly ours: boolean;
  /** Whether a second component is on the machine. */
  readonly shares: boolean;
  readonly label: string;
}

function endOf({ role, ours, shares, label }: EndSpec, index: number): ReportEnd {
  const component = (key: string): ReportComponent => ({
    role: role ?? VeeamRole.CACHE_REPOSITORY,
    key,
    label,
    endpointId: `${index}`,
  });
  return {
    id: `${index}`,
    label,
    prefixes: [`10.0.${index}.0/24`],
    ours,
    serviceTag: false,
    components: role ? [component(label), ...(shares ? [component("shared")] : [])] : [],
    groups: [],
  };
}

/** Any 2 to 40 ends, and flows between any of them that touch one of ours. */
const models = fc
  .array(
    fc.record({
      role: fc.option(fc.constantFrom(...ROLES), { nil: undefined }),
      ours: fc.boolean(),
      shares: fc.boolean(),
      label: fc.string({ unit: fc.constantFrom(..."abcXYZ-é 東"), minLength: 1, maxLength: 40 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .chain((specs) => {
    const ends = specs.map(endOf);
    const at = fc.nat({ max: specs.length - 1 });
    const pair = fc.tuple(at, at, fc.constantFrom("443", "2500-3300", "6160"));
    return fc.uniqueArray(pair, { maxLength: 60, selector: (one) => one.join() }).map((pairs) =>
      modelOf(
        ends,
        pairs.filter(([from, to]) => from !== to && (ends[from].ours || ends[to].ours)),
      ),
    );
  });

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function pairsOf<T>(list: readonly T[]): Array<readonly [T, T]> {
  return list.flatMap((a, index) => list.slice(index + 1).map((b) => [a, b] as const));
}

type Point = Pick<Box, "x" | "y">;

/** The corners of an arrow, from its tail to its head. */
function pointsOf({ tail, turnX, head }: PlacedArrow): Point[] {
  return [tail, { x: turnX, y: tail.y }, { x: turnX, y: head.y }, head];
}

/** The box that an anchor is. */
function boxOf(anchor: string, { clusters, frame }: Layout): Box {
  if (anchor === FRAME.id) return frame as Box;
  for (const { cluster, box, content } of clusters) {
    if (cluster.id === anchor) return box;
    const row = content.rows.find(({ id }) => id === anchor);
    if (row) return { x: box.x + 7, y: box.y + row.y, width: box.width - 14, height: row.height };
  }
  throw new Error(`no box of ${anchor}`);
}

function onEdge({ x, y }: Point, box: Box): boolean {
  const within = y >= box.y && y <= box.y + box.height && x >= box.x && x <= box.x + box.width;
  const atSide = x === box.x || x === box.x + box.width || y === box.y || y === box.y + box.height;
  return within && atSide;
}

/** Whether a line runs through the inside of a box, where it neither begins nor ends. */
function crosses(points: readonly Point[], box: Box): boolean {
  return points.slice(1).some((to, index) => {
    const from = points[index];
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
  });
}

function check(graph: PictureGraph, layout: Layout): void {
  const canvas: Box = { x: 0, y: 0, width: layout.width, height: layout.height };
  const boxes = layout.clusters.map(({ box }) => box);
  expect(layout.clusters).toHaveLength(graph.clusters.length);
  expect(layout.arrows).toHaveLength(graph.arrows.length);
  for (const box of boxes) expect(inside(box, canvas)).toBe(true);
  for (const [a, b] of pairsOf(boxes)) expect(overlap(a, b)).toBe(false);
  for (const { cluster, box } of layout.clusters) {
    if (layout.frame)
      expect(cluster.ours ? inside(box, layout.frame) : !overlap(box, layout.frame)).toBe(true);
  }
  for (const placed of layout.arrows) checkArrow(placed, layout, canvas);
  for (const [a, b] of pairsOf(layout.arrows)) {
    expect(overlap(a.label, b.label)).toBe(false);
    expect(lieOnEachOther(a, b)).toBe(false);
    expect(crosses(pointsOf(a), b.label) || crosses(pointsOf(b), a.label)).toBe(false);
  }
}

/** Whether two lines share more than a point. */
function lieOnEachOther(a: PlacedArrow, b: PlacedArrow): boolean {
  const parts = (placed: PlacedArrow): Box[] => {
    const points = pointsOf(placed);
    return points.slice(1).map((to, index) => ({
      x: Math.min(points[index].x, to.x),
      y: Math.min(points[index].y, to.y),
      width: Math.abs(points[index].x - to.x),
      height: Math.abs(points[index].y - to.y),
    }));
  };
  return parts(a).some((p) =>
    parts(b).some((q) => {
      const wide = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
      const high = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
      return (
        (wide === 0 && high > 0 && p.width + q.width === 0) ||
        (high === 0 && wide > 0 && p.height + q.height === 0)
      );
    }),
  );
}

function checkArrow(placed: PlacedArrow, layout: Layout, canvas: Box): void {
  const { arrow, label } = placed;
  const points = pointsOf(placed);
  expect(onEdge(points[0], boxOf(arrow.from.id, layout))).toBe(true);
  expect(onEdge(points[points.length - 1], boxOf(arrow.to.id, layout))).toBe(true);
  points.slice(1).forEach((point, index) => {
    expect(point.x === points[index].x || point.y === points[index].y).toBe(true);
  });
  expect(inside(label, canvas)).toBe(true);
  for (const { cluster, box } of layout.clusters) {
    expect(overlap(label, box)).toBe(false);
    const isOwn = [arrow.from.id, arrow.to.id].some(
      (id) => id === cluster.id || cluster.nodes.some((n) => n.id === id),
    );
    if (!isOwn) expect(crosses(points, box)).toBe(false);
  }
}

test("in any picture boxes lie apart, arrows join the edges of their boxes around others, and labels are free", () => {
  fc.assert(
    fc.property(models, (model) => {
      const graph = pictureGraph(model);
      check(graph, layoutOf(graph));
    }),
    { numRuns: 60 },
  );
});

test("in any picture each flow is in one arrow, between boxes that hold its ends", () => {
  fc.assert(
    fc.property(models, (model) => {
      const { clusters, arrows } = pictureGraph(model);
      expect(arrows.flatMap(({ flows }) => flows).sort()).toHaveLength(model.flows.length);
      expect(new Set(arrows.flatMap(({ flows }) => flows)).size).toBe(model.flows.length);
      const endsAt = (anchor: string): ReportEnd[] => {
        if (anchor === FRAME.id) return model.ends.filter(({ ours }) => ours);
        const nodes = clusters.flatMap((cluster) =>
          cluster.id === anchor ? cluster.nodes : cluster.nodes.filter(({ id }) => id === anchor),
        );
        return nodes.map(({ end }) => end);
      };
      for (const { from, to, flows } of arrows) {
        const pairs = new Set(flows.map((flow) => `${flow.from.id} ${flow.to.id}`));
        // Every pair that the arrow speaks of has a flow, and no other has.
        for (const flow of flows) expect(endsAt(from.id)).toContain(flow.from);
        for (const flow of flows) expect(endsAt(to.id)).toContain(flow.to);
        expect(pairs.size).toBe(endsAt(from.id).length * endsAt(to.id).length);
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["one component of each role", everyRoleBackup, { clusters: 10, arrows: 9 }],
  ["everything on the backup server", minimalBackup, { clusters: 4, arrows: 3 }],
  ["a large deployment", largeBackup, { clusters: 11, arrows: 13 }],
])("the picture of %s is as small as it can be", (_, backup, counts) => {
  const graph = pictureGraph(reportModel(backup()._reportInput()));
  expect({ clusters: graph.clusters.length, arrows: graph.arrows.length }).toEqual(counts);
  const layout = layoutOf(graph);
  check(graph, layout);
  for (const [a, b] of pairsOf(layout.arrows)) expect(lieOnEachOther(a, b)).toBe(false);
});

test("what everything in this deployment connects to has one arrow, from the frame", () => {
  const graph = pictureGraph(reportModel(largeBackup()._reportInput()));
  const own = graph.arrows.filter(({ from }) => from.id === FRAME.id);
  expect(own.map(({ to, label, flows }) => [to.title, label, flows.length])).toEqual([
    ["DNS servers", "UDP 53, TCP 53", 40],
  ]);
});

test("many services that everything connects to have one arrow each", () => {
  const end = (id: number, ours: boolean): ReportEnd => ({
    id: `${id}`,
    label: `service ${id}`,
    prefixes: ["10.0.0.0/24"],
    ours,
    serviceTag: false,
    components: [],
    groups: [],
  });
  const ends = [end(0, true), end(1, true), ...[2, 3, 4, 5, 6, 7, 8].map((id) => end(id, false))];
  const pairs = ends.slice(2).flatMap(({ id }) => [0, 1].map((from) => [from, Number(id), "123"] as const));
  const graph = pictureGraph(modelOf(ends, pairs));
  expect(graph.arrows).toHaveLength(7);
  check(graph, layoutOf(graph));
});

test("a backup server elsewhere, at the left, has an arrow from each that connects to it", () => {
  const end = (role: VeeamRole, ours: boolean): EndSpec => ({ role, label: role, shares: false, ours });
  const ends = [
    end(VeeamRole.GATEWAY_SERVER, true),
    end(VeeamRole.BACKUP_SERVER, false),
    end(VeeamRole.CACHE_REPOSITORY, true),
  ].map(endOf);
  const graph = pictureGraph(
    modelOf(ends, [
      [0, 1, "443"],
      [2, 1, "443"],
    ]),
  );
  expect(graph.arrows.map(({ from }) => from.title)).toEqual(["gateway-server", "cache-repository"]);
  check(graph, layoutOf(graph));
});

test("a line that would leave level with where another one arrives does not lie on it", () => {
  const end = (role: VeeamRole, label: string, shares: boolean, ours = true): EndSpec => ({
    role,
    label,
    shares,
    ours,
  });
  const ends = [
    end(VeeamRole.POSTGRESQL, "a", false),
    end(VeeamRole.CACHE_REPOSITORY, "b", false),
    end(VeeamRole.HTTP_PROXY, "c", true),
    end(VeeamRole.BACKUP_REPOSITORY, "d", true),
    end(VeeamRole.GATEWAY_SERVER, "e", true),
    end(VeeamRole.BACKUP_REPOSITORY, "f", true),
    end(VeeamRole.POSTGRESQL, "g", true),
    end(VeeamRole.POSTGRESQL, "h", false, false),
  ].map(endOf);
  const pairs = [
    [7, 2],
    [1, 0],
    [0, 5],
    [1, 4],
    [1, 7],
    [2, 1],
    [6, 3],
    [4, 2],
  ] as const;
  const graph = pictureGraph(
    modelOf(
      ends,
      pairs.map(([from, to]) => [from, to, "443"]),
    ),
  );
  check(graph, layoutOf(graph));
});

test("a picture of nothing is small and empty", () => {
  const layout = layoutOf(pictureGraph(modelOf([], [])));
  expect(layout).toMatchObject({ clusters: [], arrows: [] });
  expect(layout.width).toBeGreaterThan(0);
  expect(layout.height).toBeGreaterThan(0);
});

test("arrows of a channel that would lie on each other have tracks of their own; straight ones have none", () => {
  const piece = (from: number, to: number) => ({
    left: { y: from },
    right: { y: to, side: "left" as const },
  });
  const [down, below, straight] = [piece(0, 50), piece(20, 80), piece(90, 90)];
  const tracks = tracksOf([down, below, straight]);
  // The lower one turns first, or the two would cross.
  expect(tracks.get(below)).toBeLessThan(tracks.get(down) as number);
  expect(tracks.has(straight)).toBe(false);
});

test.each([
  ["TCP 443, 9419", ["TCP 443, 9419"]],
  ["UDP 53, TCP 53", ["UDP 53, TCP 53"]],
  ["TCP 135, 137, 139, 445, 2500-3300, 6160", ["TCP 135, 137,", "139, 445,", "2500-3300, 6160"]],
  [
    "TCP ${azurerm_postgresql_flexible_server.port}",
    ["TCP", "${azurerm_postgr", "esql_flexible_se", "rver.port}"],
  ],
  ["ESP", ["ESP"]],
])("the label %j is drawn whole, on the lines %j", (label, lines) => {
  const anchor = { id: "a", title: "a" };
  const arrow = { id: "1", from: anchor, to: anchor, label, flows: [], missing: false };
  expect(labelLines(arrow)).toEqual(lines);
  expect(labelLines({ ...arrow, missing: true })).toEqual(["✕ blocked:", ...lines]);
  expect(arrowText(arrow)).toContain(`, ${label}:`);
  expect(arrowText({ ...arrow, missing: true })).toContain(`, ✕ blocked: ${label}:`);
});

test.each([
  ["many features", brownfieldBackup],
  ["many components", largeBackup],
])("the picture of %s has every port and every prefix of its ends, with nothing left out", (_, backup) => {
  const model = reportModel(backup()._reportInput());
  const { clusters, arrows } = layoutOf(pictureGraph(model));
  for (const { arrow, label } of arrows) {
    const drawn = labelLines(arrow).join(" ");
    for (const port of arrow.flows.flatMap(({ flow }) => flow.ports)) expect(drawn).toContain(port);
    expect(label.height).toBeGreaterThan(labelLines(arrow).length * 14);
  }
  const texts = clusters.flatMap(({ content }) =>
    content.texts.flatMap(({ text, address = "" }) => [text, address]),
  );
  expect(texts.filter((text) => /…|\+\d/.test(text))).toEqual([]);
  for (const { prefixes, serviceTag } of model.ends) {
    if (!serviceTag) for (const prefix of prefixes) expect(texts).toContain(prefix);
  }
});

test("of very many prefixes the first are drawn, and how many more there are", () => {
  const prefixes = Array.from({ length: 40 }, (_, index) => `10.9.${index}.0/24`);
  const end: ReportEnd = {
    id: "a",
    label: "a",
    prefixes: ["${data.a}", "${data.b}", ...prefixes],
    ours: true,
    serviceTag: false,
    components: [],
    groups: [],
  };
  const [{ content }] = layoutOf(pictureGraph(modelOf([end], []))).clusters;
  expect(content.texts.map(({ text }) => text)).toEqual([
    "a",
    "known at apply",
    ...prefixes.slice(0, 4),
    "+36 more",
  ]);
});

test("in a box of few rows, an address is beside a short name and below a long one", () => {
  const drawn = (...labels: string[]): Array<[string, string | undefined]> => {
    const ends = labels.map((label, index) =>
      endOf({ role: VeeamRole.GATEWAY_SERVER, ours: true, shares: false, label }, index),
    );
    const [{ content }] = layoutOf(pictureGraph(modelOf(ends, []))).clusters;
    return content.texts.slice(1).map(({ text, address }) => [text, address]);
  };
  expect(drawn("gw1", "gw2")).toEqual([
    ["gw1", "10.0.0.0/24"],
    ["gw2", "10.0.1.0/24"],
  ]);
  expect(drawn("gateway-amsterdam", "gw2")).toEqual([
    ["gateway-amsterdam", undefined],
    ["10.0.0.0/24", undefined],
    ["gw2", undefined],
    ["10.0.1.0/24", undefined],
  ]);
});

test("lines hold whole words where they can, and lose none", () => {
  expect(wrapped(["also", "backup", "repository", "on-gateway"], 22)).toEqual([
    "also backup repository",
    "on-gateway",
  ]);
  expect(wrapped(["a".repeat(7), "b"], 3)).toEqual(["aaa", "aaa", "a b"]);
  expect(wrapped([], 3)).toEqual([]);
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme", minLength: 1 })),
      fc.integer({ min: 1, max: 9 }),
      (words, longest) => {
        const bare = words.map((word) => word.replaceAll(" ", "x"));
        const lines = wrapped(bare, longest);
        expect(lines.join("").replaceAll(" ", "")).toBe(bare.join(""));
        for (const line of lines) expect([...line].length).toBeLessThanOrEqual(longest);
      },
    ),
  );
});

test("an arrow between two boxes that are almost level is straight", () => {
  const { arrows } = layoutOf(pictureGraph(reportModel(everyRoleBackup()._reportInput())));
  const kinks = arrows.filter(({ tail, head }) => tail.y !== head.y && Math.abs(tail.y - head.y) < 3);
  expect(kinks.map(({ arrow }) => arrow.id)).toEqual([]);
});

test("texts that are too wide are cut with an ellipsis, by whole characters", () => {
  expect(fitText("backup", 10, 100)).toBe("backup");
  expect(fitText("backup-repository", 10, 36)).toBe("backu…");
  expect(fitText("😀😀😀", 10, 12)).toBe("😀…");
  expect(textWidth("abc", 10)).toBe(18);
});
