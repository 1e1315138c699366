import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiPage } from "../../scripts/api-page";

const PAGE = readFileSync(join(__dirname, "..", "..", "API.md"), "utf8");

test("API.md is what the declarations say; npm run write-docs writes it", () => {
  expect(PAGE === apiPage()).toBe(true);
});

test("API.md has the names that users import, and nothing internal", () => {
  for (const name of ["EntraIdBackup", "BackupNetwork", "Peer", "veeamMatchers"])
    expect(PAGE).toMatch(new RegExp(`^### ${name}`, "m"));
  expect(PAGE).not.toMatch(/^#+ _\w/m);
});
