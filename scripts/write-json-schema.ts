import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cdktfJsonSchema } from "./json-schema";

writeFileSync(join(__dirname, "..", "cdktf.schema.json"), `${JSON.stringify(cdktfJsonSchema(), null, 2)}\n`);
