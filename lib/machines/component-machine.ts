import { componentSlug, NamedResource } from "../azure/naming";
import { type Problem, refuseProblems } from "../checks/problem";
import { contains, isPrivate, parseIpv4Address, parseIpv4Prefix } from "../policy/sets/ipv4-prefix";
import { isOpaque } from "../policy/sets/opaque";
import type { Component } from "../roles/component";
import type { DebianRelease } from "./debian-release";
import type { LinuxMachineProps } from "./linux-machine";

/** What every machine of a component is asked for. */
export interface ComponentMachineProps {
  /** Private IPv4 address of the machine, in the subnet of the component and not among its first four or its last. */
  readonly privateIpAddress: string;
  /** Size of the machine: `Standard_D4s_v5`. */
  readonly size: string;
  /** Name of the account that administers the machine. */
  readonly adminUsername: string;
  /** Public key of that account, as OpenSSH writes it. There is no password. */
  readonly sshPublicKey: string;
  /**
   * Release of Debian that the machine runs.
   *
   * @default DebianRelease.TRIXIE
   */
  readonly release?: DebianRelease;
  /**
   * Id of an image in the place of Debian's own.
   *
   * @default - Debian's image of the marketplace
   */
  readonly imageId?: string;
  /**
   * Whether disks are encrypted on the host too. The subscription has to be
   * registered for it.
   *
   * @default true
   */
  readonly encryptionAtHost?: boolean;
  /**
   * Availability zone of the machine and its disks: `1`, `2` or `3`.
   *
   * @default - none
   */
  readonly zone?: string;
}

type MachineInPlace = Pick<
  LinuxMachineProps,
  | "name"
  | "networkInterfaceName"
  | "osDiskName"
  | "dataDiskName"
  | "resourceGroupName"
  | "location"
  | "subnetId"
  | "dependsOn"
  | "tags"
  | "provider"
>;

/** What a machine takes from its component: its name, its place, and that it boots only behind its group. */
export function machineInPlaceOf(component: Component, props: ComponentMachineProps): MachineInPlace {
  const place = component._place();
  const { subnet, association, network } = component;
  refuseProblems(component.node.path, [
    ...(place && subnet && association ? [] : [withoutSubnet("subnet")]),
    ...checkAddressInSubnet(place?.endpoint.prefixes ?? [], props.privateIpAddress),
  ]);
  const slug = componentSlug(component.role, component.key);
  return {
    name: network._nameOf(NamedResource.VIRTUAL_MACHINE, slug),
    networkInterfaceName: network._nameOf(NamedResource.NETWORK_INTERFACE, slug),
    osDiskName: network._nameOf(NamedResource.OS_DISK, slug),
    dataDiskName: network._nameOf(NamedResource.DATA_DISK, slug),
    resourceGroupName: network.resourceGroupName,
    location: network.location,
    subnetId: place?.subnetId ?? "",
    dependsOn: association ? [association] : [],
    tags: network.tags,
    provider: network.provider,
  };
}

/** What is wrong with a machine whose component has no subnet of its own. */
export function withoutSubnet(path: string): Problem {
  return {
    path,
    what: "is not made for this component, so there is no place for a machine",
    allowed: "components with a subnet of their own",
    change: "Give the component a subnet",
  };
}

/** The address of a machine, which is one of its subnet's that Azure does not keep. */
export function checkAddressInSubnet(prefixes: readonly string[], given: string): Problem[] {
  const prefix = prefixes.length === 1 ? parseIpv4Prefix(prefixes[0]) : undefined;
  if (isOpaque(given) || !prefix) return [];
  const address = parseIpv4Address(given);
  const size = 2 ** (32 - prefix.length);
  const usable =
    address !== undefined &&
    contains(prefix, { base: address, length: 32 }) &&
    (isPrivate(prefix) || prefix.length > 0) &&
    address - prefix.base >= 4 &&
    address - prefix.base < size - 1;
  if (usable) return [];
  return [
    {
      path: "privateIpAddress",
      what: "is no address that a machine in the subnet can have",
      value: given,
      allowed: `an address in ${prefixes[0]} that is not among its first four, nor its last`,
      change: "Choose another",
    },
  ];
}
