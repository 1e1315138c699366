import { packageManifest } from "../base/package-files";
import { canonicalJson } from "./canonical-json";
import type { ReportEnd, ReportModel } from "./report-model";
import type { RuleAtEnd } from "./rules-of-flow";

/**
 * The report as JSON with sorted keys. Within a version members are added, never
 * renamed, retyped or removed; readers skip what they do not know.
 */
export function jsonReport(model: ReportModel): string {
  const { portTable, ends, components, flows, groups, failover, dnsNames, ...others } = model;
  const { revision, entraId, usedPorts } = portTable;
  const report = {
    version: 1,
    toolVersion: packageManifest().version,
    ...others,
    portTable: {
      revision,
      source: entraId.source,
      pageDate: entraId.pageDate,
      usedPorts: usedPorts && { source: usedPorts.source, pageDate: usedPorts.pageDate },
    },
    ends: ends.map(({ id, label, prefixes, ours: filtered, serviceTag, groups: names }) => ({
      id,
      label,
      prefixes,
      filtered,
      serviceTag,
      groups: names,
    })),
    components: components.map(({ endpointId: end, ...component }) => ({ ...component, end })),
    flows: flows.map(({ flow: { movable: _movable, ...flow }, leaving, arriving, missing }) => ({
      ...flow,
      from: flow.from.id,
      to: flow.to.id,
      missing,
      leaving: leaving.map(ruleName),
      arriving: arriving.map(ruleName),
    })),
    groups: groups.map(({ name, rules }) => ({ name, rules })),
    sharedGroups: ends.flatMap(({ id: end, sharedGroup }) => {
      if (!sharedGroup) return [];
      const { name, resourceGroup, rules } = sharedGroup;
      return [{ name, resourceGroup, end, rules: rules.map(({ rule }) => rule) }];
    }),
    failover: failover && {
      ...failover,
      closed: failover.closed.map(pairJson),
      closedOnBothPages: failover.closedOnBothPages.map(pairJson),
    },
    dnsNames: dnsNames.map(({ from, through, ...named }) => ({
      ...named,
      from: from.map(({ id }) => id),
      through: through?.id,
    })),
  };
  return `${canonicalJson(report, 2)}\n`;
}

function pairJson({ from, to }: Readonly<Record<"from" | "to", ReportEnd>>): object {
  return { from: from.id, to: to.id };
}

function ruleName({ group, rule }: RuleAtEnd): object {
  return { group, rule: rule.name, priority: rule.priority };
}
