import { Protocol } from "../../azure/security-rule";
import { type PortSection, TRANSMISSION_PORTS } from "../port-table";

export const section: PortSection = {
  section: "Backup Repositories: scale-out",
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "extent-to-extent",
      priority: 570,
      from: "source-extent",
      to: "target-extent",
      protocol: Protocol.TCP,
      ports: [TRANSMISSION_PORTS, "6162"],
      optional: false,
      reason: "data moved between extents of a scale-out backup repository",
      condition: "in both directions",
      features: [],
      without: "backups cannot be moved between extents",
    },
  ],
};
