import type { FlowEndpoint } from "../../azure/flow";
import { operatingSystemOf } from "../../ports/component-types";
import { type ComponentSelector, membersOfParty, type Party } from "../../ports/parties";
import { VeeamRole } from "../../ports/port-table";
import type { PortTableRow } from "../../ports/sourced-row";
import type { Topology, TopologyComponent } from "../topology";

/** One end of a row in a deployment. */
export interface Member {
  readonly endpoint: FlowEndpoint;
  /** The component, where the end is one. */
  readonly component?: TopologyComponent;
}

/**
 * The pairs of ends of a row. Ends that belong together, such as the source
 * and target of a copy, are paired; otherwise each connects to each. Two ends
 * on one machine need no rule.
 */
export function endsOfRow(
  row: Pick<PortTableRow, "from" | "to">,
  topology: Topology,
): Array<readonly [Member, Member]> {
  return pairsOfRow(row, topology).filter(([from, to]) => from.endpoint.id !== to.endpoint.id);
}

function pairsOfRow(
  row: Pick<PortTableRow, "from" | "to">,
  topology: Topology,
): Array<readonly [Member, Member]> {
  const from = membersOfParty(row.from);
  if (from.kind === "copy") {
    return (topology.backupCopies ?? []).flatMap((copy) =>
      cross(named(topology, from.of, [copy.from]), named(topology, from.of, [copy.to])),
    );
  }
  if (from.kind === "extent") {
    return (topology.scaleOutRepositories ?? []).flatMap((extents) => {
      const members = named(topology, from.of, extents);
      return cross(members, members);
    });
  }
  return cross(membersOf(row.from, topology), membersOf(row.to, topology)).filter(
    ([gateway, repository]) => from.kind !== "gateways" || speaksTo(gateway.endpoint, repository.component),
  );
}

/** Whether a row has someone who connects, and someone to connect to; endpoints with DNS names always exist. */
export function isBetweenMembers(row: Pick<PortTableRow, "from" | "to">, topology: Topology): boolean {
  return membersOfParty(row.to).kind === "dnsNames"
    ? membersOf(row.from, topology).length > 0
    : endsOfRow(row, topology).length > 0;
}

/** The members of a party in a deployment. */
export function membersOf(party: Party, topology: Topology): Member[] {
  const members = membersOfParty(party);
  switch (members.kind) {
    case "components":
      return selected(topology, members.of);
    case "machines":
      return topology.components
        .filter(({ type }) => operatingSystemOf(type) === members.operatingSystem)
        .map(asMember);
    case "gateways": {
      const repositories = selected(topology, members.repositories);
      return selected(topology, members.of).filter(({ endpoint }) =>
        repositories.some(({ component }) => speaksTo(endpoint, component)),
      );
    }
    case "peers":
      return members.given.flatMap((name) => {
        const endpoint = topology.peers?.[name];
        return endpoint ? [{ endpoint }] : [];
      });
    case "serviceTag":
      return [{ endpoint: { id: party, label: party, prefixes: [party] } }];
    case "migration": {
      const move = topology.cacheMigration;
      const keys = move ? members.ends.map((end) => move[end]) : [];
      return named(topology, [{ role: VeeamRole.CACHE_REPOSITORY }], keys);
    }
    case "copy":
    case "extent":
      return selected(topology, members.of);
    case "everyone":
      return topology.components.map(asMember);
    // dnsNameFlows and dnsFlows have the flows to these.
    case "dnsNames":
    case "dnsServers":
      return [];
  }
}

/** Whether a component is of one of the selectors. */
export function isSelected(
  component: Pick<TopologyComponent, "role" | "type">,
  selectors: readonly ComponentSelector[],
): boolean {
  return selectors.some(
    ({ role, types, except }) =>
      role === component.role &&
      (types === undefined || types.some((type) => type === component.type)) &&
      !(except ?? []).some((type) => type === component.type),
  );
}

function selected(topology: Topology, selectors: readonly ComponentSelector[]): Member[] {
  return topology.components.filter((component) => isSelected(component, selectors)).map(asMember);
}

function named(
  topology: Topology,
  selectors: readonly ComponentSelector[],
  keys: readonly string[],
): Member[] {
  return selected(topology, selectors).filter(({ component }) => component && keys.includes(component.key));
}

/** Whether Veeam reaches a repository through a machine: any, unless the deployment names its gateways. */
function speaksTo(machine: FlowEndpoint, repository: TopologyComponent | undefined): boolean {
  const gateways = repository?.gateways;
  return gateways === undefined || gateways.some(({ id }) => id === machine.id);
}

function asMember(component: TopologyComponent): Member {
  return { endpoint: component.endpoint, component };
}

function cross(from: readonly Member[], to: readonly Member[]): Array<readonly [Member, Member]> {
  return from.flatMap((a) => to.map((b) => [a, b] as const));
}
