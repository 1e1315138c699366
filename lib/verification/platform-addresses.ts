import type { ConnectionQuery, Explanation } from "../proof/explain";
import { type Network, Verdict } from "../proof/network";
import { Direction, Protocol, type SecurityRule } from "../azure/security-rule";

/** An explanation of a connection that groups do not filter. */
export interface PlatformExplanation extends Explanation {
  /** Why it passes. */
  readonly platform: string;
}

/** Addresses of Azure's platform, and the only service tag with which rules filter them. */
interface PlatformService {
  readonly addresses: readonly string[];
  readonly tag: string;
  readonly what: string;
  /** The only TCP port that passes. @default - any */
  readonly port?: number;
}

/**
 * The services of the public cloud.
 *
 * Sources, with the dates of the pages:
 * - https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#azure-platform-considerations
 *   (2025-07-15): the addresses of the host, port 1688, the three tags, and the default route
 * - https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/custom-routes-enable-kms-activation
 *   (2024-07-17): the addresses of the key management service
 */
const SERVICES: readonly PlatformService[] = [
  {
    addresses: ["168.63.129.16", "168.63.129.16/32"],
    tag: "AzurePlatformDNS",
    what: "Azure's own host address (DHCP, DNS, health monitoring)",
  },
  {
    addresses: ["169.254.169.254", "169.254.169.254/32"],
    tag: "AzurePlatformIMDS",
    what: "Azure's instance metadata service",
  },
  {
    addresses: ["20.118.99.224", "40.83.235.53", "23.102.135.246"],
    tag: "AzurePlatformLKM",
    what: "Azure's key management service, which activates Windows",
    port: 1688,
  },
];

/**
 * The answer for a connection to Azure's platform, which groups do not filter
 * unless a rule names the service's tag; undefined if the connection is to
 * something else, or a rule names the tag.
 */
export function explainPlatform(query: ConnectionQuery, network: Network): PlatformExplanation | undefined {
  const { to, port, protocol, direction } = query;
  if (direction === Direction.INBOUND) return undefined;
  const service = SERVICES.find(({ addresses }) => addresses.includes(to));
  if (!service) return undefined;
  if (service.port !== undefined && (port !== service.port || protocol !== Protocol.TCP)) return undefined;
  // With a route for 0.0.0.0/0, activation takes that route, and groups filter it.
  if (service.port !== undefined && network.hasDefaultRoute) return undefined;
  const isNamed = network.groups.some(({ rules }) => rules.some((rule) => names(rule, service.tag)));
  return isNamed
    ? undefined
    : {
        query,
        verdict: Verdict.ALLOW,
        dependsOn: [],
        ends: [],
        platform: `${to} is ${service.what}: groups do not filter it, because no rule names ${service.tag}`,
      };
}

function names({ destinationAddressPrefixes }: SecurityRule, tag: string): boolean {
  return destinationAddressPrefixes.some((prefix) => prefix.toLowerCase() === tag.toLowerCase());
}
