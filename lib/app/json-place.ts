/** Where a text stops being JSON, as editors count: `line 3, column 5`. */
export function placeOfFault(text: string): string {
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
