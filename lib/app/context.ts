import { existsSync, readFileSync } from "node:fs";
import { InvalidInputError, refused, refuseProblems } from "../base/problem";
import { decode } from "../terraform/files/json-of-bytes";
import { CONTEXT_KEY } from "./schema";
import { duplicateKeys } from "../base/duplicate-keys";

/**
 * The context that the Terraform CDK's command hands over, or that of
 * cdktf.json if the app runs without it.
 *
 * @throws InvalidInputError if neither can be read
 */
export function readContext(environment: NodeJS.ProcessEnv, file: string): unknown {
  const handedOver = environment.CDKTF_CONTEXT_JSON;
  // The command takes it from cdktf.json, which is where a reader corrects it.
  if (handedOver) {
    if (existsSync(file)) refuseDuplicates(readFileSync(file, "utf8"));
    return parse("CDKTF_CONTEXT_JSON", handedOver);
  }
  const text = textOf(file);
  const config = parse("cdktf.json", text);
  refuseDuplicates(text);
  if (typeof config === "object" && config !== null && !Array.isArray(config)) {
    return (config as { context?: unknown }).context;
  }
  const change = "Write an object with the keys language, app and context";
  throw refusal("cdktf.json", "is not an object", change);
}

function textOf(file: string): string {
  try {
    return decode(readFileSync(file));
  } catch (error) {
    const what = `cannot be read: ${(error as Error).message}`;
    throw refusal(file, what, "Run the app in the folder of cdktf.json");
  }
}

/** @throws InvalidInputError if the deployment has a key twice: a parser keeps only the last */
function refuseDuplicates(text: string): void {
  refuseProblems("cdktf.json", duplicateKeys(text, `context.${CONTEXT_KEY}`));
}

function parse(subject: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The message quotes the text, whose line breaks would break the line of the problem.
    const message = (error as Error).message
      .replace(/\s+/g, " ")
      .replace(/ at position \d+( \(line \d+ column \d+\))?/, "");
    throw refusal(
      subject,
      `is not JSON: ${message} (${placeOfFault(text)})`,
      "Correct it there or just before: JSON has no comments, and no comma after the last entry",
    );
  }
}

function refusal(path: string, what: string, change: string): InvalidInputError {
  const words = { what, allowed: "a JSON object", change };
  return new InvalidInputError("the app's context", refused("context-invalid", path, words));
}

/** Where a text stops being JSON, as editors count: `line 3, column 5`. */
function placeOfFault(text: string): string {
  const before = text.slice(0, validLength(text)).split("\n");
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/**
 * The length of the longest beginning that JSON could go on from. Not every
 * message of the parser has the position, so beginnings are tried, in halves.
 */
function validLength(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (couldGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Whether nothing is wrong with a beginning but that it ends. */
function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    return /end of JSON|Unterminated string/.test(message) || Number(position) >= beginning.length;
  }
}
