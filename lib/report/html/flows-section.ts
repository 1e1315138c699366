import { endsText } from "../ends-text";
import { naturalOrder } from "../../base/natural-order";
import { rowText } from "../pages-text";
import type { ReportEnd, ReportFlow, ReportModel } from "../report-model";
import { serviceText } from "../words";
import { html, type Html } from "./html";
import { arrivingCards, type Card, leavingCards } from "./rules";

/** Every flow, by what asks for it, with the rules at both ends behind a disclosure. */
export function flowsSection(model: ReportModel, flowIds: ReadonlyMap<ReportFlow, string>): Html {
  const blocks = blocksOf(model);
  return html`<section id="flows" aria-labelledby="flows-h">
    <h2 id="flows-h">Flows</h2>
    <p class="lead">
      ${
        blocks.length === 0
          ? "The deployment has no flows."
          : "Select a flow to see the rules that decide at both ends. Network security groups are stateful: replies need no rule."
      }
    </p>
    ${
      blocks.length > 0 &&
      html`<ul class="list flows">
        ${blocks.map((flows, index) => block(flows, `rules-${index + 1}`, flowIds, model.ends))}
      </ul>`
    }
  </section>`;
}

/** Flows that differ in their ends only are one block. */
function blocksOf(model: ReportModel): ReportFlow[][] {
  const blocks = new Map<string, ReportFlow[]>();
  for (const one of model.flows) {
    const { name, protocol, ports, reason, origin, sources } = one.flow;
    const key = JSON.stringify([name, protocol, ports, reason, origin, sources]);
    const same = blocks.get(key);
    if (same) same.push(one);
    else blocks.set(key, [one]);
  }
  return [...blocks.values()];
}

function block(
  flows: readonly ReportFlow[],
  id: string,
  flowIds: ReadonlyMap<ReportFlow, string>,
  ends: readonly ReportEnd[],
): Html {
  const [{ flow }] = flows;
  const closed = flows.filter(({ missing }) => missing).length;
  const leaving = new CardList(`${id}-out`, flows, leavingCards);
  const arriving = new CardList(`${id}-in`, flows, arrivingCards);
  const marks = (one: ReportFlow): Html =>
    html`id="${flowIds.get(one)}" data-leaving="${leaving.idsOf(one).join(" ")}"
    data-arriving="${arriving.idsOf(one).join(" ")}"`;
  const pair = [flows.map(({ from }) => from), flows.map(({ to }) => to)]
    .map((side) => endsText(side, ends))
    .join(" → ");
  const tag =
    closed > 0 && html` <span class="tag bad">✕ ${flows.length === 1 ? "" : `${closed} `}blocked</span>`;
  const origin = html`<div class="origin">Requested by ${requestText(flow)}</div>`;
  const cards = html`<div class="ends">
    ${leaving.markup("Outbound rule at the source")}${arriving.markup("Inbound rule at the destination")}
  </div>`;
  const content =
    flows.length === 1
      ? html`<div class="target" ${marks(flows[0])}>${cards}</div>
          ${origin}`
      : html`<ul class="pairs${flows.length > 3 && " many"}">
            ${flows.map(
              (one) =>
                html`<li class="target" ${marks(one)}>
                  ${one.from.label} →
                  ${one.to.label}${one.missing && html` <span class="tag bad">✕ blocked</span>`}
                  <span class="jumps"
                    >${cardLinks("outbound rule", leaving, one)}
                    ${cardLinks("inbound rule", arriving, one)}</span
                  >
                </li> `,
            )}
          </ul>
          ${cards}${origin}`;
  return html`<li>
    <details>
      <summary>
        <span class="mono">${serviceText(flow.protocol, flow.ports)}</span
        ><span class="pair">${pair}${tag}</span><span class="why">${flow.reason}</span>
      </summary>
      ${content}
    </details>
  </li> `;
}

function cardLinks(text: string, list: CardList, flow: ReportFlow): Html {
  const ids = list.idsOf(flow);
  return html`${list.cardsOf(flow).map(({ place }, index) => html`<a href="#${ids[index]}" aria-label="${text}: ${place}">${text}</a>`)}`;
}

/** The cards of several flows at one side, each once. */
class CardList {
  private readonly ids = new Map<string, string>();
  private readonly cards = new Map<string, Card>();
  private readonly peers = new Map<string, Set<string>>();

  constructor(
    stem: string,
    flows: readonly ReportFlow[],
    public readonly cardsOf: (flow: ReportFlow) => readonly Card[],
  ) {
    for (const card of flows.flatMap(cardsOf)) {
      const peers = this.peers.get(card.key);
      if (peers) {
        card.peers.forEach((peer) => peers.add(peer));
        continue;
      }
      this.peers.set(card.key, new Set(card.peers));
      this.cards.set(card.key, card);
      this.ids.set(card.key, `${stem}-${this.cards.size}`);
    }
  }

  public idsOf(flow: ReportFlow): string[] {
    return this.cardsOf(flow).map(({ key }) => this.ids.get(key) as string);
  }

  public markup(title: string): Html {
    return html`<div>
      <h3>${title}</h3>
      <ul class="rules">
        ${[...this.cards.values()].map((card) => this.item(card))}
      </ul>
    </div>`;
  }

  private item(card: Card): Html {
    const peers = [...(this.peers.get(card.key) ?? [])].sort(naturalOrder);
    return html`<li class="${card.isRule ? "rule" : "others-end"}" id="${this.ids.get(card.key)}">
      ${card.content(peers)}
    </li>`;
  }
}

/** Every row that asks for a flow, with its page. */
function requestText({ origin, sources = [] }: ReportFlow["flow"]): Html {
  if (sources.length === 0) return html`${origin}`;
  const rows = sources.map(
    (source) => html`${source.page}, ${pageLink(source.source, source.pageDate)}: ${rowText(source)}`,
  );
  return rows.length === 1
    ? rows[0]
    : html`<ul>
        ${rows.map((row) => html`<li>${row}</li>`)}
      </ul>`;
}

/** A link to a page of Veeam's. */
export function pageLink(source: string, pageDate: string | undefined): Html {
  return html`<a href="${safeAddress(source)}" rel="noreferrer"
    >page${pageDate === undefined ? "" : ` of ${pageDate}`}</a
  >`;
}

/** What asks for something, and the page where it says so. */
export function originText({
  source,
  pageDate,
  origin,
}: Pick<ReportFlow["flow"], "source" | "pageDate" | "origin">): Html {
  if (source === undefined) return html`${origin}`;
  return html`${origin}, ${pageLink(source, pageDate)}`;
}

/** A link leads to the web or nowhere: a source is a text that a user may have written. */
export function safeAddress(address: string): string {
  return /^https?:\/\//i.test(address) ? address : "#";
}
