import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { formatProblem, type Problem, problemOf, refused, refuseProblems } from "../base/problem";
import { CONNECTABLE, listOfComponents, TEXTS } from "../constructs/argument-types";
import type { IConnectable } from "../constructs/network/connections";
import type { BackupServer, HttpProxy } from "../constructs/roles/roles";
import type { BackupComponent } from "../constructs/roles/component";
import type { ProxiedNames } from "../plan/flows/dns-named-rows";
import { hostsOfUrls, originOf, portsOfUrls } from "./apt-source";
import { checkHostName, checkProxiedUrl } from "./checks";
import {
  checkBackupServer,
  checkComponentMachine,
  machineInPlaceOf,
  refuseDebianTypes,
} from "./component-machine";
import { customData } from "./custom-data";
import { LinuxMachine } from "./linux-machine";
import type { ComponentMachineProps } from "./machine-props";
import { rememberMachine } from "./made-machines";
import { machineFacts } from "./machine-facts";
import { allowPackages } from "./package-connections";
import { type PackageSource, warnOfImage } from "./package-source";
import { oncePerPath, underPaths } from "./problem-paths";
import { checkHttpProxyOptions, type HttpProxyMachineOptions, squidCloudInit } from "./squid-cloud-init";

/** Mirrors of packages that other machines reach through the proxy. */
export interface ProxiedMirrors {
  /**
   * Addresses of the mirrors, one or more, each by name and by http or https
   * on the port of its scheme: `https://mirror.example.com/debian`.
   */
  readonly urls: string[];
  /** The components whose machines may reach them, one or more. */
  readonly clients: BackupComponent[];
  /**
   * The mirrors as the other end of the proxy's connections, on the ports of their URLs.
   *
   * @default - where the proxy's own packages come from
   */
  readonly peer?: IConnectable;
}

/** A machine for the HTTP proxy of a deployment. */
export interface HttpProxyMachineProps extends ComponentMachineProps {
  /**
   * The HTTP proxy, with a `subnet` that is created here: not with
   * `existingSubnet`, and not in a virtual network with inline subnets. It has
   * one machine.
   */
  readonly httpProxy: HttpProxy;
  /** The backup server of the same deployment. Only it can reach Microsoft's names. */
  readonly backupServer: BackupServer;
  /** Where packages come from; not the HTTP proxy itself. */
  readonly packageSource: PackageSource;
  /** Mirrors of packages that other machines reach through the proxy. @default - none */
  readonly mirrors?: ProxiedMirrors;
  /**
   * DNS names of the hosts of the revocation lists in object storage's certificates. The
   * other names that the deployment connects to are known.
   *
   * @default - none; object storage in the deployment needs them
   */
  readonly certificateRevocation?: string[];
}

/**
 * The machine of a deployment's HTTP proxy: Debian with squid. It lets the backup server
 * reach Microsoft's three names, and the machines of the deployment the names that their
 * features need. It refuses everything else.
 *
 * @throws InvalidInputError with everything that is wrong with the props
 */
export class HttpProxyMachine extends Construct {
  /** The machine. */
  public readonly machine: LinuxMachine;

  constructor(scope: Construct, id: string, props: HttpProxyMachineProps) {
    super(scope, id);
    refuseDebianTypes(
      this.node.path,
      props,
      ["httpProxy", "backupServer"],
      props?.mirrors === undefined
        ? {}
        : { "mirrors.urls": TEXTS, ...listOfComponents("mirrors.clients", props.mirrors?.clients) },
      { "mirrors.peer": CONNECTABLE, certificateRevocation: TEXTS },
    );
    const { httpProxy, backupServer, mirrors, packageSource } = props;
    const place = machineInPlaceOf(httpProxy, props);
    const options: HttpProxyMachineOptions = {
      clients: backupServer._endpoint().prefixes,
      packageSource: packageSource._apt(),
      port: httpProxy._port(),
      release: props.release,
    };
    refuseProblems(
      this.node.path,
      oncePerPath([
        ...checkComponentMachine("httpProxy", httpProxy, place),
        ...packageSource._problems("packageSource", httpProxy),
        ...(mirrors ? checkMirrors("mirrors", mirrors, packageSource) : []),
        ...(props.certificateRevocation ?? []).flatMap((name, index) =>
          checkHostName(`certificateRevocation[${index}]`, name),
        ),
        ...underPaths(
          checkHttpProxyOptions(options).filter(({ path }) => !path.startsWith("packageSource.")),
          { clients: "backupServer", port: "httpProxy.port" },
        ),
      ]),
    );
    const { certificateRevocation = [] } = props;
    const names = (): ProxiedNames[] =>
      httpProxy
        ._proxiedNames()
        .map((one) => (one.names.length > 0 ? one : { ...one, names: certificateRevocation }));
    warnOfImage(this, packageSource, props.imageId);
    // Flows may be declared after the machine.
    this.node.addValidation({
      validate: () =>
        [...checkBackupServer(httpProxy, backupServer), ...names().flatMap(checkNamed)].map(formatProblem),
    });
    const userData = (known: readonly ProxiedNames[]): string =>
      squidCloudInit({
        ...options,
        mirrors: mirrors && {
          hosts: hostsOfUrls(mirrors.urls),
          clients: mirrors.clients.flatMap((client) => client._endpoint().prefixes),
        },
        names: known,
      });

    this.machine = new LinuxMachine(this, "machine", { ...place, userData: userData([]) });
    this.machine.virtualMachine.customData = Lazy.stringValue({
      produce: () => customData(userData(names())),
    });
    const own = packageSource._connection();
    const peer = mirrors?.peer ?? own?.peer;
    allowPackages(httpProxy.connections, [
      ...(own ? [own] : []),
      ...(mirrors && peer ? [{ peer, ports: portsOfUrls(mirrors.urls) }] : []),
    ]);
    httpProxy._machineFacts = machineFacts(props);
    rememberMachine(httpProxy, {
      path: this.node.path,
      last: this.machine._last,
      privateIpAddress: props.privateIpAddress,
      mirrors: mirrors && {
        origins: mirrors.urls.map(originOf),
        clients: mirrors.clients.map((client) => client._endpoint().id),
      },
    });
  }
}

function checkMirrors(
  path: string,
  { urls, clients, peer }: ProxiedMirrors,
  packageSource: PackageSource,
): Problem[] {
  return [
    ...(urls.length > 0
      ? urls.flatMap((url, index) => checkMirrorByName(`${path}.urls[${index}]`, url))
      : [nothingIn(`${path}.urls`, "addresses of mirrors")]),
    ...(clients.length > 0 ? [] : [nothingIn(`${path}.clients`, "components whose machines fetch packages")]),
    ...((peer ?? packageSource._connection()) ? [] : [withoutPeer(`${path}.peer`)]),
  ];
}

/** A flow to the proxy needs a name that the proxy allows. */
function checkNamed({ group, names }: ProxiedNames): Problem[] {
  if (names.length > 0) return [];
  return refused("missing", group, {
    what: "is missing, but object storage is reached through this proxy, which allows only known names",
    allowed: 'DNS names, such as ["crl.example.com"]',
    change: "List the revocation hosts in the storage account's certificates",
  });
}

/** squid knows a mirror by the name of its host. */
function checkMirrorByName(path: string, url: string): Problem[] {
  const problems = checkProxiedUrl(path, url);
  return problems.length > 0 ? problems : checkHostName(path, new URL(url).hostname);
}

function nothingIn(path: string, allowed: string): Problem {
  return problemOf("empty", path, {
    what: "is empty",
    allowed: `one or more ${allowed}`,
    change: "Name one, or leave the mirrors out",
  });
}

function withoutPeer(path: string): Problem {
  return problemOf("missing", path, {
    what: "is missing, but the proxy's own packages are in its image, so it cannot reach the mirrors",
    allowed: "Peer.cidr of the mirrors, or a component",
    change: "Set the mirrors' addresses, or use the mirrors for the proxy's own packages too",
  });
}
