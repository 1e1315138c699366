import { type Problem, problemOf } from "./problem";

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g;

/** An object or a list in which the text is, and how far it is read. */
interface Level {
  /** Keys of an object so far; a list has none. */
  readonly keys?: Set<string>;
  readonly path: string;
  /** Path of the value that comes next. */
  next: string;
  index: number;
}

/**
 * Keys that an object of a JSON text has twice: of two, a parser keeps the
 * last and says nothing. The text has to be JSON.
 *
 * @param root path of the object in which keys are looked for: `context.entraIdBackup`. Left out, the whole file.
 */
export function duplicateKeys(text: string, root = ""): Problem[] {
  const problems: Problem[] = [];
  const levels: Level[] = [];
  const tokens = text.match(TOKEN) ?? [];
  tokens.forEach((token, at) => {
    const level = levels[levels.length - 1];
    if (token === "{" || token === "[") {
      const path = level?.next ?? "";
      levels.push(
        token === "{"
          ? { keys: new Set(), path, next: path, index: 0 }
          : { path, next: `${path}[0]`, index: 0 },
      );
    } else if (token === "}" || token === "]") {
      levels.pop();
    } else if (token === "," && level && !level.keys) {
      level.index += 1;
      level.next = `${level.path}[${level.index}]`;
    } else if (level?.keys && tokens[at + 1] === ":") {
      const key = JSON.parse(token) as string;
      level.next = level.path === "" ? key : `${level.path}.${key}`;
      if (level.keys.has(key) && (root === "" || `${level.next}.`.startsWith(`${root}.`))) {
        problems.push(givenTwice(root === "" ? level.next : level.next.slice(root.length + 1) || root));
      }
      level.keys.add(key);
    }
  });
  return problems;
}

function givenTwice(path: string): Problem {
  return problemOf("duplicate-key", path, {
    what: "is given twice, and only the last would count",
    allowed: "each key once",
    change: "Leave one of the two out",
  });
}
