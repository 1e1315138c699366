import { isAzureId, comparableId } from "../../azure/azure-id";
import { type Problem, problemOf } from "../../base/problem";
import type { FoundInterface, FoundSubnet, DeletedParts } from "../found-network";
import { defined } from "../files/json-values";
import type { TerraformIndex } from "../resources/terraform-index";
import { pathOf, type TerraformResource } from "../resources/terraform-resource";
import { groupOfRule } from "./groups";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";

/** The types of resources that attach groups, and what they attach them to. */
export const ASSOCIATIONS = {
  subnet: {
    type: "azurerm_subnet_network_security_group_association",
    attribute: "subnet_id",
    target: "azurerm_subnet",
    what: "subnet",
  },
  networkInterface: {
    type: "azurerm_network_interface_security_group_association",
    attribute: "network_interface_id",
    target: "azurerm_network_interface",
    what: "network interface",
  },
} as const;

type AssociationKind = (typeof ASSOCIATIONS)[keyof typeof ASSOCIATIONS];

/** An attached group; its path is the name of the association in errors. */
type Associated = Pick<FoundSubnet, "noGroupIf" | "problems"> & {
  readonly path: string;
  readonly group: string;
};

/** The attached groups, by the keys of what they are attached to. */
export function associationsOf(
  { type, attribute, target, what }: AssociationKind,
  index: TerraformIndex,
): ReadonlyMap<string, Associated> {
  const groups = new Map<string, Associated>();
  for (const resource of index.ofType(type)) {
    const key = index.keyIn(resource, attribute, target);
    const group = index.keyIn(resource, "network_security_group_id", GROUP);
    if (key === undefined || group === undefined) continue;
    const other = groups.get(key);
    const problems: Problem[] = [...(other?.problems ?? [])];
    if (other && other.group !== group) {
      const path = resource.path ?? `${resource.address}.${attribute}`;
      problems.push(
        problemOf("second-group", path, resource.values[attribute], {
          what: `is a ${what} that ${other.path} gives another group`,
          allowed: `one group a ${what}, as Azure demands`,
          change: "Remove one of the two",
        }),
      );
    }
    const noGroupIf = [
      ...(resource.existsIf ?? []),
      ...(index.referred(resource.values.network_security_group_id, GROUP)?.existsIf ?? []),
    ];
    groups.set(key, {
      group,
      path: pathOf(resource),
      ...(noGroupIf.length > 0 && { noGroupIf }),
      ...(problems.length > 0 && { problems }),
    });
  }
  return groups;
}

/**
 * Subnets or network interfaces, each once, with the groups that associations
 * attach to them.
 *
 * @param created those that the file creates: they say more than those that it reads
 * @param elsewhere one that is only known by the association
 */
export function withGroups<T extends FoundSubnet | FoundInterface>(
  created: readonly T[],
  read: readonly T[],
  associated: ReadonlyMap<string, Associated>,
  deleted: DeletedParts,
  merged: (one: T, other: T) => T,
  elsewhere: (key: string) => T,
): T[] {
  const places = new Map<string, T>();
  // A plan may delete what it has read before.
  for (const one of [...created, ...read.filter(({ key }) => !deleted.ids.has(key))]) {
    const place = deleted.groupless.has(one.key) ? defined({ ...one, group: undefined }) : one;
    const known = places.get(place.key);
    places.set(place.key, known ? merged(known, place) : place);
  }
  for (const [key, { path: _, ...association }] of associated) {
    places.set(key, { ...(places.get(key) ?? elsewhere(key)), ...association });
  }
  return [...places.values()];
}

/** The parts of the network that a plan deletes. */
export function deletedParts(destroyed: readonly TerraformResource[], index: TerraformIndex): DeletedParts {
  const targets: readonly string[] = [GROUP, ...Object.values(ASSOCIATIONS).map(({ target }) => target)];
  const ids = destroyed.flatMap(({ type, values: { id } }) =>
    targets.includes(type) && typeof id === "string" && isAzureId(id) ? [comparableId(id)] : [],
  );
  const groupless = destroyed.flatMap((resource) => {
    const kind = Object.values(ASSOCIATIONS).find(({ type }) => type === resource.type);
    return (kind && index.keyIn(resource, kind.attribute, kind.target)) ?? [];
  });
  const rules = destroyed.flatMap((resource) => {
    const { address, type, values } = resource;
    return type === RULE && typeof values.name === "string"
      ? [{ address, name: values.name, group: groupOfRule(resource, index) }]
      : [];
  });
  return { ids: new Set(ids), groupless: new Set(groupless), rules };
}
