import { VeeamRole } from "../../ports/port-table";
import type { ReportEnd, ReportFlow, ReportModel } from "../report-model";
import { protocolText, portsText, roleTitle } from "../words";

/** Where in the picture a cluster stands, from left to right; the foot is below all of them. */
export enum Column {
  /** Others, who open connections to us. */
  CALLERS,
  BACKUP_SERVER,
  MIDDLE,
  REPOSITORIES,
  /** Others, to whom we open connections. */
  CALLED,
  /** Others, to whom every subnet of ours opens connections. */
  FOOT,
}

/** Ends that are drawn in one box, because they do the same and stand on the same side of the fence. */
export interface Cluster {
  readonly id: string;
  readonly title: string;
  readonly column: Column;
  /** Whether rules are made here for its ends. */
  readonly ours: boolean;
  /** Whether those rules are added to groups of others. */
  readonly shared: boolean;
  readonly nodes: readonly ClusterNode[];
}

/** One end in the picture. */
export interface ClusterNode {
  readonly id: string;
  readonly end: ReportEnd;
}

/** What an arrow is attached to: a node, a cluster, or the frame around everything that is made here. */
export interface Anchor {
  readonly id: string;
  /** What a reader calls it. */
  readonly title: string;
}

/** One arrow: the flows between two anchors. */
export interface Arrow {
  readonly id: string;
  readonly from: Anchor;
  readonly to: Anchor;
  /** Protocols and ports: `TCP 443, 9419`. */
  readonly label: string;
  readonly flows: readonly ReportFlow[];
  /** Whether the proof found some of its flows closed. */
  readonly missing: boolean;
}

/** What the picture shows. */
export interface PictureGraph {
  readonly clusters: readonly Cluster[];
  readonly arrows: readonly Arrow[];
}

/** Id of the frame around everything that has rules here, as an anchor. */
export const FRAME = "frame";

/** Whether an end stands in the frame: its group is made here, or rules are added to it. */
function hasRulesHere({ ours, sharedGroup }: ReportEnd): boolean {
  return ours || sharedGroup !== undefined;
}

/** The deployment as boxes and arrows. Flows that every member of a box has are one arrow of the box. */
export function pictureGraph(model: ReportModel): PictureGraph {
  const clusters = clustersOf(model);
  return { clusters, arrows: arrowsOf(model, clusters) };
}

const COLUMN_OF_ROLE: Record<VeeamRole, Column> = {
  [VeeamRole.CONSOLE]: Column.CALLERS,
  [VeeamRole.BACKUP_SERVER]: Column.BACKUP_SERVER,
  [VeeamRole.POSTGRESQL]: Column.MIDDLE,
  [VeeamRole.HTTP_PROXY]: Column.MIDDLE,
  [VeeamRole.CACHE_REPOSITORY]: Column.MIDDLE,
  [VeeamRole.GATEWAY_SERVER]: Column.REPOSITORIES,
  [VeeamRole.BACKUP_REPOSITORY]: Column.REPOSITORIES,
};

function clustersOf(model: ReportModel): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const end of model.ends) {
    const [component] = end.components;
    const column = columnOf(end, model);
    // Ends that no component is at have nothing in common, and those at the foot have an arrow each.
    const isAlone = component === undefined || column === Column.FOOT;
    const key = isAlone
      ? `end ${end.id}`
      : `role ${component.role} ${end.ours} ${end.sharedGroup !== undefined} ${column}`;
    const members = [...(clusters.get(key)?.nodes ?? []), { id: `end-${model.ends.indexOf(end)}`, end }];
    clusters.set(key, {
      id: clusters.get(key)?.id ?? `cluster-${clusters.size}`,
      title: component ? roleTitle(component.role, members.length) : end.label,
      column,
      ours: hasRulesHere(end),
      shared: end.sharedGroup !== undefined,
      nodes: members,
    });
  }
  return [...clusters.values()];
}

function columnOf(end: ReportEnd, model: ReportModel): Column {
  const [component] = end.components;
  if (hasRulesHere(end)) return component ? COLUMN_OF_ROLE[component.role] : Column.MIDDLE;
  if (isForEverything(end, model)) return Column.FOOT;
  if (component?.role === VeeamRole.BACKUP_SERVER) return Column.CALLERS;
  const opens = model.flows.some(({ from }) => from === end);
  const isConnectedTo = model.flows.some(({ to }) => to === end);
  return opens && !isConnectedTo ? Column.CALLERS : Column.CALLED;
}

/** Whether every end with rules here has each of the flows to this one, and it has no others. */
function isForEverything(end: ReportEnd, model: ReportModel): boolean {
  const ours = model.ends.filter(hasRulesHere);
  const flows = model.flows.filter(({ to }) => to === end);
  if (ours.length < 2 || flows.length === 0 || model.flows.some(({ from }) => from === end)) return false;
  return groupBy(flows, kindOf).every((same) => new Set(same.map(({ from }) => from)).size === ours.length);
}

/** The same for flows that differ in their ends only. */
function kindOf({ flow }: ReportFlow): string {
  return JSON.stringify([flow.name, flow.protocol, flow.ports]);
}

interface Bundle {
  readonly from: Anchor;
  readonly to: Anchor;
  readonly flows: readonly ReportFlow[];
}

function arrowsOf(model: ReportModel, clusters: readonly Cluster[]): Arrow[] {
  const byName = groupBy(model.flows, kindOf);
  const bundles = byName.flatMap((flows) => bundlesOf(flows, clusters));
  const byAnchors = groupBy(bundles, ({ from, to }) => `${from.id} ${to.id}`);
  return byAnchors.map((same, index) => {
    const flows = same.flatMap((bundle) => bundle.flows);
    return {
      id: `arrow-${index + 1}`,
      from: same[0].from,
      to: same[0].to,
      label: servicesText(flows),
      flows,
      missing: flows.some(({ missing }) => missing),
    };
  });
}

/** Protocols and ports of several flows. */
function servicesText(flows: readonly ReportFlow[]): string {
  const byProtocol = groupBy(flows, ({ flow }) => flow.protocol);
  return byProtocol
    .map((same) => {
      const ports = [...new Set(same.flatMap(({ flow }) => flow.ports))];
      const protocol = protocolText(same[0].flow.protocol);
      return ports.length === 0 || ports.includes("*") ? protocol : `${protocol} ${portsText(ports)}`;
    })
    .join(", ");
}

/** The fewest arrows that say the same as the flows, which are of one kind. */
function bundlesOf(flows: readonly ReportFlow[], clusters: readonly Cluster[]): Bundle[] {
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.nodes.map(({ end }) => [end.id, cluster])));
  const between = groupBy(flows, ({ from, to }) => {
    const target = clusterOf.get(to.id) as Cluster;
    return target.column === Column.FOOT ? target.id : `${clusterOf.get(from.id)?.id} ${target.id}`;
  });
  return between.flatMap((same) => {
    const from = clusterOf.get(same[0].from.id) as Cluster;
    const to = clusterOf.get(same[0].to.id) as Cluster;
    if (to.column === Column.FOOT)
      return [{ from: FRAME_ANCHOR, to: anchorOf(to.nodes[0], to), flows: same }];
    return from === to
      ? same.map((flow) => single(flow, clusterOf))
      : bundlesBetween(same, from, to, clusterOf);
  });
}

const FRAME_ANCHOR: Anchor = { id: FRAME, title: "everything here" };

function bundlesBetween(
  flows: readonly ReportFlow[],
  from: Cluster,
  to: Cluster,
  clusterOf: ReadonlyMap<string, Cluster>,
): Bundle[] {
  const [sources, targets] = [from.nodes.length, to.nodes.length];
  if (pairsOf(flows) === sources * targets) {
    return [{ from: anchorOfAll(from), to: anchorOfAll(to), flows }];
  }
  const each = (rest: readonly ReportFlow[]): Bundle[] => rest.map((flow) => single(flow, clusterOf));
  const perSource = groupBy(flows, (flow) => flow.from.id);
  if (targets > 1 && perSource.some((same) => pairsOf(same) === targets)) {
    return perSource.flatMap((same) =>
      pairsOf(same) === targets
        ? [{ from: single(same[0], clusterOf).from, to: anchorOfAll(to), flows: same }]
        : each(same),
    );
  }
  return groupBy(flows, (flow) => flow.to.id).flatMap((same) =>
    sources > 1 && pairsOf(same) === sources
      ? [{ from: anchorOfAll(from), to: single(same[0], clusterOf).to, flows: same }]
      : each(same),
  );
}

function pairsOf(flows: readonly ReportFlow[]): number {
  return new Set(flows.map(({ from, to }) => `${from.id}\n${to.id}`)).size;
}

function single(flow: ReportFlow, clusterOf: ReadonlyMap<string, Cluster>): Bundle {
  const anchor = (end: ReportEnd): Anchor => {
    const cluster = clusterOf.get(end.id) as Cluster;
    return anchorOf(cluster.nodes.find((node) => node.end.id === end.id) as ClusterNode, cluster);
  };
  return { from: anchor(flow.from), to: anchor(flow.to), flows: [flow] };
}

/** A node that is alone in its cluster is drawn as the cluster. */
function anchorOf(node: ClusterNode, cluster: Cluster): Anchor {
  return { id: cluster.nodes.length === 1 ? cluster.id : node.id, title: node.end.label };
}

function anchorOfAll(cluster: Cluster): Anchor {
  if (cluster.nodes.length === 1) return anchorOf(cluster.nodes[0], cluster);
  const where = cluster.shared ? " in groups of others" : cluster.ours ? "" : " elsewhere";
  return { id: cluster.id, title: `all ${cluster.nodes.length} ${cluster.title.toLowerCase()}${where}` };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
