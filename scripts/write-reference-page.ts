import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { referencePage } from "./reference-page";

void format(referencePage(), { parser: "markdown", printWidth: 110 }).then((page) =>
  writeFileSync(join(__dirname, "..", "docs", "reference.md"), page),
);
