import { nearest, suggest } from "../../lib/base/nearest";

test.each([
  ["subnett", "subnet"],
  ["SUBNET", "subnet"],
  ["adresses", "addresses"],
  ["onn", "on"],
  ["backupserver", "backupServer"],
  ["cacheRepository", "cacheRepositories"],
])("%s is probably %s", (word, meant) => {
  const candidates = ["addresses", "subnet", "on", "backupServer", "cacheRepositories", "gatewayServers"];
  expect(nearest(word, candidates)).toBe(meant);
});

test.each(["", "port", "something else", "xyz"])("%j is near nothing", (word) => {
  expect(nearest(word, ["addresses", "subnet", "backupServer"])).toBeUndefined();
});

test("of two that are as near, the first; of several, the nearest", () => {
  expect(nearest("gw3", ["gw1", "gw2"])).toBe("gw1");
  expect(nearest("gateway22", ["gateway111", "gateway2"])).toBe("gateway2");
  expect(nearest("x", [])).toBeUndefined();
});

test("another short word is not suggested", () => {
  expect(nearest("b", ["a"])).toBeUndefined();
  expect(nearest("B", ["b"])).toBe("b");
});

test("a suggestion is an order to write the word, or what else to do", () => {
  expect(suggest("gw", ["gw1"], "Leave it out")).toBe('Did you mean "gw1"? Write that');
  expect(suggest("gw", [], "Leave it out")).toBe("Leave it out");
});
