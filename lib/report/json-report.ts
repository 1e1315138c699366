import { packageVersion } from "../base/package-files";
import { canonicalJson } from "./canonical-json";
import type { JsonReport } from "./json-report-schema";
import type { ReportNetwork } from "../plan/report-input";
import type { ReportEnd, ReportModel } from "./report-model";
import type { RuleAtEnd } from "./rules-of-flow";

/** The report as JSON, as `jsonReportSchema` describes it. Keys are sorted. */
export function jsonReport(model: ReportModel): string {
  const {
    path,
    portTable,
    networks,
    ends,
    components,
    flows,
    groups,
    proof,
    warnings,
    closedSections,
    disagreements,
    failover,
    dnsNames,
  } = model;
  const report: JsonReport = {
    version: 1,
    toolVersion: packageVersion(),
    path,
    portTable: {
      revision: portTable.revision,
      source: portTable.source,
      pageDate: portTable.pageDate,
      usedPorts: portTable.usedPorts,
    },
    networks: networks.map(networkJson),
    ends: ends.map((end) => ({
      id: end.id,
      label: end.label,
      prefixes: [...end.prefixes],
      filtered: end.ours,
      serviceTag: end.serviceTag,
      groups: [...end.groups],
    })),
    components: components.map((component) => ({
      role: component.role,
      key: component.key,
      label: component.label,
      end: component.endpointId,
      type: component.type,
      subnet: component.subnet,
      existingSubnetId: component.existingSubnetId,
      region: component.region,
      addresses: component.addresses,
      sharesMachineOf: component.sharesMachineOf,
      machine: component.machine,
    })),
    flows: flows.map(({ flow, leaving, arriving, missing }) => ({
      name: flow.name,
      priority: flow.priority,
      from: flow.from.id,
      to: flow.to.id,
      protocol: flow.protocol,
      ports: flow.ports,
      reason: flow.reason,
      origin: flow.origin,
      source: flow.source,
      pageDate: flow.pageDate,
      sources: flow.sources,
      missing,
      leaving: leaving.map(ruleName),
      arriving: arriving.map(ruleName),
    })),
    groups: groups.map(({ name, rules }) => ({ name, rules: [...rules] })),
    sharedGroups: ends.flatMap(({ id, sharedGroup }) =>
      sharedGroup
        ? [
            {
              name: sharedGroup.name,
              resourceGroup: sharedGroup.resourceGroup,
              end: id,
              rules: sharedGroup.rules.map(({ rule }) => rule),
            },
          ]
        : [],
    ),
    proof,
    warnings: [...warnings],
    closedSections: closedSections.map(({ section, neededFor, breaks, source, pageDate }) => ({
      section,
      neededFor,
      breaks,
      source,
      pageDate,
    })),
    disagreements: [...disagreements],
    failover: failover && {
      choice: failover.choice,
      range: failover.range,
      closed: failover.closed.map(pairJson),
      closedOnBothPages: failover.closedOnBothPages.map(pairJson),
    },
    dnsNames: dnsNames.map(({ named, from, through }) => ({
      group: named.group,
      names: named.names,
      ports: named.ports,
      from: from.map(({ id }) => id),
      through: through?.id,
      reason: named.reason,
      origin: named.origin,
      source: named.source,
      pageDate: named.pageDate,
    })),
  };
  return `${canonicalJson(report, 2)}\n`;
}

function pairJson([from, to]: readonly [ReportEnd, ReportEnd]): { from: string; to: string } {
  return { from: from.id, to: to.id };
}

function ruleName({ group, rule }: RuleAtEnd): JsonReport["flows"][number]["leaving"][number] {
  return { group, rule: rule.name, priority: rule.priority };
}

function networkJson(network: ReportNetwork): JsonReport["networks"][number] {
  const { name, location, addressSpace, dnsServers, egress, egressOf, natGatewayId, firewallAddress } =
    network;
  return {
    name,
    location,
    resourceGroup: { name: network.resourceGroup, exists: network.resourceGroupExists },
    virtualNetwork: {
      name: network.virtualNetwork,
      resourceGroup: network.virtualNetworkResourceGroup,
      exists: network.virtualNetworkExists,
      addressSpace: [...addressSpace],
      dnsServers: [...dnsServers],
    },
    egress: { kind: egress, ends: [...egressOf], natGatewayId, firewallAddress },
  };
}
