import { nameInId } from "../../azure/azure-id";

/** The action of an apply on a resource. */
export type ChangeAction = "create" | "update" | "replace" | "delete" | "forget";

/** A resource that an apply changes. */
export interface ResourceChange {
  /** Address in Terraform's state after the change. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly action: ChangeAction;
  /** Attributes that differ. */
  readonly attributes: readonly string[];
}

/** The parts of a synthesized stack that matter for changes. */
export interface SynthesizedJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly moved?: ReadonlyArray<{ readonly from: string; readonly to: string }>;
  readonly removed?: ReadonlyArray<{ readonly from: string }>;
}

/** Attributes of a resource, as Terraform reads them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A resource of a stack. */
interface StackResource {
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
}

/** The resources of a stack, by address. */
type Stack = ReadonlyMap<string, StackResource>;

/** A resource before or after a change, with references replaced by their values, and what happens to it. */
export interface JudgedResource extends StackResource {
  /** Name in Azure (of an association, its subnet's name), or else the address. */
  readonly name: string;
  readonly action?: ChangeAction;
  /** Attributes that differ. */
  readonly changed: readonly string[];
}

/** Two stacks, and what changes between them. */
export interface JudgedStacks {
  readonly changes: ResourceChange[];
  readonly old: readonly JudgedResource[];
  readonly young: readonly JudgedResource[];
}

// Attributes whose change replaces the resource, in addition to name, location and resource_group_name.
// Source: azurerm 4.55.0, ForceNew in the schema of each resource
const REPLACES: Readonly<Record<string, readonly string[]>> = {
  azurerm_subnet: ["virtual_network_name"],
  azurerm_network_security_rule: ["network_security_group_name"],
  azurerm_subnet_network_security_group_association: ["subnet_id", "network_security_group_id"],
  azurerm_subnet_nat_gateway_association: ["subnet_id", "nat_gateway_id"],
  azurerm_subnet_route_table_association: ["subnet_id", "route_table_id"],
  azurerm_nat_gateway_public_ip_association: ["nat_gateway_id", "public_ip_address_id"],
  azurerm_firewall_policy_rule_collection_group: ["firewall_policy_id"],
  azurerm_public_ip: ["sku", "zones"],
  azurerm_linux_virtual_machine: [
    "admin_ssh_key",
    "admin_username",
    "custom_data",
    "os_disk.name",
    "os_disk.storage_account_type",
    "source_image_id",
    "source_image_reference",
    "zone",
  ],
  azurerm_managed_disk: ["create_option", "zone"],
  azurerm_virtual_machine_data_disk_attachment: ["managed_disk_id", "virtual_machine_id", "lun"],
  azurerm_role_assignment: ["scope", "role_definition_name", "principal_id"],
};
const REPLACES_ANY = ["name", "location", "resource_group_name"];

// Meta-arguments, which Terraform does not send to Azure.
const FOR_TERRAFORM = ["depends_on", "lifecycle", "provider", "//"];

/** The resources when one synthesized stack is applied over another. */
export function judgedStacks(before: SynthesizedJson, after: SynthesizedJson): JudgedStacks {
  const [was, is] = [resourcesOf(before, after.moved), resourcesOf(after)];
  const { replaced, differing } = compared(withSubnetsInside(was, is), is);
  const forgotten = new Set(after.removed?.map(({ from }) => from));
  const actionOn = (address: string): ChangeAction | undefined => {
    if (!was.has(address)) return "create";
    if (!is.has(address)) return forgotten.has(address) ? "forget" : "delete";
    if (replaced.has(address)) return "replace";
    return differing.get(address)?.length ? "update" : undefined;
  };
  const judged = (stack: Stack) => {
    const resources = [...stack.values()].map((resource): StackResource => ({
      ...resource,
      attributes: attributesIn(resource.attributes, stack),
    }));
    const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
    return resources.map((resource): JudgedResource => ({
      ...resource,
      name: nameOf(resource, byAddress),
      action: actionOn(resource.address),
      changed: differing.get(resource.address) ?? [],
    }));
  };
  const [old, young] = [judged(was), judged(is)];
  const changes = [...young, ...old.filter(({ address }) => !is.has(address))]
    .flatMap(({ address, type, name, action, changed: attributes }) =>
      action ? [{ address, type, name, action, attributes }] : [],
    )
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  return { changes, old, young };
}

/** The attributes that differ of each resource that both stacks have, and the resources that are replaced; by address. */
function compared(old: Stack, young: Stack) {
  const replaced = new Set<string>();
  const differing = new Map<string, string[]>();
  // A resource that refers to a replaced one may be replaced too: repeat until no more are found.
  for (let size = -1; size !== replaced.size;) {
    size = replaced.size;
    for (const [address, { type, attributes }] of young) {
      const was = old.get(address);
      if (!was) continue;
      const before = attributesIn(was.attributes, old);
      const after = attributesIn(attributes, young, replaced);
      differing.set(address, differences(before, after));
      // A network with inline subnets keeps its location, or is refused.
      const { ignore_changes: kept = [] } = lifecycleOf(attributes);
      const isReplaced = [...REPLACES_ANY, ...(REPLACES[type] ?? [])]
        .filter((path) => !kept.includes(path))
        .some((path) => canonical(valueAt(before, path)) !== canonical(valueAt(after, path)));
      if (isReplaced) replaced.add(address);
    }
  }
  return { replaced, differing };
}

/** The resources of a stack by address, where the `moved` blocks of the next stack move them. */
function resourcesOf({ resource = {} }: SynthesizedJson, moved: SynthesizedJson["moved"] = []): Stack {
  const to = new Map(moved.map((move) => [move.from, move.to]));
  const followed = (attributes: Attributes) =>
    withReferences(attributes, (whole, address, attribute) =>
      to.has(address) ? `\${${to.get(address)}.${attribute}}` : whole,
    );
  const all = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([id, attributes]): [string, StackResource] => {
      const address = to.get(`${type}.${id}`) ?? `${type}.${id}`;
      return [address, { address, type, attributes: to.size === 0 ? attributes : followed(attributes) }];
    }),
  );
  return new Map(all);
}

/**
 * The resources as Azure has them if subnets move into their network: the
 * network in the state already has these subnets, and their ids stay the same.
 */
function withSubnetsInside(old: Stack, young: Stack): Stack {
  const result = new Map(old);
  for (const network of old.values()) {
    const next = young.get(network.address);
    if (network.attributes.subnet !== undefined || next?.attributes.subnet === undefined) continue;
    const subnets = [...old.values()].filter(
      ({ type, attributes }) =>
        type === "azurerm_subnet" && attributes.virtual_network_name === `\${${network.address}.name}`,
    );
    const ids = new Map(
      subnets.map(({ address, attributes: { name } }) => [
        address,
        `\${${network.address}.id}/subnets/${String(name)}`,
      ]),
    );
    for (const [address, resource] of result) {
      const attributes = withReferences(resource.attributes, (whole, to, attribute) =>
        attribute === "id" ? (ids.get(to) ?? whole) : whole,
      );
      result.set(address, { ...resource, attributes });
    }
    const inside = subnets.map((subnet) => insideNetwork(subnet, old));
    result.set(network.address, { ...network, attributes: { ...network.attributes, subnet: inside } });
  }
  return result;
}

/** A subnet as it is written inside the resource of its network. */
function insideNetwork({ address, attributes }: StackResource, stack: Stack) {
  const associated = (kind: string): Attributes =>
    [...stack.values()].find(
      ({ type, attributes: { subnet_id: id } }) =>
        type === `azurerm_subnet_${kind}_association` && id === `\${${address}.id}`,
    )?.attributes ?? {};
  return {
    name: attributes.name,
    address_prefixes: attributes.address_prefixes,
    security_group: associated("network_security_group").network_security_group_id,
    route_table_id: associated("route_table").route_table_id,
    default_outbound_access_enabled: attributes.default_outbound_access_enabled ?? true,
    delegation: attributes.delegation ?? [],
    private_endpoint_network_policies: attributes.private_endpoint_network_policies ?? "Disabled",
    private_link_service_network_policies_enabled:
      attributes.private_link_service_network_policies_enabled ?? true,
    service_endpoint_policy_ids: attributes.service_endpoint_policy_ids ?? [],
    service_endpoints: attributes.service_endpoints ?? [],
  };
}

const REFERENCE = /\$\{([a-z_0-9]+\.[\w-]+)\.(\w+)\}/g;

/** The attributes with each reference in them changed. */
function withReferences(
  attributes: Attributes,
  change: (whole: string, address: string, attribute: string) => string,
): Attributes {
  const inJson = (...match: Parameters<typeof change>) => JSON.stringify(change(...match)).slice(1, -1);
  return JSON.parse(JSON.stringify(attributes).replace(REFERENCE, inJson)) as Attributes;
}

/** The attributes with the values of references to texts. An id of a replaced resource differs from that of its predecessor. */
function attributesIn(
  attributes: Attributes,
  stack: Stack,
  replaced: ReadonlySet<string> = new Set(),
): Attributes {
  const resolved =
    (depth: number) =>
    (whole: string, address: string, attribute: string): string => {
      const value = stack.get(address)?.attributes[attribute];
      if (typeof value === "string" && depth < 5) return value.replace(REFERENCE, resolved(depth + 1));
      return replaced.has(address) ? `${whole} anew` : whole;
    };
  return withReferences(attributes, resolved(0));
}

function differences(before: Attributes, after: Attributes): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !FOR_TERRAFORM.includes(name))
    .filter((name) => canonical(before[name]) !== canonical(after[name]))
    .sort();
}

/** The value of an attribute, or of one in a block: `os_disk.name`. */
function valueAt(attributes: Attributes, path: string): unknown {
  return path
    .split(".")
    .reduce((value: unknown, name) => (value as Attributes | undefined)?.[name], attributes);
}

/** A comparable text: the provider treats null, "" and missing values alike, and lists of rules have no order. */
function canonical(value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, nested]) => `${key}:${canonical(nested)}`);
  return `{${entries
    .filter((entry) => !entry.endsWith(":"))
    .sort()
    .join()}}`;
}

function nameOf({ address, attributes }: StackResource, stack: Stack): string {
  const { name, subnet_id: subnet } = attributes;
  if (typeof name === "string") return name;
  if (typeof subnet !== "string") return address;
  return String(stack.get(subnet.replace(REFERENCE, "$1"))?.attributes.name ?? nameInId(subnet));
}

interface Lifecycle {
  readonly create_before_destroy?: boolean;
  readonly ignore_changes?: readonly string[];
  readonly prevent_destroy?: boolean;
}

/** The meta-argument lifecycle of a resource. */
export function lifecycleOf({ lifecycle }: Attributes): Lifecycle {
  return (lifecycle as Lifecycle | undefined) ?? {};
}

/** The parts of Terraform's state that are read. */
export interface TerraformState {
  readonly resources?: ReadonlyArray<{
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: ReadonlyArray<{ readonly attributes?: Attributes }>;
  }>;
}

/**
 * The resources in a state file as in a synthesized stack: the id of another
 * resource is a reference to it. The other values are as the provider stores them.
 */
export function stackOfState({ resources = [] }: TerraformState): SynthesizedJson {
  const managed = resources.flatMap(({ mode, type, name, instances }) => {
    const attributes = instances[0]?.attributes;
    return mode === "managed" && attributes ? [{ type, name, attributes }] : [];
  });
  // An association has the id of its subnet.
  const references = new Map(
    managed
      .filter(({ type }) => !type.endsWith("_association"))
      .map(({ type, name, attributes }) => [attributes.id, `\${${type}.${name}.id}`]),
  );
  const stack: Record<string, Record<string, Attributes>> = {};
  for (const { type, name, attributes } of managed) {
    const { id: _, ...others } = attributes;
    const entries = Object.entries(others).map(([key, value]) => [key, references.get(value) ?? value]);
    stack[type] = { ...stack[type], [name]: Object.fromEntries(entries) as Attributes };
  }
  return { resource: stack };
}
