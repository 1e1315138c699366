import { Protocol } from "../../policy/security-rule";
import type { PortSection } from "../port-table";

export const section: PortSection = {
  section: "Backup server: outgoing",
  build: "13.0.1.1071",
  pageDate: "2026-02-12",
  source: "https://helpcenter.veeam.com/docs/vbr/userguide/used_ports.html",
  rows: [
    {
      name: "every-component-to-dns-server-udp",
      priority: 900,
      from: "every-component",
      to: "dns-server",
      protocol: Protocol.UDP,
      ports: ["53"],
      optional: false,
      reason: "name resolution by the virtual network's own DNS servers",
    },
    {
      name: "every-component-to-dns-server-tcp",
      priority: 910,
      from: "every-component",
      to: "dns-server",
      protocol: Protocol.TCP,
      ports: ["53"],
      optional: false,
      reason: "name resolution by the virtual network's own DNS servers",
    },
  ],
};
