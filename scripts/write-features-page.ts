import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { featuresPage } from "./features-page";
import { revisionsPage } from "./revisions-page";

const docs = join(__dirname, "..", "docs");
writeFileSync(join(docs, "features.md"), featuresPage());
writeFileSync(join(docs, "revisions.md"), revisionsPage());
