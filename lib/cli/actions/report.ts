import { InvalidInputError, refused } from "../../base/problem";
import { reportedFile } from "../../verification/reported-file";
import { FlowReport } from "../../report/report";
import { notEnabledLine } from "../../report/terminal-text";
import type { Io } from "../io";
import { readDeploymentFile } from "../read-deployment-file";

/** Options of `veeam-ports report`. */
export interface ReportOptions {
  readonly deployment: string;
  readonly out: string;
}

/** Writes the report on a deployment, and prints the names of its files. */
export function writeReport(io: Io, { deployment, out }: ReportOptions): void {
  const planned = reportedFile(readDeploymentFile(io, deployment));
  for (const file of written(out, (folder) => FlowReport.of(planned).write(folder))) io.out(`${file}\n`);
  io.err(`${notEnabledLine(planned.closedSections)}\n`);
}

function written(folder: string, write: (folder: string) => string[]): string[] {
  try {
    return write(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const change = "Give --out a folder that can be written to";
    const words = { what: `cannot be written to: ${message}`, allowed: "a folder", change };
    throw new InvalidInputError(folder, refused("output-not-writable", "--out", words));
  }
}
