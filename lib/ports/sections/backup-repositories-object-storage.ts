import { Protocol } from "../../azure/security-rule";
import { VeeamFeature } from "../features";
import { type PortSection, TRANSMISSION_PORTS } from "../port-table";

export const section: PortSection = {
  section: "Backup Repositories: object storage on Azure",
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "gateway-to-object-storage",
      priority: 540,
      from: "gateway-of-object-storage",
      to: "object-storage",
      protocol: Protocol.TCP,
      ports: ["443"],
      optional: false,
      reason: "object storage of a repository",
      condition: "by service tag, each region has a rule of its own",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the object storage",
    },
    {
      name: "gateway-to-certificate-revocation",
      priority: 550,
      from: "gateway-of-object-storage",
      to: "certificate-revocation",
      protocol: Protocol.TCP,
      ports: ["80"],
      optional: false,
      reason: "revocation of the object storage's certificates",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "the object storage's certificates cannot be checked",
    },
    {
      name: "gateway-server-to-gateway-or-backup-server",
      priority: 560,
      from: "gateway-server-of-object-storage",
      to: "gateway-or-backup-server",
      protocol: Protocol.TCP,
      ports: [TRANSMISSION_PORTS],
      optional: false,
      reason: "data channels of the gateway server of object storage",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "the gateway server cannot pass data to and from the object storage",
    },
  ],
};
