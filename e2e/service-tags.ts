import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TagPrefixes } from "./ruleset";

/** Some of the prefixes that Microsoft publishes, in Microsoft's format. */
export const SERVICE_TAGS = readFileSync(join(__dirname, "service-tags.json"), "utf8");

/**
 * The IPv4 prefixes of service tags.
 *
 * @param connected prefixes of the virtual network, and of the networks that a peering or a gateway connects to it
 */
export function tagPrefixes(connected: readonly string[]): TagPrefixes {
  const { values } = JSON.parse(SERVICE_TAGS) as {
    values: Array<{ name: string; properties: { addressPrefixes: string[] } }>;
  };
  const published = values.map(({ name, properties }) => [
    name,
    properties.addressPrefixes.filter((prefix) => !prefix.includes(":")),
  ]);
  return {
    ...(Object.fromEntries(published) as TagPrefixes),
    AzureLoadBalancer: ["168.63.129.16"],
    VirtualNetwork: [...connected, "168.63.129.16"],
  };
}
