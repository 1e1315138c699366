import { idIn } from "./small-network";
import { type Model, type ModelRule, NETWORKS, SUBNETS } from "../oracle/network-world";

// One network as each command prints it.

type Values = Record<string, unknown>;

/** A resource of azurerm; `${type.name.attribute}` refers to another. */
interface Resource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly values: Values;
}

const ref = (type: string, index: number, attribute = "id"): string =>
  `\${azurerm_${type}.${short(type)}${index}.${attribute}}`;
const short = (type: string): string =>
  ({ virtual_network: "v", subnet: "s", network_security_group: "g", network_interface: "n" })[type] ?? "x";
const subnetPath = (index: number): string => `virtualNetworks/v${SUBNETS[index].network}/subnets/s${index}`;

function resourcesOf({ groups, subnetGroups, interfaces }: Model): Resource[] {
  const attach = (type: string, what: string, at: number, group: number | undefined): Resource[] =>
    group === undefined
      ? []
      : [
          {
            type: `azurerm_${type}`,
            name: `${short(what)}${at}`,
            id: `association-${what}-${at}`,
            values: {
              [`${what}_id`]: ref(what, at),
              network_security_group_id: ref("network_security_group", group),
            },
          },
        ];
  return [
    ...NETWORKS.map((prefix, index) => ({
      type: "azurerm_virtual_network",
      name: `v${index}`,
      id: idIn(`virtualNetworks/v${index}`),
      values: { name: `v${index}`, resource_group_name: "rg", address_space: [prefix] },
    })),
    ...[0, 1].map((index) => ({
      type: "azurerm_virtual_network_peering",
      name: `p${index}`,
      id: idIn(`virtualNetworks/v${index}/virtualNetworkPeerings/p`),
      values: {
        name: "p",
        resource_group_name: "rg",
        virtual_network_name: `v${index}`,
        remote_virtual_network_id: ref("virtual_network", 1 - index),
        use_remote_gateways: false,
      },
    })),
    ...SUBNETS.map(({ network, prefix }, index) => ({
      type: "azurerm_subnet",
      name: `s${index}`,
      id: idIn(subnetPath(index)),
      values: {
        name: `s${index}`,
        resource_group_name: "rg",
        virtual_network_name: `v${network}`,
        address_prefixes: [prefix],
      },
    })),
    ...groups.map((rules, index) => ({
      type: "azurerm_network_security_group",
      name: `g${index}`,
      id: idIn(`networkSecurityGroups/g${index}`),
      values: { name: `g${index}`, resource_group_name: "rg", security_rule: rules.map(terraformRule) },
    })),
    ...interfaces.map(({ subnet, address }, index) => ({
      type: "azurerm_network_interface",
      name: `n${index}`,
      id: idIn(`networkInterfaces/n${index}`),
      values: {
        name: `n${index}`,
        resource_group_name: "rg",
        ip_configuration: [{ name: "ip", subnet_id: ref("subnet", subnet), private_ip_address: address }],
      },
    })),
    ...subnetGroups.flatMap((group, index) =>
      attach("subnet_network_security_group_association", "subnet", index, group),
    ),
    ...interfaces.flatMap(({ group }, index) =>
      attach("network_interface_security_group_association", "network_interface", index, group),
    ),
  ];
}

function terraformRule(rule: ModelRule, index: number): Values {
  return {
    name: `r${index}`,
    priority: 100 + index,
    direction: rule.direction,
    access: rule.access,
    protocol: "*",
    source_address_prefix: rule.source,
    source_port_range: "*",
    destination_address_prefix: rule.destination,
    destination_port_range: rule.port,
  };
}

const REFERENCE = /^\$\{(azurerm_\w+\.\w+)\.\w+\}$/;

/** The values with each reference as `change` has it. */
function mapped(value: unknown, change: (address: string) => unknown): unknown {
  if (typeof value === "string") {
    const address = REFERENCE.exec(value)?.[1];
    return address === undefined ? value : change(address);
  }
  if (Array.isArray(value)) return value.map((item) => mapped(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner, change)]));
}

/** What is left of a value where only references count: `known` elsewhere; undefined where there is none. */
function references(value: unknown, told: (address: string) => unknown): unknown {
  if (typeof value === "string") {
    const address = REFERENCE.exec(value)?.[1];
    return address === undefined ? undefined : told(address);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => references(item, told) ?? {});
    return items.some((item) => Object.keys(item as object).length > 0) ? items : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, references(inner, told)] as const);
  const some = entries.filter(([, inner]) => inner !== undefined);
  return some.length === 0 ? undefined : Object.fromEntries(some);
}

/** A part of the files, which a test may leave out. */
export type Part = `resource ${string}` | `file ${string}`;

/** The synthesized stack. */
export function stackFile(model: Model, without?: Part): Record<string, unknown> {
  const resource: Record<string, Values> = {};
  for (const { type, name, values } of kept(model, without))
    resource[type] = { ...resource[type], [name]: values };
  return { "cdk.tf.json": { terraform: {}, "//": {}, resource } };
}

/** The state. */
export function stateFile(model: Model, without?: Part): Record<string, unknown> {
  const ids = new Map(resourcesOf(model).map(({ type, name, id }) => [`${type}.${name}`, id]));
  const resources = kept(model, without).map(({ type, name, id, values }) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    values: { ...(mapped(values, (address) => ids.get(address)) as Values), id },
  }));
  return {
    "state.json": {
      format_version: "1.0",
      terraform_version: "1.9.0",
      values: { root_module: { resources } },
    },
  };
}

/** The plan that creates everything. */
export function planFile(model: Model, without?: Part): Record<string, unknown> {
  const all = kept(model, without);
  const known = all.map(({ type, name, values }) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    values: mapped(values, () => undefined) as Values,
  }));
  const plan = {
    format_version: "1.2",
    terraform_version: "1.9.0",
    planned_values: { root_module: { resources: known } },
    resource_changes: known.map(({ values, ...one }, index) => ({
      ...one,
      change: {
        actions: ["create"],
        before: null,
        after: values,
        after_unknown: { id: true, ...(references(all[index].values, () => true) as object | undefined) },
      },
    })),
    configuration: {
      root_module: {
        resources: known.map(({ values, ...one }, index) => ({
          ...one,
          expressions: {
            ...Object.fromEntries(Object.keys(values).map((key) => [key, {}])),
            ...(references(all[index].values, (address) => ({
              references: [`${address}.id`, address],
            })) as object | undefined),
          },
        })),
      },
    },
  };
  return { "plan.json": plan };
}

function kept(model: Model, without: Part | undefined): Resource[] {
  return resourcesOf(model).filter(({ type, name }) => without !== `resource ${type}.${name}`);
}

/** The lists of the Azure CLI. */
export function azFiles(
  { groups, subnetGroups, interfaces }: Model,
  without?: Part,
): Record<string, unknown> {
  const groupOf = (group: number | undefined) =>
    group === undefined ? null : { id: idIn(`networkSecurityGroups/g${group}`) };
  const files = {
    "groups.json": groups.map((rules, group) => ({
      id: idIn(`networkSecurityGroups/g${group}`),
      name: `g${group}`,
      etag: "x",
      securityRules: rules.map((rule, index) => ({
        name: `r${index}`,
        priority: 100 + index,
        direction: rule.direction,
        access: rule.access,
        protocol: "*",
        sourceAddressPrefix: rule.source,
        sourcePortRange: "*",
        destinationAddressPrefix: rule.destination,
        destinationPortRange: rule.port,
      })),
      subnets: subnetGroups.flatMap((one, index) => (one === group ? [{ id: idIn(subnetPath(index)) }] : [])),
      networkInterfaces: interfaces.flatMap((one, index) =>
        one.group === group ? [{ id: idIn(`networkInterfaces/n${index}`) }] : [],
      ),
    })),
    "networks.json": NETWORKS.map((prefix, network) => ({
      id: idIn(`virtualNetworks/v${network}`),
      name: `v${network}`,
      etag: "x",
      addressSpace: { addressPrefixes: [prefix] },
      virtualNetworkPeerings: [
        {
          name: "p",
          peeringState: "Connected",
          allowVirtualNetworkAccess: true,
          useRemoteGateways: false,
          remoteVirtualNetwork: { id: idIn(`virtualNetworks/v${1 - network}`) },
          remoteAddressSpace: { addressPrefixes: [NETWORKS[1 - network]] },
        },
      ],
      subnets: SUBNETS.flatMap((subnet, index) =>
        subnet.network === network
          ? [
              {
                id: idIn(subnetPath(index)),
                name: `s${index}`,
                etag: "x",
                addressPrefix: subnet.prefix,
                networkSecurityGroup: groupOf(subnetGroups[index]),
                ipConfigurations: interfaces.flatMap((one, at) =>
                  one.subnet === index ? [{ id: idIn(`networkInterfaces/n${at}/ipConfigurations/ip`) }] : [],
                ),
              },
            ]
          : [],
      ),
    })),
    "interfaces.json": interfaces.map(({ subnet, address, group }, index) => ({
      id: idIn(`networkInterfaces/n${index}`),
      name: `n${index}`,
      etag: "x",
      networkSecurityGroup: groupOf(group),
      ipConfigurations: [{ privateIPAddress: address, subnet: { id: idIn(subnetPath(subnet)) } }],
    })),
  };
  return Object.fromEntries(Object.entries(files).filter(([name]) => without !== `file ${name}`));
}
