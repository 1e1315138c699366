import fc from "fast-check";
import {
  ALL_ADDRESSES,
  countAddresses,
  formatAddresses,
  hasNoAddress,
  intersectAddresses,
  IPV4,
  IPV6,
  NO_ADDRESSES,
  parseAddresses,
  subtractAddresses,
  uniteAddresses,
} from "../../../lib/azure/sets/address-set";
import { runs } from "../../support/arbitraries/property-settings";

const of = (...texts: string[]) => uniteAddresses(...texts.map((text) => parseAddresses(text)!));

describe("address sets", () => {
  it.each([
    ["10.0.0.1", ["10.0.0.1/32"]],
    ["10.0.0.1/24", ["10.0.0.0/24"]],
    ["0.0.0.0/0", ["0.0.0.0/0"]],
    ["fd00::1", ["fd00::1/128"]],
    ["fd00::1/64", ["fd00::/64"]],
    ["::/0", ["::/0"]],
  ])("reads %s", (text, prefixes) => expect(formatAddresses(parseAddresses(text)!)).toEqual(prefixes));

  it.each(["", "Internet", "10.0.0.1/33", "10.0.0", "fd00::1/129", "10.0.0.1-10.0.0.9"])(
    "refuses %j",
    (text) => expect(parseAddresses(text)).toBeUndefined(),
  );

  it("writes the fewest prefixes, IPv4 first", () => {
    const some = of("fd00::/65", "10.0.0.0/25", "10.0.0.128/25", "10.0.1.0", "fd00:0:0:0:8000::/65");
    expect(formatAddresses(some)).toEqual(["10.0.0.0/24", "10.0.1.0/32", "fd00::/64"]);
    expect(formatAddresses(subtractAddresses(ALL_ADDRESSES, of("0.0.0.0/1", "8000::/1")))).toEqual([
      "128.0.0.0/1",
      "::/1",
    ]);
  });

  it.each([
    [["10.0.0.0/24", "10.0.0.0/25", "10.0.1.7"], 257],
    [["fd00::ffff:ffff:ffff:ffff", "fd00::/127"], 3],
    [[], 0],
  ])("counts the addresses of %j", (texts, count) => expect(countAddresses(of(...texts))).toBe(count));

  it("writes intervals as prefixes that hold exactly the same addresses", () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(600), (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other) + 1];
        const written = of(...formatAddresses({ v4: [{ start, end }], v6: [] }));
        expect(written).toEqual({ v4: [{ start, end }], v6: [] });
      }),
      runs(100),
    );
  });

  it("tells both families apart in every operation", () => {
    const some = of("10.0.0.0/8", "fd00::/8");
    expect(intersectAddresses(some, of("10.1.0.0/16", "::/0"))).toEqual(of("10.1.0.0/16", "fd00::/8"));
    expect(subtractAddresses(some, of("10.0.0.0/8"))).toEqual(of("fd00::/8"));
    expect(hasNoAddress(of("fd00::1"))).toBe(false);
    expect(hasNoAddress(of("10.0.0.1"))).toBe(false);
    expect(hasNoAddress(NO_ADDRESSES)).toBe(true);
    expect(IPV4.of(IPV4.from(some.v4))).toBe(some.v4);
    expect(IPV6.of(IPV6.from(some.v6))).toBe(some.v6);
  });

  it("shows an address that a machine can have: of the documentation, or beyond the four that Azure reserves", () => {
    expect(IPV4.format(IPV4.example(IPV4.whole[0]))).toBe("203.0.113.1");
    expect(IPV4.format(IPV4.example(parseAddresses("10.0.0.0/27")!.v4[0]))).toBe("10.0.0.4");
    expect(IPV4.format(IPV4.example(parseAddresses("10.0.0.0/30")!.v4[0]))).toBe("10.0.0.0");
    expect(IPV6.format(IPV6.example(IPV6.whole[0]))).toBe("2001:db8::1");
    expect(IPV6.format(IPV6.example(parseAddresses("fd00::/64")!.v6[0]))).toBe("fd00::4");
  });
});
