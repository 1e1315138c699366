import { Protocol } from "../../azure/security-rule";
import { VeeamFeature } from "../features";
import { type PortSection, TRANSMISSION_PORTS } from "../port-table";

export const section: PortSection = {
  section: "Backup Repositories: deduplicating appliances",
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "gateway-to-data-domain",
      priority: 580,
      from: "gateway-of-data-domain",
      to: "data-domain",
      protocol: Protocol.TCP,
      ports: ["111", "2049", "2052"],
      optional: false,
      reason: "Dell Data Domain",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the appliance",
    },
    {
      name: "backup-server-to-linux-based-appliance",
      priority: 590,
      from: "backup-server",
      to: "linux-based-appliance",
      protocol: Protocol.TCP,
      ports: ["22", "6160", "6162", TRANSMISSION_PORTS],
      optional: false,
      reason: "deduplicating appliance that runs Veeam's services",
      condition: "the transmission ports are for failover",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the appliance",
    },
    {
      name: "gateway-to-store-once",
      priority: 600,
      from: "gateway-of-store-once",
      to: "store-once",
      protocol: Protocol.TCP,
      ports: ["9387", "9388"],
      optional: false,
      reason: "HPE StoreOnce",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the appliance",
    },
  ],
};
