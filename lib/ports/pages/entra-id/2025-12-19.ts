import { entraIdPorts } from "../../port-page";

export const page = entraIdPorts({
  build: "13.0.1.1071",
  pageDate: "2025-12-19",
  source: "https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html",
  rows: `
Veeam Backup & Replication console | Backup server | TCP | 9419 |
Veeam Backup & Replication console | Backup server | TCP | 443 |
Backup server | PostgreSQL server (Microsoft Entra ID backup repository) | TCP | 5432 | only when the database is on a remote PostgreSQL server; the port may differ on a custom instance
Backup server | Proxy server | TCP | 3128 | only where a proxy server is configured
Backup server | Microsoft Entra ID Services | TCP | 443 |
Backup server | Azure Resource Manager | TCP | 443 |
Proxy server | Microsoft Entra ID Services | TCP | 443 | [Optional]
Proxy server | Azure Resource Manager | TCP | 443 | [Optional]
`,
});
