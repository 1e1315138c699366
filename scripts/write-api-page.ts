import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiPage } from "./api-page";

writeFileSync(join(__dirname, "..", "API.md"), apiPage());
