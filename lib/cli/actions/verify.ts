import type { ExitCode } from "../exit-code";
import { nameOf, readNetwork } from "../inputs";
import { answer, type Io, printNotes } from "../io";
import type { FileOptions } from "../options";
import { mappedGroups } from "../mapped-groups";
import { readDeploymentFile } from "../read-deployment-file";
import { sarifOf } from "../sarif";
import { planDeployment } from "../../verification/planned-deployment";
import { verify } from "../../verification/verify";
import { notEnabledText } from "../../report/terminal-text";
import { whatSettles } from "../../verification/what-settles";
import { describeVerification } from "../../verification/describe-verification";

/** Options of `veeam-ports verify`. */
export interface VerifyOptions extends FileOptions {
  readonly deployment?: string;
  readonly map?: readonly string[];
  readonly json?: boolean;
  readonly sarif?: boolean;
  readonly quiet?: boolean;
}

/** Prints the differences between the groups in files and a deployment. */
export function showVerification(
  io: Io,
  files: readonly string[],
  options: VerifyOptions & { readonly deployment: string },
): ExitCode {
  const deployment = planDeployment(readDeploymentFile(io, options.deployment));
  const components = deployment.places.map(({ endpoint }) => endpoint.label);
  const mapped = mappedGroups(options.map ?? [], components);
  const there = readNetwork(io, files, options);
  const verification = verify(deployment, there, mapped);
  printNotes(io, there.notes);
  const value = options.sarif
    ? sarifOf(verification, nameOf(options.deployment))
    : {
        ...verification,
        settledBy: whatSettles(verification.proof.dependsOn),
        notes: there.notes,
        closedSections: deployment.closedSections,
      };
  return answer(io, verification.holds, { json: options.json || options.sarif }, value, () => {
    if (!options.quiet) {
      return `${describeVerification(verification, io.style)}\n${notEnabledText(deployment.closedSections)}`;
    }
    const proof = { ...verification.proof, assumptions: [] };
    return describeVerification({ ...verification, proof }, io.style);
  });
}
