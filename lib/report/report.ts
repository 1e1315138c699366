import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { csvReport } from "./csv-report";
import { htmlReport } from "./html-report";
import { jsonReport } from "./json-report";
import { markdownReport } from "./markdown-report";
import type { ReportInput } from "./report-input";
import { reportModel } from "./report-model";
import { svgReport } from "./svg-report";

/**
 * The report on a deployment: its flows, the rules that hold them, the proof,
 * and what the proof assumes. It is made anew whenever it is asked for, and
 * bears no time: the same deployment gives the same bytes.
 */
export class FlowReport {
  /**
   * The report on something.
   *
   * @param input Says what the report is made of, as things are when it is asked
   *
   * @internal
   */
  public static _of(input: () => ReportInput): FlowReport {
    return new FlowReport(input);
  }

  private constructor(private readonly input: () => ReportInput) {}

  /** The report for machines: one JSON object, whose `version` names its shape. */
  public toJson(): string {
    return jsonReport(reportModel(this.input()));
  }

  /** The report for a pull request, in GitHub's Markdown. */
  public toMarkdown(): string {
    return markdownReport(reportModel(this.input()));
  }

  /** A firewall request sheet for the owners of the other ends, as RFC 4180 has it. */
  public toCsv(): string {
    return csvReport(reportModel(this.input()));
  }

  /** The report as one page that loads nothing. */
  public toHtml(): string {
    return htmlReport(reportModel(this.input()));
  }

  /** The picture alone, as an SVG file. */
  public toSvg(): string {
    return svgReport(reportModel(this.input()));
  }

  /**
   * Writes the report as JSON, Markdown, CSV and HTML, named by the path of
   * the construct: `veeam-entra.backup.report.json`, `.md`, `.csv` and
   * `.html`. The picture, which toSvg() gives alone, is in the HTML.
   *
   * @param folder Where to; it is made where it is not there
   * @returns the paths of the files, in that order
   * @throws Error of the file system, where the folder cannot be written to
   */
  public write(folder: string): string[] {
    const model = reportModel(this.input());
    const stem = reportFileStem(model.path);
    const contents = [
      ["json", jsonReport(model)],
      ["md", markdownReport(model)],
      ["csv", csvReport(model)],
      ["html", htmlReport(model)],
    ];
    mkdirSync(folder, { recursive: true });
    return contents.map(([extension, content]) => {
      const file = join(folder, `${stem}.${extension}`);
      writeFileSync(file, content);
      return file;
    });
  }
}

/**
 * The name of a report's files, without extension. Each path has its own:
 * where its ids hold what a file name cannot, or the dot that stands between
 * them, a hash tells it apart.
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
