import { groupBy } from "../../base/collections";
import { VeeamRole } from "../../ports/port-table";
import type { ReportEnd, ReportFlow, ReportModel } from "../report-model";
import { roleTitle, servicesText } from "../words";

/** The columns of the picture, from left to right. */
export enum Column {
  /** Connect to this deployment, and are filtered elsewhere. */
  CALLERS,
  BACKUP_SERVER,
  MIDDLE,
  REPOSITORIES,
  /** This deployment connects to them; they are filtered elsewhere. */
  CALLED,
}

/** One box: ends with the same role and the same kind of group. */
export interface Cluster {
  readonly id: string;
  readonly title: string;
  readonly column: Column;
  /** Whether this deployment writes rules for its ends. */
  readonly ours: boolean;
  /** Whether those rules are added to another team's group. */
  readonly shared: boolean;
  /** Whether everything in the frame connects to it. */
  readonly calledByAll: boolean;
  readonly nodes: readonly ClusterNode[];
}

/** One end in a box. */
interface ClusterNode {
  readonly id: string;
  readonly end: ReportEnd;
}

/** An end of an arrow: a node, a cluster, or the frame. */
interface Anchor {
  readonly id: string;
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
  /** Whether the proof found some of its flows blocked. */
  readonly missing: boolean;
}

/** The boxes and arrows of a picture. */
export interface PictureGraph {
  readonly clusters: readonly Cluster[];
  readonly arrows: readonly Arrow[];
}

/** The frame around all boxes that this deployment writes rules for, as an anchor. */
export const FRAME: Anchor = { id: "frame", title: "everything in this deployment" };

/** The deployment as boxes and arrows, with as few arrows as say the same as the flows. */
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
  const described = model.ends.map((end, index) => {
    const calledByAll = isCalledByAll(end, model);
    const column = columnOf(end, model);
    const role = end.components[0]?.role;
    const kind = [role, column, end.ours, end.sharedGroup !== undefined];
    const isAlone = role === undefined || calledByAll;
    return { key: JSON.stringify(isAlone ? [end.id] : kind), id: `end-${index}`, end, column, calledByAll };
  });
  return groupsOf(described, ({ key }) => key).map((same, index) => {
    const [{ end, column, calledByAll }] = same;
    const [component] = end.components;
    return {
      id: `cluster-${index}`,
      title: component ? roleTitle(component.role, same.length) : end.label,
      column,
      ours: hasRulesHere(end),
      shared: end.sharedGroup !== undefined,
      calledByAll,
      nodes: same,
    };
  });
}

function hasRulesHere({ ours, sharedGroup }: ReportEnd): boolean {
  return ours || sharedGroup !== undefined;
}

function columnOf(end: ReportEnd, { flows }: ReportModel): Column {
  const role = end.components[0]?.role;
  if (hasRulesHere(end)) return role === undefined ? Column.MIDDLE : COLUMN_OF_ROLE[role];
  if (role === VeeamRole.BACKUP_SERVER) return Column.CALLERS;
  const onlyCalls = flows.some(({ from }) => from === end) && !flows.some(({ to }) => to === end);
  return onlyCalls ? Column.CALLERS : Column.CALLED;
}

/** Whether each flow to this end exists from every end in the frame, and none comes from it. */
function isCalledByAll(end: ReportEnd, model: ReportModel): boolean {
  const inFrame = model.ends.filter(hasRulesHere).length;
  const flows = model.flows.filter(({ to }) => to === end);
  if (hasRulesHere(end) || inFrame < 2 || flows.length === 0) return false;
  if (model.flows.some(({ from }) => from === end)) return false;
  return groupsOf(flows, kindOf).every((same) => new Set(same.map(({ from }) => from)).size === inFrame);
}

/** The same text for flows that differ only in their ends. */
function kindOf({ flow }: ReportFlow): string {
  return JSON.stringify([flow.name, flow.protocol, flow.ports]);
}

type Bundle = Pick<Arrow, "from" | "to" | "flows">;

function arrowsOf(model: ReportModel, clusters: readonly Cluster[]): Arrow[] {
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.nodes.map(({ end }) => [end, cluster])));
  const ends = ({ from, to }: ReportFlow): Cluster[] => [clusterOf.get(from), clusterOf.get(to)] as Cluster[];
  const bundles = groupsOf(model.flows, (flow) => {
    const [from, to] = ends(flow);
    return `${kindOf(flow)} ${to.calledByAll ? FRAME.id : from.id} ${to.id}`;
  }).flatMap((flows) => bundlesOf(flows, ...(ends(flows[0]) as [Cluster, Cluster])));
  return groupsOf(bundles, ({ from, to }) => `${from.id} ${to.id}`).map((same, index) => {
    const flows = same.flatMap((bundle) => bundle.flows);
    const missing = flows.some((flow) => flow.missing);
    return {
      id: `arrow-${index + 1}`,
      from: same[0].from,
      to: same[0].to,
      label: servicesText(flows.map(({ flow }) => flow)),
      flows,
      missing,
    };
  });
}

/** Flows of one kind between two clusters: from all to all, from one to all, from all to one, or one to one. */
function bundlesOf(flows: readonly ReportFlow[], from: Cluster, to: Cluster): Bundle[] {
  if (to.calledByAll) return [{ from: FRAME, to: whole(to), flows }];
  const [sources, targets] = [from.nodes.length, to.nodes.length];
  if (pairsOf(flows) === sources * targets) return [{ from: whole(from), to: whole(to), flows }];
  const toAll = groupsOf(flows, (flow) => flow.from.id).filter(
    (same) => targets > 1 && pairsOf(same) === targets,
  );
  const rest = flows.filter((flow) => !toAll.flat().includes(flow));
  const fromAll = groupsOf(rest, (flow) => flow.to.id).filter(
    (same) => sources > 1 && pairsOf(same) === sources,
  );
  const single = rest.filter((flow) => !fromAll.flat().includes(flow));
  return [
    ...toAll.map((same) => ({ from: anchorOf(same[0].from, from), to: whole(to), flows: same })),
    ...fromAll.map((same) => ({ from: whole(from), to: anchorOf(same[0].to, to), flows: same })),
    ...single.map((flow) => ({ from: anchorOf(flow.from, from), to: anchorOf(flow.to, to), flows: [flow] })),
  ];
}

function pairsOf(flows: readonly ReportFlow[]): number {
  return new Set(flows.map(({ from, to }) => `${from.id}\n${to.id}`)).size;
}

function anchorOf(end: ReportEnd, cluster: Cluster): Anchor {
  const node = cluster.nodes.find((one) => one.end === end) as ClusterNode;
  return { id: cluster.nodes.length === 1 ? cluster.id : node.id, title: end.label };
}

function whole(cluster: Cluster): Anchor {
  if (cluster.nodes.length === 1) return anchorOf(cluster.nodes[0].end, cluster);
  const where = cluster.shared ? " in groups managed elsewhere" : cluster.ours ? "" : " elsewhere";
  return { id: cluster.id, title: `all ${cluster.nodes.length} ${cluster.title.toLowerCase()}${where}` };
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...groupBy(items, keyOf).values()];
}
