import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { featuresPage } from "./features-page";

const docs = join(__dirname, "..", "docs");
mkdirSync(docs, { recursive: true });
writeFileSync(join(docs, "features.md"), featuresPage());
