import { formatPorts, portSet } from "../../../lib/azure/sets/port-set";

describe("port sets", () => {
  it.each([
    [["443"], [[443, 444]]],
    [["0"], [[0, 1]]],
    [["65535"], [[65535, 65536]]],
    [["2500-3300"], [[2500, 3301]]],
    [
      ["80", "443", "79"],
      [
        [79, 81],
        [443, 444],
      ],
    ],
    [["*"], [[0, 65536]]],
  ])("reads %j", (texts, intervals) => {
    expect(portSet(texts).known.map(({ start, end }) => [start, end])).toEqual(intervals);
  });

  it("knows that all ports are any, however they are written", () => {
    expect(portSet(["*"]).any).toBe(true);
    expect(portSet(["0-65535"]).any).toBe(true);
    expect(portSet(["80", "*"]).any).toBe(true);
    expect(portSet(["1-65535"]).any).toBe(false);
    expect(portSet(["0-65534"]).any).toBe(false);
    expect(portSet(["0-1", "3-65535"]).any).toBe(false);
  });

  it("keeps what is known only at apply, once", () => {
    expect(portSet(["${a}", "80", "${a}"])).toMatchObject({ any: false, unknowns: ["${a}"] });
  });

  it.each(["", "-", "65536", "1-65536", "2-1", "a", "1-", "-1", "1-2-3", " 1", "123456", "x80", "80x"])(
    "refuses %j, and says what a port is",
    (text) => {
      const refusal = new Error(
        `"${text}" is not a port (0 to 65535), a range of ports such as "2500-3300" or "*".`,
      );
      expect(() => portSet([text])).toThrow(refusal);
    },
  );

  it.each([
    [[0, 65536], "*"],
    [[443, 444], "443"],
    [[2500, 3301], "2500-3300"],
    [[0, 65535], "0-65534"],
    [[1, 65536], "1-65535"],
  ])("writes %j", ([start, end], text) => expect(formatPorts({ start, end })).toBe(text));
});
