import { DEFAULT_REVISION, FIRST_REVISION_WITH_FEATURES } from "../../ports/revisions";
import { describeRowDifference, differencesOfRows } from "../../ports/row-differences";
import { readSavedPage } from "../../ports/saved-page/saved-page";
import { InvalidInputError, refused } from "../../base/problem";
import { type ExitCode, UsageError } from "../exit-code";
import { answer, type Io } from "../io";
import { readBytes } from "../inputs";
import { portTableNamed } from "./tables";

/** Prints the rows of a saved page that are new, gone or changed against a revision. */
export function comparePage(
  io: Io,
  file: string,
  revision: string | undefined,
  options: { json?: boolean },
): ExitCode {
  const table = portTableNamed(revision ?? DEFAULT_REVISION);
  const saved = readSavedPage(Buffer.from(readBytes(io, file)).toString("utf8"));
  if (saved.rows.length === 0) throw noRows(file);
  const page = saved.name === table.entraId.name ? table.entraId : table.usedPorts;
  if (!page) {
    throw new UsageError(
      `${table.revision} is older than the page "Used Ports" in ${file}. Give a revision from ${FIRST_REVISION_WITH_FEATURES} on.`,
    );
  }
  const differences = differencesOfRows(page.rows, saved.rows);
  const same = differences.length === 0;
  const { otherTables } = saved;
  if (!options.json && otherTables.length > 0) {
    io.err(`Not compared: tables of chapters that no deployment needs (${otherTables.length}).\n`);
  }
  const value = { same, page: page.name, pageDate: page.pageDate, differences, otherTables };
  return answer(io, same, options, value, () =>
    [
      `${page.name}, page of ${page.pageDate}, against ${file}:`,
      ...(same ? ["No row is new, gone or changed."] : differences.map(describeRowDifference)),
    ].join("\n"),
  );
}

function noRows(file: string): InvalidInputError {
  return new InvalidInputError(
    file,
    refused("file-unreadable", "the file", {
      what: "has no table with the columns From, To, Protocol and Port and parties that are known",
      allowed:
        "Veeam's page with the ports of Microsoft Entra ID or with Used Ports, as HTML or as copied text",
      change: "Save the page in a browser, or copy its tables into a text file",
    }),
  );
}
