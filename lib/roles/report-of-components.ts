import { SharedGroup } from "../network/shared-group";
import type { ClosedSection } from "../policy/flows/closed-sections";
import type { ReportClosedSection, ReportComponent, ReportSharedGroup } from "../report/report-input";
import { findStorageRegion } from "../ports/storage-regions";
import type { Component } from "./component";
import { textOf } from "./report-of-network";

/** Components as a report lists them. */
export function reportComponents(components: readonly Component[]): ReportComponent[] {
  const byPath = new Map(components.map((component) => [component._input().path, component]));
  return components.map((component) => {
    const { role, key, subnet, existingSubnet, addresses, on, region } = component._input();
    const host = on === undefined ? undefined : byPath.get(on);
    return {
      role,
      key,
      label: component.label,
      endpointId: component._endpoint().id,
      type: component._member().type,
      subnet: subnet ?? existingSubnet?.addressPrefixes?.join(", "),
      existingSubnetId: existingSubnet?.id && textOf(existingSubnet.id, component.network),
      region: region && (findStorageRegion(region)?.region ?? region),
      addresses: addresses && [...addresses],
      sharesMachineOf: host?.label,
      machine: component._machineFacts(),
    };
  });
}

/** The groups of others to which rules are added for components. */
export function reportSharedGroups(components: readonly Component[]): ReportSharedGroup[] {
  const places = [...new Set(components.map((component) => component._place()))];
  return places.flatMap((place) => {
    if (!(place instanceof SharedGroup)) return [];
    const { endpoint, group, network } = place;
    return [
      {
        endpointId: endpoint.id,
        name: textOf(group.name, network),
        resourceGroup: textOf(group.resourceGroup, network),
        rules: place.rules(),
      },
    ];
  });
}

/** Closed sections as a report lists them: what needs the rows that are closed, and what does not work without. */
export function reportClosedSections(sections: readonly ClosedSection[]): ReportClosedSection[] {
  return sections.map(({ section, source, pageDate, closedRows }) => ({
    section,
    neededFor: distinct(closedRows.map(({ from, to }) => `${from} to ${to}`)),
    breaks: distinct(
      closedRows.map(({ without, opensWith }) => `${without} (opens with ${opensWith.join(" and ")})`),
    ),
    source,
    pageDate,
  }));
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join("; ");
}
