import type { Flow, FlowEndpoint } from "../../azure/flow";
import { isUnknownNumber } from "../../base/opaque";
import { type Problem, problemOf, problemUnless, refused } from "../../base/problem";
import type { DeploymentComponent, ExternalGroupInput } from "../deployment";
import { isFixedByUser, USER_ORIGIN } from "../flows/user-flow";
import type { PriorityBand } from "../rules/rule-placement";
import { rulesOfGroup } from "../rules/rules-of-endpoint";

/** Problems of flows that cannot be rules of one group; in a group managed elsewhere, also of the priorities that are free in it. */
export function problemsOfRules(endpoint: FlowEndpoint, flows: readonly Flow[], band?: TakenBand): Problem[] {
  const problems = [
    ...checkSameRules(endpoint, flows),
    ...(band ? checkPrioritiesInBand(endpoint, flows, band) : []),
    ...checkFixedPriorities(endpoint, band ? flows.filter(isFixedByUser) : flows),
  ];
  return problems.length > 0 || !band ? problems : checkRoomInBand(endpoint, flows, band);
}

/** Flows of one name are one rule, so they have to agree. */
function checkSameRules(endpoint: FlowEndpoint, flows: readonly Flow[]): Problem[] {
  return inEachDirection(endpoint, flows).flatMap((ofDirection) => {
    const firsts = new Map<string, Flow>();
    return ofDirection.flatMap((flow) => {
      const first = firsts.get(flow.name) ?? flow;
      firsts.set(flow.name, first);
      return disagreement(flow, first);
    });
  });
}

/** Rules of one group whose priorities are fixed have to have different ones. */
function checkFixedPriorities(endpoint: FlowEndpoint, flows: readonly Flow[]): Problem[] {
  return inEachDirection(endpoint, flows).flatMap((ofDirection) => {
    const taken = new Map<number, Flow>();
    return ofDirection.flatMap((flow) => {
      if (flow.movable) return [];
      const owner = taken.get(flow.priority) ?? flow;
      taken.set(flow.priority, owner);
      return owner.name === flow.name ? [] : [samePriority(endpoint, flow, owner)];
    });
  });
}

/** A priority that a user gave has to be one that is reserved in the group managed elsewhere. */
function checkPrioritiesInBand(
  { label }: FlowEndpoint,
  flows: readonly Flow[],
  { first, last }: PriorityBand,
): Problem[] {
  return flows
    .filter((flow) => isFixedByUser(flow) && (flow.priority < first || flow.priority > last))
    .map((flow) =>
      problemOf("priority-not-free", "priority", flow.priority, {
        what: `of the connection ${connectionText(flow)} for "${flow.reason}" is not free in the group of ${label}`,
        allowed: `a whole number from ${first} to ${last}, which the group's owner leaves free`,
        change: "Choose one of these, or leave it out",
      }),
    );
}

/** A group managed elsewhere in which too few priorities are reserved for the rules. */
function checkRoomInBand(endpoint: FlowEndpoint, flows: readonly Flow[], band: TakenBand): Problem[] {
  try {
    rulesOfGroup(endpoint, flows, band);
    return [];
  } catch (error) {
    const why = (error as Error).message.replace(`${endpoint.id}: `, "").replace(/\.$/, "");
    return refused("priority-band-full", band.path, `${band.first}-${band.last}`, {
      what: `has too few priorities for the rules of the flows: ${why}`,
      allowed: "a priority for each rule of a direction",
      change: "Ask the group's owner for a wider band, apart from this one",
    });
  }
}

function inEachDirection({ id }: FlowEndpoint, flows: readonly Flow[]): Flow[][] {
  return [flows.filter(({ to }) => to.id === id), flows.filter(({ from }) => from.id === id)];
}

function disagreement(flow: Flow, first: Flow): Problem[] {
  // A range and its two ends are written alike in a name.
  if (flow.ports.join(", ") !== first.ports.join(", ") || flow.protocol !== first.protocol) {
    return refused("rule-name-taken", "port", flow.ports.join(", "), {
      what: `of the connection ${connectionText(flow)} results in the rule name of ${portsText(first)}`,
      allowed: "ports whose rules have different names",
      change: "Declare one port at a time, or the same ports both times",
    });
  }
  if (flow.priority === first.priority && flow.movable === first.movable) return [];
  return refused("priority-differs", "priority", {
    what: `of the connection ${connectionText(flow)} is ${priorityText(first)} for "${first.reason}" and ${priorityText(flow)} for "${flow.reason}", and the two are one rule`,
    allowed: "one priority for a connection, however often it is declared",
    change: "Give the same priority both times, or leave it out both times",
  });
}

/** The problem names the connection that the user declared, because the user can change it. */
function samePriority({ label }: FlowEndpoint, flow: Flow, owner: Flow): Problem {
  const [mine, others] = flow.origin === USER_ORIGIN ? [flow, owner] : [owner, flow];
  return problemOf("priority-taken", "priority", mine.priority, {
    what: `of the connection ${connectionText(mine)} for "${mine.reason}" is that of ${connectionText(others)} for "${others.reason}" in the group of ${label}`,
    allowed: "a whole number from 100 to 4095 that no other rule of the group has",
    change: "Choose another, or leave it out",
  });
}

function connectionText(flow: Flow): string {
  return `${flow.from.label} -> ${flow.to.label} (${portsText(flow)})`;
}

function portsText({ protocol, ports }: Flow): string {
  return `${protocol.toUpperCase()} ${ports.join(", ")}`;
}

function priorityText({ priority, movable }: Flow): string {
  return movable ? "left out" : String(priority);
}

/** The fewest priorities that hold the rules of one component of any role. */
const MIN_BAND = 50;

/** The priorities that the owner of a group leaves free. */
export function checkPriorityBand(
  path: string,
  { firstPriority, lastPriority }: Pick<ExternalGroupInput, "firstPriority" | "lastPriority">,
): Problem[] {
  const unknown = Object.entries({ firstPriority, lastPriority }).flatMap(([property, value]) =>
    problemUnless(typeof value === "number" && !isUnknownNumber(value), {
      path: `${path}.${property}`,
      code: "value-unknown",
      what: "is known only at apply, but decides priorities",
      allowed: "a whole number from 100 to 4096",
      change: "Give a priority that the group's owner leaves free",
    }),
  );
  if (unknown.length > 0 || typeof firstPriority !== "number" || typeof lastPriority !== "number") {
    return unknown;
  }
  if (lastPriority - firstPriority + 1 >= MIN_BAND) return [];
  return refused("priority-band-too-small", `${path}.lastPriority`, lastPriority, {
    what: `leaves ${Math.max(0, lastPriority - firstPriority + 1)} priorities from ${firstPriority} on`,
    allowed: `a priority that leaves ${MIN_BAND} or more: ${firstPriority + MIN_BAND - 1} to 4096`,
    change: "Ask the group's owner for a wider band",
  });
}

/** Priorities that a component uses in a group managed elsewhere. */
export interface TakenBand extends PriorityBand {
  /** Path of the group in the deployment: `gatewayServers.old.existingSubnet.group`. */
  readonly path: string;
}

/** The priorities that are free in a group managed elsewhere, at its path. */
export function bandOf(path: string, { firstPriority, lastPriority }: ExternalGroupInput): TakenBand {
  return { path, first: Number(firstPriority), last: Number(lastPriority) };
}

/** Components of one deployment whose bands in one group share a priority. */
export function checkBandsOfGroups(components: readonly DeploymentComponent[]): Problem[] {
  const taken = components.flatMap(({ path, existingSubnet }) => {
    const group = existingSubnet?.group;
    if (!group) return [];
    const band = bandOf(`${path}.existingSubnet.group`, group);
    // checkPriorityBand refuses a limit that is known only at apply.
    if (Number.isNaN(band.first) || Number.isNaN(band.last)) return [];
    return [{ group: `${group.resourceGroup} ${group.name}`.toLowerCase(), band }];
  });
  return taken.flatMap(({ group, band }, index) => {
    const other = taken.slice(0, index).find((one) => one.group === group && shareOne(one.band, band));
    return other ? [bandTaken(band, other.band)] : [];
  });
}

/** Whether a priority is in both bands. */
export function shareOne(a: PriorityBand, b: PriorityBand): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Components that add rules to one group choose priorities independently, and Azure refuses a priority that is used twice. */
export function bandTaken(band: TakenBand, other: TakenBand): Problem {
  return problemOf("priority-band-overlap", band.path, `${band.first}-${band.last}`, {
    what: `shares priorities with ${other.path} (${other.first}-${other.last}) in the same group`,
    allowed: "bands that do not overlap",
    change: "Reserve different priorities for each component that adds rules to the group",
  });
}
