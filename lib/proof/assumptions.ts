import type { Network } from "./network";

/** What no look at rules can see, and what is therefore taken for granted. */
export function assumptionsOf(network: Network): string[] {
  return [
    "Security admin rules of Azure Virtual Network Manager come before network security groups, and are not looked at.",
    "Groups of others, at endpoints that are not ours, and firewalls, appliances and routes on the way are taken to let everything pass.",
    "Azure's own DHCP, DNS and instance metadata service (168.63.129.16, 169.254.169.254) pass unless a rule names AzurePlatformDNS, AzurePlatformIMDS or AzurePlatformLKM.",
    "Health probes of a load balancer are no exception: they need a rule that lets AzureLoadBalancer in.",
    "A change of rules does not end sessions that are already open.",
    "Groups are stateful: replies need no rule, and only who opens the connection counts.",
    "The endpoints of ours are in one virtual network, or in peered ones.",
    network.hasDefaultRoute
      ? "A route for 0.0.0.0/0 may be there: VirtualNetwork perhaps holds public addresses."
      : "No route for 0.0.0.0/0 is there: VirtualNetwork holds no public address beyond the prefixes that are given.",
    network.serviceTags
      ? `Service tags hold the addresses of the Service Tags file ${network.serviceTags.changeNumber} (${network.serviceTags.cloud}); Microsoft changes them every week.`
      : "No Service Tags file is given: each service tag is a set of public addresses that are not known, and tags may share some.",
    "A prefix or port known only at apply may be any; two such values are the same only where their texts are.",
  ];
}
