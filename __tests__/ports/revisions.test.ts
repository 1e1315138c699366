import {
  allPortTables,
  DEFAULT_REVISION,
  findPortTable,
  FIRST_REVISION_WITH_FEATURES,
  pagesChangedIn,
  REVISIONS,
  revisionsThatSpeakOf,
} from "../../lib/ports/revisions";
import { pagesOn, TRANSCRIBED_REVISIONS } from "../support/expected/veeam-pages";

test("every day on which a page changed is a revision, and the default is the newest", () => {
  expect(REVISIONS).toEqual(TRANSCRIBED_REVISIONS);
  expect(DEFAULT_REVISION).toBe(TRANSCRIBED_REVISIONS[TRANSCRIBED_REVISIONS.length - 1]);
});

test.each(TRANSCRIBED_REVISIONS)("%s takes from each page the newest text of that day or before", (name) => {
  const table = findPortTable(name);
  const { entraId, usedPorts } = pagesOn(name);
  expect(table?.revision).toBe(name);
  expect(`${table?.build}@${table?.date}`).toBe(name);
  expect(table?.entraId.pageDate).toBe(entraId.pageDate);
  expect(table?.usedPorts?.pageDate).toBe(usedPorts?.pageDate);
});

test("features exist from the day on which Used Ports is known", () => {
  expect(FIRST_REVISION_WITH_FEATURES).toBe("13.0.1.1071@2026-02-12");
  const without = allPortTables().filter(({ usedPorts }) => !usedPorts);
  expect(without.map(({ revision }) => revision)).toEqual(REVISIONS.slice(0, 3));
});

test("a page changed on the day of each revision, and both on one", () => {
  const counts = allPortTables().map((table) => pagesChangedIn(table).length);
  expect(counts.filter((count) => count === 2)).toHaveLength(1);
  expect(counts.every((count) => count > 0)).toBe(true);
});

test.each(["", "13.0.1.1071", "constructor", "13.1.0.411@2026-08-04", `${DEFAULT_REVISION}.ts`])(
  "%j is not a revision",
  (revision) => expect(findPortTable(revision)).toBeUndefined(),
);

test("the revisions whose Entra ID page speaks of a party", () => {
  expect(revisionsThatSpeakOf("console")).toEqual(REVISIONS);
  expect(revisionsThatSpeakOf("http-proxy")).toEqual(REVISIONS.slice(1));
  expect(revisionsThatSpeakOf("gateway-server")).toEqual(REVISIONS.slice(3));
  expect(revisionsThatSpeakOf("migrating-cache-repositories")).toEqual(REVISIONS.slice(3));
  expect(revisionsThatSpeakOf("dns-server")).toEqual([]);
});
