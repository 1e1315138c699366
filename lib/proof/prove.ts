import { AddressSpace } from "./evaluation/address-space";
import { byDependence } from "./evaluation/certainty";
import { assumptionsOf } from "./assumptions";
import { concerns, extentOfEnd, mayConcern, ownSide } from "./evaluation/end";
import { EndView, type AskedFlow, type End, type FlowAtEnd, type Sighting } from "./evaluation/end-view";
import type { Flow } from "../azure/flow";
import { matchOfFlow } from "./evaluation/match";
import { ConnectionEnd, type Network } from "./network";
import type { ExcessConnection, MissingFlow, Proof } from "./proof";
import {
  referenceTo,
  RuleLists,
  unknownsOf,
  type RuleList,
  type RuleReference,
} from "./evaluation/rule-list";
import { Scene, type ExampleConnection } from "./evaluation/scene";
import { Access, Direction } from "../azure/security-rule";
import { findShadowedRules } from "./evaluation/shadowed-rules";

export type { ExcessConnection, MissingFlow, Proof } from "./proof";

/**
 * Judges a network against the flows that it is to carry: each flow has to
 * pass at every end of ours, and each end of ours, alone and as though the
 * other allowed everything, may allow no more than the flows.
 *
 * Throws an Error where a rule or a flow holds a text that is no prefix or
 * port, or an endpoint names a group that is not there.
 */
export function prove(flows: Flow[], network: Network): Proof {
  const space = new AddressSpace(network);
  const lists = new RuleLists(network, space);
  const asked = flows.map((flow): AskedFlow => ({ flow, match: matchOfFlow(flow, space) }));
  const ends = network.endpoints.flatMap((endpoint) =>
    [Direction.INBOUND, Direction.OUTBOUND].flatMap((direction) => {
      const before = lists.before(endpoint, direction).map(({ list }) => list);
      return before.length === 0 ? [] : [judgeEnd({ endpoint, direction, lists: before }, asked, space)];
    }),
  );
  const missing = ends.flatMap((end) => end.missing);
  const excess = ends.flatMap((end) => end.excess);
  const dependsOn = [...missing, ...excess].flatMap((finding) => finding.dependsOn);
  return {
    holds: missing.length === 0 && excess.length === 0,
    missing,
    excess,
    shadowedRules: findShadowedRules(network, lists, (list) => reachedIn(list, ends), space),
    rulesWithoutFlow: findRulesWithoutFlow(network, lists, ends),
    dependsOn: [...new Set(dependsOn)].sort(),
    assumptions: assumptionsOf(network),
  };
}

interface JudgedEnd extends End {
  readonly missing: MissingFlow[];
  readonly excess: ExcessConnection[];
  /** For each list, the indices of the rules that some flow asks for. */
  readonly askedRules: readonly ReadonlySet<number>[];
  /** For each list, the indices of rules that were seen to decide; there may be more. */
  readonly reached: readonly ReadonlySet<number>[];
}

function judgeEnd(end: End, asked: readonly AskedFlow[], space: AddressSpace): JudgedEnd {
  const { endpoint, direction, lists } = end;
  // Also of rules that can never match: whoever wrote one means the endpoint by that name.
  const names = lists.flatMap(({ matches }) => unknownsOf(matches, ownSide(direction)));
  const flows = asked
    .map(({ flow, match }): FlowAtEnd => ({
      flow,
      match,
      isExpected: concerns(match, endpoint, direction, names, space),
    }))
    .filter(({ match, isExpected }) => isExpected || mayConcern(match, endpoint, direction, space));
  const matches = flows.map(({ match }) => match);
  const extent = extentOfEnd([endpoint], direction, lists, matches, space);
  const all = [...lists.flatMap(({ judging }) => judging), ...matches];
  const views = Scene.of(extent, space, all).map((scene) => new EndView(end, flows, scene));
  const at = { end: endOf(direction), endpoint: endpoint.label };
  const excess = surest(
    views.flatMap((view) => view.excess),
    views.length,
  ).map(({ subject, ...finding }) => ({
    ...at,
    allowedBy: subject.map((index, list) => referenceTo(lists[list], index)),
    ...finding,
  }));
  const missing = flows
    .filter(({ isExpected }) => isExpected)
    .flatMap((asker) => {
      const sightings = views.flatMap((view) => view.refusersOf(asker));
      return surest(sightings, views.length).map(({ subject: [list, rule], ...finding }) => ({
        flow: asker.flow.name,
        from: asker.flow.from.label,
        to: asker.flow.to.label,
        ...at,
        blockedBy: referenceTo(lists[list], rule),
        ...finding,
      }));
    });
  return {
    ...end,
    missing,
    excess,
    askedRules: lists.map((_, list) => new Set(views.flatMap((view) => view.askedRules(list)))),
    reached: lists.map((_, list) => new Set(views.flatMap((view) => [...view.reached[list]]))),
  };
}

function endOf(direction: Direction): ConnectionEnd {
  return direction === Direction.OUTBOUND ? ConnectionEnd.SOURCE : ConnectionEnd.DESTINATION;
}

/** What is found, in words. */
interface SurestFinding<S> {
  readonly subject: S;
  readonly example: ExampleConnection;
  readonly dependsOn: string[];
}

/**
 * Of what both address families see, the one that depends on less. A set that
 * is not known may hold addresses of one family only: what is found of any of
 * its addresses is sure where both families see it so.
 */
function surest<S>(sightings: readonly Sighting<S>[], families: number): SurestFinding<S>[] {
  const bySubject = new Map<string, Sighting<S>[]>();
  for (const sighting of sightings) {
    const key = JSON.stringify(sighting.subject);
    bySubject.set(key, [...(bySubject.get(key) ?? []), sighting]);
  }
  return [...bySubject.values()].map((same) => {
    const sure = same.filter(({ certainty }) => certainty.dependsOn.length === 0);
    const findings = same.map(({ subject, scene, certainty }): SurestFinding<S> => {
      const { point, dependsOn, located } = certainty;
      const isSure = dependsOn.length === 0 && sure.length === families;
      const names = isSure || dependsOn.length > 0 ? dependsOn : [...new Set(located)].sort();
      return { subject, example: scene.exampleAt(point, names.length === 0), dependsOn: names };
    });
    return findings.reduce((best, one) => (byDependence(one.dependsOn, best.dependsOn) < 0 ? one : best));
  });
}

function reachedIn(list: RuleList, ends: readonly JudgedEnd[]): Set<number> {
  return new Set(
    ends.flatMap((end) => end.reached.filter((_, i) => end.lists[i] === list).flatMap((some) => [...some])),
  );
}

/**
 * A rule is asked for where a flow asks for a part of it at one of the endpoints behind its group. What stands
 * behind a rule for everything can never match, whoever asks for it, and is told as such.
 */
function findRulesWithoutFlow(
  network: Network,
  lists: RuleLists,
  ends: readonly JudgedEnd[],
): RuleReference[] {
  return lists.attached(network).flatMap((list) => {
    const asked = ends.flatMap((end) => end.askedRules.filter((_, i) => end.lists[i] === list));
    return list.judging
      .map((_, index) => ({ index, rule: referenceTo(list, index) }))
      .filter(({ rule }) => !rule.isDefault && rule.access === Access.ALLOW)
      .filter(({ index }) => !asked.some((rules) => rules.has(index)))
      .map(({ rule }) => rule);
  });
}
