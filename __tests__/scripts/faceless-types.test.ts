import { facelessTypes } from "../../scripts/faceless-types";

const assembly = (type: unknown): { types: unknown } => ({
  types: { "a.B": { properties: [{ name: "p", type }] } },
});

test.each([
  ["a union", { union: { types: [{ primitive: "string" }, { primitive: "number" }] } }, "(union)"],
  ["any", { primitive: "any" }, "(any)"],
  ["a list of any", { collection: { kind: "array", elementtype: { primitive: "any" } } }, "(any)"],
])("%s is found, with its place", (_, type, kind) => {
  const found = facelessTypes(assembly(type));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^types\.a\.B\.properties\.0\.type/);
  expect(found[0]).toContain(kind);
});

test("types that every language has are let through", () => {
  expect(
    facelessTypes(assembly({ collection: { kind: "map", elementtype: { primitive: "string" } } })),
  ).toEqual([]);
});
