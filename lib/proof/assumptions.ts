import { isDefaultRule } from "../azure/default-rules";
import type { Flow } from "../azure/flow";
import { parseAddresses } from "../azure/sets/address-set";
import { isOpaque } from "../base/opaque";
import type { RuleList } from "./evaluation/rule-list";
import type { Explanation } from "./explain";
import { type Network, Verdict } from "./network";

const ZONES = ["virtualnetwork", "internet"];
const OF_PLATFORM = /^azureplatform/;

/**
 * The assumptions of a proof, each a sentence: only those that matter to its rules and flows.
 *
 * @param lists the rules of the groups that endpoints have
 */
export function assumptionsOf(
  network: Network,
  flows: readonly Flow[],
  lists: readonly RuleList[],
): string[] {
  const { endpoints, hasDefaultRoute = false, peerings, serviceTags } = network;
  const rules = lists.flatMap((list) => list.rules);
  const texts = [
    ...rules.flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes]),
    ...flows.flatMap(({ from, to, ports }) => [...from.prefixes, ...to.prefixes, ...ports]),
    ...endpoints.flatMap(({ prefixes }) => prefixes),
  ];
  const own = rules.filter((rule) => !isDefaultRule(rule));
  const tags = own
    .flatMap((rule) => [...rule.sourceAddressPrefixes, ...rule.destinationAddressPrefixes])
    .filter((text) => /^[a-z]/i.test(text) && !isOpaque(text) && !parseAddresses(text))
    .map((tag) => tag.toLowerCase());
  // Azure's default rules name VirtualNetwork and Internet; they apply unless a rule for everything precedes them.
  const zonesMatter =
    tags.some((tag) => ZONES.includes(tag)) ||
    lists.some(({ judging, rules: all }) => judging.some(({ index }) => isDefaultRule(all[index])));
  const hasServiceTags = tags.some((tag) => !ZONES.includes(tag) && tag !== "azureloadbalancer");
  return [
    "Security admin rules of Azure Virtual Network Manager, which Azure evaluates first, allow the flows and nothing else.",
    "Firewalls, network virtual appliances and route tables on the way let the flows through.",
    "No network interface in the subnets has a network security group of its own that is not listed here.",
    "No private endpoint is in the subnets, or their private endpoint policies enable network security groups.",
    !tags.some((tag) => OF_PLATFORM.test(tag)) &&
      "Azure's DHCP, DNS and instance metadata service (168.63.129.16, 169.254.169.254) are reachable whatever the rules are.",
    endpoints.length > 1 &&
      !peerings &&
      "The endpoints are in one virtual network, or in peered virtual networks.",
    hasDefaultRoute
      ? "A route for 0.0.0.0/0 may exist: the tag VirtualNetwork may contain public addresses."
      : zonesMatter &&
        "No route for 0.0.0.0/0 exists: the tag VirtualNetwork contains only the listed prefixes.",
    hasServiceTags &&
      (serviceTags
        ? `Service tags contain the addresses of Service Tags file ${serviceTags.changeNumber} (${serviceTags.cloud}), which Microsoft changes every week.`
        : "The addresses of service tags are unknown but public, and two tags may share some."),
    texts.some(isOpaque) &&
      "A value known only at apply can be any prefix or port. Two are equal only if their expressions are.",
  ].filter((text) => text !== false);
}

/** The assumptions of an explanation, each a sentence: only those that apply to its verdict. */
export function assumptionsOfExplanation({ verdict, ends }: Explanation, network: Network): string[] {
  const deciding = ends.flatMap(({ groups }) => groups.flatMap((group) => group.deciding));
  const passes = verdict !== Verdict.DENY;
  return [
    "Security admin rules of Azure Virtual Network Manager are evaluated before groups, and are not read.",
    passes && "Firewalls, appliances and routes on the way let the connection pass.",
    ...ends.map(
      ({ end, groups }) =>
        passes &&
        groups.length === 0 &&
        `The files contain no group for the ${end}; any group there lets the connection pass.`,
    ),
    deciding.some(({ rule }) => /^AllowVnet(In|Out)Bound$/.test(rule)) && virtualNetworkOf(network),
  ].filter((text) => text !== false);
}

function virtualNetworkOf({
  virtualNetworkPrefixes = [],
  connectedPrefixes = [],
  hasDefaultRoute = false,
}: Network): string {
  const prefixes = [...virtualNetworkPrefixes, ...connectedPrefixes];
  const known = prefixes.length > 0 ? prefixes.join(", ") : "the subnets in the files";
  const publicToo = hasDefaultRoute ? " and, with a route for 0.0.0.0/0, public ones" : "";
  return `The tag VirtualNetwork contains ${known}, and may contain other private addresses${publicToo}.`;
}
