import { Direction, type SecurityRule } from "../../azure/security-rule";
import { kept } from "../../base/collections";
import type { ReportFlow, ReportModel } from "../report-model";
import { addedRulesOf, type RuleAtEnd } from "../rules-of-flow";
import { plural, portsText, protocolText, requestsOf, sentenceList } from "../words";
import { bullets, codes, pageSection, type PageSection, table } from "./blocks";
import { h, type Html } from "./html";
import { sideCodes } from "./rules";

/** Every group with all its rules, and the rules that are added to groups managed elsewhere. */
export function groupsSection({ flows, groups, ends }: ReportModel): PageSection {
  const requests = requestsOfRules(flows);
  const items = [
    ...groups.map(({ name, rules, ends: its }) => {
      const where = sentenceList(its.map(({ label }) => label)) || "nothing";
      return groupItem(name, rules, `${plural(rules.length, "rule")}, on ${where}`, requests);
    }),
    ...ends.flatMap(({ label, sharedGroup }) => {
      if (!sharedGroup) return [];
      const rules = sharedGroup.rules.map(({ rule }) => rule);
      const hint = `${plural(rules.length, "rule")} added, on ${label}; the group is managed elsewhere`;
      return [groupItem(sharedGroup.name, rules, hint, requests)];
    }),
  ];
  const lead =
    "The matching rule with the lowest priority number decides. Azure's default rules come after these.";
  return pageSection({ id: "groups", title: "Network security groups", lead }, h("ul.list", items));
}

const HEADS = [
  "Direction",
  "Priority",
  "Rule",
  "Access",
  "Protocol",
  "Source",
  "Destination",
  "Ports",
  "Requested by",
];

function groupItem(
  group: string,
  rules: readonly SecurityRule[],
  hint: string,
  requests: ReadonlyMap<string, ReadonlySet<string>>,
): Html {
  const rows = rules.map((rule) => {
    const requested = [...(requests.get(ruleKey({ group, rule })) ?? [])];
    return [
      rule.direction,
      rule.priority,
      codes([rule.name]),
      rule.access,
      protocolText(rule.protocol),
      sideCodes(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds),
      sideCodes(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds),
      portsText(rule.destinationPortRanges),
      requested.length > 1 ? bullets(requested) : requested.join(""),
    ];
  });
  const summary = h("summary", h("span.pair", h("code", group)), h("span.hint", hint));
  return h("li", h("details", summary, table(`Rules of ${group}`, HEADS, rows, 2)));
}

/** What requests each rule: the rows of the flows that it decides. */
function requestsOfRules(flows: readonly ReportFlow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const requests = new Map<string, Set<string>>();
  for (const { flow, from, to, leaving, arriving } of flows) {
    const added = [
      ...addedRulesOf(flow, from.sharedGroup, Direction.OUTBOUND),
      ...addedRulesOf(flow, to.sharedGroup, Direction.INBOUND),
    ];
    for (const rule of [...leaving, ...arriving, ...added]) {
      const asking = kept(requests, ruleKey(rule), (): Set<string> => new Set());
      for (const request of requestsOf(flow)) asking.add(request);
    }
  }
  return requests;
}

/** A rule among those of all groups; names are unique in a group. */
function ruleKey({ group, rule }: RuleAtEnd): string {
  return `${group}\n${rule.name}`;
}
