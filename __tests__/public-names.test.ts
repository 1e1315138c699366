import { readFileSync } from "node:fs";
import { join } from "node:path";

// What makes groups, proofs and reports is internal, so that it can change.

const index = readFileSync(join(__dirname, "..", "lib", "index.ts"), "utf8");
const names = [...index.matchAll(/export (?:type )?\{([^}]+)\}/g)].flatMap(([, list]) =>
  list.split(",").map((name) => name.trim()),
);

test("names for users are read", () => {
  expect(names).toEqual(
    expect.arrayContaining(["EntraIdBackup", "Proof", "ConnectionOptions", "BackupComponent"]),
  );
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

test("code that catches an error can tell that an input was refused, and why", () => {
  expect(names).toEqual(expect.arrayContaining(["InvalidInputError", "Problem"]));
});
