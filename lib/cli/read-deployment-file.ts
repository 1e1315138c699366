import { CONTEXT_KEY } from "../app/schema";
import { readDeployment } from "../app/read-deployment";
import type { DeploymentFile } from "../app/schema";
import { type AcceptedFile, jsonOfBytes } from "../terraform/files/json-of-bytes";
import { nameOf, readBytes } from "./inputs";
import type { Io } from "./io";

const DEPLOYMENT_FILES: AcceptedFile = {
  allowed: "a cdktf.json with the deployment under context.entraIdBackup",
  change: "Correct the file; a JSON linter shows the place",
  part: `context.${CONTEXT_KEY}`,
};

/**
 * The deployment in a cdktf.json.
 *
 * @throws InvalidInputError with all problems of the file
 */
export function readDeploymentFile(io: Io, file: string): DeploymentFile {
  const name = nameOf(file);
  const json = jsonOfBytes(readBytes(io, file), name, DEPLOYMENT_FILES);
  return readDeployment(json.at("context").value, name);
}
