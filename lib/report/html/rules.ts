import { Access, Direction, type SecurityRule } from "../../azure/security-rule";
import { ruleName } from "../../plan/rules/rules-of-endpoint";
import type { ReportSharedGroup } from "../report-input";
import type { ReportEnd, ReportFlow } from "../report-model";
import type { RuleAtEnd } from "../rules-of-flow";
import { prefixesText, serviceText } from "../words";
import { html, type Html } from "./html";
import { codes } from "./table";

/** What there is to read at one end of a flow: a rule, or a note where no rule of ours stands. */
export interface Card {
  /** The same for cards that say the same. */
  readonly key: string;
  readonly isRule: boolean;
  /** Name of the group, or of the end where no group of ours stands. */
  readonly place: string;
  /** Addresses at the other end that the card speaks of. */
  readonly peers: readonly string[];
  /** What the card says of peers: its own, or those of all cards of its key. */
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
  if (end.sharedGroup) return addedCards(end, end.sharedGroup, flow, isLeaving);
  if (!end.ours) return [othersCard(end, flow, isLeaving)];
  if (rules.length > 0) return rules.map((rule) => ruleCard(rule));
  const why = end.groups.length === 0 ? "no group stands before it" : "no rule of its group speaks of it";
  return [note(end, html`${end.label}: ${why}.`)];
}

/** The rules for a flow in a group of others, where they may come after other rules. */
function addedCards(
  end: ReportEnd,
  { name: group, rules }: ReportSharedGroup,
  { flow }: ReportFlow,
  isLeaving: boolean,
): Card[] {
  const direction = isLeaving ? Direction.OUTBOUND : Direction.INBOUND;
  const own = rules.filter(
    (rule) => rule.direction === direction && rule.nameOfFlow === ruleName(flow.name, direction),
  );
  if (own.length === 0) {
    return [note(end, html`${end.label}: another rule that is added to <code>${group}</code> covers it.`)];
  }
  return own.map((rule) => ruleCard({ group, rule }, "a group of others, whose earlier rules decide first"));
}

/** A rule as it stands in its group. */
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
    return note(
      end,
      html`<code>${end.label}</code> is a service of Azure, behind a service tag: nothing has to be opened
        there.`,
    );
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
        ? html`${end.label} is not filtered here. Its owner has to allow ${service} from ${addresses} out to
          ${prefixCodes(peers)}.`
        : html`${end.label} is not filtered here. Its owner has to allow ${service} in from
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
