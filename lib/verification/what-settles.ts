/** A name in `dependsOn`, and the command whose output settles it. */
interface Settling {
  readonly is: RegExp;
  readonly by: string;
}

const ROUTES =
  "virtual networks, peerings and routes: az network vnet list -o json (with --subnets), and az network route-table list -o json";
const INTERFACES = "network interfaces: az network nic list -o json";

// The first that matches a name applies.
const SETTLING: readonly Settling[] = [
  {
    is: /^(source|destination) address$|^(source )?port$|^protocol$/,
    by: "a narrower question: --from, --to, --protocol, --port or --source-port",
  },
  { is: /^\$\{what |^the (group|rules) of /, by: "groups: az network nsg list -o json" },
  {
    is: /^the security admin rule /,
    by: "security admin rules: az network manager list-effective-security-admin-rules",
  },
  { is: /^what .* lacks$/, by: "the rest of the file: every page of a list, or a plan without -target" },
  {
    is: / connected by routes$/,
    by: "effective routes: az network nic show-effective-route-table, for a machine in each network",
  },
  { is: /^(VirtualNetwork|Internet)$|peer|address space|^which addresses |^prefix$/, by: ROUTES },
  {
    is: /applicationsecuritygroups\/|^whether .* is in |^whether the (source|destination) is |^which of |^interfaces$/i,
    by: INTERFACES,
  },
  {
    is: /^[A-Z][A-Za-z0-9]*(\.[A-Za-z0-9]+)?$/,
    by: "service tags: az network list-service-tags --location REGION -o json (with --service-tags)",
  },
  {
    is: /^whether Azure passes over the ports /,
    by: "rules with the ports * for ICMP, AH and ESP, because Azure does not document other ports there",
  },
  {
    is: /private endpoints|to which .* is delegated$/,
    by: "subnets: az network vnet list -o json (with --subnets)",
  },
];
const AT_APPLY = "the state after the apply: terraform show -json > state.json";

/** The files that settle what a result depends on, each with the command that prints it. */
export function whatSettles(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => SETTLING.find(({ is }) => is.test(name))?.by ?? AT_APPLY))];
}
