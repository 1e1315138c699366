import { NamedResource } from "../azure/naming";
import { type Problem, problemOf, refused } from "../base/problem";
import { OperatingSystem, operatingSystemOf } from "../ports/component-types";
import { contains, isPrivate, parseIpv4Address, parseIpv4Prefix } from "../azure/sets/ipv4-prefix";
import { isOpaque } from "../base/opaque";
import { type ArgumentType, COMPONENT, refuseTypes } from "../constructs/argument-types";
import type { BackupServer } from "../constructs/roles/roles";
import type { BackupComponent } from "../constructs/roles/component";
import { checkAddress } from "./checks";
import type { LinuxMachineProps } from "./linux-machine";
import { type CheckedMachine, checkLinuxMachine } from "./linux-machine-checks";
import type { ComponentMachineProps } from "./machine-props";
import { machineOf } from "./made-machines";

const PACKAGE_SOURCE: ArgumentType = ["_apt", "a PackageSource", "Write PackageSource.mirror(...)"];
const DEBIAN_MACHINE: Readonly<Record<string, ArgumentType>> = {
  privateIpAddress: "string",
  size: "string",
  adminUsername: "string",
  sshPublicKey: "string",
  packageSource: PACKAGE_SOURCE,
};

/** Refuses props of a Debian machine with missing or mistyped properties, which JavaScript does not notice. */
export function refuseDebianTypes(
  subject: string,
  props: ComponentMachineProps,
  components: readonly string[],
  more: Readonly<Record<string, ArgumentType>> = {},
  optional: Readonly<Record<string, ArgumentType>> = {},
): void {
  refuseTypes(
    subject,
    props,
    {
      ...Object.fromEntries(components.map((name) => [name, COMPONENT])),
      ...DEBIAN_MACHINE,
      ...more,
    },
    { zone: "string", imageId: "string", ...optional },
  );
}

/** Place and names of a component's machine, and the association that it waits for. */
export function placeOf(component: BackupComponent) {
  const { association, network, label: slug } = component;
  return {
    ...network._resource(NamedResource.VIRTUAL_MACHINE, slug),
    networkInterfaceName: network._nameOf(NamedResource.NETWORK_INTERFACE, slug),
    osDiskName: network._nameOf(NamedResource.OS_DISK, slug),
    subnetId: component._place()?.subnetId ?? "",
    dependsOn: association ? [association] : [],
  };
}

/** Properties that a Linux machine has from its component and its props, without those of its role. */
export function machineInPlaceOf(
  component: BackupComponent,
  props: ComponentMachineProps,
): Omit<LinuxMachineProps, "userData" | "identity" | "dataDisk"> {
  const { network, label } = component;
  return {
    ...props,
    ...placeOf(component),
    dataDiskName: network._nameOf(NamedResource.DATA_DISK, label),
  };
}

/**
 * Problems of a Linux machine as the machine of a component.
 *
 * @param property Name of the component in the props of the machine
 */
export function checkComponentMachine(
  property: string,
  component: BackupComponent,
  machine: CheckedMachine,
): Problem[] {
  return [
    ...checkPlace(property, component, machine.privateIpAddress),
    ...checkOperatingSystem(`${property}.type`, component._type()),
    ...checkLinuxMachine(machine),
  ];
}

/** Problems of a machine's place: the component needs a subnet that is created here, and has one machine with an address in it. */
export function checkPlace(property: string, component: BackupComponent, address: string): Problem[] {
  const made = machineOf(component);
  const hasPlace = component.subnet !== undefined && component.association !== undefined;
  const isAddress = checkAddress("privateIpAddress", address).length === 0;
  return [
    ...(hasPlace ? [] : [withoutSubnet(`${property}.subnet`)]),
    ...(made ? [second(property, made.path)] : []),
    ...(hasPlace && isAddress ? checkAddressInSubnet(component._endpoint().prefixes, address) : []),
  ];
}

/**
 * Problems of the backup server that a machine accepts: its connections must
 * lead to the component. Checked at synthesis, because flows may be declared
 * after the machine.
 */
export function checkBackupServer(component: BackupComponent, backupServer: BackupServer): Problem[] {
  const [from, to] = [backupServer._endpoint().id, component._endpoint().id];
  const flows = component._place()?.flows() ?? [];
  if (from === to || flows.some((flow) => flow.from.id === from && flow.to.id === to)) return [];
  return refused("backup-server-differs", "backupServer", {
    what: `is ${backupServer.node.path}, which has no flow to ${component.node.path}`,
    allowed: "the backup server of the same deployment",
    change: "Use that one; components created by hand belong in one DocumentedFlows",
  });
}

/**
 * Problems of the type of a component whose machine is created here. The type
 * decides which ports are allowed, so it must match the system of the machine. One that Veeam does not know for the role is refused elsewhere.
 */
export function checkOperatingSystem(path: string, type: string | undefined): Problem[] {
  const system = operatingSystemOf(type);
  if (system === undefined || system === OperatingSystem.LINUX) return [];
  return refused("type-unsupported", path, type, {
    what: "does not match the machine, which runs Debian",
    allowed: `"${OperatingSystem.LINUX}", the default`,
    change: "Leave the type out, or create the machine yourself",
  });
}

/** The problem of a machine whose component has no subnet that is created here. */
export function withoutSubnet(path: string): Problem {
  return problemOf("machine-without-subnet", path, {
    what: "is not a subnet that this deployment creates as a separate resource, so it cannot contain a machine",
    allowed: "a component with a new subnet: not existingSubnet, addresses, on or inlineSubnets",
    change: "Give the component a subnet, or create its machine yourself",
  });
}

function second(path: string, made: string): Problem {
  return problemOf("second-machine", path, {
    what: `already has a machine, ${made}`,
    allowed: "one machine per component",
    change: "Leave one of the two out",
  });
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
  return refused("address-invalid", "privateIpAddress", given, {
    what: "is not an address that a machine in the subnet can have",
    allowed: `an address in ${prefixes[0]} except the first four and the last`,
    change: "Choose another",
  });
}
