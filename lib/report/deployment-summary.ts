import type { Flow } from "../azure/flow";
import type { SecurityRule } from "../azure/security-rule";
import { flowTable } from "./flow-table";

/** What a deployment opens. */
export interface OpenedByDeployment {
  /** Revision of the port table. */
  readonly portTable: string;
  readonly flows: readonly Flow[];
  /** The rules of each group. */
  readonly groups: ReadonlyArray<readonly SecurityRule[]>;
}

/** What a deployment opens, for a terminal: its flows, and how many groups and rules hold them. */
export function deploymentSummary({ portTable, flows, groups }: OpenedByDeployment): string {
  const rules = groups.reduce((count, group) => count + group.length, 0);
  return [
    `What is open, after Veeam's port table ${portTable}:`,
    flowTable(flows),
    `${plural(flows.length, "flow")}; ${plural(groups.length, "network security group")} with ${plural(rules, "rule")}, which deny everything else.`,
  ].join("\n");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
