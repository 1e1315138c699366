import type { Network } from "../proof/network";
import { type Proof, prove } from "../proof/prove";
import type { RuleReference } from "../proof/evaluation/rule-list";
import type { NetworkOfFiles } from "../terraform/network-of-files";
import { isMatched, type MatchedPlace, matchPlace } from "./match-place";
import { missingAtInterfaces } from "./missing-at-interfaces";
import type { PlaceFinding } from "./place-finding";
import type { PlannedDeployment } from "./planned-deployment";

export type { PlaceFinding } from "./place-finding";

/** A place of the deployment and the group that was found for it. */
export interface FoundPlace {
  readonly component: string;
  readonly group: string;
  /** Name of the file that holds the group. */
  readonly file: string;
  /** Whether the group is another team's, in which only the deployment's own rules are judged. @default false */
  readonly managedElsewhere?: boolean;
}

/** What was found of a deployment. */
export interface Verification {
  /** Whether every place has its group, every flow is open, and nothing else is. */
  readonly holds: boolean;
  /** Revision of the port table. */
  readonly portTable: string;
  readonly places: FoundPlace[];
  readonly findings: PlaceFinding[];
  readonly proof: Proof;
}

/**
 * Judges the groups that are there by what a deployment asks for.
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
    // The files know of routes that the deployment does not make, and it knows of what it leaves to the platform.
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
  // A doubt that changes nothing for the flows is not worth a word.
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

/** Whether a rule in another team's group is one that the deployment added: it has its priority, or its name, which may be cut. */
function isRuleOf({ place, group }: MatchedPlace, { group: name, rule, priority }: RuleReference): boolean {
  if (group.name !== name) return false;
  return place.rules.some(
    ({ rule: own }) =>
      own.priority === priority ||
      rule.toLowerCase().startsWith(`${own.name}-of-`.slice(0, SURE_LENGTH).toLowerCase()),
  );
}

// What is left of a long name whose end is a hash.
const SURE_LENGTH = 60;

/** The proof without what other teams' rules open in their groups, which hold more than this deployment's flows. */
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
