import type { Flow, FlowSource } from "../azure/flow";
import type { ReportEnd, ReportFailover, ReportFlow, ReportModel } from "./report-model";
import { Direction } from "../azure/security-rule";
import { addedRulesOf, type RuleAtEnd } from "./rules-of-flow";

/** A row of a page, in the page's words: `Cache repository → Gateway server, TCP 6162 (Gateway Servers)`. */
export function rowText({ section, from, to, protocol, ports }: FlowSource): string {
  return `${from} → ${to}, ${protocol} ${ports.join(", ")}${section === "" ? "" : ` (${section})`}`;
}

/** Every row that asks for a flow, with its page and the page's date; none where no page asks for it. */
export function rowsOf({ sources = [] }: Flow): string[] {
  return sources.map((source) => `${source.page}, ${source.pageDate}: ${rowText(source)}`);
}

/** What asks for a flow: every row, or the user. */
export function requestsOf(flow: Flow): string[] {
  const rows = rowsOf(flow);
  return rows.length === 0 ? [flow.origin] : rows;
}

/** What asks for each rule, by {@link ruleKey}: what asks for the flows that it decides on. */
export function requestsOfRules(flows: readonly ReportFlow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const requests = new Map<string, Set<string>>();
  for (const { flow, from, to, leaving, arriving } of flows) {
    const added = [
      ...addedRulesOf(flow, from.sharedGroup, Direction.OUTBOUND),
      ...addedRulesOf(flow, to.sharedGroup, Direction.INBOUND),
    ];
    for (const rule of [...leaving, ...arriving, ...added]) {
      const key = ruleKey(rule);
      requests.set(key, new Set([...(requests.get(key) ?? []), ...requestsOf(flow)]));
    }
  }
  return requests;
}

/** A rule among those of all groups; names are unique in a group. */
export function ruleKey({ group, rule }: Pick<RuleAtEnd, "group" | "rule">): string {
  return `${group}\n${rule.name}`;
}

/** The columns of the table of disagreements; the dates say which page is newer. */
export function disagreementHeads({ portTable: { pageDate, usedPorts } }: ReportModel): string[] {
  return [
    `Entra ID ports, page of ${pageDate}`,
    `Used ports, page of ${usedPorts?.pageDate}`,
    "Followed here",
  ];
}

/** The failover range in sentences: the deployment's choice, and what another would close. */
export function failoverText({ failover, portTable }: ReportModel): string[] {
  if (!failover) return [];
  const { choice, range, closed, closedOnBothPages } = failover;
  const [entraId, used] = [
    `Entra ID ports of ${portTable.pageDate}`,
    `Used ports of ${portTable.usedPorts?.pageDate}`,
  ];
  const reason = `${used} has ${range} as failover for port 6162 only.`;
  const saved = `${savedText(failover)} between ${pairsText(closed)}`;
  const more = pairsText(closedOnBothPages);
  const isNarrowed = choice === "closedOnBothPages";
  return [
    ...(closed.length === 0
      ? [reason]
      : [
          choice === "open"
            ? `${reason} It is allowed. failoverRange "closed" would leave ${saved}.`
            : `${reason} It is closed (failoverRange "${choice}"), which leaves ${saved}. While port 6162 is unavailable, no data is transferred there.`,
        ]),
    ...(closedOnBothPages.length === 0
      ? []
      : [
          isNarrowed
            ? `${entraId} has the range without that condition between ${more}. It is closed there too, because the deployment follows ${used}.`
            : `${entraId} has the range without that condition between ${more}. failoverRange "closedOnBothPages" would close it there too.`,
        ]),
  ];
}

function savedText({ range }: ReportFailover): string {
  const [first, last = first] = range.split("-").map(Number);
  return `one port instead of ${Number.isInteger(last - first) ? last - first + 1 : "the range"}`;
}

function pairsText(pairs: ReportFailover["closed"]): string {
  return pairs.map(([from, to]: readonly [ReportEnd, ReportEnd]) => `${from.label} → ${to.label}`).join("; ");
}
