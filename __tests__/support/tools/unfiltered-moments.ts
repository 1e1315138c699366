import type { Step, World } from "./live-stack";

/** What is in the subnets of a network at a moment, each by the subnet's id in lower case. */
interface Moment {
  /** Subnets that have a group. */
  readonly filtered: Set<string>;
  /** Subnets of network interfaces, by the interface's id. */
  readonly occupied: Map<string, string>;
}

/**
 * The steps of an apply after which a network interface is in a subnet
 * without a group: read from what was done, in order, between two states of Azure.
 */
export function unfilteredMoments(before: World, after: World, steps: readonly Step[]): string[] {
  const moment = momentOf(before);
  const interfaces = new Map([...momentOf(after).occupied, ...moment.occupied]);
  const subnets = [...momentOf(after).filtered];
  return steps.flatMap(({ verb, type, id: casedId }) => {
    const id = casedId.toLowerCase();
    const isGone = verb === "DELETE";
    if (verb === "REFUSE") return [];
    if (type === "azurerm_subnet_network_security_group_association") {
      if (isGone) moment.filtered.delete(id);
      else moment.filtered.add(id);
    } else if (type === "azurerm_virtual_network" && !isGone) {
      // Subnets inside the network's resource come with their groups.
      subnets
        .filter((subnet) => subnet.startsWith(`${id}/`))
        .forEach((subnet) => moment.filtered.add(subnet));
    } else if (type === "azurerm_network_interface") {
      if (isGone) moment.occupied.delete(id);
      else moment.occupied.set(id, interfaces.get(id) ?? "a subnet that is not known");
    }
    const unfiltered = [...moment.occupied.values()].filter((subnet) => !moment.filtered.has(subnet));
    return unfiltered.map((subnet) => `${verb} ${type} leaves ${subnet} without a group`);
  });
}

function momentOf(world: World): Moment {
  const all = Object.entries(world).map(([id, { attributes }]) => ({ id: id.toLowerCase(), attributes }));
  return {
    filtered: new Set(
      all
        .filter(({ attributes: { network_security_group_id: id, security_group: inline } }) => id || inline)
        .map(({ id }) => id),
    ),
    occupied: new Map(
      all.flatMap(({ id, attributes }) =>
        ((attributes.ip_configuration ?? []) as Array<{ subnet_id?: string }>).flatMap(
          ({ subnet_id: subnet }) =>
            id.includes("/networkinterfaces/") && subnet ? [[id, subnet.toLowerCase()] as const] : [],
        ),
      ),
    ),
  };
}
