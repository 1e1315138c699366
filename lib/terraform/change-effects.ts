import { overlaps, parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import { leftRegion } from "./lost-filters";
import {
  type Attributes,
  attributesIn,
  type ResourceChange,
  resourcesOf,
  stackChanges,
  type SynthesizedJson,
} from "./stack-changes";

/** What an apply does, beside the changes themselves. */
export interface ChangeEffects {
  readonly changes: ResourceChange[];
  /** What Azure or Terraform will refuse, and how to get there instead; each a sentence or two. */
  readonly refused: string[];
  /** What is interrupted; each a sentence or two. */
  readonly interrupted: string[];
}

/** A resource before or after, with references written out, and what becomes of it. */
interface Judged {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly attributes: Attributes;
  readonly action?: ResourceChange["action"];
  /** Attributes that differ. */
  readonly changed: readonly string[];
}

/** What an apply of the one synthesized stack over the other does, interrupts, and is refused. */
export function effectsOfChange(before: SynthesizedJson, after: SynthesizedJson): ChangeEffects {
  const changes = stackChanges(before, after);
  const [old, young] = [judged(before, changes, after), judged(after, changes)];
  return {
    changes,
    refused: [
      ...takenPrefixes(old, young),
      ...takenNames(old, young),
      ...takenPriorities(old, young),
      ...lostAddressSpace(old, young),
      ...inlineSubnetsLeft(old, young),
      ...regionLeft(before, after),
      ...cyclesOfInlineSubnets(old, young),
      ...groupsStillAttached(old),
      ...keptDisksReplaced(young),
    ],
    interrupted: [
      ...old.flatMap((resource) => interruptionsOf(resource, old)),
      ...groupsExchanged(old),
      ...inlineSubnetsGone(old, young),
      ...prefixesExchanged(old, young),
    ],
  };
}

function judged(
  stack: SynthesizedJson,
  changes: readonly ResourceChange[],
  next?: SynthesizedJson,
): Judged[] {
  const resources = resourcesOf(stack, next?.moved);
  const changeOf = new Map(changes.map((change) => [change.address, change]));
  return [...resources.values()].map(({ address, type, attributes }) => {
    const written = attributesIn(attributes, resources, new Set());
    const name = typeof written.name === "string" ? written.name : address;
    const { action, attributes: changed = [] } = changeOf.get(address) ?? {};
    return { address, type, name, attributes: written, action, changed };
  });
}

const ofType =
  (type: string) =>
  (resource: Judged): boolean =>
    resource.type === `azurerm_${type}`;

const isMade = ({ action }: Judged): boolean => action === "create" || action === "replace";
const isGone = ({ action }: Judged): boolean => action === "delete" || action === "replace";

/** Where a subnet is; in a network that is made anew it meets no other. */
function placeOf({ attributes }: Judged): string {
  return `${String(attributes.resource_group_name)}/${String(attributes.virtual_network_name)}`.toLowerCase();
}

function takenPrefixes(old: readonly Judged[], young: readonly Judged[]): string[] {
  return young
    .filter(ofType("subnet"))
    .filter(({ action }) => action !== undefined)
    .flatMap((subnet) => {
      const taken = old
        .filter(ofType("subnet"))
        .find(
          (other) =>
            other.address !== subnet.address &&
            placeOf(other) === placeOf(subnet) &&
            other.action !== undefined &&
            !isAnew(old, other) &&
            shareAddresses(prefixesOf(other), prefixesOf(subnet)),
        );
      if (!taken) return [];
      return [
        `Subnet ${subnet.name} takes addresses that ${taken.name} still has. Terraform does not wait until they are free, and Azure refuses subnets that overlap. If the component was renamed, set formerKey. Otherwise apply in two steps, with other addresses in between.`,
      ];
    });
}

/** Whether the network of a subnet is replaced: then every subnet goes before any comes. */
function isAnew(old: readonly Judged[], subnet: Judged): boolean {
  const network = old
    .filter(ofType("virtual_network"))
    .find(({ name }) => name === subnet.attributes.virtual_network_name);
  return network !== undefined && isGone(network);
}

function prefixesOf({ attributes }: Judged): readonly string[] {
  return (attributes.address_prefixes as readonly string[] | undefined) ?? [];
}

function shareAddresses(some: readonly string[], others: readonly string[]): boolean {
  const [a, b] = [some, others].map((texts) =>
    texts.map(parseIpv4Prefix).filter((prefix) => prefix !== undefined),
  );
  return a.some((one) => b.some((other) => overlaps(one, other)));
}

/** Two resources of one name, of which the one goes and the other comes, in no order. */
function takenNames(old: readonly Judged[], young: readonly Judged[]): string[] {
  const keyOf = ({ type, attributes: { name, resource_group_name: group, subnet_id: subnet } }: Judged) =>
    [type, name ?? subnet, group].map(String).join(" ").toLowerCase();
  const going = new Map(old.filter(isGone).map((resource) => [keyOf(resource), resource]));
  return young.filter(isMade).flatMap((resource) => {
    const { name, subnet_id: subnet } = resource.attributes;
    const other = name === undefined && subnet === undefined ? undefined : going.get(keyOf(resource));
    if (!other || other.address === resource.address) return [];
    return [
      `${resource.address} gets the name of ${other.address}, which may still exist. If the component was renamed, set formerKey. Otherwise apply in two steps.`,
    ];
  });
}

/** Rules that are resources of their own, of which one takes the priority that another still has. */
function takenPriorities(old: readonly Judged[], young: readonly Judged[]): string[] {
  const keyOf = ({ attributes: { network_security_group_name: group, direction, priority } }: Judged) =>
    [group, direction, priority].map(String).join(" ").toLowerCase();
  const rules = old.filter(ofType("network_security_rule")).filter(({ action }) => action !== undefined);
  return young
    .filter(ofType("network_security_rule"))
    .filter(({ action }) => action !== undefined)
    .flatMap((rule) => {
      const other = rules.find((one) => one.address !== rule.address && keyOf(one) === keyOf(rule));
      return other
        ? [
            `Rule ${rule.name} takes the priority ${String(rule.attributes.priority)} that ${other.name} still has in the group, and Azure refuses that. Apply in two steps, or choose a band that does not overlap with the former one.`,
          ]
        : [];
    });
}

function lostAddressSpace(old: readonly Judged[], young: readonly Judged[]): string[] {
  return young
    .filter(ofType("virtual_network"))
    .filter(({ action }) => action === "update")
    .flatMap((network) => {
      const space = (network.attributes.address_space as readonly string[] | undefined) ?? [];
      const outside = old
        .filter(ofType("subnet"))
        .filter(({ attributes }) => attributes.virtual_network_name === network.name)
        .filter((subnet) => !shareAddresses(prefixesOf(subnet), space));
      return outside.map(
        ({ name }) =>
          `The new addressSpace does not contain subnet ${name}, which still exists, and Azure refuses that. Apply in two steps: first keep both prefixes in addressSpace and move the subnet, then remove the old prefix.`,
      );
    });
}

/** Subnets that stand inside the network and are to be resources of their own. */
function inlineSubnetsLeft(old: readonly Judged[], young: readonly Judged[]): string[] {
  return old
    .filter(ofType("virtual_network"))
    .filter((network) => hasInlineSubnets(network) && !isGone(network))
    .filter((network) => young.some((one) => one.address === network.address && !hasInlineSubnets(one)))
    .map(
      ({ name }) =>
        `The subnets of ${name} stay inside the network: Azure refuses to create them again, and to delete their groups. Import each subnet and each association first (terraform import), or keep inlineSubnets.`,
    );
}

function hasInlineSubnets({ attributes: { subnet } }: Judged): boolean {
  return subnet !== undefined;
}

/** Groups of inline subnets are created before others are deleted. Where their resource group is not, Terraform finds a cycle. */
function cyclesOfInlineSubnets(old: readonly Judged[], young: readonly Judged[]): string[] {
  const stays = (resource: Judged): boolean =>
    old.some((one) => one.address === resource.address && isCreatedFirst(one));
  const entering = young.some((one) => isCreatedFirst(one) && one.action === "replace" && !stays(one));
  const leaving =
    !young.some(isCreatedFirst) && old.some((one) => isCreatedFirst(one) && one.action === "delete");
  return old.filter(ofType("resource_group")).flatMap(({ name, action }) => {
    if (entering && action === "delete") {
      return [
        `Resource group ${name} is deleted while inlineSubnets is switched on, and Terraform finds no order for that. Apply in two steps: first switch inlineSubnets on, then change the resource group.`,
      ];
    }
    if (leaving && action === "replace") {
      return [
        `Resource group ${name} is replaced while all inline subnets are deleted, and Terraform finds no order for that. Apply in two steps: first delete the subnets, then change the resource group.`,
      ];
    }
    return [];
  });
}

function isCreatedFirst({ attributes: { lifecycle } }: Judged): boolean {
  return (lifecycle as { create_before_destroy?: boolean } | undefined)?.create_before_destroy === true;
}

/** Groups that are deleted while an existing subnet has them, because Terraform only forgets the association. */
function groupsStillAttached(old: readonly Judged[]): string[] {
  return old
    .filter(ofType("subnet_network_security_group_association"))
    .filter(({ action, attributes: { subnet_id: id } }) => action === "forget" && !addressOf(id))
    .flatMap(({ attributes: { subnet_id: id, network_security_group_id: group } }) =>
      old
        .filter((one) => one.address === addressOf(group) && isGone(one))
        .map(
          ({ name }) =>
            `Group ${name} is deleted while the existing subnet ${String(id)} has it. Remove the component from \`removed\`: it is only for subnets that the deployment creates.`,
        ),
    );
}

/** The address of the resource whose id this is. */
function addressOf(id: unknown): string | undefined {
  return /^\$\{(azurerm_\w+\.[\w-]+)\.id\}$/.exec(String(id))?.[1];
}

/** Resources that Terraform must not destroy, and would have to. */
function keptDisksReplaced(young: readonly Judged[]): string[] {
  return young
    .filter(({ action }) => action === "replace")
    .filter(
      ({ attributes: { lifecycle } }) =>
        (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy,
    )
    .map(
      ({ name }) =>
        `Disk ${name} would be replaced, and preventDestroy keeps it: Terraform refuses the plan. Undo the change, or set preventDestroy to false first.`,
    );
}

/** Another region, in which the subnets do not follow. */
function regionLeft(before: SynthesizedJson, after: SynthesizedJson): string[] {
  const left = leftRegion(before, after);
  if (!left) return [];
  return [
    `The region changes from ${left.from} to ${left.to}, and the subnets cannot move there. Destroy the deployment first, or deploy it there under another name.`,
  ];
}

function interruptionsOf(resource: Judged, old: readonly Judged[]): string[] {
  if (resource.action === "update") return interruptionsOfUpdate(resource);
  if (!isGone(resource)) return [];
  const does = resource.action === "replace" ? "replaced" : "deleted";
  switch (resource.type) {
    case "azurerm_subnet":
      return [
        keepsGroup(resource, old)
          ? `Subnet ${resource.name} is ${does} while its group is attached. Delete every machine in it beforehand: until then Azure refuses the change, and the subnet keeps its group.`
          : `Subnet ${resource.name} is ${does}, and Terraform removes its group first. Delete every machine in it beforehand: Azure refuses to delete a subnet with a machine, which would then stay there unfiltered.${resource.action === "delete" ? " List the component under removed to keep the group until the subnet is deleted." : ""}`,
      ];
    case "azurerm_linux_virtual_machine":
    case "azurerm_resource_group_template_deployment":
      return [`Machine ${resource.name} is ${does}. It is not available until the new one has booted.`];
    case "azurerm_managed_disk":
      return [`Disk ${resource.name} is ${does}, with all data on it.`];
    case "azurerm_public_ip":
      return [`Public address ${resource.name} is ${does}. Update the firewalls that contain it.`];
    case "azurerm_nat_gateway":
      return [`NAT gateway ${resource.name} is ${does}. Connections to the Internet break.`];
    case "azurerm_resource_group":
      return [`Resource group ${resource.name} is ${does}, with everything in it.`];
    default:
      return [];
  }
}

/** What an update in place interrupts; most interrupt nothing. */
function interruptionsOfUpdate({ type, name, changed }: Judged): string[] {
  const changes = (...attributes: string[]): boolean => attributes.some((one) => changed.includes(one));
  switch (type) {
    case "azurerm_linux_virtual_machine":
      return changes("size", "os_disk", "encryption_at_host_enabled") ? [`Machine ${name} restarts.`] : [];
    case "azurerm_managed_disk":
      return changes("disk_size_gb", "storage_account_type", "disk_encryption_set_id")
        ? [`Disk ${name} changes, and its machine may restart.`]
        : [];
    case "azurerm_network_interface":
      return changes("ip_configuration")
        ? [`Network interface ${name} gets another address. Connections to the old one break.`]
        : [];
    case "azurerm_resource_group_template_deployment":
      // Tags are in the template too.
      return changes("template_content") && !changes("tags")
        ? [
            `Machine ${name} is updated through its template: it may restart, and Azure refuses to change some properties.`,
          ]
        : [];
    default:
      return [];
  }
}

/** Whether Terraform forgets what ties the group to a subnet, and so leaves it there. */
function keepsGroup(subnet: Judged, old: readonly Judged[]): boolean {
  return old
    .filter(ofType("subnet_network_security_group_association"))
    .some(
      ({ attributes, action }) => action === "forget" && attributes.subnet_id === `\${${subnet.address}.id}`,
    );
}

/** A group that is exchanged, or taken off, while its subnet stays. */
function groupsExchanged(old: readonly Judged[]): string[] {
  return old
    .filter(ofType("subnet_network_security_group_association"))
    .filter(isGone)
    .flatMap(({ attributes: { subnet_id: id }, action }) => {
      const subnet = old.find(({ address }) => address === addressOf(id));
      if (subnet && isGone(subnet)) return [];
      const name = subnet?.name ?? String(id);
      return action === "replace"
        ? [
            `The group of subnet ${name} is replaced, and the subnet has no group for a moment. Stop its machines first.`,
          ]
        : [`The group of subnet ${name} is removed, and the subnet stays without a filter.`];
    });
}

/** Subnets that stay, with other addresses. */
function prefixesExchanged(old: readonly Judged[], young: readonly Judged[]): string[] {
  const before = new Map(old.flatMap(prefixesByName));
  return young
    .filter((resource) => !isMade(resource))
    .flatMap(prefixesByName)
    .filter(([name, prefixes]) => (before.get(name) ?? prefixes) !== prefixes)
    .map(
      ([name]) =>
        `Subnet ${name} gets other addresses. Delete every machine in it beforehand: until then Azure refuses the change, and the subnet keeps its group.`,
    );
}

/** The prefixes of the subnet that a resource is, or of those inside it, by their names. */
function prefixesByName(resource: Judged): Array<[name: string, prefixes: string]> {
  if (ofType("subnet")(resource)) return [[resource.name, prefixesOf(resource).join()]];
  const { subnet } = resource.attributes;
  if (!ofType("virtual_network")(resource) || !Array.isArray(subnet)) return [];
  return (subnet as Array<{ name: string; address_prefixes: readonly string[] }>).map(
    ({ name, address_prefixes: prefixes }) => [name, prefixes.join()],
  );
}

/** Subnets inside the resource of a network that are deleted, with it or without. */
function inlineSubnetsGone(old: readonly Judged[], young: readonly Judged[]): string[] {
  return old.filter(ofType("virtual_network")).flatMap((network) => {
    const next = young.find(({ address }) => address === network.address);
    if (isGone(network)) {
      const does = network.action === "replace" ? "replaced" : "deleted";
      // Subnets that move into the network are forgotten, and go with it too.
      const entering = old
        .filter(ofType("subnet"))
        .filter(
          ({ action, attributes }) => action === "forget" && attributes.virtual_network_name === network.name,
        );
      return [...inlineSubnetsOf(network), ...entering.map(({ name }) => name)].map(
        (name) =>
          `Subnet ${name} is ${does} with its network. Delete every machine in it beforehand: until then Azure refuses the change, and the subnet keeps its group.`,
      );
    }
    const staying = new Set([
      ...(next ? inlineSubnetsOf(next) : []),
      ...young.filter(ofType("subnet")).map(({ name }) => name),
    ]);
    return inlineSubnetsOf(network)
      .filter((name) => !staying.has(name))
      .map(
        (name) =>
          `Subnet ${name} is deleted. Delete every machine in it beforehand: until then Azure refuses the change, and the subnet keeps its group.`,
      );
  });
}

function inlineSubnetsOf({ attributes: { subnet } }: Judged): string[] {
  return Array.isArray(subnet) ? (subnet as Array<{ name: string }>).map(({ name }) => name) : [];
}
