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
import { packageVersion } from "../base/package-files";
import type { Verification } from "../verification/verify";

/** A log in the Static Analysis Results Interchange Format, as far as it is written here. */
export type SarifLog = ReturnType<typeof sarifOf>;

type Level = "error" | "warning";

const KINDS = {
  "missing-flow": {
    level: "error",
    about: "A flow of the deployment is blocked.",
    help: "Change the rule that blocks it, or deploy again.",
  },
  "excess-connection": {
    level: "error",
    about: "A group allows a connection that no flow needs.",
    help: "Remove or narrow the rule that allows it, or deploy again.",
  },
  "group-not-found": {
    level: "error",
    about: "A component of the deployment has no group.",
    help: "Tag its group with veeam-role and veeam-component, or name it with --map.",
  },
  "group-ambiguous": {
    level: "error",
    about: "Several groups are a component's.",
    help: "Name the one that is with --map.",
  },
  "group-unattached": {
    level: "error",
    about: "A component's group is not associated with a subnet, and so filters nothing.",
    help: "Attach it to the component's subnet.",
  },
  "subnet-differs": {
    level: "error",
    about: "A component's group is associated with another subnet than the deployment says.",
    help: "Move the component, or change the deployment.",
  },
  "subnet-unfiltered": {
    level: "error",
    about: "A component's group is associated with network interfaces only, and not with the whole subnet.",
    help: "Attach it to the component's subnet.",
  },
  "not-known": {
    level: "error",
    about: "The files do not say all that a component's traffic passes.",
    help: "Give the files that do.",
  },
  "shadowed-rule": {
    level: "warning",
    about: "A rule never applies.",
    help: "Remove it; earlier rules decide all that it is for.",
  },
  "rule-without-flow": {
    level: "warning",
    about: "A rule allows only connections that no flow needs.",
    help: "Remove it, or declare the flow that it is for.",
  },
} as const satisfies Record<string, { level: Level; about: string; help: string }>;

type Kind = keyof typeof KINDS;
const KIND_NAMES = Object.keys(KINDS) as Kind[];

/**
 * A verification as SARIF 2.1.0.
 *
 * @param deployment name of the deployment's file, where findings are that no file of groups holds
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
  ) =>
    resultOf(kind, text, identity, {
      file: (group === undefined ? undefined : files.get(group)) ?? deployment,
      name: rule ? rule.rule : group,
      path: rule ? `${rule.group}/${rule.rule}` : group,
    });
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
            semanticVersion: packageVersion(),
            rules: KIND_NAMES.map((id) => ({
              id,
              shortDescription: { text: KINDS[id].about },
              help: { text: KINDS[id].help },
              defaultConfiguration: { level: KINDS[id].level },
            })),
          },
        },
        results,
      },
    ],
  };
}

interface Place {
  readonly file: string;
  readonly name?: string;
  readonly path?: string;
}

function resultOf(kind: Kind, text: string, identity: readonly string[], { file, name, path }: Place) {
  const location = {
    physicalLocation: { artifactLocation: { uri: uriOf(file) } },
    ...(name !== undefined &&
      path !== undefined && {
        logicalLocations: [{ name, fullyQualifiedName: path, kind: "resource" as const }],
      }),
  };
  return {
    ruleId: kind,
    ruleIndex: KIND_NAMES.indexOf(kind),
    level: KINDS[kind].level,
    message: { text },
    locations: [location],
    // Identifies the finding in other runs.
    partialFingerprints: { "veeamPorts/v1": [kind, path ?? "", ...identity].join("|") },
  };
}

function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file.replaceAll("\\", "/"));
}
