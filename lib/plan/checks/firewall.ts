import { isPrivate, parseIpv4Address } from "../../azure/sets/ipv4-prefix";
import { isOpaque, isUnknownNumber, isWholeNumber } from "../../base/opaque";
import type { Problem } from "../../base/problem";

/** An Azure Firewall that exists. */
export interface FirewallInput {
  readonly policyId: string;
  readonly privateIpAddress: string;
  readonly priority: number | string;
}

const POLICY_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/firewallPolicies\/[^/]+$/i;

/** The firewall through which machines reach Microsoft. */
export function checkFirewall(
  path: string,
  { policyId, privateIpAddress, priority }: FirewallInput,
): Problem[] {
  const problems: Problem[] = [];
  if (!isOpaque(policyId) && !POLICY_ID.test(policyId)) {
    problems.push({
      path: `${path}.policyId`,
      code: "id-invalid",
      what: "is not the id of a firewall policy",
      value: policyId,
      allowed: "/subscriptions/.../resourceGroups/.../providers/Microsoft.Network/firewallPolicies/...",
      change: "Copy the resource id of the policy",
    });
  }
  const address = parseIpv4Address(privateIpAddress);
  if (!isOpaque(privateIpAddress) && (address === undefined || !isPrivate({ base: address, length: 32 }))) {
    problems.push({
      path: `${path}.privateIpAddress`,
      code: "address-invalid",
      what: "is not a private IPv4 address",
      value: privateIpAddress,
      allowed: 'an address without a mask, such as "10.0.1.4"',
      change: "Give the firewall's private address",
    });
  }
  if (!isUnknownNumber(priority) && !isWholeNumber(priority, 100, 65000)) {
    problems.push({
      path: `${path}.priority`,
      code: "priority-invalid",
      what: "is not a priority of a rule collection group",
      value: priority,
      allowed: "a whole number from 100 to 65000",
      change: "Choose one that no other group of the policy has",
    });
  }
  return problems;
}
