import { readFileSync } from "node:fs";
import { join } from "node:path";

// Constructs and data inside the library are not exported, so that they can
// change without breaking an app.

const index = readFileSync(join(__dirname, "..", "lib", "index.ts"), "utf8");
const names = [...index.matchAll(/export (?:type )?\{([^}]+)\}/g)].flatMap(([, list]) =>
  list.split(",").map((name) => name.trim()),
);

test("names for users are read", () => {
  expect(names).toEqual(
    expect.arrayContaining(["EntraIdBackup", "Proof", "ConnectionOptions", "BackupComponent"]),
  );
});

test("there are fewer than 100 of them", () => {
  expect(names.length).toBeLessThan(100);
});

test.each([
  ...["FilteredPlace", "FilteredSubnet", "DedicatedSubnet", "SharedGroup"].flatMap((name) => [
    name,
    `${name}Props`,
  ]),
  ...["IReportSource", "ReportInput", "ReportComponent", "ReportPortTable", "ReportClosedSection"],
  ...["Network", "SecurityGroup", "GuardedEndpoint", "SecurityRule", "ServiceTag", "ServiceTags"],
])("%s is not a name for users", (name) => {
  expect(names).not.toContain(name);
});

test("an app can recognize a refused input and read its problems", () => {
  expect(names).toEqual(expect.arrayContaining(["InvalidInputError", "Problem"]));
});
