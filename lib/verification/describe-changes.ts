import { describeDifference } from "../proof/describe";
import type { ChangeAction, ResourceChange } from "../terraform/changes/stack-changes";
import { markdownText } from "../report/markdown-report";
import type { DeploymentChanges } from "./deployment-changes";

/** Whether nothing changes. */
export function isUnchanged({ connections, changes, refused }: DeploymentChanges): boolean {
  return connections.opened.length + connections.closed.length + changes.length + refused.length === 0;
}

/** The changes as plain text. */
export function describeChanges(changes: DeploymentChanges): string {
  if (isUnchanged(changes)) return "No changes.";
  return sectionsOf(changes)
    .map(({ title, lines }) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n"))
    .join("\n\n");
}

/** The changes in Markdown, for a pull request. */
export function changesInMarkdown(changes: DeploymentChanges): string {
  if (isUnchanged(changes)) return "No changes.";
  return sectionsOf(changes)
    .map(({ title, lines, isDiff }) =>
      [
        `### ${title}`,
        "",
        ...(isDiff ? ["```diff", ...lines, "```"] : lines.map((line) => `- ${markdownText(line)}`)),
      ].join("\n"),
    )
    .join("\n\n");
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** Whether each line begins with - or +. */
  readonly isDiff?: boolean;
}

/** The sections by importance, without empty ones. */
function sectionsOf({ connections, changes, refused, interrupted }: DeploymentChanges): Section[] {
  const { opened, closed } = connections;
  const lines = describeDifference(connections).split("\n");
  return [
    { title: "Refused by Azure or Terraform", lines: refused },
    { title: "Interruptions", lines: interrupted },
    { title: "Connections", lines: opened.length + closed.length === 0 ? [] : lines, isDiff: true },
    { title: "Resources", lines: changes.map(resourceText) },
  ].filter((section) => section.lines.length > 0);
}

function resourceText({ action, type, name, attributes }: ResourceChange): string {
  const does = action === "forget" ? "remove from the state only:" : action;
  const what = `${does} ${type.replace(/^azurerm_/, "").replaceAll("_", " ")} ${name}`;
  return attributes.length === 0 ? what : `${what} (${attributes.join(", ")})`;
}

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
