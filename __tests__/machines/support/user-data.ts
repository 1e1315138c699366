import { parse } from "yaml";

/** User data, as cloud-init reads it. */
export interface UserData {
  readonly write_files: ReadonlyArray<{
    readonly path: string;
    readonly content: string;
    readonly permissions: string;
    readonly owner: string;
  }>;
  readonly runcmd: readonly string[][];
}

/** The user data, parsed back. */
export function parseUserData(text: string): UserData {
  return parse(text) as UserData;
}

/** The content of one of its files. */
export function fileOf(text: string, path: string): string {
  const file = parseUserData(text).write_files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`The user data writes no ${path}`);
  return file.content;
}
