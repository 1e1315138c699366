import type { Flow, FlowSource } from "../azure/flow";
import { Protocol } from "../azure/security-rule";
import { groupBy } from "../base/collections";
import { naturalOrder } from "../base/natural-order";
import type { ComponentType } from "../ports/component-types";
import { VeeamRole } from "../ports/port-table";

const TITLES: Record<VeeamRole, readonly [one: string, several: string]> = {
  [VeeamRole.CONSOLE]: ["Console", "Consoles"],
  [VeeamRole.BACKUP_SERVER]: ["Backup server", "Backup servers"],
  [VeeamRole.HTTP_PROXY]: ["HTTP proxy", "HTTP proxies"],
  [VeeamRole.POSTGRESQL]: ["PostgreSQL server", "PostgreSQL servers"],
  [VeeamRole.CACHE_REPOSITORY]: ["Cache repository", "Cache repositories"],
  [VeeamRole.GATEWAY_SERVER]: ["Gateway server", "Gateway servers"],
  [VeeamRole.BACKUP_REPOSITORY]: ["Backup repository", "Backup repositories"],
};

/** The roles in the order in which connections run through them. */
export const ROLES = Object.keys(TITLES) as readonly VeeamRole[];

/** What a reader calls a role. */
export function roleTitle(role: VeeamRole, count = 1): string {
  return TITLES[role][count === 1 ? 0 : 1];
}

const TYPE_TITLES: Readonly<Record<ComponentType, string>> = {
  windows: "Windows",
  linux: "Linux",
  hardened: "Hardened Linux",
  infrastructureAppliance: "Infrastructure Appliance",
  nfs: "NFS share",
  smb: "SMB share",
  objectStorage: "Object storage",
  dataDomain: "Dell Data Domain",
  storeOnce: "HPE StoreOnce",
  exaGrid: "ExaGrid",
  quantumDxi: "Quantum DXi",
  fujitsuEternus: "Fujitsu ETERNUS CS800",
  infinidat: "Infinidat InfiniGuard",
};

/** What a reader calls a type of component; empty without a type. */
export function typeTitle(type: string | undefined): string {
  return Object.entries(TYPE_TITLES).find(([key]) => key === type)?.[1] ?? type ?? "";
}

/** A protocol as people write it. */
export function protocolText(protocol: string): string {
  return protocol === Protocol.ANY ? "any protocol" : protocol.toUpperCase();
}

/** Ports as people write them. */
export function portsText(ports: readonly string[]): string {
  return ports.includes("*") ? "all ports" : [...ports].sort(naturalOrder).join(", ");
}

/** Protocol and ports in one go: `TCP 443, 9419`. */
export function serviceText(protocol: string, ports: readonly string[]): string {
  const any = ports.includes("*") || ports.length === 0;
  return any ? protocolText(protocol) : `${protocolText(protocol)} ${portsText(ports)}`;
}

/** Protocols and ports of several flows: `TCP 443, 9419, UDP 53`. */
export function servicesText(flows: readonly Flow[]): string {
  return [...groupBy(flows, ({ protocol }) => protocol)]
    .map(([protocol, same]) => serviceText(protocol, [...new Set(same.flatMap(({ ports }) => ports))]))
    .join(", ");
}

/** Prefixes as people write them. */
export function prefixesText(prefixes: readonly string[]): string {
  return prefixes.map((prefix) => (prefix === "*" ? "any address" : prefix)).join(", ");
}

/** DNS names as people write them. */
export function dnsNamesText(names: readonly string[]): string {
  return names.join(", ") || "endpoints named in object storage certificates";
}

/** A number of things. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

/** A list in a sentence: `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** The facts of a machine, in one line; empty without a machine. */
export function machineText(machine: { readonly [name: string]: string } = {}): string {
  return Object.keys(machine)
    .sort()
    .map((name) => `${name}: ${machine[name]}`)
    .join("; ");
}

/** A row of a page, in the page's words: `Cache repository → Gateway server, TCP 6162 (Gateway Servers)`. */
export function rowText({ section, from, to, protocol, ports }: FlowSource): string {
  return `${from} → ${to}, ${protocol} ${ports.join(", ")}${section === "" ? "" : ` (${section})`}`;
}

/** Every row that requests a flow, with its page and the page's date; empty if no page does. */
export function rowsOf({ sources = [] }: Flow): string[] {
  return sources.map((source) => `${source.page}, ${source.pageDate}: ${rowText(source)}`);
}

/** What requests a flow: every row, or the user. */
export function requestsOf(flow: Flow): string[] {
  const rows = rowsOf(flow);
  return rows.length === 0 ? [flow.origin] : rows;
}

// Characters that a reader does not see, or that reorder what a reader sees.
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * The text on one line, with every character that would be unseen, or would
 * reorder its neighbours, spelled out as `\u{202e}`. Names are user input: a
 * report must not show another name than the one used.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\s*[\r\n\t]\s*/g, " ")
    .replace(UNSEEN, (character) => `\\u{${character.charCodeAt(0).toString(16).padStart(4, "0")}}`);
}
