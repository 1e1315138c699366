import type { Problem } from "../checks/problem";
import type { SecurityRule } from "../policy/security-rule";
import type { FoundGroup, FoundNetwork, FoundRule } from "./found-network";
import { GroupsByName, type InFile } from "./groups-by-name";
import { refuseSharedPriorities } from "./rules-together";

/** A group, all of its rules, and the name of the file that holds it. */
export type JoinedGroup = InFile<FoundGroup> & { readonly rules: SecurityRule[] };

/** Something that is not known of groups: no verdict that rests on them is sure. */
export interface GroupDoubt {
  /** Keys of the groups. */
  readonly groups: readonly string[];
  /** What a verdict depends on, in a few words. */
  readonly subject: string;
  /** What is not known, and what to do about it, as a sentence. */
  readonly text: string;
}

/** The groups that several files hold together. */
export interface JoinedGroups {
  readonly groups: readonly JoinedGroup[];
  /** Keys of groups by the keys of data sources that only name them. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly doubts: readonly GroupDoubt[];
  readonly notes: readonly string[];
}

/**
 * The groups of several files, with the rules inside them and those beside
 * them, whichever file holds these.
 *
 * @param problems where to say what contradicts itself
 */
export function joinGroups(files: readonly FoundNetwork[], problems: Problem[]): JoinedGroups {
  const all = eachOnce(files, problems);
  const known = all.filter(({ rules, isRead }) => rules !== undefined || !isRead);
  const groups = new GroupsByName(known);
  const aliases = new Map(
    all
      .filter((group) => !known.includes(group))
      .flatMap((group) => {
        const { one } = groups.meantBy(group.names, group.file);
        return one ? [[group.key, one.key] as const] : [];
      }),
  );
  const placed = files
    .flatMap(({ file, rules }) => rules.map((rule) => ({ ...rule, file })))
    .map((rule) => {
      const key = rule.group.key === undefined ? undefined : (aliases.get(rule.group.key) ?? rule.group.key);
      return { rule, ...groups.meantBy({ ...rule.group, ...(key !== undefined && { key }) }, rule.file) };
    });
  const byGroup = new Map<string, InFile<FoundRule>[]>();
  for (const { rule, one } of placed) {
    if (one) byGroup.set(one.key, [...(byGroup.get(one.key) ?? []), rule]);
  }
  const joined = known.map((group) => withRules(group, byGroup.get(group.key) ?? [], problems));
  const lost = placed
    .filter(({ one }) => !one)
    .map(({ rule, perhaps }) => {
      const keys = new Set(perhaps.map(({ key }) => key));
      return { rule, perhaps: joined.filter((group) => keys.has(group.key) && mayHold(group, rule.rule)) };
    });
  const doubts = lost.filter(({ perhaps }) => perhaps.length > 0).map(doubtAbout);
  return {
    groups: joined,
    aliases,
    doubts,
    notes: [
      ...joined
        .filter((group, index) => known[index].rules === undefined && group.rules.length === 0)
        .map(
          ({ path }) => `${path} says nothing of its rules; it is read as having Azure's default rules only.`,
        ),
      ...lost.filter(({ perhaps }) => perhaps.length === 0).map(({ rule }) => leftOut(rule)),
    ],
  };
}

/** Each group once; what made it says more of it than what only reads it. */
function eachOnce(files: readonly FoundNetwork[], problems: Problem[]): InFile<FoundGroup>[] {
  const found = new Map<string, InFile<FoundGroup>>();
  for (const { file, groups } of files) {
    for (const group of groups) {
      const known = found.get(group.key);
      found.set(group.key, known ? better(known, { ...group, file }, problems) : { ...group, file });
    }
  }
  return [...found.values()];
}

function better(one: InFile<FoundGroup>, other: InFile<FoundGroup>, problems: Problem[]): InFile<FoundGroup> {
  if (one.isRead !== other.isRead) return one.isRead ? other : one;
  if (!one.rules || !other.rules) return one.rules ? one : other;
  if (!areSame(one.rules, other.rules)) {
    problems.push({
      path: one.path,
      what: `has other rules in ${other.file} than in ${one.file}`,
      allowed: "files that say the same of a group",
      change: "Give one of the two, or write both anew, one right after the other",
    });
  }
  return one;
}

function withRules(
  group: InFile<FoundGroup>,
  beside: readonly InFile<FoundRule>[],
  problems: Problem[],
): JoinedGroup {
  const own = new Map<string, InFile<FoundRule>>();
  for (const found of beside) {
    const name = folded(found.rule.name);
    const other = own.get(name);
    if (other && !areSame([other.rule], [found.rule])) {
      problems.push({
        path: found.address,
        what: `is another rule of the name that ${other.address} has in the same group`,
        value: found.rule.name,
        allowed: "names that are unique in a group, whatever the case, as Azure demands",
        change: "Remove one of the two, or give one of the files",
      });
    }
    own.set(name, found);
  }
  // A state lists a rule twice: as a resource of its own, and as read back with its group.
  const inside = (group.rules ?? []).filter(({ name }) => !own.has(folded(name)));
  const rules = [...inside, ...[...own.values()].map(({ rule }) => rule)];
  problems.push(...refuseSharedPriorities(group.path, rules));
  return { ...group, rules };
}

/** Whether a rule may be one more of a group: Azure gives a priority to one rule of a direction. */
function mayHold({ rules }: JoinedGroup, rule: SecurityRule): boolean {
  return !rules.some((other) =>
    folded(other.name) === folded(rule.name)
      ? areSame([other], [rule])
      : other.direction === rule.direction && other.priority === rule.priority,
  );
}

function doubtAbout({
  rule,
  perhaps,
}: {
  rule: InFile<FoundRule>;
  perhaps: readonly JoinedGroup[];
}): GroupDoubt {
  const names = perhaps.map(({ name, names: { resourceGroup } }) =>
    resourceGroup === undefined ? name : `${name} (${resourceGroup})`,
  );
  return {
    groups: perhaps.map(({ key }) => key),
    subject: `whether ${rule.address} is a rule of it`,
    text:
      `${rule.address} of ${rule.file} may be a rule of ${names.join(" or ")}: which group it is in cannot be told. ` +
      "Give the FILE that says it, such as the state after the apply.",
  };
}

function leftOut({ address, group }: FoundRule): string {
  const { group: name, resourceGroup } = group;
  const which = name === undefined ? "" : ` "${name}"`;
  const where = resourceGroup === undefined ? "" : ` of resource group "${resourceGroup}"`;
  return `${address} is left out: its group${which}${where} is in none of the files.`;
}

/** Whether lists hold the same rules, in whatever order and words. */
function areSame(some: readonly SecurityRule[], others: readonly SecurityRule[]): boolean {
  return some === others || comparable(some) === comparable(others);
}

function comparable(rules: readonly SecurityRule[]): string {
  const texts = rules.map(({ description: _, name, ...rule }) =>
    JSON.stringify([
      folded(name),
      ...Object.entries(rule)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, Array.isArray(value) ? [...value].map(folded).sort() : value]),
    ]),
  );
  return texts.sort().join("\n");
}

/** The text as Azure compares names: whatever the case. */
function folded(text: string): string {
  return text.toLowerCase();
}
