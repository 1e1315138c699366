import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFolder } from "../../lib/base/create-folder";
import { temporaryFolder } from "../support/tools/temporary-folder";

const folder = temporaryFolder("create-folder-");
afterAll(folder.remove);

test.each([["one"], ["one", "two", "three"], ["missing", "..", "beside"], ["one"]])(
  "%s is created with the folders above it, or exists",
  (...parts) => {
    const path = [folder.path, ...parts].join("/");
    createFolder(path);
    expect(statSync(join(path)).isDirectory()).toBe(true);
    expect(existsSync(join(folder.path, "missing"))).toBe(false);
  },
);

test("a folder below a file cannot be created", () => {
  writeFileSync(join(folder.path, "taken"), "");
  expect(() => createFolder(join(folder.path, "taken", "inside"))).toThrow("ENOTDIR");
});
