import { joinRanges, type RangePart } from "../../../lib/proof/evaluation/connection-range";
import { EVERY_PROTOCOL } from "../../../lib/proof/evaluation/match";
import { NO_ADDRESSES, parseAddresses, uniteAddresses } from "../../../lib/azure/sets/address-set";
import { portSet } from "../../../lib/azure/sets/port-set";
import { Protocol } from "../../../lib/azure/security-rule";

const at = (...prefixes: string[]) => ({
  addresses: uniteAddresses(...prefixes.map((prefix) => parseAddresses(prefix) ?? NO_ADDRESSES)),
});
const within = (set: string) => ({ addresses: NO_ADDRESSES, set });
const ports = (...texts: string[]) => ({ ports: portSet(texts).known });
const part = (more: Partial<RangePart> = {}): RangePart => ({
  from: at("10.0.0.0/25"),
  to: at("10.1.0.0/25"),
  protocol: Protocol.TCP,
  ports: ports("443"),
  sourcePorts: ports("*"),
  dependsOn: [],
  ...more,
});
const lines = (...parts: RangePart[]): string[] =>
  joinRanges(parts, []).map(
    ({ from, to, protocol, ports, sourcePorts, dependsOn }) =>
      `${from.join("+")}${sourcePorts ? `:${sourcePorts.join("+")}` : ""} ${to.join("+")}:${ports.join("+")} ${protocol}${dependsOn.join()}`,
  );

describe("parts that differ in one respect are one range", () => {
  test.each<[string, Partial<RangePart>, string]>([
    ["ports", { ports: ports("444", "80") }, "10.0.0.0/25 10.1.0.0/25:80+443-444 Tcp"],
    ["source ports", { sourcePorts: ports("80") }, "10.0.0.0/25 10.1.0.0/25:443 Tcp"],
    ["where they lead", { to: at("10.1.0.128/25") }, "10.0.0.0/25 10.1.0.0/24:443 Tcp"],
    ["where they begin", { from: at("10.0.0.128/25") }, "10.0.0.0/24 10.1.0.0/25:443 Tcp"],
  ])("%s", (_, more, expected) => {
    expect(lines(part(), part(more))).toEqual([expected]);
    expect(lines(part(more), part())).toEqual([expected]);
  });

  test("source ports are described unless all are included", () => {
    expect(lines(part({ sourcePorts: ports("80") }), part({ sourcePorts: ports("81-90") }))).toEqual([
      "10.0.0.0/25:80-90 10.1.0.0/25:443 Tcp",
    ]);
  });

  test("again and again: four quarters of two ends", () => {
    const ends = [at("10.0.0.0/25"), at("10.0.0.128/25")];
    expect(lines(...ends.flatMap((from) => ends.map((to) => part({ from, to }))))).toEqual([
      "10.0.0.0/24 10.0.0.0/24:443 Tcp",
    ]);
  });
});

describe("parts stay apart", () => {
  test.each<[string, Partial<RangePart>]>([
    ["that differ in two respects", { ports: ports("80"), to: at("10.1.0.128/25") }],
    ["that differ at both ends", { from: at("10.0.0.128/25"), to: at("10.1.0.128/25") }],
    ["that differ in both ports", { ports: ports("80"), sourcePorts: ports("80") }],
    ["of two protocols", { protocol: Protocol.UDP }],
    ["that depend on something else", { dependsOn: ["x"] }],
    ["of which one is a set", { to: within("Sql") }],
    ["of which one begins at a set", { from: within("Sql") }],
    ["of two endpoints", { to: { ...at("10.1.0.128/25"), endpoint: "Cache" } }],
    ["of which one has a port that is not known", { ports: { ports: [], set: "${port}" } }],
    ["of which one has no ports", { ports: undefined, sourcePorts: undefined }],
  ])("%s", (_, more) => {
    expect(joinRanges([part(), part(more)], [])).toHaveLength(2);
  });

  test("of two sets, of two values for ports, and of sets that only begin alike", () => {
    expect(joinRanges([part({ to: within("a") }), part({ to: within("b") })], [])).toHaveLength(2);
    const open = (set: string) => part({ ports: { ports: [], set } });
    expect(lines(open("${a}"), open("${b}"), open("${a}"))).toEqual([
      "10.0.0.0/25 10.1.0.0/25:${a} Tcp",
      "10.0.0.0/25 10.1.0.0/25:${b} Tcp",
    ]);
  });
});

test("a set does not list addresses, so parts of one set are one", () => {
  const one = part({ to: { ...at("10.9.0.0/24"), set: "Sql" }, ports: ports("1") });
  const other = part({ to: { ...at("10.8.0.0/24"), set: "Sql" }, ports: ports("2") });
  expect(lines(one, other)).toEqual(["10.0.0.0/25 Sql:1-2 Tcp"]);
});

test("ranges stand in the order of their ends, whatever the order of the parts", () => {
  const some = ["10.3.0.0/24", "10.1.0.0/24", "10.2.0.0/24"].map((to, index) =>
    part({ to: at(to), ports: ports(String(index + 1)) }),
  );
  const expected = [
    "10.0.0.0/25 10.1.0.0/24:2 Tcp",
    "10.0.0.0/25 10.2.0.0/24:3 Tcp",
    "10.0.0.0/25 10.3.0.0/24:1 Tcp",
  ];
  expect(lines(...some)).toEqual(expected);
  expect(lines(...[...some].reverse())).toEqual(expected);
});

describe("every protocol", () => {
  const whole = EVERY_PROTOCOL.map((protocol) =>
    protocol === Protocol.TCP || protocol === Protocol.UDP
      ? part({ protocol, ports: ports("*") })
      : part({ protocol, ports: undefined, sourcePorts: undefined }),
  );

  test("on every port is one range", () => {
    expect(lines(...whole)).toEqual(["10.0.0.0/25 10.1.0.0/25:* *"]);
  });

  test("is not, where one is missing or lacks a port", () => {
    expect(lines(...whole.slice(1))).toHaveLength(5);
    expect(lines(part({ ports: ports("1-65535") }), ...whole.slice(1))).toHaveLength(6);
  });

  test("of one pair of ends does not affect another pair", () => {
    expect(lines(...whole.slice(1), part({ to: at("10.9.0.0/24"), ports: ports("*") }))).toHaveLength(6);
    const more = part({ to: within("Sql"), ports: ports("80") });
    expect(lines(...whole, more)).toEqual(["10.0.0.0/25 10.1.0.0/25:* *", "10.0.0.0/25 Sql:80 Tcp"]);
  });
});

describe("sets that have a name", () => {
  const named = [
    { name: "elsewhere", addresses: at("10.0.0.0/8", "fd00::/8").addresses },
    { name: "Internet", addresses: at("8.0.0.0/8").addresses },
  ];
  const from = (...prefixes: string[]) => joinRanges([part({ from: at(...prefixes) })], named)[0].from;

  test("are told by it where they are there in whole, in each family that is", () => {
    expect(from("10.0.0.0/8", "fd00::/8")).toEqual(["elsewhere"]);
    expect(from("10.0.0.0/8")).toEqual(["elsewhere"]);
    expect(from("fd00::/8")).toEqual(["elsewhere"]);
    expect(from("10.0.0.0/8", "8.0.0.0/8", "9.0.0.0/24")).toEqual(["elsewhere", "Internet", "9.0.0.0/24"]);
  });

  test("are not, where a part of them is missing in a family that is there", () => {
    expect(from("10.0.0.0/9")).toEqual(["10.0.0.0/9"]);
    expect(from("10.0.0.0/8", "fd00::/9")).toEqual(["10.0.0.0/8", "fd00::/9"]);
    expect(from("fe80::/10")).toEqual(["fe80::/10"]);
  });
});
