import { type Problem, refuseProblems } from "../checks/problem";
import { isOpaque } from "../policy/opaque";
import type { SecurityRule } from "../policy/security-rule";
import { comparableId, isAzureId, nameInId } from "./azure-id";
import type { FoundEndpoint, FoundGroup, FoundNetwork } from "./found-network";
import { refuseSharedPriorities } from "./rules-together";
import {
  securityRuleOfTerraform,
  securityRulesOfTerraform,
  type TerraformAttributes,
} from "./security-rule-of-terraform";
import { formatReference, parseReference } from "./terraform-reference";
import type { TerraformResource } from "./terraform-resource";
import type { TerraformResources } from "./synthesized-stack";

const GROUP = "azurerm_network_security_group";
const RULE = "azurerm_network_security_rule";
const SUBNET = "azurerm_subnet";
const VIRTUAL_NETWORK = "azurerm_virtual_network";
const INTERFACE = "azurerm_network_interface";

/**
 * The groups among resources of Terraform's, and what they stand before.
 * References within the file are followed; others stay what they are: values
 * known only at apply.
 *
 * @param file what errors call the file
 * @throws InvalidInputError with everything that is wrong with the rules
 */
export function networkOfTerraform(file: string, { resources, notes }: TerraformResources): FoundNetwork {
  return new TerraformNetwork(file, resources, notes).read();
}

class TerraformNetwork {
  private readonly byAddress: ReadonlyMap<string, TerraformResource>;
  private readonly byId = new Map<string, TerraformResource>();
  private readonly byType = new Map<string, TerraformResource[]>();
  private readonly notes: string[];

  constructor(
    private readonly file: string,
    resources: readonly TerraformResource[],
    notes: readonly string[],
  ) {
    this.notes = [...notes];
    this.byAddress = new Map(resources.map((resource) => [resource.address, resource]));
    for (const resource of resources) {
      const same = this.byType.get(resource.type);
      if (same) same.push(resource);
      else this.byType.set(resource.type, [resource]);
      const id = resource.values.id;
      // A data source comes after the resource that it may read.
      if (typeof id === "string" && !this.byId.has(comparableId(id)))
        this.byId.set(comparableId(id), resource);
    }
  }

  read(): FoundNetwork {
    const groups = this.groups();
    const endpoints = this.endpoints();
    const addressSpaces = this.ofType(VIRTUAL_NETWORK).map((network) =>
      this.prefixes(network, "address_space"),
    );
    return { file: this.file, groups, endpoints, addressSpaces, notes: this.notes };
  }

  private groups(): FoundGroup[] {
    const problems: Problem[] = [];
    const standalone = this.standaloneRules();
    const groups = this.ofType(GROUP).map((group) => {
      const inline = securityRulesOfTerraform(
        this.resolveAll(group.values.security_rule),
        `${group.address}.security_rule`,
      );
      const own = standalone.get(group) ?? [];
      const names = new Set(own.map(({ name }) => name.toLowerCase()));
      // A state lists a rule twice: as a resource of its own, and as read back with its group.
      const rules = [...inline.filter(({ name }) => !names.has(name.toLowerCase())), ...own];
      if (rules.length === 0 && group.values.security_rule === undefined) {
        this.notes.push(
          `${group.address} says nothing of its rules; it is read as having Azure's default rules only.`,
        );
      }
      return { key: this.keyOf(group), name: this.nameOf(group), rules, tags: textsOf(group.values.tags) };
    });
    for (const [index, { rules }] of groups.entries()) {
      problems.push(...refuseSharedPriorities(this.ofType(GROUP)[index].address, rules));
    }
    refuseProblems(this.file, problems);
    return groups;
  }

  /** The rules that are resources of their own, by their group. */
  private standaloneRules(): Map<TerraformResource, SecurityRule[]> {
    const byGroup = new Map<TerraformResource, SecurityRule[]>();
    for (const rule of this.ofType(RULE)) {
      const groups = this.groupsNamed(rule);
      if (groups.length === 0) {
        this.notes.push(
          `${rule.address} is left out: its group ${show(rule.values.network_security_group_name)} is not in the file.`,
        );
      }
      if (groups.length > 1) {
        this.notes.push(
          `${rule.address} is left out: several groups are called ${show(rule.values.network_security_group_name)}.`,
        );
      }
      if (groups.length !== 1) continue;
      const read = securityRuleOfTerraform(this.resolveAll(rule.values) as TerraformAttributes, rule.address);
      byGroup.set(groups[0], [...(byGroup.get(groups[0]) ?? []), read]);
    }
    return byGroup;
  }

  private groupsNamed(rule: TerraformResource): TerraformResource[] {
    const given = rule.values.network_security_group_name;
    const referred = typeof given === "string" ? this.referred(given, GROUP) : undefined;
    if (referred) return [referred];
    const name = this.resolve(given);
    const resourceGroup = this.resolve(rule.values.resource_group_name);
    const named = this.ofType(GROUP).filter(
      (group) => typeof name === "string" && same(this.resolve(group.values.name), name),
    );
    const nearby = named.filter((group) =>
      same(this.resolve(group.values.resource_group_name), resourceGroup),
    );
    return nearby.length > 0 ? nearby : named.filter(() => isUnknown(resourceGroup));
  }

  private endpoints(): FoundEndpoint[] {
    const bySubnet = this.associations("azurerm_subnet_network_security_group_association", "subnet_id");
    const byInterface = this.associations(
      "azurerm_network_interface_security_group_association",
      "network_interface_id",
    );
    const subnets = [
      ...this.ofType(SUBNET).map((subnet) => this.subnet(subnet, bySubnet)),
      ...this.inlineSubnets(),
    ];
    const known = new Set(subnets.map(({ key }) => key));
    const elsewhere = [...bySubnet]
      .filter(([key]) => !known.has(key))
      .map(([key, subnetGroup]) => ({
        key,
        name: isAzureId(key) ? nameInId(key) : key,
        prefixes: [isOpaque(key) ? key : formatReference(key, "address_prefixes")],
        subnetGroup,
      }));
    for (const { key } of elsewhere.filter(({ key }) => isOpaque(key))) {
      this.notes.push(
        `Which subnet ${key} is cannot be told; a subnet in the file may have a group that it is read without.`,
      );
    }
    const all = [...subnets, ...elsewhere];
    return [...all, ...[...byInterface].map(([key, group]) => this.networkInterface(key, group, all))];
  }

  private subnet(subnet: TerraformResource, groups: ReadonlyMap<string, string>): FoundEndpoint {
    const key = this.keyOf(subnet);
    // Where the subnet was read, not made, it says its group itself.
    const read = subnet.values.network_security_group_id;
    const subnetGroup =
      groups.get(key) ??
      (typeof read === "string" && read !== "" ? this.keyReferred(read, GROUP) : undefined);
    return {
      key,
      name: this.nameOf(subnet),
      prefixes: this.prefixes(subnet, "address_prefixes"),
      ...(subnetGroup !== undefined && { subnetGroup }),
    };
  }

  /** Subnets inside virtual networks; a state lists those there as well that are resources of their own. */
  private inlineSubnets(): FoundEndpoint[] {
    const own = this.ofType(SUBNET);
    return this.ofType(VIRTUAL_NETWORK).flatMap((network) => {
      const list: unknown = network.values.subnet;
      return (Array.isArray(list) ? (list as unknown[]) : []).filter(isObject).flatMap((values) => {
        const { id, name, security_group: group } = values;
        const repeats = own.some((subnet) =>
          typeof id === "string" && typeof subnet.values.id === "string"
            ? comparableId(subnet.values.id) === comparableId(id)
            : same(this.resolve(subnet.values.name), this.resolve(name)),
        );
        if (repeats || typeof name !== "string") return [];
        const address = `${network.address}.subnet["${name}"]`;
        const prefixes = this.resolveAll(values.address_prefixes ?? values.address_prefix);
        return [
          {
            key: typeof id === "string" && isAzureId(id) ? comparableId(id) : address,
            name,
            prefixes: textList(prefixes) ?? [formatReference(address, "address_prefixes")],
            ...(typeof group === "string" && group !== "" && { subnetGroup: this.keyReferred(group, GROUP) }),
          },
        ];
      });
    });
  }

  private networkInterface(
    key: string,
    interfaceGroup: string,
    subnets: readonly FoundEndpoint[],
  ): FoundEndpoint {
    const resource = this.byAddress.get(key) ?? this.byId.get(key);
    const listed: unknown = resource?.values.ip_configuration;
    const configurations = (Array.isArray(listed) ? (listed as unknown[]) : [listed]).filter(isObject);
    const [subnet] = configurations
      .map(({ subnet_id: id }) => (typeof id === "string" ? this.keyReferred(id, SUBNET) : undefined))
      .map((id) => subnets.find((candidate) => candidate.key === id));
    const addresses = configurations.map(({ private_ip_address: address }) => this.resolve(address));
    const known = addresses.filter(
      (address): address is string => typeof address === "string" && address !== "",
    );
    const address = resource?.address ?? key;
    return {
      key,
      name: resource ? this.nameOf(resource) : nameInId(key),
      prefixes:
        known.length > 0 && known.length === configurations.length
          ? known
          : [isOpaque(address) ? address : formatReference(address, "private_ip_addresses")],
      interfaceGroup,
      ...(subnet && { subnet: subnet.key }),
      ...(subnet?.subnetGroup !== undefined && { subnetGroup: subnet.subnetGroup }),
    };
  }

  /** Key of the group, by the key of what it stands before. */
  private associations(type: string, attribute: string): Map<string, string> {
    const target = attribute === "subnet_id" ? SUBNET : INTERFACE;
    const groups = new Map<string, string>();
    for (const { values } of this.ofType(type)) {
      const { [attribute]: before, network_security_group_id: group } = values;
      if (typeof before !== "string" || typeof group !== "string") continue;
      groups.set(this.keyReferred(before, target), this.keyReferred(group, GROUP));
    }
    return groups;
  }

  private prefixes(resource: TerraformResource, attribute: string): string[] {
    return (
      textList(this.resolveAll(resource.values[attribute])) ?? [formatReference(resource.address, attribute)]
    );
  }

  private ofType(type: string): readonly TerraformResource[] {
    return this.byType.get(type) ?? [];
  }

  private keyOf(resource: TerraformResource): string {
    const { id } = resource.values;
    return typeof id === "string" && isAzureId(id) ? comparableId(id) : resource.address;
  }

  private nameOf(resource: TerraformResource): string {
    const name = this.resolve(resource.values.name);
    return typeof name === "string" && name !== "" && !isOpaque(name) ? name : resource.address;
  }

  /** The key of the resource that an id or a reference speaks of; the text itself where it is not in the file. */
  private keyReferred(text: string, type: string): string {
    const resource = this.referred(text, type);
    return resource ? this.keyOf(resource) : comparableId(text);
  }

  private referred(text: string, type: string): TerraformResource | undefined {
    const reference = parseReference(text);
    const resource = reference ? this.byAddress.get(reference.address) : this.byId.get(comparableId(text));
    return resource?.type === type ? resource : undefined;
  }

  /** The value, with references to values in the file replaced by them. */
  private resolveAll(value: unknown): unknown {
    if (Array.isArray(value)) return value.flatMap((item: unknown) => this.resolveAll(item));
    if (isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.resolveAll(inner)]));
    }
    return this.resolve(value);
  }

  private resolve(value: unknown, followed = 0): unknown {
    const reference =
      typeof value === "string" && followed < MAX_FOLLOWED ? parseReference(value) : undefined;
    const target = reference && this.byAddress.get(reference.address)?.values[reference.attribute];
    if (!reference || target === undefined || target === null) return value;
    const inner: unknown =
      reference.index === undefined ? target : Array.isArray(target) ? target[reference.index] : undefined;
    if (inner === undefined || isObject(inner)) return value;
    return Array.isArray(inner)
      ? inner.map((item: unknown) => this.resolve(item, followed + 1))
      : this.resolve(inner, followed + 1);
  }
}

// References that lead in a circle are no configuration that Terraform takes.
const MAX_FOLLOWED = 8;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isUnknown(value: unknown): boolean {
  return typeof value !== "string" || isOpaque(value);
}

/** Names in Azure are the same whatever the case. */
function same(a: unknown, b: unknown): boolean {
  return typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();
}

/** The texts of a list, or of a single text; undefined where there is none. */
function textList(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (item): item is string => typeof item === "string" && item !== "",
  );
  return list.length > 0 ? list : undefined;
}

function textsOf(tags: unknown): Record<string, string> {
  if (!isObject(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"),
  );
}

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : "without a name";
}
