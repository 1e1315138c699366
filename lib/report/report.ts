import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFolder } from "../base/create-folder";
import { refused, refuseProblems } from "../base/problem";
import type { IReported, ReportInput } from "../plan/reported";
import { csvReport } from "./csv-report";
import { htmlReport } from "./html-report";
import { jsonReport } from "./json-report";
import { markdownReport } from "./markdown-report";
import { svgReport } from "./picture/svg";
import { type ReportModel, reportModel } from "./report-model";

/**
 * The report on a deployment: its flows, their rules, the proof and its
 * assumptions. Each call creates a new report. It contains no timestamp: the
 * same deployment gives the same bytes.
 */
export class FlowReport {
  /**
   * The report on a deployment.
   *
   * @param deployment An EntraIdBackup or DocumentedFlows, read whenever a format is requested
   * @throws Error whose name is InvalidInputError, if it is neither
   */
  public static of(deployment: IReported): FlowReport {
    if (typeof (deployment as Partial<IReported> | undefined)?._reportInput !== "function") {
      refuseProblems(
        "the report",
        refused("wrong-type", "deployment", {
          what: "is not a deployment",
          allowed: "an EntraIdBackup or DocumentedFlows",
          change: "Write FlowReport.of(backup)",
        }),
      );
    }
    return new FlowReport(() => deployment._reportInput());
  }

  private constructor(private readonly input: () => ReportInput) {}

  /** The report as one JSON object, whose `version` names its schema. */
  public toJson(): string {
    return jsonReport(reportModel(this.input()));
  }

  /** The report for a pull request, in GitHub's Markdown. */
  public toMarkdown(): string {
    return markdownReport(reportModel(this.input()));
  }

  /** Firewall requests for the owners of the other ends, as CSV (RFC 4180). */
  public toCsv(): string {
    return csvReport(reportModel(this.input()));
  }

  /** The report as one HTML page without external resources. */
  public toHtml(): string {
    return htmlReport(reportModel(this.input()));
  }

  /** The picture, as an SVG file. */
  public toSvg(): string {
    return svgReport(reportModel(this.input()));
  }

  /**
   * Writes the report as JSON, Markdown, CSV and HTML, named by the path of
   * the construct: `veeam-entra.backup.report.json`, `.md`, `.csv` and
   * `.html`. The HTML contains the picture.
   *
   * @param folder Output folder (created if missing)
   * @returns the paths of the files, in that order
   * @throws Error of the file system if the folder cannot be written to
   */
  public write(folder: string): string[] {
    return writeReport(reportModel(this.input()), folder);
  }
}

/** The formats of a report's files, by extension, in the order in which they are written. */
export const REPORT_FORMATS: Readonly<Record<string, (model: ReportModel) => string>> = {
  json: jsonReport,
  md: markdownReport,
  csv: csvReport,
  html: htmlReport,
};

/** Writes the report in every format, and returns the paths in the order of the formats. */
export function writeReport(model: ReportModel, folder: string): string[] {
  const stem = reportFileStem(model.path);
  const contents = Object.entries(REPORT_FORMATS).map(([extension, render]) => [extension, render(model)]);
  createFolder(folder);
  return contents.map(([extension, content]) => {
    const file = join(folder, `${stem}.${extension}`);
    writeFileSync(file, content);
    return file;
  });
}

/** Whether this is the name of a file that `writeReport` writes. */
export function isReportFile(name: string): boolean {
  return Object.keys(REPORT_FORMATS).some((extension) => name.endsWith(`.report.${extension}`));
}

/**
 * The name of a report's files, without extension. It is unique for each
 * path: a hash is appended if an id contains a dot or a character that a file
 * name cannot have.
 */
export function reportFileStem(path: string): string {
  const isPlain = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/.test(path);
  const readable = path
    .replaceAll("/", ".")
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 150);
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 8);
  const isWhole = isPlain && readable === path.replaceAll("/", ".");
  return `${[...(readable === "" ? [] : [readable]), ...(isWhole ? [] : [hash])].join(".")}.report`;
}
