import {
  EVERY_PROTOCOL,
  hasPorts,
  portAxis,
  protocolsOf,
  type PortAxis,
  type PortPlace,
} from "../../../lib/proof/evaluation/port-axis";
import { portSet } from "../../../lib/azure/sets/port-set";
import { Protocol } from "../../../lib/azure/security-rule";

const EVERYWHERE: PortPlace = { names: [], extras: [[]] };
const set = (...texts: string[]) => portSet(texts);

/** Every position in words: protocol, ports, what the port is taken to be in. */
function spots(axis: PortAxis): string[] {
  return Array.from({ length: axis.size }, (_, position) => {
    const { protocol, ports, within, isAnyWithin } = axis.spotAt(position);
    const range = ports ? `${ports.start}-${ports.end - 1}` : "-";
    return [
      protocol,
      range,
      ...(within.length > 0 ? [`${isAnyWithin ? "any of" : "in"} ${within.join()}`] : []),
    ].join(" ");
  });
}

test.each([
  [Protocol.TCP, [Protocol.TCP], true],
  [Protocol.UDP, [Protocol.UDP], true],
  [Protocol.ICMP, [Protocol.ICMP], false],
  [Protocol.ESP, [Protocol.ESP], false],
  [Protocol.AH, [Protocol.AH], false],
  [Protocol.ANY, EVERY_PROTOCOL, false],
])("%s names its own protocol, * every one; only TCP and UDP have ports", (protocol, all, ports) => {
  expect(protocolsOf(protocol)).toEqual(all);
  expect(hasPorts(protocol)).toBe(ports);
});

test("protocols with ports are cut where port sets begin and end, others are one position each", () => {
  const axis = portAxis([Protocol.TCP, Protocol.ICMP, Protocol.ANY], [EVERYWHERE], [set("443"), set("*")]);
  expect(spots(axis)).toEqual(["Tcp 0-442", "Tcp 443-443", "Tcp 444-65535", "Icmp -", "* -"]);
});

test("ports of a place are its own but for those that others hold", () => {
  const place = { names: [], ports: set("10-20").known, except: set("15").known, extras: [[]] };
  expect(spots(portAxis([Protocol.UDP], [place], []))).toEqual(["Udp 10-14", "Udp 16-20"]);
  expect(portAxis([Protocol.ICMP], [], []).size).toBe(1);
  expect(portAxis([], [EVERYWHERE], []).size).toBe(0);
});

test("a value known only at apply stands for any port, a known port may be in it", () => {
  const unknown = { names: ["${port}"], extras: [[], ["${other}"]] };
  const known = { names: [], ports: set("443").known, extras: [[], ["${port}"]] };
  expect(spots(portAxis([Protocol.TCP], [unknown, known, { names: [], extras: [["${port}"]] }], []))).toEqual(
    [
      "Tcp 0-65535 any of ${port}",
      "Tcp 0-65535 any of ${port},${other}",
      "Tcp 443-443",
      "Tcp 443-443 in ${port}",
      "Tcp 0-65535 any of ${port}",
    ],
  );
});

describe("spans", () => {
  const axis = portAxis(
    [Protocol.TCP, Protocol.UDP, Protocol.ICMP],
    [EVERYWHERE, { names: ["${port}"], extras: [[]] }],
    [set("443")],
  );
  // Tcp 0-442, 443, 444-, any of ${port}, cut alike; Udp the same; Icmp.
  const held = (protocols: Protocol[], ...texts: string[]): string[] =>
    axis.spansOf(protocols, set(...texts)).flatMap(([first, last]) => spots(axis).slice(first, last + 1));

  test("are those of the protocol and its ports", () => {
    expect(held([Protocol.UDP], "443")).toEqual(["Udp 443-443", "Udp 443-443 any of ${port}"]);
    expect(held([Protocol.TCP], "${port}").every((spot) => spot.includes("${port}"))).toBe(true);
    expect(held([Protocol.TCP], "${port}")).toHaveLength(3);
    expect(held([Protocol.TCP], "${other}")).toEqual([]);
  });

  test("pass ports over where the protocol has none", () => {
    expect(held([Protocol.ICMP], "443")).toEqual(["Icmp -"]);
    expect(held([Protocol.ICMP], "${port}")).toEqual(["Icmp -"]);
  });

  test("are the whole axis, in one, for every protocol on every port", () => {
    expect(axis.spansOf(EVERY_PROTOCOL, set("*"))).toEqual([[0, axis.size - 1]]);
    expect(held([Protocol.TCP, Protocol.UDP], "*")).toHaveLength(12);
    expect(axis.spansOf([], set("*"))).toEqual([]);
  });
});

describe("what a match rests on", () => {
  const rests = (
    places: PortPlace[],
    asked: Protocol[],
    protocols: Protocol[],
    port: string,
    position = 0,
  ): string[] => {
    const ports = set(port);
    return portAxis(asked, places, [ports]).restsOn(protocols, ports, position);
  };
  const one = { names: [], ports: set("443").known, extras: [[], ["${port}"]] };

  test.each<[string, string[], string[]]>([
    [
      "nothing, where it holds all that is asked about",
      rests([EVERYWHERE], [Protocol.TCP], [Protocol.TCP], "*"),
      [],
    ],
    [
      "the protocol, where others are asked about",
      rests([EVERYWHERE], [Protocol.TCP, Protocol.UDP], [Protocol.TCP], "*"),
      ["protocol"],
    ],
    [
      "the port, where others are asked about",
      rests([EVERYWHERE], [Protocol.TCP], [Protocol.TCP], "0-9"),
      ["port"],
    ],
    ["both", rests([EVERYWHERE], [Protocol.TCP, Protocol.ICMP], [Protocol.TCP], "0-9"), ["protocol", "port"]],
    [
      "the protocol alone, where all of its ports that are asked about match",
      rests([{ ...one, extras: [[]] }], [Protocol.TCP, Protocol.UDP], [Protocol.TCP], "443"),
      ["protocol"],
    ],
    [
      "the protocol, where it has no ports",
      rests([EVERYWHERE], [Protocol.ICMP, Protocol.TCP], [Protocol.ICMP], "443"),
      ["protocol"],
    ],
    [
      "the value that the port is taken to be in",
      rests([one], [Protocol.TCP], [Protocol.TCP], "${port}", 1),
      ["${port}"],
    ],
    [
      "that value and the protocol",
      rests([one], [Protocol.TCP, Protocol.UDP], [Protocol.TCP], "${port}", 1),
      ["protocol", "${port}"],
    ],
    [
      "no value that the match does not name",
      rests([{ ...one, extras: [["${other}", "${port}"]] }, one], [Protocol.TCP], [Protocol.TCP], "${port}"),
      ["${port}"],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe("doubts", () => {
  const axis = portAxis(
    [Protocol.TCP, Protocol.UDP],
    [{ names: [], ports: set("443").known, extras: [[], ["${port}"]] }],
    [],
  );

  test("of a known port lead to the same port, of the same protocol, in and out of what it may be in", () => {
    expect(spots(axis)).toEqual([
      "Tcp 443-443",
      "Tcp 443-443 in ${port}",
      "Udp 443-443",
      "Udp 443-443 in ${port}",
    ]);
    expect(axis.spotAt(0).doubts).toEqual([{ names: ["${port}"], siblings: [1] }]);
    expect(axis.spotAt(3).doubts).toEqual([{ names: ["${port}"], siblings: [2] }]);
  });

  test("the plain port is the one that is taken to be in nothing", () => {
    expect(axis.spotAt(1).plain).toEqual([0]);
    expect(axis.spotAt(2).plain).toEqual([2]);
    const both = portAxis(
      [Protocol.TCP],
      [
        { names: ["${a}"], extras: [["${b}"]] },
        { names: [], extras: [[]] },
      ],
      [],
    );
    expect(both.spotAt(0).plain).toEqual([1]);
    const without = portAxis([Protocol.TCP], [{ names: ["${a}"], extras: [["${b}"]] }], []);
    expect(without.spotAt(0).plain).toEqual([]);
  });
});
