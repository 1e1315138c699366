import { suggest } from "../../base/nearest";
import type { ConnectionDifference } from "../../proof/evaluation/connection-range";
import { refuseProblems } from "../../base/problem";
import { plan } from "../../plan/plan";
import { diffFlows } from "../../proof/diff";
import { describeDifference } from "../../proof/describe";
import { describeRowDifference } from "../../ports/row-differences";
import { REVISIONS } from "../../ports/revisions";
import { ExitCode, UsageError } from "../exit-code";
import { readNetwork } from "../inputs";
import { type Io, toJson, printNotes } from "../io";
import type { FileOptions } from "../options";
import { readDeploymentFile } from "../read-deployment-file";
import type { Style } from "../style";
import { differenceOfPlaces, type DifferenceOfPlaces } from "../../verification/diff-places";
import { section } from "../../verification/describe-verification";
import { whatSettles } from "../../verification/what-settles";
import { pageDifferences } from "./page-differences";
import { portTableNamed } from "./tables";

/** Options of `veeam-ports diff`. */
export interface DiffOptions extends FileOptions {
  readonly deployment?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Prints the connections opened and closed. */
export function showDifference(io: Io, before: string, after: string, options: DiffOptions): ExitCode {
  const areRevisions = isRevision(before, after);
  if (areRevisions && options.deployment === undefined) return showRowDifferences(io, before, after, options);
  const { difference, notCompared } = areRevisions
    ? {
        difference: differenceForDeployment(io, options.deployment as string, before, after),
        notCompared: [],
      }
    : differenceOfFiles(io, before, after, options);
  const { opened, closed } = difference;
  const isOpen = notCompared.length > 0;
  const same = opened.length === 0 && closed.length === 0 && !isOpen;
  const settledBy = whatSettles([...opened, ...closed].flatMap(({ dependsOn }) => dependsOn));
  if (options.json) io.out(toJson({ same, ...difference, ...(isOpen && { notCompared }), settledBy }));
  else io.out(`${coloured(linesOf(difference, notCompared, settledBy), io.style)}\n`);
  return same ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
}

function linesOf(
  difference: ConnectionDifference,
  notCompared: readonly string[],
  settledBy: readonly string[],
): string {
  return [
    describeDifference(difference),
    ...notCompared.map((text) => `? ${text}`),
    ...section("To be sure, give", settledBy),
  ].join("\n");
}

/** Whether both are revisions. @throws UsageError where one is, and the other is not */
function isRevision(before: string, after: string): boolean {
  const meant = [before, after].filter((text) => /^\d+(\.\d+)+(@|$)/.test(text));
  if (meant.length === 0) return false;
  // An unknown revision is not a missing file: the known revisions help more.
  meant.forEach(portTableNamed);
  if (meant.length === 1) {
    const [known, other] = meant[0] === before ? [before, after] : [after, before];
    const change = suggest(other, REVISIONS, `Give a revision beside it: ${REVISIONS.join(", ")}`);
    throw new UsageError(
      `${known} is a revision of the port table, and "${other}" is not. ${change}, or give two FILEs.`,
    );
  }
  return true;
}

/** Prints what the pages of two revisions say otherwise, row by row. */
function showRowDifferences(io: Io, before: string, after: string, options: DiffOptions): ExitCode {
  const pages = pageDifferences(portTableNamed(before), portTableNamed(after));
  const same = pages.every(({ differences }) => differences.length === 0);
  if (options.json) io.out(toJson({ same, pages }));
  else if (same) io.out("No row is new, gone or changed.\n");
  else {
    const lines = pages.flatMap(({ page, from, to, differences }) =>
      differences.length === 0
        ? []
        : [
            `${page}, ${from ?? "not known"} to ${to ?? "not known"}:`,
            ...differences.map(describeRowDifference),
          ],
    );
    io.out(`${coloured(lines.join("\n"), io.style)}\n`);
  }
  return same ? ExitCode.HOLDS : ExitCode.DOES_NOT_HOLD;
}

/** The connections that two revisions open and close for one deployment. */
function differenceForDeployment(io: Io, file: string, before: string, after: string): ConnectionDifference {
  const deployment = readDeploymentFile(io, file);
  const [old, young] = [before, after].map((portTable) => {
    const { problems, flows } = plan({ ...deployment, portTable });
    refuseProblems(`${file}, port table ${portTable}`, problems);
    return [...flows];
  });
  return diffFlows(old, young);
}

function differenceOfFiles(io: Io, before: string, after: string, options: DiffOptions): DifferenceOfPlaces {
  const [old, young] = [before, after].map((file) => readNetwork(io, [file], options));
  printNotes(io, [...old.notes, ...young.notes]);
  return differenceOfPlaces(old.network, young.network);
}

/** The lines as tools that compare texts show them. */
function coloured(text: string, style: Style): string {
  const emphasis = { "+": "good", "-": "bad" } as const;
  const mark = (line: string): string => {
    const sign = line.charAt(0);
    return sign === "+" || sign === "-" ? style(emphasis[sign], line) : line;
  };
  return text.split("\n").map(mark).join("\n");
}
