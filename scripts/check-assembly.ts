import { readFileSync } from "node:fs";
import { join } from "node:path";
import { facelessTypes } from "./faceless-types";

// The jsii compiler lets unions and `any` pass, but users of other languages get no type for them.
const found = facelessTypes(JSON.parse(readFileSync(join(__dirname, "..", ".jsii"), "utf8")));
for (const place of found) console.error(`${place}: give it a type that every language has`);
process.exitCode = found.length > 0 ? 1 : 0;
