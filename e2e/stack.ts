import { readFileSync } from "node:fs";

// Reads the network of a synthesized stack, for the ruleset of the kernel.

/** A rule, as Terraform passes it to Azure. */
export interface StackRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly sourcePorts: readonly string[];
  readonly destinations: readonly string[];
  readonly destinationPorts: readonly string[];
}

/** A subnet, with the rules of the group that is associated with it. */
export interface StackSubnet {
  readonly name: string;
  readonly prefix: string;
  /** Name of its group. @default - no group is associated with it */
  readonly group?: string;
  readonly rules?: readonly StackRule[];
}

/** The network of a stack. */
export interface StackNetwork {
  readonly addressSpace: readonly string[];
  readonly subnets: readonly StackSubnet[];
}

type Json = { readonly [key: string]: unknown };
type Resources = { readonly [type: string]: { readonly [id: string]: Json } };

/** Reads the network of a `cdk.tf.json`. @throws Error if the prefix of a subnet or a part of a rule is not in the file */
export function readStack(file: string): StackNetwork {
  return networkOf(JSON.parse(readFileSync(file, "utf8")) as { resource?: Resources });
}

/** The network of a synthesized stack. */
export function networkOf({ resource = {} }: { resource?: Resources }): StackNetwork {
  const groups = new Map(
    Object.entries(resource.azurerm_network_security_group ?? {}).map(([id, group]) => [
      `\${azurerm_network_security_group.${id}.id}`,
      { name: String(group.name), rules: listOf(group.security_rule).map(ruleOf) },
    ]),
  );
  const networks = Object.values(resource.azurerm_virtual_network ?? {});
  const associations = Object.values(resource.azurerm_subnet_network_security_group_association ?? {});
  const subnetOf = (subnet: Json, groupId: unknown): StackSubnet => {
    const group = groups.get(String(groupId));
    const [prefix] = textsOf(subnet.address_prefixes);
    if (prefix === undefined)
      throw new Error(`The subnet ${String(subnet.name)} has no prefix in the stack.`);
    return { name: String(subnet.name), prefix, group: group?.name, rules: group?.rules };
  };
  const separate = Object.entries(resource.azurerm_subnet ?? {}).map(([id, subnet]) => {
    const association = associations.find(({ subnet_id }) => subnet_id === `\${azurerm_subnet.${id}.id}`);
    return subnetOf(subnet, association?.network_security_group_id);
  });
  const inline = networks.flatMap(({ subnet }) =>
    listOf(subnet).map((one) => subnetOf(one, one.security_group)),
  );
  return {
    addressSpace: networks.flatMap(({ address_space }) => textsOf(address_space)),
    subnets: [...separate, ...inline],
  };
}

function ruleOf(rule: Json): StackRule {
  const either = (singular: string, plural: string): string[] => {
    const texts =
      typeof rule[singular] === "string" && rule[singular] !== ""
        ? [String(rule[singular])]
        : textsOf(rule[plural]);
    if (texts.length === 0) throw new Error(`The rule ${String(rule.name)} has no ${singular}.`);
    return texts;
  };
  return {
    name: String(rule.name),
    priority: Number(rule.priority),
    direction: rule.direction as StackRule["direction"],
    access: rule.access as StackRule["access"],
    protocol: String(rule.protocol),
    sources: either("source_address_prefix", "source_address_prefixes"),
    sourcePorts: either("source_port_range", "source_port_ranges"),
    destinations: either("destination_address_prefix", "destination_address_prefixes"),
    destinationPorts: either("destination_port_range", "destination_port_ranges"),
  };
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
