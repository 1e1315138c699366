import { suggest } from "../../base/nearest";
import { type ExitCode, UsageError } from "../exit-code";
import { nameOf, readNetwork } from "../inputs";
import { answer, type Io, printNotes } from "../io";
import type { FileOptions } from "../options";
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

/**
 * The groups that `--map component=group` names, by component.
 *
 * @param components components of the deployment that have a group
 * @throws UsageError if a text is not such a pair, or a component is unknown or given twice
 */
function mappedGroups(pairs: readonly string[], components: readonly string[]): Map<string, string> {
  const groups = new Map<string, string>();
  for (const pair of pairs) {
    const [, given, group] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (given === undefined) {
      throw new UsageError(`--map "${pair}" is not a component and a group. Write --map postgresql=nsg-db.`);
    }
    const component = componentNamed(given, components);
    if (groups.has(component)) {
      throw new UsageError(`--map gives two groups for ${component}. Remove one.`);
    }
    groups.set(component, group);
  }
  return groups;
}

/** The component of this name, or the only one of this role. */
function componentNamed(given: string, components: readonly string[]): string {
  if (components.includes(given)) return given;
  const ofRole = components.filter((component) => component.startsWith(`${given}-`));
  if (ofRole.length === 1) return ofRole[0];
  const change =
    ofRole.length > 1
      ? `Write one of ${ofRole.join(", ")}`
      : suggest(given, components, "Write one of these");
  throw new UsageError(
    `--map ${given}: the deployment has no component of this name with its own group. Allowed: ${components.join(", ")}. ${change}.`,
  );
}
