import { Access, Direction, type SecurityRule } from "../../azure/security-rule";
import type { ReportEnd, ReportFlow } from "../report-model";
import { addedRulesOf, type RuleAtEnd } from "../rules-of-flow";
import { prefixesText, serviceText } from "../words";
import { codes } from "./blocks";
import { h, fragment, type Html } from "./html";

/** A rule at one end of a flow, or a note if this deployment has no rule there. */
export interface Card {
  /** The same for cards with the same content. */
  readonly key: string;
  readonly isRule: boolean;
  /** Name of the group, or of the end if this deployment has no group there. */
  readonly place: string;
  /** Addresses at the other end. */
  readonly peers: readonly string[];
  /** The content of the card, with the peers of all cards that have its key. */
  content(peers: readonly string[]): Html;
}

/** The cards of a flow at its source, for outbound rules, or at its destination. */
export function cardsOf(flow: ReportFlow, direction: Direction): Card[] {
  const isSource = direction === Direction.OUTBOUND;
  const [end, rules] = isSource ? [flow.from, flow.leaving] : [flow.to, flow.arriving];
  if (end.sharedGroup) {
    const whose = "managed elsewhere: rules with a lower priority number decide first";
    return addedRulesOf(flow.flow, end.sharedGroup, direction).map((rule) => ruleCard(rule, whose));
  }
  if (!end.ours) return [ownersCard(end, flow, direction)];
  if (rules.length > 0) return rules.map((rule) => ruleCard(rule));
  const why =
    end.groups.length === 0 ? "it has no network security group" : "its group has no rule for this flow";
  return [note(end, fragment(`${end.label}: ${why}.`))];
}

/** A rule of a group. */
function ruleCard({ group, rule }: RuleAtEnd, whose?: string): Card {
  const direction = rule.direction.toLowerCase();
  return {
    key: JSON.stringify([group, direction, rule.name]),
    isRule: true,
    place: group,
    peers: [],
    content: () =>
      fragment(
        h("span", { class: rule.access === Access.DENY ? "access deny" : "access" }, rule.access),
        " ",
        h("code", rule.name),
        h("p.match", matchText(rule)),
        h(
          "p",
          `priority ${rule.priority}, ${direction}, in `,
          h("code", group),
          whose !== undefined && `, ${whose}`,
        ),
        rule.description !== undefined && h("p", rule.description),
      ),
  };
}

/** What a rule matches, in a line. */
function matchText(rule: SecurityRule): Html {
  const from = sideCodes(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroupIds);
  const to = sideCodes(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroupIds);
  const ports = rule.sourcePortRanges.includes("*") ? "" : ` ports ${rule.sourcePortRanges.join(", ")}`;
  const service = serviceText(rule.protocol, rule.destinationPortRanges);
  return fragment(`${service} from `, from, `${ports} to `, to);
}

/** One side of a rule: its prefixes, or its application security groups. */
export function sideCodes(prefixes: readonly string[], groups: readonly string[] = []): Html {
  return codes(groups.length > 0 ? groups : prefixes.map((prefix) => prefixesText([prefix])));
}

/** What the owner of an end elsewhere has to allow. */
function ownersCard(end: ReportEnd, { from, to, flow }: ReportFlow, direction: Direction): Card {
  if (end.serviceTag) {
    return note(end, fragment(h("code", end.label), " is an Azure service tag: no rule is needed there."));
  }
  const isSource = direction === Direction.OUTBOUND;
  const [own, other] = isSource ? [flow.from, flow.to] : [flow.to, flow.from];
  const service = `${direction.toLowerCase()} ${serviceText(flow.protocol, flow.ports)}`;
  const addresses = sideCodes(end.prefixes, own.applicationSecurityGroupIds);
  return {
    key: JSON.stringify([end.id, service, addresses.text]),
    isRule: false,
    place: end.label,
    peers: other.applicationSecurityGroupIds ?? (isSource ? to : from).prefixes,
    content: (peers) => {
      const [source, destination] = isSource ? [addresses, sideCodes(peers)] : [sideCodes(peers), addresses];
      const request = `Not part of this deployment. The owner of ${end.label} has to allow ${service} from `;
      return fragment(request, source, " to ", destination, ".");
    },
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
