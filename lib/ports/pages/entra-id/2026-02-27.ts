import { entraIdPorts } from "../../port-page";

export const page = entraIdPorts({
  build: "13.0.1.1071",
  pageDate: "2026-02-27",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/entra_id_ports.html",
  rows: `
Veeam Backup & Replication console | Backup server | TCP | 9419 |
Veeam Backup & Replication console | Backup server | TCP | 443 |
Backup server | PostgreSQL server (Microsoft Entra ID backup repository) | TCP | 5432 | [Optional] only when the database is on a remote PostgreSQL server; the port may differ on a custom instance
Backup server | HTTP proxy server | TCP | <proxy port> | [Optional]
Backup server | Microsoft Entra ID Services | TCP | 443 |
Backup server | Azure Resource Manager | TCP | 443 |
HTTP proxy server | Microsoft Entra ID Services | TCP | 443 | [Optional] for Linux-based backup servers
HTTP proxy server | Azure Resource Manager | TCP | 443 | [Optional] for Linux-based backup servers
Cache repository | Gateway server | TCP | 2500-3300 | [Optional] cache repository: needed for log backup and log backup copy
Cache repository | Primary or secondary backup repository | TCP | 2500-3300 | [Optional] same cell as the row above
Backup server | Cache repository | TCP | 6160, 6162 | [Optional] a cache repository on another machine
Backup server | Old cache repository, new cache repository | TCP | 2500-3300 | [Optional] while the cache repository is being changed
`,
});
