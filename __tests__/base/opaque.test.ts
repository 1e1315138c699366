import { Fn, Lazy, Token } from "cdktf";
import { isOpaque, isOpaqueList, isOpaqueMap, isOpaqueNumber } from "../../lib/base/opaque";

const resolvable = Lazy.stringValue({ produce: () => "later" });

describe("what the Terraform CDK stands in for a value known only at apply is known as such", () => {
  test("a text", () => {
    expect(isOpaque(Token.asString(resolvable))).toBe(true);
    expect(isOpaque(`10.0.0.0/${Token.asNumber(resolvable)}`)).toBe(false);
    expect(isOpaque(`rg-${Token.asString(resolvable)}`)).toBe(true);
    expect(isOpaque(Fn.join("/", ["10.0.0.0", Token.asString(resolvable)]))).toBe(true);
  });

  test("a number", () => {
    expect(isOpaqueNumber(Token.asNumber(resolvable))).toBe(true);
    expect(isOpaqueNumber(Token.asNumber(Fn.tonumber("5432")))).toBe(true);
  });

  test("a list and a map", () => {
    const [entry] = Token.asList(resolvable);
    expect([isOpaqueList(entry), isOpaque(entry)]).toEqual([true, true]);
    const [key] = Object.keys(Token.asStringMap(resolvable));
    expect([isOpaqueMap(key), isOpaque(key)]).toEqual([true, true]);
    expect([isOpaqueList(Token.asString(resolvable)), isOpaqueMap(Token.asString(resolvable))]).toEqual([
      false,
      false,
    ]);
  });
});

test.each(["", "10.0.0.0/8", "$", "{}", "rg-$x", "a {b}", "#{x}"])("%j is known", (text) => {
  expect(isOpaque(text)).toBe(false);
  expect(isOpaqueList(text)).toBe(false);
});

test.each([0, -1, 65536, 5432.5, Number.NaN, Number.POSITIVE_INFINITY])("%p is known", (number) => {
  expect(isOpaqueNumber(number)).toBe(false);
});
