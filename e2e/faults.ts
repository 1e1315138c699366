// Faults that somebody or something could bring into a network, each as a change of the synthesized stack. A run
// on such a stack has to fail, and to name the connection that is open or closed against the vendor's rows.

type Rule = {
  name: string;
  access: string;
  direction: string;
  destination_port_range: string | null;
  destination_port_ranges: string[] | null;
};
/** As much of a synthesized stack as the faults change. */
export interface FaultyStack {
  readonly resource: {
    readonly azurerm_network_security_group: Record<string, { security_rule: Rule[] }>;
    readonly azurerm_subnet_network_security_group_association: Record<string, object>;
  };
}

/** Each fault by its name: it changes the stack. */
export const FAULTS: Readonly<Record<string, (stack: FaultyStack) => void>> = {
  "allow-dropped": (stack) =>
    dropRules(stack, (rule) => rule.access === "Allow" && rule.direction === "Inbound", 1),
  "deny-dropped": (stack) =>
    dropRules(stack, (rule) => rule.access === "Deny" && rule.direction === "Inbound", 1),
  "port-off-by-one": (stack) => {
    const rules = rulesOf(stack).flatMap(({ security_rule }) => security_rule);
    const rule = rules.find((one) => /^\d+$/.test(one.destination_port_range ?? ""));
    if (!rule) throw new Error("No rule has a single port.");
    rule.destination_port_range = String(Number(rule.destination_port_range) + 1);
  },
  "one-side-missing": (stack) =>
    dropRules(stack, (rule) => rule.access === "Allow" && rule.direction === "Outbound", 1),
  "association-missing": (stack) => {
    const associations = stack.resource.azurerm_subnet_network_security_group_association;
    delete associations[Object.keys(associations).sort()[0]];
  },
};

function rulesOf({ resource }: FaultyStack): Array<{ security_rule: Rule[] }> {
  return Object.values(resource.azurerm_network_security_group);
}

function dropRules(stack: FaultyStack, isMeant: (rule: Rule) => boolean, most: number): void {
  let left = most;
  for (const group of rulesOf(stack)) {
    group.security_rule = group.security_rule.filter((rule) => {
      if (left === 0 || !isMeant(rule)) return true;
      left -= 1;
      return false;
    });
  }
  if (left === most) throw new Error("No rule is of the kind that is to be dropped.");
}
