import { BackupRepositoryType } from "../../ports/component-types";
import { isSingle } from "../../ports/port-table";
import type { ReportComponent } from "../components-and-networks";
import type { ReportEnd, ReportModel } from "../report-model";
import { machineText, plural, prefixesText, roleTitle, typeTitle } from "../words";
import { type Cell, namesIn, type Phrase, type Section } from "./document";
import { lastOfId } from "./facts";

/** The components, and where each is. A column without content is left out. */
export function componentsSection({ components, ends }: ReportModel): Section {
  const all = [
    ...components.map((component) => {
      const end = ends.find(({ id }) => id === component.endpointId);
      return { name: nameOf(component), component, place: placeOf(component, end), end };
    }),
    ...ends
      .filter((end) => end.components.length === 0)
      .map((end) => ({ name: [{ name: end.label }], component: undefined, place: placeOfEnd(end), end })),
  ];
  const columns: ReadonlyArray<readonly [head: string, of: (one: (typeof all)[number]) => Cell]> = [
    ["Component", ({ name }) => name],
    ["Type", ({ component }) => typeTitle(component?.type)],
    ["Place", ({ place }) => place],
    ["Groups", ({ end }) => groupsOf(end)],
    ["Machine", ({ component }) => machineText(component?.machine)],
  ];
  const shown = columns.filter(([, of]) => all.length === 0 || all.some((one) => of(one) !== ""));
  return {
    id: "components",
    title: "Components",
    lead: "This deployment filters its subnets with network security groups. Components elsewhere are not part of it: their owners have to allow these connections, which the CSV file lists.",
    blocks: [
      {
        kind: "table",
        caption: "Components and their places",
        heads: shown.map(([head]) => head),
        rows: all.map((one) => shown.map(([, of]) => of(one))),
      },
    ],
  };
}

function nameOf({ role, key }: ReportComponent): Phrase {
  return isSingle(role) ? [roleTitle(role)] : [`${roleTitle(role)} `, { name: key }];
}

/** Where a component lives. */
export function placeOf(component: ReportComponent, end: ReportEnd | undefined): Phrase {
  const { subnet, existingSubnetId, addresses, sharesMachineOf, region, type } = component;
  if (sharesMachineOf !== undefined) return ["on the machine of ", { name: sharesMachineOf }];
  if (subnet !== undefined) {
    const prefixes = prefixNames(subnet.split(", "));
    return existingSubnetId === undefined
      ? ["new subnet: ", ...prefixes]
      : ["existing subnet ", { name: lastOfId(existingSubnetId) }, ": ", ...prefixes];
  }
  if (region !== undefined) return [`Azure storage in ${region}: `, ...reachOf(end)];
  const what = type === BackupRepositoryType.OBJECT_STORAGE ? "private endpoint elsewhere: " : "elsewhere: ";
  return [what, ...prefixNames(addresses ?? end?.prefixes ?? [])];
}

/** Where an end without a component is. */
function placeOfEnd({ serviceTag, prefixes }: ReportEnd): Phrase {
  return serviceTag ? ["Azure service tag"] : ["elsewhere: ", ...prefixNames(prefixes)];
}

/** The groups of an end, and who manages them. */
function groupsOf(end: ReportEnd | undefined): Phrase {
  if (end?.sharedGroup) return [{ name: end.sharedGroup.name }, ", managed elsewhere; rules are added"];
  return end && end.groups.length > 0 ? namesIn(end.groups) : ["none"];
}

/** The storage of a region has a service tag, or too many addresses to list. */
function reachOf(end: ReportEnd | undefined): Phrase {
  if (!end || end.prefixes.length === 0) return ["not connected to"];
  if (end.serviceTag) return ["service tag ", { name: end.prefixes[0] }];
  return end.prefixes.length > 4
    ? [plural(end.prefixes.length, "prefix", "prefixes")]
    : prefixNames(end.prefixes);
}

function prefixNames(prefixes: readonly string[]): Phrase {
  return namesIn(prefixes.map((prefix) => prefixesText([prefix])));
}
