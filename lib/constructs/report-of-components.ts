import type { ClosedSection } from "../plan/flows/closed-sections";
import type { ReportClosedSection, ReportComponent, ReportSharedGroup } from "../plan/report-input";
import { findStorageRegion } from "../azure/storage-regions";
import { textIn, textsIn } from "../terraform/terraform-text";
import type { BackupComponent } from "./roles/component";

/** Components as a report lists them. */
export function reportComponents(components: readonly BackupComponent[]): ReportComponent[] {
  const byPath = new Map(components.map((component) => [component._input().path, component]));
  return components.map((component) => {
    const { role, key, subnet, existingSubnet, addresses, on, region } = component._input();
    const host = on === undefined ? undefined : byPath.get(on);
    return {
      role,
      key,
      label: component.label,
      endpointId: component._endpoint().id,
      type: component._type(),
      subnet:
        textsIn(component, subnet === undefined ? (existingSubnet?.addressPrefixes ?? []) : [subnet]).join(
          ", ",
        ) || undefined,
      existingSubnetId: existingSubnet?.id && textIn(component, existingSubnet.id),
      region: region && (findStorageRegion(region)?.region ?? region),
      addresses: addresses && textsIn(component, addresses),
      sharesMachineOf: host?.label,
      machine: machineFacts(component),
    };
  });
}

function machineFacts(component: BackupComponent): ReportComponent["machine"] {
  const facts = component._machineFacts();
  return (
    facts &&
    Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, textIn(component, value)]))
  );
}

/** The groups managed elsewhere to which rules are added for components. */
export function reportSharedGroups(components: readonly BackupComponent[]): ReportSharedGroup[] {
  const places = [...new Set(components.map((component) => component._place()))];
  return places.flatMap((place) => {
    const added = place?._addedToGroup();
    if (!place || !added) return [];
    const [name, resourceGroup] = textsIn(place, [added.group.name, added.group.resourceGroup]);
    return [{ endpointId: place.endpoint.id, name, resourceGroup, rules: [...added.rules] }];
  });
}

/** Closed sections as a report lists them: what needs the rows that are closed, and what does not work without. */
export function reportClosedSections(sections: readonly ClosedSection[]): ReportClosedSection[] {
  return sections.map(({ section, source, pageDate, closedRows }) => ({
    section,
    neededFor: distinct(closedRows.map(({ from, to }) => `${from} to ${to}`)),
    breaks: distinct(
      closedRows.map(({ without, opensWith }) => `${without} (to enable: ${opensWith.join(" and ")})`),
    ),
    source,
    pageDate,
  }));
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join("; ");
}
