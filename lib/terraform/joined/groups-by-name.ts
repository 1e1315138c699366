import { isOpaque } from "../../base/opaque";
import { isAzureId } from "../../azure/azure-id";
import type { FoundGroup, GroupReference } from "../found-network";
import { isRepeated } from "../resources/terraform-index";

/** A resource, and the name of its file. */
export type InFile<T> = T & { readonly file: string };

/** The groups that a rule or a data source may mean. */
export interface MeantGroups {
  /** The one that is certainly meant. @default - no group, or several possible ones */
  readonly one?: InFile<FoundGroup>;
  /** All that may be meant. */
  readonly perhaps: readonly InFile<FoundGroup>[];
}

/** Finds groups by key or name. */
export class GroupsByName {
  private readonly byKey: ReadonlyMap<string, InFile<FoundGroup>>;
  private readonly byName = new Map<string, InFile<FoundGroup>[]>();
  private readonly unnamed: InFile<FoundGroup>[] = [];

  constructor(private readonly groups: readonly InFile<FoundGroup>[]) {
    this.byKey = new Map(groups.map((group) => [group.key, group]));
    for (const group of groups) {
      const name = plain(group.names.group);
      if (name === undefined) this.unnamed.push(group);
      else this.byName.set(name, [...(this.byName.get(name) ?? []), group]);
    }
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
    const near = name === undefined ? this.groups : [...(this.byName.get(name) ?? []), ...this.unnamed];
    const judged = near.map((group) => ({ group, isMeant: isMeant(reference, file, group) }));
    const sure = judged.filter(({ isMeant }) => isMeant === true).map(({ group }) => group);
    const here = sure.filter((group) => group.file === file);
    const [one, another] = here.length > 0 ? here : sure;
    const perhaps = judged.filter(({ isMeant }) => isMeant !== false).map(({ group }) => group);
    return another || !one ? { perhaps } : { one, perhaps: [one] };
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
  return name === undefined || isOpaque(name) ? undefined : name.toLowerCase();
}
