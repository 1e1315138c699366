import { Direction } from "../../azure/security-rule";
import { groupBy } from "../../base/collections";
import { naturalOrder } from "../../base/natural-order";
import type { ReportEnd, ReportFlow, ReportModel } from "../report-model";
import { pageLink } from "../sections/facts";
import { roleTitle, rowText, sentenceList, serviceText } from "../words";
import { bullets, pageSection, type PageSection, phrase } from "./blocks";
import { h, type Html, type HtmlValue } from "./html";
import { type Card, cardsOf } from "./rules";

/** Every flow, grouped by page, with the rules at both ends in an element that opens. */
export function flowsSection(model: ReportModel): PageSection {
  const items = blocksOf(model).map((flows, index) => flowsItem(flows, `rules-${index + 1}`, model.ends));
  const lead =
    items.length === 0
      ? "The deployment has no flows."
      : "Select a flow to see the rules that decide at both ends. Network security groups are stateful: replies need no rule.";
  const list = items.length > 0 && h("ul.list.flows", items);
  return pageSection({ id: "flows", title: "Flows", lead }, list);
}

/** Flows that differ in their ends only are one block. */
function blocksOf({ flows }: ReportModel): ReportFlow[][] {
  const blocks = groupBy(flows, ({ flow: { name, protocol, ports, reason, origin, sources } }) =>
    JSON.stringify([name, protocol, ports, reason, origin, sources]),
  );
  return [...blocks.values()];
}

function flowsItem(flows: readonly ReportFlow[], id: string, ends: readonly ReportEnd[]): Html {
  const [{ flow }] = flows;
  const leaving = cardList(`${id}-out`, flows, Direction.OUTBOUND);
  const arriving = cardList(`${id}-in`, flows, Direction.INBOUND);
  const target = (name: string, one: ReportFlow, ...content: HtmlValue[]): Html => {
    const rules = { "data-leaving": leaving.idsOf(one), "data-arriving": arriving.idsOf(one) };
    return h(name, { class: "target", id: one.id, ...rules }, ...content);
  };
  const cards = h(
    "div.ends",
    leaving.markup("Outbound rule at the source"),
    arriving.markup("Inbound rule at the destination"),
  );
  const pair = (one: ReportFlow): Html =>
    target(
      "li",
      one,
      `${one.from.label} → ${one.to.label}`,
      one.missing && blockedTag(),
      h("span.jumps", leaving.links("outbound rule", one), arriving.links("inbound rule", one)),
    );
  const content =
    flows.length === 1
      ? target("div", flows[0], cards)
      : [h("ul", { class: flows.length > 3 ? "pairs many" : "pairs" }, flows.map(pair)), cards];
  const sides = [flows.map(({ from }) => from), flows.map(({ to }) => to)];
  const blocked = flows.filter(({ missing }) => missing).length;
  return h(
    "li",
    h(
      "details",
      h(
        "summary",
        h("span.mono", serviceText(flow.protocol, flow.ports)),
        h(
          "span.pair",
          sides.map((side) => endsText(side, ends)).join(" → "),
          blocked > 0 && blockedTag(flows.length === 1 ? "" : `${blocked} `),
        ),
        h("span.why", flow.reason),
      ),
      content,
      h("div.origin", "Requested by ", requestMarkup(flow)),
    ),
  );
}

function blockedTag(count = ""): HtmlValue {
  return [" ", h("span.tag.bad", `✕ ${count}blocked`)];
}

/** The cards of several flows at one side, each once. */
function cardList(stem: string, flows: readonly ReportFlow[], direction: Direction) {
  const cardsAt = (flow: ReportFlow): Card[] => cardsOf(flow, direction);
  const cards = groupBy(flows.flatMap(cardsAt), ({ key }) => key);
  const keys = [...cards.keys()];
  const idOf = ({ key }: Card): string => `${stem}-${keys.indexOf(key) + 1}`;
  const item = (same: readonly Card[]): Html => {
    const peers = [...new Set(same.flatMap((card) => card.peers))].sort(naturalOrder);
    const classes = same[0].isRule ? "rule" : "others-end";
    return h("li", { class: classes, id: idOf(same[0]) }, same[0].content(peers));
  };
  return {
    idsOf: (flow: ReportFlow): string => cardsAt(flow).map(idOf).join(" "),
    links: (text: string, flow: ReportFlow): HtmlValue =>
      cardsAt(flow).map((card) =>
        h("a", { href: `#${idOf(card)}`, "aria-label": `${text}: ${card.place}` }, text),
      ),
    markup: (title: string): Html => h("div", h("h3", title), h("ul.rules", [...cards.values()].map(item))),
  };
}

/** Every row that requests a flow, with its page. */
function requestMarkup({ origin, sources = [] }: ReportFlow["flow"]): HtmlValue {
  const rows = sources.map((source) =>
    phrase([`${source.page}, `, pageLink(source.source, source.pageDate), `: ${rowText(source)}`]),
  );
  return rows.length > 1 ? bullets(rows) : rows.length === 1 ? rows[0] : origin;
}

/** Up to this many ends of a role are always named; of more, a reader knows all of them best as all of them. */
const MOST_NAMED = 3;

/**
 * Several ends in a sentence: each by its name, but all there are of a role
 * together.
 *
 * @param among Every end of the report
 */
export function endsText(ends: readonly ReportEnd[], among: readonly ReportEnd[]): string {
  const asked = new Set(ends);
  const parts: string[] = [];
  const told = new Set<ReportEnd>();
  for (const end of among.filter((one) => asked.has(one))) {
    if (told.has(end)) continue;
    const whole = wholesOf(end, among).find(({ members }) => members.every((one) => asked.has(one)));
    (whole?.members ?? [end]).forEach((one) => told.add(one));
    parts.push(whole?.text ?? end.label);
  }
  return sentenceList(parts);
}

interface Whole {
  readonly members: readonly ReportEnd[];
  readonly text: string;
}

/** What an end is one of, the widest first: its role, and its role on its side of the fence. */
function wholesOf(end: ReportEnd, among: readonly ReportEnd[]): Whole[] {
  const role = end.components[0]?.role;
  if (role === undefined) return [];
  const alike = among.filter(({ components: [component] }) => component?.role === role);
  const beside = alike.filter(({ ours }) => ours === end.ours);
  const text = (members: readonly ReportEnd[], where: string): Whole => ({
    members,
    text: `all ${members.length} ${roleTitle(role, members.length).toLowerCase()}${where}`,
  });
  return [text(alike, ""), text(beside, end.ours ? " in this deployment" : " elsewhere")].filter(
    ({ members }) => members.length > MOST_NAMED,
  );
}
