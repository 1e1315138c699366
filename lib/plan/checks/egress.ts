import { isPrivate, parseIpv4Address } from "../../azure/sets/ipv4-prefix";
import { isOpaque } from "../../base/opaque";
import { type Problem, problemUnless, refused } from "../../base/problem";
import type { Deployment } from "../deployment";
import { checkNetworkId } from "./network-ids";

/** Outbound access: ids and addresses are valid, and there is one way out. */
export function checkWayOut({
  egress,
  destinations,
}: Pick<Deployment, "egress" | "destinations">): Problem[] {
  const natGateway = typeof egress === "object" ? egress.natGateway : undefined;
  const ofNatGateway =
    natGateway === undefined ? [] : checkNetworkId("egress.natGateway", natGateway, "natGateways");
  if (typeof destinations !== "object" || !("azureFirewall" in destinations)) return ofNatGateway;
  const { policyId, privateIpAddress } = destinations.azureFirewall;
  return [
    ...ofNatGateway,
    ...checkNetworkId("destinations.azureFirewall.policyId", policyId, "firewallPolicies"),
    ...checkPrivateAddress("destinations.azureFirewall.privateIpAddress", privateIpAddress),
    // A NAT gateway beside a firewall would carry nothing.
    ...problemUnless(egress === undefined || egress === "existing", {
      code: "egress-beside-firewall",
      path: "egress",
      what: "is a NAT gateway in addition to destinations.azureFirewall, which is already the way out",
      value: natGateway ?? "natGateway",
      allowed: "with a firewall: no egress, or the platform's own",
      change: "Leave egress out, or name the destinations by service tag",
    }),
  ];
}

function checkPrivateAddress(path: string, value: string): Problem[] {
  const address = parseIpv4Address(value);
  const isValid = address !== undefined && isPrivate({ base: address, length: 32 });
  if (isOpaque(value) || isValid) return [];
  return refused("address-invalid", path, value, {
    what: "is not a private IPv4 address",
    allowed: 'an address without a mask, such as "10.0.1.4"',
    change: "Give the firewall's private address",
  });
}
