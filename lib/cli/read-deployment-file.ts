import { refuseProblems } from "../base/problem";
import { CONTEXT_KEY } from "../app/context-key";
import { duplicateKeys } from "../app/duplicate-keys";
import { readDeployment } from "../app/read-deployment";
import type { DeploymentFile } from "../app/schema";
import { type AcceptedFile, decode, jsonOfBytes } from "../terraform/json-of-bytes";
import { nameOf } from "./inputs";
import type { Io } from "./io";
import { readBytes } from "./read-file";

const DEPLOYMENT_FILES: AcceptedFile = {
  allowed: "a cdktf.json with the deployment under context.entraIdBackup",
  change: "Correct the file; a JSON linter shows the place",
};

/**
 * The deployment in a cdktf.json.
 *
 * @throws InvalidInputError with all problems of the file
 */
export function readDeploymentFile(io: Io, file: string): DeploymentFile {
  const name = nameOf(file);
  const bytes = readBytes(io, file);
  const json = jsonOfBytes(bytes, name, DEPLOYMENT_FILES);
  refuseProblems(name, duplicateKeys(decode(bytes), `context.${CONTEXT_KEY}`));
  return readDeployment(json.at("context").value, name);
}
