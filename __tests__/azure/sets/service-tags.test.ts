import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hasNoAddress, intersectAddresses } from "../../../lib/azure/sets/address-set";
import { addressesOfTag, findServiceTag, parseServiceTags } from "../../../lib/azure/sets/service-tags";

const REAL = readFileSync(join(__dirname, "../../fixtures/service-tags-20251110.json"), "utf8");

describe("a real Service Tags file", () => {
  const tags = parseServiceTags(REAL);

  it("is read with its number, its cloud and all prefixes", () => {
    expect([tags.changeNumber, tags.cloud]).toEqual([376, "Public"]);
    expect(findServiceTag(tags, "azureactivedirectory")?.addressPrefixes).toHaveLength(216);
    expect(findServiceTag(tags, "AzureResourceManager")?.addressPrefixes).toHaveLength(376);
    expect(findServiceTag(tags, "Azure")).toBeUndefined();
  });

  it("shows that AzureActiveDirectory and AzureResourceManager share no address", () => {
    const [one, other] = ["AzureActiveDirectory", "AzureResourceManager"].map((name) =>
      addressesOfTag(findServiceTag(tags, name)!),
    );
    expect(hasNoAddress(intersectAddresses(one, other))).toBe(true);
  });

  it("refuses an invalid prefix", () => {
    expect(() => addressesOfTag({ name: "A", addressPrefixes: ["10.0.0.0/33"] })).toThrow(
      '"10.0.0.0/33" is not an IPv4 or IPv6 prefix.',
    );
  });
});

describe("a malformed Service Tags file", () => {
  const file = (change: object) =>
    JSON.stringify({ changeNumber: 1, cloud: "Public", values: [], ...change });
  const tag = (change: object) =>
    file({ values: [{ name: "A", properties: { addressPrefixes: [] }, ...change }] });

  it.each([
    ["[]", "the file is not an object."],
    ["null", "the file is not an object."],
    ["1", "the file is not an object."],
    [file({ values: undefined }), "values is not a list of tags."],
    [file({ changeNumber: "one" }), "changeNumber is not a number."],
    [file({ cloud: 1 }), "cloud is not a string."],
    [file({ values: [null] }), "values[0] is not an object."],
    [tag({ name: 1 }), "values[0].name is not a string."],
    [tag({ name: "" }), "values[0].name is not a string."],
    [tag({ properties: null }), "values[0].properties is not an object."],
    [tag({ properties: {} }), "values[0].properties.addressPrefixes is not a list of prefixes."],
    [
      tag({ properties: { addressPrefixes: ["10.0.0.0/8", 7] } }),
      "values[0].properties.addressPrefixes[1] is not a prefix, but 7.",
    ],
    [
      tag({ properties: { addressPrefixes: ["everywhere"] } }),
      'values[0].properties.addressPrefixes[0] is not a prefix, but "everywhere".',
    ],
  ])("says of %s what is wrong where", (text, message) => {
    expect(() => parseServiceTags(text)).toThrow(`The Service Tags file is malformed: ${message}`);
  });

  it("is told apart from one that is not JSON", () => {
    expect(() => parseServiceTags('{"values": [')).toThrow(/^The Service Tags file is not JSON: /);
  });

  it("holds no tag twice, whatever the case", () => {
    const [a, b] = ["A", "a"].map((name) => ({ name, properties: { addressPrefixes: [] } }));
    expect(() => parseServiceTags(file({ values: [a, b] }))).toThrow(
      'The Service Tags file holds the tag "a" twice.',
    );
  });

  it("may hold fields that nobody needs", () => {
    const value = { name: "A", id: "A", properties: { region: "", addressPrefixes: ["10.0.0.0/8"] } };
    expect(parseServiceTags(file({ values: [value], more: true }))).toEqual({
      changeNumber: 1,
      cloud: "Public",
      tags: [{ name: "A", addressPrefixes: ["10.0.0.0/8"] }],
    });
  });
});
