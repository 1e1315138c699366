import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { InvalidInputError, refused } from "../base/problem";
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
  const tags = parsed(file, textOf(file));
  if (tags.cloud.toLowerCase() === "public") return tags;
  const what = `is of the cloud ${tags.cloud}, whose tenants Veeam does not support`;
  throw refusal(file, what, "Download the file of the public cloud");
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const what = `cannot be read: ${(error as Error).message}`;
    throw refusal(file, what, "Give the path of the file that Microsoft publishes");
  }
}

function parsed(file: string, text: string): ServiceTags {
  try {
    return parseServiceTags(text);
  } catch (error) {
    throw refusal(file, `is not a Service Tags file: ${(error as Error).message}`, "Download the file again");
  }
}

function refusal(file: string, what: string, change: string): InvalidInputError {
  const words = { what, allowed: "a Service Tags file of the public cloud", change };
  return new InvalidInputError(
    "the destinations",
    refused("file-invalid", "destinations.ipRanges", file, words),
  );
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
