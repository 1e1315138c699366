import type { Flow, FlowSource } from "../azure/flow";

/** A row of a page, in the page's words: `Cache repository → Gateway server, TCP 6162 (Gateway Servers)`. */
export function rowText({ section, from, to, protocol, ports }: FlowSource): string {
  return `${from} → ${to}, ${protocol} ${ports.join(", ")}${section === "" ? "" : ` (${section})`}`;
}

/** Every row that asks for a flow, with its page and the page's date; empty if no page asks for it. */
export function rowsOf({ sources = [] }: Flow): string[] {
  return sources.map((source) => `${source.page}, ${source.pageDate}: ${rowText(source)}`);
}

/** What asks for a flow: every row, or the user. */
export function requestsOf(flow: Flow): string[] {
  const rows = rowsOf(flow);
  return rows.length === 0 ? [flow.origin] : rows;
}
