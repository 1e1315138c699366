import fc from "fast-check";
import {
  formatIpv6Address,
  parseIpv6Address,
  parseIpv6Prefix,
  sizeOfIpv6,
} from "../../../lib/azure/sets/ipv6-prefix";
import { runs } from "../../support/arbitraries/property-settings";

describe("IPv6 addresses", () => {
  it.each<[string, bigint]>([
    ["::", 0n],
    ["::1", 1n],
    ["1::", 1n << 112n],
    ["2001:DB8::5", 0x20010db8000000000000000000000005n],
    ["1:2:3:4:5:6:7:8", 0x00010002000300040005000600070008n],
    ["::ffff:10.0.0.1", 0xffff0a000001n],
    ["1:2:3:4:5:6:10.0.0.1", 0x0001000200030004000500060a000001n],
    ["1::3:4:5:6:7:8", 0x00010000000300040005000600070008n],
  ])("reads %s", (text, address) => expect(parseIpv6Address(text)).toBe(address));

  it.each([
    "",
    ":",
    ":::",
    "1",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "1:2:3:4::5:6:7:8",
    "12345::",
    "g::",
    "::x1",
    "1x::",
    "10.0.0.1",
    "10.0.0.1::",
    "::10.0.0.256",
    "fe80::1%eth0",
  ])("refuses %j", (text) => expect(parseIpv6Address(text)).toBeUndefined());

  it.each<[bigint, string]>([
    [0n, "::"],
    [1n, "::1"],
    [0x20010db8000000000001000000000001n, "2001:db8::1:0:0:1"],
    [0x20010db8000000010000000000000001n, "2001:db8:0:1::1"],
    [0x00010000000300000005000000070000n, "1:0:3:0:5:0:7:0"],
    [0xabcd0000000000000000000000000000n, "abcd::"],
  ])("writes %d as RFC 5952 does", (address, text) => expect(formatIpv6Address(address)).toBe(text));

  it("reads what it writes", () => {
    const groups = fc.array(fc.constantFrom(0n, 0n, 1n, 0xabcdn, 0xffffn), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (some) => {
        const address = some.reduce<bigint>((sum, group) => sum * 65536n + group, 0n);
        expect(parseIpv6Address(formatIpv6Address(address))).toBe(address);
      }),
      runs(100),
    );
  });
});

describe("IPv6 prefixes", () => {
  it.each<[string, bigint, number]>([
    ["::/0", 0n, 0],
    ["2001:db8::/32", 0x20010db8n << 96n, 32],
    ["2001:db8::ffff/112", 0x20010db8n << 96n, 112],
    ["::1/128", 1n, 128],
  ])("reads %s and aligns it", (text, base, length) =>
    expect(parseIpv6Prefix(text)).toEqual({ base, length }),
  );

  it.each(["::", "::/", "::/129", "::/-1", "::/01", "::/1x", "x/1", "::/1/2"])("refuses %s", (text) =>
    expect(parseIpv6Prefix(text)).toBeUndefined(),
  );

  it("counts the addresses of a prefix", () => {
    expect(sizeOfIpv6(128)).toBe(1n);
    expect(sizeOfIpv6(0)).toBe(1n << 128n);
  });
});
