import { type Attributes, resourcesOf, stackChanges, type SynthesizedJson } from "./stack-changes";

const ASSOCIATION = "azurerm_subnet_network_security_group_association";

/** A subnet that an apply deletes, and takes the group off first. */
export interface LostFilter {
  /** Name of the subnet in Azure. */
  readonly subnet: string;
  /** Value of the group's tag veeam-role. */
  readonly role: string;
  /** Value of the group's tag veeam-component. */
  readonly component: string;
}

/**
 * The subnets that an apply deletes, and from which Terraform takes the group
 * first: Azure then refuses to delete a subnet with a machine in it, and the
 * machine stays there unfiltered. Subnets whose association Terraform forgets
 * keep their group until they are gone.
 */
export function lostFilters(before: SynthesizedJson, after: SynthesizedJson): LostFilter[] {
  const old = resourcesOf(before, after.moved);
  const deleted = new Set(
    stackChanges(before, after)
      .filter(({ action }) => action === "delete")
      .map(({ address }) => address),
  );
  return [...old.values()]
    .filter(({ address, type }) => type === ASSOCIATION && deleted.has(address))
    .flatMap(({ attributes }): LostFilter[] => {
      const subnet = addressIn(attributes.subnet_id);
      const group = old.get(addressIn(attributes.network_security_group_id));
      const tags = (group?.attributes.tags ?? {}) as Attributes;
      if (!deleted.has(subnet)) return [];
      return [
        {
          subnet: String(old.get(subnet)?.attributes.name),
          role: String(tags["veeam-role"]),
          component: String(tags["veeam-component"]),
        },
      ];
    });
}

function addressIn(reference: unknown): string {
  return /^\$\{(.+)\.id\}$/.exec(String(reference))?.[1] ?? "";
}
