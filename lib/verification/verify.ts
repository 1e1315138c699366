import type { Network } from "../proof/network";
import { type Proof, prove } from "../proof/prove";
import type { RuleReference } from "../proof/evaluation/rule-list";
import type { NetworkOfFiles } from "../terraform/joined/network-of-files";
import { isMatched, type MatchedPlace, matchPlace } from "./match-place";
import { missingAtInterfaces } from "./missing-at-interfaces";
import type { PlaceFinding } from "./place-finding";
import type { PlannedDeployment } from "./planned-deployment";

export type { PlaceFinding } from "./place-finding";

/** A place of the deployment and the group that was found for it. */
export interface FoundPlace {
  readonly component: string;
  readonly group: string;
  /** Name of the file that contains the group. */
  readonly file: string;
  /** Whether the group is another team's, in which only the deployment's own rules are verified. @default false */
  readonly managedElsewhere?: boolean;
}

/** The result of a verification. */
export interface Verification {
  /** Whether every place has its group, all flows are allowed, and nothing else is. */
  readonly holds: boolean;
  /** Revision of the port table. */
  readonly portTable: string;
  readonly places: FoundPlace[];
  readonly findings: PlaceFinding[];
  readonly proof: Proof;
}

/**
 * Compares the groups in files with the flows of a deployment.
 *
 * @param mapped names of groups by component, for groups whose tags do not say it
 */
export function verify(
  deployment: PlannedDeployment,
  there: NetworkOfFiles,
  mapped: ReadonlyMap<string, string>,
): Verification {
  const matches = deployment.places.map((place) =>
    matchPlace(place, there, mapped.get(place.endpoint.label)),
  );
  const found = matches.filter(isMatched);
  const network: Network = {
    ...deployment.surroundings,
    // Files may contain routes that the deployment does not create, and the deployment may leave routes to the platform.
    hasDefaultRoute: deployment.surroundings.hasDefaultRoute || there.network.hasDefaultRoute,
    ...(there.network.connectedPrefixes && { connectedPrefixes: there.network.connectedPrefixes }),
    endpoints: found.map(({ endpoint }) => endpoint),
    groups: there.network.groups,
    ...(there.network.serviceTags && { serviceTags: there.network.serviceTags }),
  };
  const others = new Set(found.filter(({ place }) => place.isOthers).map(({ group }) => group.name));
  const isOurs = (reference: RuleReference): boolean =>
    !others.has(reference.group) || found.some((match) => isRuleOf(match, reference));
  const judged = onlyOurs(prove([...deployment.flows], network), isOurs);
  const atInterfaces = found.flatMap((match) => missingAtInterfaces(match, [...deployment.flows], network));
  const dependsOn = [...judged.dependsOn, ...atInterfaces.flatMap((missing) => missing.dependsOn)];
  const proof: Proof = {
    ...judged,
    missing: [...judged.missing, ...atInterfaces],
    dependsOn: [...new Set(dependsOn)].sort(),
    holds: judged.holds && atInterfaces.length === 0,
  };
  // A doubt that makes no difference for the flows is not reported.
  const matters = (name: string | undefined, judged: readonly string[]) =>
    name === undefined || !judged.includes(name) || proof.dependsOn.includes(name);
  const findings = matches.flatMap((match) =>
    isMatched(match)
      ? match.findings.filter(({ subject }) => matters(subject, match.judgedDoubts))
      : match.findings,
  );
  return {
    holds: proof.holds && findings.length === 0,
    portTable: deployment.portTable,
    places: found.map(({ place, group }) => ({
      component: place.endpoint.label,
      group: group.name,
      file: group.file,
      ...(place.isOthers && { managedElsewhere: true }),
    })),
    findings,
    proof,
  };
}

/** Whether the deployment added a rule in another team's group: the rule has its priority, or its name, which may be shortened. */
function isRuleOf({ place, group }: MatchedPlace, { group: name, rule, priority }: RuleReference): boolean {
  if (group.name !== name) return false;
  return place.rules.some(
    ({ rule: own }) =>
      own.priority === priority ||
      rule.toLowerCase().startsWith(`${own.name}-of-`.slice(0, SURE_LENGTH).toLowerCase()),
  );
}

// The part of a long name that is always before its hash.
const SURE_LENGTH = 60;

/** The proof without what other teams' rules allow in their groups. */
function onlyOurs(proof: Proof, ours: (rule: RuleReference) => boolean): Proof {
  const excess = proof.excess.filter(({ allowedBy }) => allowedBy.some(ours));
  return {
    ...proof,
    excess,
    shadowedRules: proof.shadowedRules.filter(({ rule }) => ours(rule)),
    rulesWithoutFlow: proof.rulesWithoutFlow.filter(ours),
    holds: proof.missing.length === 0 && excess.length === 0,
  };
}
