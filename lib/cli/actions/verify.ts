import { ExitCode } from "../exit-code";
import { nameOf, readNetwork } from "../inputs";
import { type Io, toJson, printNotes } from "../io";
import type { FileOptions } from "../options";
import { mappedGroups } from "../mapped-groups";
import { readDeploymentFile } from "../read-deployment-file";
import { sarifOf } from "../sarif";
import { planDeployment } from "../../verification/planned-deployment";
import { type Verification, verify } from "../../verification/verify";
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
  if (options.sarif) io.out(toJson(sarifOf(verification, nameOf(options.deployment))));
  else if (options.json)
    io.out(
      toJson({
        ...verification,
        settledBy: whatSettles(verification.proof.dependsOn),
        notes: there.notes,
        closedSections: deployment.closedSections,
      }),
    );
  else if (options.quiet) io.out(`${describeVerification(withoutAssumptions(verification), io.style)}\n`);
  else {
    const notEnabled = notEnabledText(deployment.closedSections);
    io.out(`${describeVerification(verification, io.style)}\n${notEnabled}\n`);
  }
  return verification.holds ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
}

function withoutAssumptions(verification: Verification): Verification {
  return { ...verification, proof: { ...verification.proof, assumptions: [] } };
}
