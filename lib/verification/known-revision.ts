import { suggest } from "../base/nearest";
import { REVISIONS } from "../ports/revisions";

/** Why a revision of the port table is unknown, and which to write; or undefined where it is known. */
export function unknownRevision(revision: string): string | undefined {
  if (REVISIONS.includes(revision)) return undefined;
  const change = suggest(revision, REVISIONS, "Name one of these");
  return `"${revision}" is not a revision of the port table. Known: ${REVISIONS.join(", ")}. ${change}.`;
}
