import { type Problem } from "../../base/problem";
import type { Doubts } from "../../proof/network";
import type { TerraformIndex } from "../resources/terraform-index";
import { pathOf } from "../resources/terraform-resource";

const GROUP = "azurerm_network_security_group";

/** A type of resource that attaches groups. */
export interface AssociationKind {
  /** Type of the resource. */
  readonly type: string;
  /** Attribute that says what the group is attached to. */
  readonly attribute: string;
  /** Type of what the group is attached to. */
  readonly target: string;
  /** Its name in messages. */
  readonly what: string;
}

export const GROUPS_OF_SUBNETS: AssociationKind = {
  type: "azurerm_subnet_network_security_group_association",
  attribute: "subnet_id",
  target: "azurerm_subnet",
  what: "subnet",
};
export const GROUPS_OF_INTERFACES: AssociationKind = {
  type: "azurerm_network_interface_security_group_association",
  attribute: "network_interface_id",
  target: "azurerm_network_interface",
  what: "network interface",
};

/** A group that is attached. */
export interface Associated {
  /** What errors call the association. */
  readonly path: string;
  /** Key of the group. */
  readonly group: string;
  /** It is not attached where these are true. @default - it surely is */
  readonly noGroupIf?: Doubts;
  /** Why Azure would refuse it. @default - nothing is wrong */
  readonly problems?: readonly Problem[];
}

/** The attached groups, by the keys of what they are attached to. */
export function associationsOf(
  { type, attribute, target, what }: AssociationKind,
  index: TerraformIndex,
): Map<string, Associated> {
  const groups = new Map<string, Associated>();
  for (const resource of index.ofType(type)) {
    const key = index.keyIn(resource, attribute, target);
    const group = index.keyIn(resource, "network_security_group_id", GROUP);
    if (key === undefined || group === undefined) continue;
    const other = groups.get(key);
    const problems = [...(other?.problems ?? [])];
    if (other && other.group !== group) {
      problems.push({
        code: "second-group",
        path: resource.path ?? `${resource.address}.${attribute}`,
        what: `is a ${what} that ${other.path} gives another group`,
        value: resource.values[attribute],
        allowed: `one group a ${what}, as Azure demands`,
        change: "Remove one of the two",
      });
    }
    const doubts = [
      ...(resource.existsIf ?? []),
      ...(index.referred(resource.values.network_security_group_id, GROUP)?.existsIf ?? []),
    ];
    groups.set(key, {
      group,
      path: pathOf(resource),
      ...(doubts.length > 0 && { noGroupIf: doubts }),
      ...(problems.length > 0 && { problems }),
    });
  }
  return groups;
}
