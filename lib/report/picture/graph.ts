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

/** One end in a box; alone in its box, it has the id of the box. */
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
  const keyOf = (end: ReportEnd): string => {
    const role = end.components[0]?.role;
    if (role === undefined || isCalledByAll(end, model)) return end.id;
    return JSON.stringify([role, columnOf(end, model), end.ours, end.sharedGroup !== undefined]);
  };
  return groupsOf(model.ends, keyOf).map((ends, index) => {
    const [end] = ends;
    const id = `cluster-${index}`;
    return {
      id,
      title: end.components.length > 0 ? roleTitle(end.components[0].role, ends.length) : end.label,
      column: columnOf(end, model),
      ours: hasRulesHere(end),
      shared: end.sharedGroup !== undefined,
      calledByAll: isCalledByAll(end, model),
      nodes: ends.map((one, row) => ({ id: ends.length === 1 ? id : `${id}-${row}`, end: one })),
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
  // The frame's arrows begin at its right side.
  const isAtRight = columnOf(end, model) === Column.CALLED;
  if (!isAtRight || inFrame < 2 || flows.length === 0) return false;
  if (model.flows.some(({ from }) => from === end)) return false;
  return groupsOf(flows, kindOf).every((same) => new Set(same.map(({ from }) => from)).size === inFrame);
}

/** The same text for flows that differ only in their ends. */
function kindOf({ flow }: ReportFlow): string {
  return JSON.stringify([flow.name, flow.protocol, flow.ports]);
}

function arrowsOf(model: ReportModel, clusters: readonly Cluster[]): Arrow[] {
  const clusterOf = (end: ReportEnd): Cluster =>
    clusters.find(({ nodes }) => nodes.some((node) => node.end === end)) as Cluster;
  const bundles = groupsOf(model.flows, (flow) => {
    const [from, to] = [clusterOf(flow.from), clusterOf(flow.to)];
    return `${kindOf(flow)} ${to.calledByAll ? FRAME.id : from.id} ${to.id}`;
  }).flatMap((flows) => bundlesOf(flows, clusterOf(flows[0].from), clusterOf(flows[0].to)));
  return groupsOf(bundles, ({ from, to }) => `${from.id} ${to.id}`).map((same, index) => {
    const flows = same.flatMap((bundle) => bundle.flows);
    return {
      ...same[0],
      id: `arrow-${index + 1}`,
      label: servicesText(flows.map(({ flow }) => flow)),
      flows,
      missing: flows.some((flow) => flow.missing),
    };
  });
}

type Bundle = Pick<Arrow, "from" | "to" | "flows">;

/** Flows of one kind between two clusters: from all to all, from one to all, from all to one, or one to one. */
function bundlesOf(flows: readonly ReportFlow[], from: Cluster, to: Cluster): Bundle[] {
  if (to.calledByAll) return [{ from: FRAME, to: anchorOf(to), flows }];
  let rest = flows;
  return [
    { isFromOne: false, isToOne: false },
    { isFromOne: true, isToOne: false },
    { isFromOne: false, isToOne: true },
    { isFromOne: true, isToOne: true },
  ].flatMap(({ isFromOne, isToOne }) => {
    const pairs = (isFromOne ? 1 : from.nodes.length) * (isToOne ? 1 : to.nodes.length);
    const keyOf = (flow: ReportFlow): string =>
      JSON.stringify([isFromOne && flow.from.id, isToOne && flow.to.id]);
    const complete = groupsOf(rest, keyOf).filter(
      (same) => new Set(same.map((flow) => `${flow.from.id}\n${flow.to.id}`)).size === pairs,
    );
    rest = rest.filter((flow) => !complete.flat().includes(flow));
    return complete.map((same) => ({
      from: anchorOf(from, isFromOne ? same[0].from : undefined),
      to: anchorOf(to, isToOne ? same[0].to : undefined),
      flows: same,
    }));
  });
}

/** One end of a cluster as an anchor, or the cluster as a whole. */
function anchorOf({ id, nodes, title, shared, ours }: Cluster, end?: ReportEnd): Anchor {
  const node = nodes.length === 1 ? nodes[0] : nodes.find((one) => one.end === end);
  if (node) return { id: node.id, title: node.end.label };
  const where = shared ? " in groups managed elsewhere" : ours ? "" : " elsewhere";
  return { id, title: `all ${nodes.length} ${title.toLowerCase()}${where}` };
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...groupBy(items, keyOf).values()];
}
