import { isAzureId } from "../../azure/azure-id";
import type { SecurityRule } from "../../azure/security-rule";
import { groupBy } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemOf } from "../../base/problem";
import type { GroupRule } from "../../proof/network";
import {
  DoubtCause,
  type FoundDoubt,
  type FoundGroup,
  type FoundNetwork,
  type FoundRule,
  type GroupReference,
  type KnownRule,
  type NetworkDoubt,
  type DeletedParts,
} from "../found-network";
import { isRepeated } from "../resources/terraform-index";
import { eachOnce, type InFile } from "./join-places";

/** A group, all of its rules, and the name of the file that contains it. */
export type JoinedGroup = InFile<FoundGroup> & {
  readonly rules: GroupRule[];
  readonly problems: readonly Problem[];
};

/**
 * The groups of several files, with their inline and separate rules.
 *
 * @param problems where to add contradictions
 */
export function joinGroups(files: readonly FoundNetwork[], problems: Problem[]) {
  const groupsIn = (file: FoundNetwork) => file.groups;
  const all = eachOnce<FoundGroup>(files, groupsIn, (one, other) => better(one, other, problems));
  const known = all.filter(({ rules, isRead }) => rules !== undefined || !isRead);
  const groups = new GroupsByName(known);
  const named = all.filter((group) => !known.includes(group));
  /** Keys of groups by the keys of data sources that only name them. */
  const aliases = new Map(
    named.flatMap(({ key, names, file }) => {
      const { one } = groups.meantBy(names, file);
      return one ? [[key, one.key] as const] : [];
    }),
  );
  const placed = <T extends { readonly group: GroupReference }>(
    rulesIn: (of: FoundNetwork) => readonly T[],
  ) =>
    files.flatMap((found) =>
      rulesIn(found).map((rule) => {
        const key = aliases.get(rule.group.key ?? "") ?? rule.group.key;
        return { rule: { ...rule, file: found.file }, ...groups.meantBy({ ...rule.group, key }, found.file) };
      }),
    );
  const given = placed(({ rules }) => rules);
  const beside = given.filter((one): one is typeof one & { rule: KnownRule } => one.rule.rule !== undefined);
  const deletedRules = placed(({ deleted }) => deleted.rules);
  const [besideOf, deletedOf] = [groupBy(beside, ({ one }) => one), groupBy(deletedRules, ({ one }) => one)];
  const joined = known.map((group) => {
    const refused = given.flatMap(({ rule, perhaps }) =>
      rule.problems && perhaps.includes(group) ? rule.problems : [],
    );
    return withRules(group, besideOf.get(group) ?? [], deletedOf.get(group) ?? [], refused);
  });
  const near = (perhaps: readonly FoundGroup[], isNear: (group: JoinedGroup) => boolean): JoinedGroup[] => {
    const keys = new Set(perhaps.map(({ key }) => key));
    return joined.filter((group) => keys.has(group.key) && isNear(group));
  };
  const lost = beside
    .filter(({ one }) => !one)
    .map(({ rule, perhaps }) => ({ rule, perhaps: near(perhaps, (group) => mayHold(group, rule.rule)) }));
  const deletedPerhaps = deletedRules.map(({ rule, one, perhaps }) => ({
    rule,
    perhaps: near(perhaps, (group) => has(group, rule.name) && (!one || group.writesRules === true)),
  }));
  return {
    groups: joined,
    aliases,
    doubts: [
      ...joined.flatMap((group) => (group.doubts ?? []).map((doubt) => about([group], doubt))),
      ...given.flatMap(({ rule: { doubt }, perhaps }) => (doubt ? about(perhaps, doubt) : [])),
      ...lost.map(({ rule, perhaps }) => about(perhaps, mayBeIn(rule, perhaps))),
      ...deletedPerhaps.map(({ rule, perhaps }) => about(perhaps, mayBeDeleted(rule, perhaps))),
      ...files.flatMap(({ file, gaps }) =>
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

type DeletedRule = InFile<DeletedParts["rules"][number]>;

/** The group in the file that says more: the one that creates it, or has its rules. */
function better(one: InFile<FoundGroup>, other: InFile<FoundGroup>, problems: Problem[]): InFile<FoundGroup> {
  if (one.isRead !== other.isRead) return one.isRead ? other : one;
  if (!one.rules || !other.rules) return one.rules ? one : other;
  if (!areSame(one.rules, other.rules)) {
    problems.push(
      problemOf("files-differ", one.path, {
        what: `has other rules in ${other.file} than in ${one.file}`,
        allowed: "files that say the same of a group",
        change: "Give one of the two, or create both again, one right after the other",
      }),
    );
  }
  return one;
}

function withRules(
  group: InFile<FoundGroup>,
  beside: ReadonlyArray<{ readonly rule: InFile<KnownRule> }>,
  deleted: ReadonlyArray<{ readonly rule: DeletedRule }>,
  refused: readonly Problem[],
): JoinedGroup {
  const problems = [...(group.problems ?? []), ...refused];
  const deletedBy = new Map(deleted.map(({ rule: { name, file } }) => [folded(name), file]));
  const own = new Map<string, InFile<KnownRule>>();
  for (const { rule: found } of beside) {
    const name = folded(found.rule.name);
    const taker = deletedBy.get(name);
    // A plan that replaces a rule contains the new one.
    if (taker !== undefined && taker !== found.file) continue;
    const other = own.get(name);
    if (other && !areSame([other.rule], [found.rule])) {
      problems.push(
        problemOf("rule-name-taken", found.address, found.rule.name, {
          what: `is another rule of the name that ${other.address} has in the same group`,
          allowed: UNIQUE_NAMES,
          change: "Remove one of the two, or give one of the files",
        }),
      );
    }
    own.set(name, found);
  }
  // A state contains a rule of its own twice: as a resource, and inside the group.
  const isLeft = ({ name }: GroupRule): boolean => !own.has(folded(name)) && !deletedBy.has(folded(name));
  const left = (group.rules ?? []).filter((rule) => group.writesRules || isLeft(rule));
  const rules = [...left, ...[...own.values()].map(({ rule }) => rule)];
  problems.push(...sharedBetween(group.path, rules));
  const [first] = own.values();
  const doubts = [
    ...(group.doubts ?? []),
    ...(group.writesRules && first ? [overwritten(group, first)] : []),
  ];
  return { ...group, rules, problems, ...(doubts.length > 0 && { doubts }) };
}

const UNIQUE_NAMES = "names that are unique in a group, whatever the case, as Azure demands";

/** A problem for each rule that has the priority of another in the same direction, or its name in any case: Azure refuses both. */
function sharedBetween(path: string, rules: readonly SecurityRule[]): Problem[] {
  const priorities = repeated(rules, ({ direction, priority }) => `${direction} ${priority}`);
  const names = repeated(rules, ({ name }) => folded(name));
  return [
    ...priorities.map(([{ name, direction, priority }, other]) =>
      problemOf("priority-taken", `${path}: ${name}`, priority, {
        what: `has the priority of ${other.name} (${direction})`,
        allowed: "priorities that are unique in a group and direction, as Azure demands",
        change: "Give one of the two rules another priority",
      }),
    ),
    ...names.map(([{ name }, other]) =>
      problemOf("rule-name-taken", `${path}: ${name}`, name, {
        what: `has the name of ${other.name} (${other.direction}, ${other.priority})`,
        allowed: UNIQUE_NAMES,
        change: "Give one of the two rules another name",
      }),
    ),
  ];
}

/** Each rule that has the key of an earlier one, with that one. */
function repeated(rules: readonly SecurityRule[], keyOf: (rule: SecurityRule) => string) {
  const first = new Map<string, SecurityRule>();
  return rules.flatMap((rule): Array<readonly [SecurityRule, SecurityRule]> => {
    const other = first.get(keyOf(rule));
    if (other) return [[rule, other]];
    first.set(keyOf(rule), rule);
    return [];
  });
}

/** Inline and separate rules of one group in a configuration overwrite each other. */
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

function mayBeDeleted({ address, name, file }: DeletedRule, perhaps: readonly JoinedGroup[]) {
  return {
    subject: `whether ${name} stays in it`,
    identity: `${address} ${name}`,
    text:
      `${file} destroys ${address}, and ${namesOf(perhaps)} has a rule ${name}: whether that goes or stays cannot be told. ` +
      "Verify the state after the apply.",
  };
}

function namesOf(groups: readonly JoinedGroup[]): string {
  const where = ({ resourceGroup }: GroupReference) =>
    resourceGroup === undefined ? "" : ` (${resourceGroup})`;
  return groups.map(({ name, names }) => `${name}${where(names)}`).join(" or ");
}

function has({ rules }: JoinedGroup, name: string): boolean {
  return rules.some((rule) => folded(rule.name) === folded(name));
}

function leftOut({ address, group }: FoundRule): string {
  const { group: name, resourceGroup } = group;
  const which = name === undefined ? "" : ` "${name}"`;
  const where = resourceGroup === undefined ? "" : ` of resource group "${resourceGroup}"`;
  return `${address} is left out: its group${which}${where} is not in any of the files.`;
}

/** The groups that a rule or a data source may mean. */
interface MeantGroups {
  /** The one that is certainly meant. @default - no group, or several possible ones */
  readonly one?: InFile<FoundGroup>;
  /** All that may be meant. */
  readonly perhaps: readonly InFile<FoundGroup>[];
}

/** Finds groups by key or name. */
class GroupsByName {
  private readonly byKey: ReadonlyMap<string, InFile<FoundGroup>>;
  private readonly byName: ReadonlyMap<string | undefined, InFile<FoundGroup>[]>;

  constructor(private readonly groups: readonly InFile<FoundGroup>[]) {
    this.byKey = new Map(groups.map((group) => [group.key, group]));
    this.byName = groupBy(groups, ({ names }) => plain(names.group));
  }

  /** The groups that a reference in a file may mean. */
  meantBy(reference: GroupReference, file: string): MeantGroups {
    const { key } = reference;
    const own = key === undefined ? undefined : this.byKey.get(key);
    if (own) {
      const isElsewhere =
        isSame(reference.resourceGroup, own.names.resourceGroup, file === own.file) === false;
      return isElsewhere ? { perhaps: [] } : { one: own, perhaps: [own] };
    }
    // The file does not contain the group at this address.
    if (key !== undefined && !isAzureId(key)) return { perhaps: [] };
    const name = plain(reference.group);
    const near =
      name === undefined ? this.groups : [name, undefined].flatMap((one) => this.byName.get(one) ?? []);
    const judged = groupBy(near, (group) => isMeant(reference, file, group));
    const sure = judged.get(true) ?? [];
    const here = sure.filter((group) => group.file === file);
    const [one, another] = here.length > 0 ? here : sure;
    if (one && !another) return { one, perhaps: [one] };
    const others = new Set(judged.get(false));
    return { perhaps: near.filter((group) => !others.has(group)) };
  }
}

/** Whether a group is meant; undefined where that is not known. */
function isMeant(reference: GroupReference, file: string, group: InFile<FoundGroup>): boolean | undefined {
  if (reference.key !== undefined && isAzureId(group.key)) return reference.key === group.key;
  const isOneFile = file === group.file;
  const answers = [
    isSame(reference.group, group.names.group, isOneFile),
    isSame(reference.resourceGroup, group.names.resourceGroup, isOneFile),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Whether two names are the same. A text known only at apply equals itself within one file. */
function isSame(a: string | undefined, b: string | undefined, isOneFile: boolean): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b && isOneFile && !isRepeated(a)) return true;
  if (isOpaque(a) || isOpaque(b)) return undefined;
  return a.toLowerCase() === b.toLowerCase();
}

/** The name in one spelling; undefined where it is not known. */
function plain(name: string | undefined): string | undefined {
  return name === undefined || isOpaque(name) ? undefined : folded(name);
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
