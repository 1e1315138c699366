import { Construct } from "constructs";
import { refuseProblems } from "../checks/problem";
import { isOpaqueNumber } from "../policy/sets/opaque";
import type { BackupServer } from "../roles/backup-server";
import type { Component } from "../roles/component";
import type { HttpProxy } from "../roles/http-proxy";
import { type ComponentMachineProps, machineInPlaceOf } from "./component-machine";
import { LinuxMachine } from "./linux-machine";
import { machineFacts } from "./machine-facts";
import { allowPackages, checkPackageWay, type PackageWay } from "./package-way";
import { squidCloudInit } from "./squid-cloud-init";

/** Mirrors of packages that other machines reach through the proxy. */
export interface ProxiedMirrors {
  /** Host names of the mirrors. */
  readonly hosts: string[];
  /** The components whose machines may reach them. */
  readonly clients: Component[];
}

/** A machine for the HTTP proxy of a deployment. */
export interface HttpProxyMachineProps extends ComponentMachineProps, PackageWay {
  /** The HTTP proxy, with a subnet of its own. */
  readonly proxy: HttpProxy;
  /** The backup server, from which alone Microsoft's names are reached. */
  readonly backupServer: BackupServer;
  /**
   * Mirrors of packages that other machines reach through the proxy; the
   * connections from the proxy to them are declared with `packagesFrom`.
   *
   * @default - none
   */
  readonly mirrors?: ProxiedMirrors;
}

/**
 * The machine of a deployment's HTTP proxy: Debian with squid, which lets the
 * backup server through to Microsoft's three names and refuses the rest.
 *
 * @throws InvalidInputError with everything that is wrong with the props
 */
export class HttpProxyMachine extends Construct {
  /** The machine. */
  public readonly machine: LinuxMachine;

  constructor(scope: Construct, id: string, props: HttpProxyMachineProps) {
    super(scope, id);
    const { proxy, backupServer, mirrors, packageSource } = props;
    const place = machineInPlaceOf(proxy, props);
    const port = Number(proxy._member().port);
    refuseProblems(this.node.path, [
      ...checkPackageWay(props),
      ...(Number.isInteger(port) && !isOpaqueNumber(port) ? [] : [unknownPort()]),
    ]);
    this.machine = new LinuxMachine(this, "machine", {
      ...place,
      privateIpAddress: props.privateIpAddress,
      size: props.size,
      adminUsername: props.adminUsername,
      sshPublicKey: props.sshPublicKey,
      release: props.release,
      imageId: props.imageId,
      encryptionAtHost: props.encryptionAtHost,
      zone: props.zone,
      userData: squidCloudInit({
        clients: backupServer._endpoint().prefixes,
        packageSource,
        port,
        release: props.release,
        mirrors: mirrors && {
          hosts: mirrors.hosts,
          clients: mirrors.clients.flatMap((client) => client._endpoint().prefixes),
        },
      }),
    });
    allowPackages(proxy.connections, props);
    proxy._describeMachine(machineFacts(props));
  }
}

function unknownPort(): { path: string; what: string; allowed: string; change: string } {
  return {
    path: "proxy.port",
    what: "is known only at apply, but stands in the proxy's configuration",
    allowed: "a whole number from 1 to 65535",
    change: "Give the port as a plain number",
  };
}
