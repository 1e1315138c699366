import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pictures } from "../../scripts/pictures";

const TOP = join(__dirname, "..", "..");

test.each([...pictures()])("%s is what the code draws (npm run write-docs)", (path, svg) => {
  expect(readFileSync(join(TOP, path), "utf8")).toBe(svg);
  expect(svg).not.toMatch(/<a\b|href=|<script/);
});
