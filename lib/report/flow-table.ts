import Table from "cli-table3";
import type { Flow } from "../azure/flow";

/** The flows as a table for a terminal: from, to, protocol, ports, why. */
export function flowTable(flows: readonly Flow[]): string {
  const table = new Table({
    head: ["from", "to", "protocol", "ports", "why"],
    style: { head: [], border: [], compact: true },
  });
  for (const flow of flows) {
    table.push([
      flow.from.label,
      flow.to.label,
      flow.protocol.toUpperCase(),
      flow.ports.join(", "),
      flow.reason,
    ]);
  }
  return table.toString();
}
