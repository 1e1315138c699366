import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pictures } from "./pictures";

for (const [path, svg] of pictures()) writeFileSync(join(__dirname, "..", path), svg);
