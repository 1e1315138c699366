import { Protocol } from "../../azure/security-rule";
import { VeeamFeature } from "../features";
import { type PortSection } from "../port-table";

export const section: PortSection = {
  section: "Backup Repositories: SMB",
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "gateway-to-smb-repository",
      priority: 520,
      from: "gateway-of-smb",
      to: "smb-repository",
      protocol: Protocol.TCP,
      ports: ["445"],
      optional: false,
      reason: "SMB share of a repository",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "nothing can be written to the SMB share",
    },
    {
      name: "gateway-to-domain-controller",
      priority: 530,
      from: "gateway-of-smb",
      to: "domain-controller",
      protocol: Protocol.TCP,
      ports: ["389", "88"],
      optional: false,
      reason: "sign-in to the SMB share with an account of the domain",
      features: [VeeamFeature.LOG_BACKUP, VeeamFeature.TENANT_BACKUP_COPY],
      without: "no account of the domain can sign in to the SMB share",
    },
  ],
};
