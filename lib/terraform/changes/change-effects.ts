import { normalizeLocation } from "../../azure/azure-settings";
import { overlap } from "../../azure/sets/prefix-list";
import { groupBy } from "../../base/collections";
import { isOpaque } from "../../base/opaque";
import {
  type Attributes,
  type JudgedResource,
  judgedStacks,
  type JudgedStacks,
  lifecycleOf,
  type ResourceChange,
  type SynthesizedJson,
} from "./stack-changes";

/** The effects of an apply. */
export interface ChangeEffects {
  readonly changes: ResourceChange[];
  /** What Azure or Terraform refuses, and what to do instead; each a sentence or two. */
  readonly refused: string[];
  /** What is interrupted; each a sentence or two. */
  readonly interrupted: string[];
}

/** The effects of applying one synthesized stack over another. */
export function effectsOfChange(before: SynthesizedJson, after: SynthesizedJson): ChangeEffects {
  const stacks = judgedStacks(before, after);
  return {
    changes: stacks.changes,
    refused: REFUSED.flatMap((find) => find(stacks)),
    interrupted: INTERRUPTED.flatMap((find) => find(stacks)),
  };
}

type Find = (stacks: JudgedStacks) => string[];

const REFUSED: readonly Find[] = [
  takenPrefixes,
  takenNames,
  takenPriorities,
  lostAddressSpace,
  inlineSubnetsLeft,
  regionsLeft,
  cyclesOfInlineSubnets,
  groupsStillAttached,
  keptDisksReplaced,
];
const INTERRUPTED: readonly Find[] = [
  ({ old }) => old.flatMap((resource) => interruptionOf(resource, old) ?? []),
  groupsDetached,
  inlineSubnetsGone,
  prefixesChanged,
];

const ofType =
  (type: string) =>
  (resource: JudgedResource): boolean =>
    resource.type === `azurerm_${type}`;
const isSubnet = ofType("subnet");
const isNetwork = ofType("virtual_network");
const isRule = ofType("network_security_rule");
const isAssociation = ofType("subnet_network_security_group_association");

const isCreated = ({ action }: JudgedResource): boolean => action === "create" || action === "replace";
const isDeleted = ({ action }: JudgedResource): boolean => action === "delete" || action === "replace";
const isChanged = ({ action }: JudgedResource): boolean => action !== undefined;

const EMPTY_SUBNET =
  "Delete every machine in it beforehand: until then Azure refuses the change, and the subnet keeps its group.";

/** One text for some attributes, as Azure compares names. */
function keyOf(...values: readonly unknown[]): string {
  return values.map(String).join(" ").toLowerCase();
}

function prefixesOf({ attributes }: JudgedResource): readonly string[] {
  return (attributes.address_prefixes as readonly string[] | undefined) ?? [];
}

/** The resource that has an id. */
function referred(id: unknown, resources: readonly JudgedResource[]): JudgedResource | undefined {
  const address = /^\$\{(azurerm_\w+\.[\w-]+)\.id\}$/.exec(String(id))?.[1];
  return address === undefined ? undefined : resources.find((one) => one.address === address);
}

/** The resources that take what another one still has, each with that one. */
function takers(
  young: readonly JudgedResource[],
  old: readonly JudgedResource[],
  keyOf: (resource: JudgedResource) => string | undefined,
  clash: (one: JudgedResource, other: JudgedResource) => boolean = () => true,
) {
  const leaving = groupBy(old, keyOf);
  return young.flatMap((taker) => {
    const key = keyOf(taker);
    const holders = key === undefined ? [] : (leaving.get(key) ?? []);
    const holder = holders.find((one) => one.address !== taker.address && clash(one, taker));
    return holder ? [{ taker, holder }] : [];
  });
}

/** Subnets that get addresses which another one in their network still has. */
function takenPrefixes({ old, young }: JudgedStacks): string[] {
  const networkOf = ({ attributes }: JudgedResource) =>
    keyOf(attributes.resource_group_name, attributes.virtual_network_name);
  // Terraform deletes every subnet of a replaced network before it creates any.
  const replaced = old.filter((one) => isNetwork(one) && isDeleted(one)).map(({ name }) => name);
  const isChangedSubnet = (one: JudgedResource) => isSubnet(one) && isChanged(one);
  const leaving = old
    .filter(isChangedSubnet)
    .filter(({ attributes }) => !replaced.includes(String(attributes.virtual_network_name)));
  const share = (one: JudgedResource, other: JudgedResource) => overlap(prefixesOf(one), prefixesOf(other));
  return takers(young.filter(isChangedSubnet), leaving, networkOf, share).map(
    ({ taker, holder }) =>
      `Subnet ${taker.name} takes addresses that ${holder.name} still has. Terraform does not wait until they are free, and Azure refuses subnets that overlap. If the component was renamed, set formerKey. Otherwise apply in two steps, with other addresses in between.`,
  );
}

/** Two resources with one name: one is deleted and the other created, in no order. */
function takenNames({ old, young }: JudgedStacks): string[] {
  const named = ({ type, attributes }: JudgedResource) => {
    const { name, resource_group_name: group, subnet_id: subnet } = attributes;
    return (name ?? subnet) === undefined ? undefined : keyOf(type, name ?? subnet, group);
  };
  return takers(young.filter(isCreated), old.filter(isDeleted), named).map(
    ({ taker, holder }) =>
      `${taker.address} gets the name of ${holder.address}, which may still exist. If the component was renamed, set formerKey. Otherwise apply in two steps.`,
  );
}

/** Separate rules that get the priority which another one still has. */
function takenPriorities({ old, young }: JudgedStacks): string[] {
  const placeOf = ({ attributes }: JudgedResource) =>
    keyOf(attributes.network_security_group_name, attributes.direction, attributes.priority);
  const isChangedRule = (one: JudgedResource) => isRule(one) && isChanged(one);
  return takers(young.filter(isChangedRule), old.filter(isChangedRule), placeOf).map(
    ({ taker, holder }) =>
      `Rule ${taker.name} takes the priority ${String(taker.attributes.priority)} that ${holder.name} still has in the group, and Azure refuses that. Apply in two steps, or choose a band that does not overlap with the former one.`,
  );
}

function lostAddressSpace({ old, young }: JudgedStacks): string[] {
  return young
    .filter((one) => isNetwork(one) && one.action === "update")
    .flatMap(({ name, attributes }) => {
      const space = (attributes.address_space as readonly string[] | undefined) ?? [];
      return old
        .filter((one) => isSubnet(one) && one.attributes.virtual_network_name === name)
        .filter((subnet) => !overlap(prefixesOf(subnet), space));
    })
    .map(
      ({ name }) =>
        `The new addressSpace does not contain subnet ${name}, which still exists, and Azure refuses that. Apply in two steps: first keep both prefixes in addressSpace and move the subnet, then remove the old prefix.`,
    );
}

/** Subnets inside a network that become resources of their own. */
function inlineSubnetsLeft({ old, young }: JudgedStacks): string[] {
  const isInline = ({ attributes: { subnet } }: JudgedResource): boolean => subnet !== undefined;
  return old
    .filter((one) => isNetwork(one) && isInline(one) && !isDeleted(one))
    .filter((network) => young.some((one) => one.address === network.address && !isInline(one)))
    .map(
      ({ name }) =>
        `The subnets of ${name} stay inside the network: Azure refuses to create them again, and to delete their groups. Import each subnet and each association first (terraform import), or keep inlineSubnets.`,
    );
}

/** The groups of inline subnets are created before others are deleted. If their resource group is not, Terraform finds a cycle. */
function cyclesOfInlineSubnets({ old, young }: JudgedStacks): string[] {
  const isFirst = (one: JudgedResource): boolean =>
    lifecycleOf(one.attributes).create_before_destroy === true;
  const wereFirst = new Set(old.filter(isFirst).map(({ address }) => address));
  const entering = young.some(
    (one) => isFirst(one) && one.action === "replace" && !wereFirst.has(one.address),
  );
  const leaving = !young.some(isFirst) && old.some((one) => isFirst(one) && one.action === "delete");
  return old.filter(ofType("resource_group")).flatMap(({ name, action }) => {
    if (entering && action === "delete") {
      return `Resource group ${name} is deleted while inlineSubnets is switched on, and Terraform finds no order for that. Apply in two steps: first switch inlineSubnets on, then change the resource group.`;
    }
    return leaving && action === "replace"
      ? `Resource group ${name} is replaced while all inline subnets are deleted, and Terraform finds no order for that. Apply in two steps: first delete the subnets, then change the resource group.`
      : [];
  });
}

/** Groups that are deleted while an existing subnet has them, because Terraform only forgets the association. */
function groupsStillAttached({ old }: JudgedStacks): string[] {
  return old
    .filter((one) => isAssociation(one) && one.action === "forget")
    .flatMap(({ attributes: { subnet_id: id, network_security_group_id: groupId } }) => {
      const group = referred(groupId, old);
      return group && isDeleted(group) && !referred(id, old)
        ? `Group ${group.name} is deleted while the existing subnet ${String(id)} has it. Remove the component from \`removed\`: it is only for subnets that the deployment creates.`
        : [];
    });
}

/** Disks that Terraform would have to replace, and must not destroy. */
function keptDisksReplaced({ young }: JudgedStacks): string[] {
  return young
    .filter((one) => one.action === "replace" && lifecycleOf(one.attributes).prevent_destroy)
    .map(
      ({ name }) =>
        `Disk ${name} would be replaced, and preventDestroy keeps it: Terraform refuses the plan. Undo the change, or set preventDestroy to false first.`,
    );
}

function regionsLeft(stacks: JudgedStacks): string[] {
  const left = regionLeft(stacks);
  return left
    ? [
        `The region changes from ${left.from} to ${left.to}, and the subnets cannot move there. Destroy the deployment first, or deploy it there under another name.`,
      ]
    : [];
}

/** The region that groups leave while their subnets stay: Terraform detaches them before Azure refuses the rest. */
export function regionLeft({ old, young }: JudgedStacks) {
  const next = new Map(young.map((one) => [one.address, one.attributes]));
  const isLeft = (one: JudgedResource | undefined) => one !== undefined && isDeleted(one);
  return old
    .flatMap((one) => {
      const { subnet_id: subnet, network_security_group_id: group } = one.attributes;
      if (isNetwork(one)) return next.get(one.address)?.subnet !== undefined && !isLeft(one) ? one : [];
      return isAssociation(one) && !isLeft(referred(subnet, old)) ? (referred(group, old) ?? []) : [];
    })
    .map(({ address, attributes: { location: from } }) => {
      return { from: String(from), to: String(next.get(address)?.location ?? from) };
    })
    .find(
      ({ from, to }) => normalizeLocation(from) !== normalizeLocation(to) && !isOpaque(from) && !isOpaque(to),
    );
}

/**
 * The subnets that an apply deletes, and from which Terraform detaches the
 * group first: Azure then refuses to delete a subnet with a machine in it, and
 * the machine stays there unfiltered. A subnet whose association Terraform
 * only forgets keeps its group until it is deleted. Role and component are the
 * tags of the group.
 */
export function lostFilters({ old }: JudgedStacks) {
  return old
    .filter((one) => isAssociation(one) && one.action === "delete")
    .flatMap(({ attributes: { subnet_id: id, network_security_group_id: group } }) => {
      const subnet = referred(id, old);
      if (subnet?.action !== "delete") return [];
      const tags = (referred(group, old)?.attributes.tags ?? {}) as Attributes;
      const [role, component] = [String(tags["veeam-role"]), String(tags["veeam-component"])];
      return [{ subnet: subnet.name, role, component }];
    });
}

const NEW_MACHINE = ["Machine", ". It is not available until the new one has booted."] as const;

/** What a resource that is replaced or deleted interrupts: its kind, and the end of the sentence. */
const WHEN_DELETED: Readonly<Record<string, readonly [kind: string, effect: string]>> = {
  azurerm_linux_virtual_machine: NEW_MACHINE,
  azurerm_resource_group_template_deployment: NEW_MACHINE,
  azurerm_managed_disk: ["Disk", ", with all data on it."],
  azurerm_public_ip: ["Public address", ". Update the firewalls that contain it."],
  azurerm_nat_gateway: ["NAT gateway", ". Connections to the Internet break."],
  azurerm_resource_group: ["Resource group", ", with everything in it."],
};

/** What an update in place interrupts, and which attributes do. Other updates interrupt nothing. */
const WHEN_UPDATED: Readonly<Record<string, readonly [text: string, ...attributes: string[]]>> = {
  azurerm_linux_virtual_machine: ["Machine NAME restarts.", "size", "os_disk", "encryption_at_host_enabled"],
  azurerm_managed_disk: [
    "Disk NAME changes, and its machine may restart.",
    "disk_size_gb",
    "storage_account_type",
    "disk_encryption_set_id",
  ],
  azurerm_network_interface: [
    "Network interface NAME gets another address. Connections to the old one break.",
    "ip_configuration",
  ],
  azurerm_resource_group_template_deployment: [
    "Machine NAME is updated through its template: it may restart, and Azure refuses to change some properties.",
    "template_content",
  ],
};

function interruptionOf(resource: JudgedResource, old: readonly JudgedResource[]): string | undefined {
  const { type, name, action, changed } = resource;
  if (action === "update") {
    const [text, ...attributes] = WHEN_UPDATED[type] ?? [];
    // The tags of a machine are in its template too.
    const isOfTags = type === "azurerm_resource_group_template_deployment" && changed.includes("tags");
    return attributes.some((one) => changed.includes(one)) && !isOfTags
      ? text?.replace("NAME", name)
      : undefined;
  }
  if (!isDeleted(resource)) return undefined;
  if (isSubnet(resource)) return `Subnet ${name} is ${action}d${subnetDeleted(resource, old)}`;
  const [kind, effect] = WHEN_DELETED[type] ?? [];
  return kind && `${kind} ${name} is ${action}d${effect}`;
}

/** What happens to the group of a subnet that is replaced or deleted. */
function subnetDeleted(subnet: JudgedResource, old: readonly JudgedResource[]): string {
  // If Terraform forgets the association, the group stays attached.
  const keepsGroup = old.some(
    (one) =>
      isAssociation(one) && one.action === "forget" && referred(one.attributes.subnet_id, old) === subnet,
  );
  if (keepsGroup) return ` while its group is attached. ${EMPTY_SUBNET}`;
  const advice =
    subnet.action === "delete"
      ? " List the component under removed to keep the group until the subnet is deleted."
      : "";
  return `, and Terraform removes its group first. Delete every machine in it beforehand: Azure refuses to delete a subnet with a machine, which would then stay there unfiltered.${advice}`;
}

/** Groups that are detached from subnets which stay. */
function groupsDetached({ old }: JudgedStacks): string[] {
  return old
    .filter((one) => isAssociation(one) && isDeleted(one))
    .flatMap(({ attributes: { subnet_id: id }, action }) => {
      const subnet = referred(id, old);
      if (subnet && isDeleted(subnet)) return [];
      const name = subnet?.name ?? String(id);
      return action === "replace"
        ? `The group of subnet ${name} is replaced, and the subnet has no group for a moment. Stop its machines first.`
        : `The group of subnet ${name} is removed, and the subnet stays without a filter.`;
    });
}

/** Subnets that stay, with other addresses. */
function prefixesChanged({ old, young }: JudgedStacks): string[] {
  const before = new Map(old.flatMap(prefixesByName));
  return young
    .filter((resource) => !isCreated(resource))
    .flatMap(prefixesByName)
    .filter(([name, prefixes]) => (before.get(name) ?? prefixes) !== prefixes)
    .map(([name]) => `Subnet ${name} gets other addresses. ${EMPTY_SUBNET}`);
}

/** The prefixes of a subnet, or of the subnets inside a network, by name. */
function prefixesByName(resource: JudgedResource): Array<[name: string, prefixes: string]> {
  if (isSubnet(resource)) return [[resource.name, prefixesOf(resource).join()]];
  return inlineSubnetsOf(resource).map(({ name, address_prefixes: prefixes }) => [name, prefixes.join()]);
}

/** Subnets inside the resource of a network that are deleted, with the network or without. */
function inlineSubnetsGone({ old, young }: JudgedStacks): string[] {
  return old.filter(isNetwork).flatMap((network) => {
    const inside = inlineSubnetsOf(network);
    if (isDeleted(network)) {
      // Subnets that move into the network are forgotten, and are deleted with it too.
      const entering = old
        .filter((one) => isSubnet(one) && one.action === "forget")
        .filter(({ attributes }) => attributes.virtual_network_name === network.name);
      return [...inside, ...entering].map(
        ({ name }) => `Subnet ${name} is ${network.action}d with its network. ${EMPTY_SUBNET}`,
      );
    }
    const next = young.filter(({ address }) => address === network.address).flatMap(inlineSubnetsOf);
    const staying = new Set([...next, ...young.filter(isSubnet)].map(({ name }) => name));
    return inside
      .filter(({ name }) => !staying.has(name))
      .map(({ name }) => `Subnet ${name} is deleted. ${EMPTY_SUBNET}`);
  });
}

function inlineSubnetsOf(network: JudgedResource) {
  const { subnet } = network.attributes;
  const subnets = isNetwork(network) && Array.isArray(subnet) ? subnet : [];
  return subnets as Array<{ name: string; address_prefixes: readonly string[] }>;
}
