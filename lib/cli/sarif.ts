import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import {
  describeExcess,
  describeMissing,
  describeRuleWithoutFlow,
  describeUnmatchable,
} from "../proof/describe";
import type { RuleReference } from "../proof/evaluation/rule-list";
import { STANDARD_INPUT } from "./inputs";
import { packageManifest } from "../base/package-files";
import type { Verification } from "../verification/verify";

/** A log in the Static Analysis Results Interchange Format, as far as it is written here. */
export type SarifLog = ReturnType<typeof sarifOf>;

/** What a finding of each kind says, and what to do. */
const KINDS = {
  "missing-flow": [
    "A flow of the deployment is blocked.",
    "Change the rule that blocks it, or deploy again.",
  ],
  "excess-connection": [
    "A group allows a connection that no flow needs.",
    "Remove or narrow the rule that allows it, or deploy again.",
  ],
  "group-not-found": [
    "A component of the deployment has no group.",
    "Tag its group with veeam-role and veeam-component, or name it with --map.",
  ],
  "group-ambiguous": ["A component has several groups.", "Name its group with --map."],
  "group-unattached": [
    "A component's group is not associated with a subnet, so it filters nothing.",
    "Associate it with the component's subnet.",
  ],
  "subnet-differs": [
    "A component's group is associated with another subnet than the deployment says.",
    "Move the component, or change the deployment.",
  ],
  "subnet-unfiltered": [
    "A component's group is associated with network interfaces only, and not with the whole subnet.",
    "Associate it with the component's subnet.",
  ],
  "not-connected": [
    "A component's virtual network is not peered with that of a component that it has a flow with.",
    "Peer the two virtual networks.",
  ],
  "not-known": [
    "The files do not contain everything that filters a component's traffic.",
    "Give the files that do.",
  ],
  "shadowed-rule": ["A rule never applies.", "Remove it; earlier rules decide all its connections."],
  "rule-without-flow": [
    "A rule allows only connections that no flow needs.",
    "Remove it, or declare the flow that it is for.",
  ],
} as const;

type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[];

function levelOf(kind: Kind): "error" | "warning" {
  return kind === "shadowed-rule" || kind === "rule-without-flow" ? "warning" : "error";
}

/**
 * A verification as SARIF 2.1.0.
 *
 * @param deployment name of the deployment's file, the place of findings without a file of groups
 */
export function sarifOf({ places, findings, proof }: Verification, deployment: string) {
  const files = new Map(
    places.filter(({ file }) => file !== STANDARD_INPUT).map(({ group, file }) => [group, file]),
  );
  const at = (
    kind: Kind,
    text: string,
    identity: readonly string[],
    rule?: RuleReference,
    group = rule?.group,
  ) => {
    const file = (group === undefined ? undefined : files.get(group)) ?? deployment;
    const [name, path] = rule ? [rule.rule, `${rule.group}/${rule.rule}`] : [group, group];
    return {
      ruleId: kind,
      ruleIndex: KIND_NAMES.indexOf(kind),
      level: levelOf(kind),
      message: { text },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: uriOf(file) } },
          ...(name !== undefined && {
            logicalLocations: [{ name, fullyQualifiedName: path, kind: "resource" as const }],
          }),
        },
      ],
      // Identifies the finding in other runs.
      partialFingerprints: { "veeamPorts/v1": [kind, path ?? "", ...identity].join("|") },
    };
  };
  const results = [
    ...findings.map(({ kind, component, subject, message, group }) =>
      at(kind, message, subject === undefined ? [component] : [component, subject], undefined, group),
    ),
    ...proof.missing.map((missing) =>
      at(
        "missing-flow",
        describeMissing(missing),
        [missing.flow, missing.from, missing.to, missing.end, missing.endpoint, missing.blockedBy.rule],
        missing.blockedBy,
      ),
    ),
    ...proof.excess.map((excess) =>
      at(
        "excess-connection",
        describeExcess(excess),
        [excess.end, excess.endpoint, ...excess.allowedBy.map(({ rule }) => rule)],
        excess.allowedBy[0],
      ),
    ),
    ...proof.shadowedRules.map((shadowedRules) =>
      at("shadowed-rule", describeUnmatchable(shadowedRules), [shadowedRules.direction], shadowedRules.rule),
    ),
    ...proof.rulesWithoutFlow.map((rule) => at("rule-without-flow", describeRuleWithoutFlow(rule), [], rule)),
  ];
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0" as const,
    runs: [
      {
        tool: {
          driver: {
            name: "veeam-ports",
            semanticVersion: packageManifest().version,
            rules: KIND_NAMES.map((id) => ({
              id,
              shortDescription: { text: KINDS[id][0] },
              help: { text: KINDS[id][1] },
              defaultConfiguration: { level: levelOf(id) },
            })),
          },
        },
        results,
      },
    ],
  };
}

function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file.replaceAll("\\", "/"));
}
