import { Protocol } from "../../azure/security-rule";
import { type PortTable } from "../port-table";

export const table: PortTable = {
  revision: "13.0.1.180@2025-12-12",
  build: "13.0.1.180",
  pageDate: "2025-12-12",
  source: "https://helpcenter.veeam.com/docs/vbr/entraid/entra_id_ports.html",
  rows: [
    {
      name: "console-to-backup-server-rest-api",
      priority: 100,
      from: "console",
      to: "backup-server",
      protocol: Protocol.TCP,
      ports: ["9419"],
      optional: false,
      reason: "REST API of the backup server",
    },
    {
      name: "console-to-backup-server",
      priority: 110,
      from: "console",
      to: "backup-server",
      protocol: Protocol.TCP,
      ports: ["9392", "9420"],
      optional: false,
      reason: "console of the backup server",
      condition: "both ports are required",
    },
    {
      name: "backup-server-to-postgresql",
      priority: 120,
      from: "backup-server",
      to: "postgresql",
      protocol: Protocol.TCP,
      ports: ["5432"],
      optional: false,
      reason: "database of the Entra ID backup repository",
      condition:
        "the database is on a PostgreSQL server of its own; a custom instance may listen on another port",
    },
    {
      name: "backup-server-to-entra-id",
      priority: 140,
      from: "backup-server",
      to: "AzureActiveDirectory",
      protocol: Protocol.TCP,
      ports: ["443"],
      optional: false,
      reason: "Microsoft Graph and sign-in of Microsoft Entra ID",
    },
    {
      name: "backup-server-to-resource-manager",
      priority: 150,
      from: "backup-server",
      to: "AzureResourceManager",
      protocol: Protocol.TCP,
      ports: ["443"],
      optional: false,
      reason: "Azure Resource Manager",
    },
  ],
};
