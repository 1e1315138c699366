import { Protocol } from "../azure/security-rule";
import { PROXY_PORT } from "./port-table";
import type { PortTableRow } from "./sourced-row";

// Rows that no page of Veeam prints. A deployment asks for them in its own
// words: it names administrators, or how endpoints without a service tag are
// reached. Where Veeam has the same row for the backup server, name and
// priority are the same.

/** How administrators log on to machines other than the backup server. */
export const ADMINISTRATOR_ROWS: readonly PortTableRow[] = [
  {
    name: "administrator-ssh",
    priority: 750,
    from: "administrator",
    to: "linux-machine",
    protocol: Protocol.TCP,
    ports: ["22"],
    reason: "SSH, for administrators",
  },
  {
    name: "administrator-remote-desktop",
    priority: 780,
    from: "administrator",
    to: "windows-machine",
    protocol: Protocol.TCP,
    ports: ["3389"],
    reason: "Remote Desktop, for administrators",
  },
];

/** A rule that carries connections to endpoints that are known by DNS name only. */
export type CarrierRow = Omit<PortTableRow, "from" | "to">;

/** Through the HTTP proxy, from machines for which the port table has no row to it. */
export const THROUGH_HTTP_PROXY: CarrierRow = {
  name: "dns-names-through-http-proxy",
  priority: 1040,
  protocol: Protocol.TCP,
  ports: [PROXY_PORT],
  reason: "endpoints without a service tag, through the HTTP proxy",
};

/** Through a firewall that exists and filters by name. */
export const THROUGH_FIREWALL: CarrierRow = {
  name: "dns-names-through-firewall",
  priority: 1050,
  protocol: Protocol.TCP,
  ports: [],
  reason: "endpoints without a service tag, through the firewall",
};

/**
 * The DNS names that Veeam lists for Microsoft Entra ID and Azure Resource Manager.
 *
 * Source: https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html (page of 2026-02-12)
 */
export const MICROSOFT_NAMES: readonly string[] = [
  "login.microsoftonline.com",
  "graph.microsoft.com",
  "management.azure.com",
];
