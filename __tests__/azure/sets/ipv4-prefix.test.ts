import fc from "fast-check";
import {
  alignDown,
  comparePrefixes,
  contains,
  formatIpv4Address,
  formatIpv4Prefix,
  type Ipv4Prefix,
  isPrivate,
  overlaps,
  parseIpv4Address,
  parseIpv4Prefix,
  parseIpv4PrefixLoosely,
  withoutContained,
} from "../../../lib/azure/sets/ipv4-prefix";
import { formatAddresses } from "../../../lib/azure/sets/address-set";
import { addressesOf } from "../../../lib/azure/sets/prefix-list";
import { runs } from "../../support/arbitraries/property-settings";

// A small world of sixteen addresses, or of sixteen equal parts of all of
// them: what a prefix holds is a set of sixteen bits, counted one by one.
interface World {
  readonly base: number;
  readonly unit: number;
}

const WORLDS: readonly World[] = [
  { base: 0, unit: 2 ** 28 },
  { base: 0, unit: 1 },
  { base: 0x0a141e00, unit: 1 },
  { base: 0x7ffffff0, unit: 1 },
  { base: 0xfffffff0, unit: 1 },
];

/** A prefix of a world: which sixteenth it begins with, and how many sixteenths it has. */
const prefixIn = ({ base, unit }: World): fc.Arbitrary<Ipv4Prefix> =>
  fc.tuple(fc.nat(15), fc.nat(4)).map(([start, doublings]) => {
    const size = 2 ** doublings;
    return { base: base + (start - (start % size)) * unit, length: 32 - Math.log2(unit) - doublings };
  });

const bitsOf =
  ({ base, unit }: World) =>
  ({ base: first, length }: Ipv4Prefix): number => {
    let bits = 0;
    for (let sixteenth = 0; sixteenth < 16; sixteenth++) {
      const address = base + sixteenth * unit;
      if (first <= address && address < first + 2 ** (32 - length)) bits |= 1 << sixteenth;
    }
    return bits;
  };

const union = (bits: readonly number[]): number => bits.reduce((all, some) => all | some, 0);

describe.each(WORLDS)("in the world of %p", (world) => {
  const prefix = prefixIn(world);
  const bits = bitsOf(world);

  test("contains and overlaps say what the addresses say", () => {
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        expect(contains(a, b)).toBe((bits(a) & bits(b)) === bits(b));
        expect(overlaps(a, b)).toBe((bits(a) & bits(b)) !== 0);
      }),
      runs(200),
    );
  });

  test("without what is contained, the same addresses are left, none of them twice, and no prefix is new", () => {
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 8 }), (list) => {
        const kept = withoutContained(list);
        expect(union(kept.map(bits))).toBe(union(list.map(bits)));
        kept.forEach((a, index) => kept.slice(index + 1).forEach((b) => expect(bits(a) & bits(b)).toBe(0)));
        const given = list.map(formatIpv4Prefix);
        for (const text of kept.map(formatIpv4Prefix)) expect(given).toContain(text);
        expect([...kept].sort((a, b) => a.base - b.base)).toEqual(kept);
      }),
      runs(200),
    );
  });

  test("written as prefixes, the same addresses are held by the fewest prefixes", () => {
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 8 }), (list) => {
        const held = addressesOf(list.map(formatIpv4Prefix));
        const joined = formatAddresses(held).map((text) => parseIpv4Prefix(text) as Ipv4Prefix);
        const wanted = union(list.map(bits));
        expect(union(joined.map(bits))).toBe(wanted);
        expect(joined).toHaveLength(fewest(wanted, 0, 16));
        for (const { base, length } of joined) expect(alignDown(base, length)).toBe(base);
      }),
      runs(200),
    );
  });
});

/** How few aligned blocks hold exactly the bits, by trying. */
function fewest(bits: number, from: number, size: number): number {
  const mask = ((1 << size) - 1) << from;
  if ((bits & mask) === 0) return 0;
  if ((bits & mask) === mask) return 1;
  return fewest(bits, from, size / 2) + fewest(bits, from + size / 2, size / 2);
}

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

test("addresses are read and written as they stand", () => {
  fc.assert(
    fc.property(octets, ([a, b, c, d]) => {
      const text = `${a}.${b}.${c}.${d}`;
      expect(parseIpv4Address(text)).toBe(a * 16777216 + b * 65536 + c * 256 + d);
      expect(formatIpv4Address(parseIpv4Address(text) as number)).toBe(text);
    }),
    runs(200),
  );
});

test.each([
  "",
  "10",
  "10.1.2",
  "10.1.2.3.4",
  "10.1.2.256",
  "10.1.2.03",
  "010.1.2.3",
  "10.1.2.-3",
  "10.1.2.3 ",
  " 10.1.2.3",
  "10.1.2.3\n",
  "10.1.2.0x3",
  "10.1.2.",
  "1e1.1.2.3",
  "١٠.1.2.3",
  "167838211",
  "::1",
])("%j is not an address", (text) => expect(parseIpv4Address(text)).toBeUndefined());

test.each([
  "10.0.0.0",
  "10.0.0.0/",
  "10.0.0.0/33",
  "10.0.0.0/08",
  "10.0.0.0/+8",
  "10.0.0.0/8.0",
  "10.0.0.0/8/8",
  "/8",
  "10.0.0.0/-1",
  "10.0.0.0/8 ",
  "10.0.0.0/ 8",
])("%j is not a prefix, aligned or not", (text) => {
  expect(parseIpv4PrefixLoosely(text)).toBeUndefined();
  expect(parseIpv4Prefix(text)).toBeUndefined();
});

test("a prefix is read where it is aligned, which is where no bit is set behind its mask", () => {
  fc.assert(
    fc.property(octets, fc.integer({ min: 0, max: 32 }), (address, length) => {
      const text = `${address.join(".")}/${length}`;
      const bits = address.map((octet) => octet.toString(2).padStart(8, "0")).join("");
      const aligned = !bits.slice(length).includes("1");
      expect(parseIpv4Prefix(text) !== undefined).toBe(aligned);
      const loose = parseIpv4PrefixLoosely(text) as Ipv4Prefix;
      expect(alignDown(loose.base, length)).toBe(parseInt(bits.slice(0, length).padEnd(32, "0"), 2));
      expect(formatIpv4Prefix(loose)).toBe(text);
    }),
    runs(300),
  );
});

test("prefixes sort by first address, and the wider first", () => {
  const sorted = ["0.0.0.0/0", "9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "10.0.0.0/32", "200.0.0.0/8"];
  const prefixes = [...sorted].reverse().map((text) => parseIpv4Prefix(text) as Ipv4Prefix);
  expect(prefixes.sort(comparePrefixes).map(formatIpv4Prefix)).toEqual(sorted);
});

test.each<[string, boolean]>([
  ["10.0.0.0/8", true],
  ["10.255.255.255/32", true],
  ["10.0.0.0/7", false],
  ["9.255.255.255/32", false],
  ["11.0.0.0/32", false],
  ["172.15.255.255/32", false],
  ["172.16.0.0/12", true],
  ["172.31.255.255/32", true],
  ["172.32.0.0/32", false],
  ["172.16.0.0/11", false],
  ["192.167.255.255/32", false],
  ["192.168.0.0/16", true],
  ["192.168.0.0/15", false],
  ["192.169.0.0/32", false],
  ["100.63.255.255/32", false],
  ["100.64.0.0/10", true],
  ["100.127.255.255/32", true],
  ["100.128.0.0/32", false],
  ["0.0.0.0/0", false],
  ["203.0.113.0/24", false],
])("%s is private: %p", (text, expected) => {
  const prefix = parseIpv4PrefixLoosely(text) as Ipv4Prefix;
  expect(isPrivate({ ...prefix, base: alignDown(prefix.base, prefix.length) })).toBe(expected);
});
