import type { Problem } from "../../base/problem";
import type { SecurityRule } from "../../azure/security-rule";
import type { GroupRule } from "../../proof/network";
import { isOpaque } from "../../base/opaque";
import {
  DoubtCause,
  type FoundDoubt,
  type FoundGroup,
  type FoundNetwork,
  type FoundRule,
  type KnownRule,
  type GroupReference,
  type NetworkDoubt,
  NOTHING_TAKEN,
  type TakenAway,
} from "../found-network";
import { GroupsByName, type InFile, type MeantGroups } from "./groups-by-name";
import { eachOnce } from "./join-places";
import { refuseSharedNames, refuseSharedPriorities } from "../rules/rules-together";

/** A group, all of its rules, and the name of the file that holds it. */
export type JoinedGroup = InFile<FoundGroup> & {
  readonly rules: GroupRule[];
  readonly problems: readonly Problem[];
};

/** The groups in several files. */
interface JoinedGroups {
  readonly groups: readonly JoinedGroup[];
  /** Keys of groups by the keys of data sources that only name them. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly doubts: readonly NetworkDoubt[];
  readonly notes: readonly string[];
}

/**
 * The groups of several files, with the rules inside them and beside them.
 *
 * @param problems where to add contradictions
 */
export function joinGroups(files: readonly FoundNetwork[], problems: Problem[]): JoinedGroups {
  const groupsIn = (file: FoundNetwork) => file.groups;
  const all = eachOnce<FoundGroup>(files, groupsIn, (one, other) => better(one, other, problems));
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
  const meantBy = (reference: GroupReference, file: string): MeantGroups => {
    const key = reference.key === undefined ? undefined : (aliases.get(reference.key) ?? reference.key);
    return groups.meantBy({ ...reference, ...(key !== undefined && { key }) }, file);
  };
  const placed = files
    .flatMap(({ file, rules }) => rules.map((rule) => ({ ...rule, file })))
    .map((rule) => ({ rule, ...meantBy(rule.group, rule.file) }));
  const beside = placed.filter((one): one is typeof one & { rule: KnownRule } => one.rule.rule !== undefined);
  const taken = files
    .flatMap(({ file, takenAway = NOTHING_TAKEN }) => takenAway.rules.map((rule) => ({ ...rule, file })))
    .map((rule) => ({ rule, ...meantBy(rule.group, rule.file) }));
  const [besideOf, takenOf] = [byGroup(beside), byGroup(taken)];
  const joined = known.map((group) =>
    withRules(
      group,
      besideOf.get(group.key) ?? [],
      takenOf.get(group.key) ?? [],
      placed.flatMap(({ rule, perhaps }) => (rule.problems && perhaps.includes(group) ? rule.problems : [])),
    ),
  );
  const near = (perhaps: readonly FoundGroup[], isNear: (group: JoinedGroup) => boolean): JoinedGroup[] => {
    const keys = new Set(perhaps.map(({ key }) => key));
    return joined.filter((group) => keys.has(group.key) && isNear(group));
  };
  const lost = beside
    .filter(({ one }) => !one)
    .map(({ rule, perhaps }) => ({ rule, perhaps: near(perhaps, (group) => mayHold(group, rule.rule)) }));
  const takenPerhaps = taken.map(({ rule, one, perhaps }) => ({
    rule,
    perhaps: near(perhaps, (group) => has(group, rule.name) && (!one || group.writesRules === true)),
  }));
  return {
    groups: joined,
    aliases,
    doubts: [
      ...joined.flatMap((group) => (group.doubts ?? []).map((doubt) => about([group], doubt))),
      ...placed.flatMap(({ rule: { doubt }, perhaps }) => (doubt ? about(perhaps, doubt) : [])),
      ...lost.map(({ rule, perhaps }) => about(perhaps, mayBeIn(rule, perhaps))),
      ...takenPerhaps.map(({ rule, perhaps }) => about(perhaps, mayBeDeleted(rule, perhaps))),
      ...files.flatMap(({ file, gaps = [] }) =>
        gaps.map((text) => about(joined, { subject: `what ${file} lacks`, identity: "gap", text })),
      ),
    ].filter((doubt) => doubt.groups.length > 0),
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

type TakenRule = InFile<TakenAway["rules"][number]>;

function byGroup<T>(
  placed: ReadonlyArray<{ readonly rule: T; readonly one?: FoundGroup }>,
): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>();
  for (const { rule, one } of placed) {
    if (one) found.set(one.key, [...(found.get(one.key) ?? []), rule]);
  }
  return found;
}

/** The group in the file that says more: the one that creates it, or has its rules. */
function better(one: InFile<FoundGroup>, other: InFile<FoundGroup>, problems: Problem[]): InFile<FoundGroup> {
  if (one.isRead !== other.isRead) return one.isRead ? other : one;
  if (!one.rules || !other.rules) return one.rules ? one : other;
  if (!areSame(one.rules, other.rules)) {
    problems.push({
      code: "files-differ",
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
  beside: readonly InFile<KnownRule>[],
  taken: readonly TakenRule[],
  refused: readonly Problem[],
): JoinedGroup {
  const problems = [...(group.problems ?? []), ...refused];
  const takenBy = new Map(taken.map(({ name, file }) => [folded(name), file]));
  const own = new Map<string, InFile<KnownRule>>();
  for (const found of beside) {
    const name = folded(found.rule.name);
    const taker = takenBy.get(name);
    // A plan that replaces a rule contains the new one.
    if (taker !== undefined && taker !== found.file) continue;
    const other = own.get(name);
    if (other && !areSame([other.rule], [found.rule])) {
      problems.push({
        code: "rule-name-taken",
        path: found.address,
        what: `is another rule of the name that ${other.address} has in the same group`,
        value: found.rule.name,
        allowed: "names that are unique in a group, whatever the case, as Azure demands",
        change: "Remove one of the two, or give one of the files",
      });
    }
    own.set(name, found);
  }
  // A state contains a rule of its own twice: as a resource, and inside the group.
  const isLeft = ({ name }: GroupRule): boolean => !own.has(folded(name)) && !takenBy.has(folded(name));
  const left = (group.rules ?? []).filter((rule) => group.writesRules || isLeft(rule));
  const rules = [...left, ...[...own.values()].map(({ rule }) => rule)];
  problems.push(...refuseSharedPriorities(group.path, rules), ...refuseSharedNames(group.path, rules));
  const [first] = own.values();
  const doubts = [
    ...(group.doubts ?? []),
    ...(group.writesRules && first ? [overwritten(group, first)] : []),
  ];
  return { ...group, rules, problems, ...(doubts.length > 0 && { doubts }) };
}

/** If a configuration writes rules inside a group and beside it, they overwrite each other. */
function overwritten({ path }: FoundGroup, { address }: FoundRule): FoundDoubt {
  return {
    subject: `whether ${address} or the rules inside ${path} stay`,
    text: `${path} has rules inside (security_rule), and ${address} is a rule of it as well: Terraform lets the two overwrite each other at every apply. Write all rules inside the group, or all beside it.`,
    cause: DoubtCause.OVERWRITTEN,
  };
}

/** Whether a rule may be in a group: a priority is unique in a group and direction. */
function mayHold({ rules }: JoinedGroup, rule: SecurityRule): boolean {
  return !rules.some((other) =>
    folded(other.name) === folded(rule.name)
      ? areSame([other], [rule])
      : other.direction === rule.direction && other.priority === rule.priority,
  );
}

/** A doubt about groups; by default, its subject and its content identify it. */
function about(
  groups: readonly FoundGroup[],
  doubt: Omit<NetworkDoubt, "groups" | "identity"> & { readonly identity?: string },
): NetworkDoubt {
  return {
    identity: `${doubt.subject}${doubt.content ?? ""}`,
    ...doubt,
    groups: groups.map(({ key }) => key),
  };
}

function mayBeIn(rule: InFile<KnownRule>, perhaps: readonly JoinedGroup[]) {
  const { address, file, group } = rule;
  const name = group.group !== undefined && isOpaque(group.group) ? ` (${group.group})` : "";
  return {
    rule,
    subject: `whether ${address} is a rule of it${name}`,
    identity: `${address} ${JSON.stringify(rule.rule)}`,
    text:
      `${address} of ${file} may be a rule of ${namesOf(perhaps)}: which group it is in cannot be told. ` +
      "Give the FILE that contains it, such as the state after the apply.",
  };
}

function mayBeDeleted({ address, name, file }: TakenRule, perhaps: readonly JoinedGroup[]) {
  return {
    subject: `whether ${name} stays in it`,
    identity: `${address} ${name}`,
    text:
      `${file} destroys ${address}, and ${namesOf(perhaps)} has a rule ${name}: whether that goes or stays cannot be told. ` +
      "Verify the state after the apply.",
  };
}

function namesOf(groups: readonly JoinedGroup[]): string {
  return groups
    .map(({ name, names: { resourceGroup } }) =>
      resourceGroup === undefined ? name : `${name} (${resourceGroup})`,
    )
    .join(" or ");
}

function has({ rules }: JoinedGroup, name: string): boolean {
  return rules.some((rule) => folded(rule.name) === folded(name));
}

function leftOut({ address, group }: FoundRule): string {
  const { group: name, resourceGroup } = group;
  const which = name === undefined ? "" : ` "${name}"`;
  const where = resourceGroup === undefined ? "" : ` of resource group "${resourceGroup}"`;
  return `${address} is left out: its group${which}${where} is in none of the files.`;
}

/** Whether lists contain the same rules, whatever the order and the descriptions. */
export function areSame(some: readonly SecurityRule[], others: readonly SecurityRule[]): boolean {
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

/** The text as Azure compares names: without case. */
function folded(text: string): string {
  return text.toLowerCase();
}
