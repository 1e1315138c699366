import { readDeployment } from "../deployment/read-deployment";
import { type AcceptedFile, jsonOfBytes } from "../reading/json-of-bytes";
import { type PlannedDeployment, planDeployment } from "../verification/planned-deployment";
import { nameOf } from "./inputs";
import type { Io } from "./io";
import { readBytes } from "./read-file";

const DEPLOYMENT_FILES: AcceptedFile = {
  allowed: "a cdktf.json with the deployment under context.entraIdBackup",
  change: "Mend it; a JSON linter shows the place",
};

/**
 * What the deployment in a cdktf.json asks for.
 *
 * @throws InvalidInputError with everything that is wrong with the file
 */
export function readDeploymentFile(io: Io, file: string): PlannedDeployment {
  const name = nameOf(file);
  const json = jsonOfBytes(readBytes(io, file), name, DEPLOYMENT_FILES);
  return planDeployment(readDeployment(json.at("context").value, name));
}
