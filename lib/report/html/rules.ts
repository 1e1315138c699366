import { Access, Direction, type SecurityRule } from "../../azure/security-rule";
import type { ReportSharedGroup } from "../../plan/report-input";
import type { ReportEnd, ReportFlow } from "../report-model";
import { addedRulesOf, type RuleAtEnd } from "../rules-of-flow";
import { prefixesText, serviceText } from "../words";
import { html, type Html } from "./html";
import { codes } from "./table";

/** A rule at one end of a flow, or a note if this deployment has no rule there. */
export interface Card {
  /** The same for cards that say the same. */
  readonly key: string;
  readonly isRule: boolean;
  /** Name of the group, or of the end if this deployment has no group there. */
  readonly place: string;
  /** Addresses at the other end. */
  readonly peers: readonly string[];
  /** The content of the card, with the peers of all cards that have its key. */
  content(peers: readonly string[]): Html;
}

/** The cards of a flow where it leaves. */
export function leavingCards(flow: ReportFlow): Card[] {
  return cardsAt(flow.from, flow.leaving, flow, true);
}

/** The cards of a flow where it arrives. */
export function arrivingCards(flow: ReportFlow): Card[] {
  return cardsAt(flow.to, flow.arriving, flow, false);
}

function cardsAt(end: ReportEnd, rules: readonly RuleAtEnd[], flow: ReportFlow, isLeaving: boolean): Card[] {
  if (end.sharedGroup) return addedCards(end.sharedGroup, flow, isLeaving);
  if (!end.ours) return [othersCard(end, flow, isLeaving)];
  if (rules.length > 0) return rules.map((rule) => ruleCard(rule));
  const why =
    end.groups.length === 0 ? "it has no network security group" : "its group has no rule for this flow";
  return [note(end, html`${end.label}: ${why}.`)];
}

/** The rules for a flow in a group managed elsewhere, where other rules may come first. */
function addedCards(group: ReportSharedGroup, { flow }: ReportFlow, isLeaving: boolean): Card[] {
  return addedRulesOf(flow, group, isLeaving ? Direction.OUTBOUND : Direction.INBOUND).map((rule) =>
    ruleCard(rule, "managed elsewhere: rules with a lower priority number decide first"),
  );
}

/** A rule of a group. */
function ruleCard({ group, rule }: RuleAtEnd, whose = ""): Card {
  const direction = rule.direction === Direction.INBOUND ? "inbound" : "outbound";
  return {
    key: JSON.stringify([group, direction, rule.name]),
    isRule: true,
    place: group,
    peers: [],
    content: () =>
      html`<span class="access${rule.access === Access.DENY && " deny"}">${rule.access}</span>
        <code>${rule.name}</code>
        <p class="match">${matchText(rule)}</p>
        <p>priority ${rule.priority}, ${direction}, in <code>${group}</code>${whose && `, ${whose}`}</p>
        ${rule.description && html`<p>${rule.description}</p>`}`,
  };
}

/** What a rule matches, in a line. */
function matchText(rule: SecurityRule): Html {
  const from = sideCodes(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds);
  const to = sideCodes(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds);
  const ports = rule.sourcePortRanges.includes("*") ? "" : ` ports ${rule.sourcePortRanges.join(", ")}`;
  const service = serviceText(rule.protocol, rule.destinationPortRanges);
  return html`${service} from ${from}${ports} to ${to}`;
}

/** One side of a rule: its prefixes, or the application security groups that stand for them. */
export function sideCodes(prefixes: readonly string[], groups: readonly string[] = []): Html {
  return groups.length > 0 ? codes(groups) : prefixCodes(prefixes);
}

/** Prefixes as code, in the words of people. */
export function prefixCodes(prefixes: readonly string[]): Html {
  return codes(prefixes.map((prefix) => prefixesText([prefix])));
}

function othersCard(end: ReportEnd, { from, to, flow }: ReportFlow, isLeaving: boolean): Card {
  if (end.serviceTag) {
    return note(end, html`<code>${end.label}</code> is an Azure service tag: no rule is needed there.`);
  }
  const [own, other] = isLeaving ? [flow.from, flow.to] : [flow.to, flow.from];
  const service = serviceText(flow.protocol, flow.ports);
  const addresses = sideCodes(end.prefixes, own.applicationSecurityGroupIds);
  return {
    key: JSON.stringify([end.id, isLeaving, service, addresses.text]),
    isRule: false,
    place: end.label,
    peers: other.applicationSecurityGroupIds ?? (isLeaving ? to : from).prefixes,
    content: (peers) =>
      isLeaving
        ? html`Not part of this deployment. The owner of ${end.label} has to allow outbound ${service} from
          ${addresses} to ${prefixCodes(peers)}.`
        : html`Not part of this deployment. The owner of ${end.label} has to allow inbound ${service} from
          ${prefixCodes(peers)} to ${addresses}.`,
  };
}

function note(end: ReportEnd, content: Html): Card {
  return {
    key: JSON.stringify([end.id, content.text]),
    isRule: false,
    place: end.label,
    peers: [],
    content: () => content,
  };
}
