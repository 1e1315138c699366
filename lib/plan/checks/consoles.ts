import { formatIpv4Prefix, isPrivate, parseIpv4Prefix } from "../../azure/sets/ipv4-prefix";
import type { Deployment } from "../deployment";

/** A deployment that nobody can administer from a console, or that public addresses can. */
export function consoleWarnings({ consoles }: Partial<Deployment>): string[] {
  if (consoles === undefined) {
    return [
      "consoles: is missing, so no console can connect to the backup server. List the prefixes from which consoles are opened.",
    ];
  }
  return consoles.flatMap((text, index) => {
    const prefix = parseIpv4Prefix(text);
    if (!prefix || isPrivate(prefix)) return [];
    return [
      `consoles[${index}]: ${formatIpv4Prefix(prefix)} is public, so the backup server accepts consoles from the Internet. Use a private network, a VPN or Azure Bastion.`,
    ];
  });
}
