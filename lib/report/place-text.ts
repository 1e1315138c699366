import { BackupRepositoryType } from "../ports/component-types";
import { lastOfId } from "./network-facts";
import { namesIn, type Phrase } from "../base/phrase";
import type { ReportComponent } from "../plan/report-input";
import type { ReportEnd } from "./report-model";
import { plural, prefixesText } from "./words";

/** Explains where components are. */
export const HERE_AND_ELSEWHERE =
  "This deployment filters its subnets with network security groups. Components elsewhere are not part of it: their owners have to allow these connections, which the CSV file lists.";

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

/** Where an end lives that no component is at. */
export function placeOfOthers({ serviceTag, prefixes }: ReportEnd): Phrase {
  return serviceTag ? ["Azure service tag"] : ["elsewhere: ", ...prefixNames(prefixes)];
}

/** The groups before an end, and whose they are. */
export function groupsOf(end: ReportEnd | undefined): Phrase {
  if (end?.sharedGroup) return [{ name: end.sharedGroup.name }, ", managed elsewhere; rules are added"];
  return end && end.groups.length > 0 ? namesIn(end.groups) : ["none"];
}

/** A region's storage has a tag, or, where tags are taken apart, more addresses than anybody reads. */
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
