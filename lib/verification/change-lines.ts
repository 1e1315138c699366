import { describeDifference } from "../proof/describe";
import type { ChangeAction } from "../terraform/changes/stack-changes";
import type { DeploymentChanges } from "./deployment-changes";
import { isUnchanged } from "./describe-changes";

// Enough for an intended change; the command prints all of it.
const MOST_LINES = 8;

/** The changes in a few lines, and the command that prints all of them. */
export function changeLines(changes: DeploymentChanges): string[] {
  if (isUnchanged(changes)) return [];
  const { refused, interrupted, connections } = changes;
  const hasConnections = connections.opened.length + connections.closed.length > 0;
  const lines = [
    ...few(refused.map((text) => `Refused: ${text}`)),
    ...few(interrupted.map((text) => `Interrupts: ${text}`)),
    ...(hasConnections ? few(describeDifference(connections).split("\n")) : []),
    `Resources: ${countsOf(changes)}`,
  ];
  return [
    "Changes since the last synthesis:",
    ...lines.map((line) => `  ${line}`),
    "All changes: git show HEAD:cdktf.json > old.json && npx veeam-ports diff --deployment old.json cdktf.json",
  ];
}

function few(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [...lines.slice(0, MOST_LINES - 1), `and ${lines.length - MOST_LINES + 1} more`];
}

const ACTIONS: ReadonlyArray<readonly [ChangeAction, string]> = [
  ["create", "to create"],
  ["update", "to update"],
  ["replace", "to replace"],
  ["delete", "to delete"],
  ["forget", "to remove from the state only"],
];

function countsOf({ changes }: DeploymentChanges): string {
  const counts = ACTIONS.map(([action, text]) => ({
    text,
    count: changes.filter((change) => change.action === action).length,
  }));
  const some = counts.filter(({ count }) => count > 0).map(({ count, text }) => `${count} ${text}`);
  return some.join(", ") || "no changes";
}
