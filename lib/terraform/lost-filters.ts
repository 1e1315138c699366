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

/** A region that a deployment leaves. */
export interface LeftRegion {
  readonly from: string;
  readonly to: string;
}

/**
 * The region that groups leave while their subnets stay there: Terraform takes
 * them off the subnets before Azure refuses the rest.
 */
export function leftRegion(before: SynthesizedJson, after: SynthesizedJson): LeftRegion | undefined {
  const [old, young] = [resourcesOf(before, after.moved), resourcesOf(after)];
  const gone = new Set(
    stackChanges(before, after)
      .filter(({ action }) => action === "delete" || action === "replace")
      .map(({ address }) => address),
  );
  return [...old.values()]
    .flatMap(({ address, type, attributes }) => {
      if (type === "azurerm_virtual_network") {
        const hasInlineSubnets = young.get(address)?.attributes.subnet !== undefined;
        return hasInlineSubnets && !gone.has(address) ? [address] : [];
      }
      if (type !== ASSOCIATION || gone.has(addressIn(attributes.subnet_id))) return [];
      return [addressIn(attributes.network_security_group_id)];
    })
    .map((address) => ({
      from: String(old.get(address)?.attributes.location),
      to: String(young.get(address)?.attributes.location ?? old.get(address)?.attributes.location),
    }))
    .find(({ from, to }) => from !== to && !`${from}${to}`.includes("${"));
}

function addressIn(reference: unknown): string {
  return /^\$\{(.+)\.id\}$/.exec(String(reference))?.[1] ?? "";
}
