import { suggest } from "../../base/nearest";
import type { ConnectionDifference } from "../../proof/evaluation/connection-range";
import { refuseProblems } from "../../base/problem";
import { plan } from "../../plan/plan";
import { diffFlows } from "../../proof/diff";
import { describeDifference } from "../../proof/describe";
import { describeRowDifference, differencesOfRows } from "../../ports/row-differences";
import { REVISIONS } from "../../ports/revisions";
import { type ExitCode, UsageError } from "../exit-code";
import { readNetwork } from "../inputs";
import { answer, type Io, printNotes, type Style } from "../io";
import type { FileOptions } from "../options";
import { readDeploymentFile } from "../read-deployment-file";
import { differenceOfPlaces, type DifferenceOfPlaces } from "../../verification/diff-places";
import { section } from "../../verification/describe-verification";
import { whatSettles } from "../../verification/what-settles";
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
  const value = { same, ...difference, ...(isOpen && { notCompared }), settledBy };
  return answer(io, same, options, value, () =>
    coloured(
      [
        describeDifference(difference),
        ...notCompared.map((text) => `? ${text}`),
        ...section("To be sure, give", settledBy),
      ].join("\n"),
      io.style,
    ),
  );
}

/** Whether both are revisions. @throws UsageError where one is, and the other is not */
function isRevision(before: string, after: string): boolean {
  const meant = [before, after].filter((text) => /^\d+(\.\d+)+(@|$)/.test(text));
  if (meant.length === 0) return false;
  // An unknown revision is not a missing file: the known revisions help more.
  meant.forEach(portTableNamed);
  if (meant.length === 1) {
    const [known, other] = meant[0] === before ? [before, after] : [after, before];
    const change = suggest(other, REVISIONS, `Give another revision: ${REVISIONS.join(", ")}`);
    throw new UsageError(
      `${known} is a revision of the port table, and "${other}" is not. ${change}, or give two FILEs.`,
    );
  }
  return true;
}

/** Prints how the pages of two revisions differ, row by row. */
function showRowDifferences(io: Io, before: string, after: string, options: DiffOptions): ExitCode {
  const [old, young] = [before, after].map(portTableNamed);
  const pages = (["entraId", "usedPorts"] as const).flatMap((name) => {
    const [from, to] = [old[name], young[name]];
    const page = (to ?? from)?.name;
    if (page === undefined) return [];
    const differences = differencesOfRows(from?.rows ?? [], to?.rows ?? []);
    return [{ page, from: from?.pageDate, to: to?.pageDate, differences }];
  });
  const changed = pages.filter(({ differences }) => differences.length > 0);
  const same = changed.length === 0;
  return answer(io, same, options, { same, pages }, () => {
    const lines = changed.flatMap(({ page, from = "not known", to = "not known", differences }) => [
      `${page}, ${from} to ${to}:`,
      ...differences.map(describeRowDifference),
    ]);
    return same ? "No row is new, gone or changed." : coloured(lines.join("\n"), io.style);
  });
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
