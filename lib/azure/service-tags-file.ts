import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { refused, refuseProblems } from "../base/problem";
import { parseServiceTags, type ServiceTags } from "./sets/service-tags";

// Microsoft publishes a new file every week, and announces changes some weeks ahead.
const OLD_AFTER_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/**
 * The addresses in a Service Tags file of the public cloud.
 *
 * @throws InvalidInputError where the file cannot be read, or is another
 */
export function readServiceTags(file: string): ServiceTags {
  const refuse = (what: string, change: string): void =>
    refuseProblems(
      "the destinations",
      refused("file-invalid", "destinations.ipRanges", file, {
        what,
        allowed: "a Service Tags file of the public cloud",
        change,
      }),
    );
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    refuse(
      `cannot be read: ${(error as Error).message}`,
      "Give the path of the file that Microsoft publishes",
    );
  }
  let tags: ServiceTags = { changeNumber: 0, cloud: "", tags: [] };
  try {
    tags = parseServiceTags(text);
  } catch (error) {
    refuse(`is not a Service Tags file: ${(error as Error).message}`, "Download the file again");
  }
  if (tags.cloud.toLowerCase() !== "public") {
    refuse(
      `is of the cloud ${tags.cloud}, whose tenants Veeam does not support`,
      "Download the file of the public cloud",
    );
  }
  return tags;
}

/** What should be known of a Service Tags file; each a sentence. */
export function warningsOfServiceTags(file: string): string[] {
  const days = Math.floor((Date.now() - dateOf(file)) / DAY);
  if (days <= OLD_AFTER_DAYS) return [];
  return [
    `destinations.ipRanges: ${basename(file)} is ${days} days old, and Microsoft changes the addresses every week. Download the newest file.`,
  ];
}

/** The day in the file's name, as Microsoft writes it, or the day on which the file was last written. */
function dateOf(file: string): number {
  const match = /_(\d{4})(\d{2})(\d{2})\b/.exec(basename(file));
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : statSync(file).mtimeMs;
}
