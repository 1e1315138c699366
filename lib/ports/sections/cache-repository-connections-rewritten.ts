import { Protocol } from "../../azure/security-rule";
import { type PortSection, TRANSMISSION_PORTS } from "../port-table";

export const section: PortSection = {
  section: "Cache repository connections (rewritten)",
  build: "13.0.1.2067",
  pageDate: "2026-04-02",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "old-cache-repository-to-new",
      priority: 220,
      from: "old-cache-repository",
      to: "new-cache-repository",
      protocol: Protocol.TCP,
      ports: [TRANSMISSION_PORTS],
      optional: false,
      reason: "data channels while the cache repository changes",
      condition: "the cache repository is being changed",
      features: [],
      without: "the cache repository cannot be changed",
    },
    {
      name: "new-cache-repository-to-old",
      priority: 230,
      from: "new-cache-repository",
      to: "old-cache-repository",
      protocol: Protocol.TCP,
      ports: [TRANSMISSION_PORTS],
      optional: false,
      reason: "data channels while the cache repository changes",
      condition: "the cache repository is being changed",
      features: [],
      without: "the cache repository cannot be changed",
    },
  ],
};
