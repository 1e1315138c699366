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
