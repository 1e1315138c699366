import { Protocol } from "../../azure/security-rule";
import { VeeamFeature } from "../features";
import { type PortSection } from "../port-table";

export const section: PortSection = {
  section: "Backup Repositories: NFS",
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "gateway-to-nfs-repository-tcp",
      priority: 500,
      from: "gateway-of-nfs",
      to: "nfs-repository",
      protocol: Protocol.TCP,
      ports: ["111", "2049"],
      optional: false,
      reason: "NFS share of a repository",
      condition: "NFS 3 also needs the ports of mountd, statd and lockd, which can be fixed on the server",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the NFS share",
    },
    {
      name: "gateway-to-nfs-repository-udp",
      priority: 510,
      from: "gateway-of-nfs",
      to: "nfs-repository",
      protocol: Protocol.UDP,
      ports: ["111", "2049"],
      optional: false,
      reason: "NFS share of a repository",
      condition: "NFS 3 also needs the ports of mountd, statd and lockd, which can be fixed on the server",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the NFS share",
    },
  ],
};
