import type { Disagreement } from "./connections";

// Faults in a network, each as a change of the synthesized stack.

type Rule = {
  name: string;
  access: string;
  direction: string;
  destination_port_range: string | null;
  destination_port_ranges: string[] | null;
};
/** The parts of a synthesized stack that the faults change. */
export interface FaultyStack {
  readonly resource: {
    readonly azurerm_network_security_group: Record<string, { security_rule: Rule[] }>;
    readonly azurerm_subnet_network_security_group_association: Record<string, object>;
  };
}

/** A change of a stack, and the kernel's verdict on the connections that it affects. */
export interface Fault {
  readonly change: (stack: FaultyStack) => void;
  readonly kernel: "allow" | "deny";
}

const isAllow = ({ access }: Rule): boolean => access === "Allow";

/** The faults by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  "allow-dropped": {
    change: (stack) => dropRule(stack, (rule) => isAllow(rule) && rule.direction === "Inbound"),
    kernel: "deny",
  },
  "deny-dropped": {
    change: (stack) => dropRule(stack, (rule) => !isAllow(rule) && rule.direction === "Inbound"),
    kernel: "allow",
  },
  "port-off-by-one": {
    change: (stack) => changePorts(stack, /^\d+$/, ([port]) => `${port + 1}`),
    kernel: "deny",
  },
  "port-range-off-by-one": {
    change: (stack) => changePorts(stack, /^\d+-\d+$/, ([first, last]) => `${first}-${last - 1}`),
    kernel: "deny",
  },
  "one-side-missing": {
    change: (stack) => dropRule(stack, (rule) => isAllow(rule) && rule.direction === "Outbound"),
    kernel: "deny",
  },
  "association-missing": {
    change: ({ resource: { azurerm_subnet_network_security_group_association: associations } }) => {
      delete associations[Object.keys(associations).sort()[0]];
    },
    kernel: "allow",
  },
};

/** The first connection on which the kernel and the proof show the fault, against Veeam's rows. */
export function detected(
  { kernel }: Fault,
  disagreements: readonly Disagreement[],
): Disagreement | undefined {
  return disagreements.find(
    (one) => one.kernel === kernel && one.rows.verdict !== kernel && one.proof.verdict !== one.rows.verdict,
  );
}

function groupsOf({ resource }: FaultyStack): Array<{ security_rule: Rule[] }> {
  return Object.values(resource.azurerm_network_security_group);
}

function dropRule(stack: FaultyStack, isMeant: (rule: Rule) => boolean): void {
  const group = groupsOf(stack).find(({ security_rule }) => security_rule.some(isMeant));
  if (!group) throw new Error("The stack has no rule of this kind.");
  group.security_rule.splice(group.security_rule.findIndex(isMeant), 1);
}

/** Changes the first port or range that looks like the pattern. */
function changePorts(stack: FaultyStack, pattern: RegExp, changed: (edges: number[]) => string): void {
  for (const rule of groupsOf(stack)
    .flatMap(({ security_rule }) => security_rule)
    .filter(isAllow)) {
    const ports = [...(rule.destination_port_ranges ?? [rule.destination_port_range ?? ""])];
    const index = ports.findIndex((text) => pattern.test(text));
    if (index < 0) continue;
    ports[index] = changed(ports[index].split("-").map(Number));
    rule.destination_port_range = ports.length === 1 ? ports[0] : null;
    rule.destination_port_ranges = ports.length === 1 ? null : ports;
    return;
  }
  throw new Error(`No rule has ports like ${String(pattern)}.`);
}
