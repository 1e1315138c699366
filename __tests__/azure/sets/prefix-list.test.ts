import fc from "fast-check";
import { mergePrefixes } from "../../../lib/azure/sets/prefix-list";
import { rangeOf } from "../../support/oracle/addresses";
import { runs } from "../../support/arbitraries/property-settings";

// Few addresses, so that prefixes meet: 10.0.0.0/27 and what is in it.
const prefix = fc
  .tuple(fc.nat(31), fc.integer({ min: 27, max: 32 }))
  .map(([address, length]) => `10.0.0.${address - (address % 2 ** (32 - length))}/${length}`);
const opaque = fc.constantFrom("${var.a}", "${var.b}", "${TfToken[TOKEN.1]}");

function addressesOf(prefixes: readonly string[]): number[] {
  const addresses = prefixes.flatMap((text) => {
    const { first, last } = rangeOf(text);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return addresses.sort((a, b) => a - b);
}

test("the same addresses, each held once, in one order whatever the order given", () => {
  fc.assert(
    fc.property(fc.array(prefix, { maxLength: 8 }), fc.func(fc.nat()), (list, order) => {
      const merged = mergePrefixes(list);
      expect(addressesOf(merged)).toEqual([...new Set(addressesOf(list))]);
      const shuffled = [...list].sort((a, b) => order(a) - order(b));
      expect(mergePrefixes(shuffled)).toEqual(merged);
    }),
    runs(300),
  );
});

test("values known only at apply follow, each once, in one order", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(prefix, opaque), { maxLength: 8 }), (list) => {
      const merged = mergePrefixes(list);
      const known = merged.filter((text) => !text.startsWith("$"));
      expect(merged.slice(0, known.length)).toEqual(known);
      expect(merged.slice(known.length)).toEqual(
        [...new Set(list.filter((text) => text.startsWith("$")))].sort(),
      );
    }),
    runs(200),
  );
});

test("neighbours stay apart, as they were given", () => {
  expect(mergePrefixes(["10.0.0.128/25", "10.0.0.0/25"])).toEqual(["10.0.0.0/25", "10.0.0.128/25"]);
});

test("addresses sort by number and not by text", () => {
  expect(mergePrefixes(["10.0.0.0/24", "9.0.0.0/24", "100.64.0.0/24"])).toEqual([
    "9.0.0.0/24",
    "10.0.0.0/24",
    "100.64.0.0/24",
  ]);
});

test("a service tag passes", () => {
  expect(mergePrefixes(["AzureActiveDirectory"])).toEqual(["AzureActiveDirectory"]);
});
