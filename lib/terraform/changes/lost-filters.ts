import {
  type Attributes,
  type ChangeAction,
  resourcesOf,
  stackChanges,
  type SynthesizedJson,
} from "./stack-changes";

const ASSOCIATION = "azurerm_subnet_network_security_group_association";

/** A subnet that an apply deletes after its group is detached. */
export interface LostFilter {
  /** Name of the subnet in Azure. */
  readonly subnet: string;
  /** Value of the group's tag veeam-role. */
  readonly role: string;
  /** Value of the group's tag veeam-component. */
  readonly component: string;
}

/**
 * The subnets that an apply deletes, and from which Terraform detaches the
 * group first: Azure then refuses to delete a subnet with a machine in it, and
 * the machine stays there unfiltered. A subnet whose association Terraform
 * only forgets keeps its group until it is deleted.
 */
export function lostFilters(before: SynthesizedJson, after: SynthesizedJson): LostFilter[] {
  const old = resourcesOf(before, after.moved);
  const deleted = addressesOf(["delete"], before, after);
  return [...old.values()]
    .filter(({ address, type }) => type === ASSOCIATION && deleted.has(address))
    .filter(({ attributes }) => deleted.has(addressIn(attributes.subnet_id)))
    .map(({ attributes: { subnet_id: subnet, network_security_group_id: group } }) => {
      const tags = (old.get(addressIn(group))?.attributes.tags ?? {}) as Attributes;
      return {
        subnet: String(old.get(addressIn(subnet))?.attributes.name),
        role: String(tags["veeam-role"]),
        component: String(tags["veeam-component"]),
      };
    });
}

/** A region that a deployment leaves. */
export interface LeftRegion {
  readonly from: string;
  readonly to: string;
}

/** The region that groups leave while their subnets stay: Terraform detaches them before Azure refuses the rest. */
export function leftRegion(before: SynthesizedJson, after: SynthesizedJson): LeftRegion | undefined {
  const [old, young] = [resourcesOf(before, after.moved), resourcesOf(after)];
  const gone = addressesOf(["delete", "replace"], before, after);
  return [...old.values()]
    .flatMap(({ address, type, attributes: { subnet_id: subnet, network_security_group_id: group } }) => {
      if (type === "azurerm_virtual_network") {
        const hasInlineSubnets = young.get(address)?.attributes.subnet !== undefined;
        return hasInlineSubnets && !gone.has(address) ? [address] : [];
      }
      return type === ASSOCIATION && !gone.has(addressIn(subnet)) ? [addressIn(group)] : [];
    })
    .map((address) => {
      const from = old.get(address)?.attributes.location;
      return { from: String(from), to: String(young.get(address)?.attributes.location ?? from) };
    })
    .find(({ from, to }) => from !== to && !`${from}${to}`.includes("${"));
}

/** The addresses of the resources that an apply changes in one of some ways. */
function addressesOf(actions: readonly ChangeAction[], before: SynthesizedJson, after: SynthesizedJson) {
  const changes = stackChanges(before, after).filter(({ action }) => actions.includes(action));
  return new Set(changes.map(({ address }) => address));
}

function addressIn(reference: unknown): string {
  return /^\$\{(.+)\.id\}$/.exec(String(reference))?.[1] ?? "";
}
