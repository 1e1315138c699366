import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { checkPort } from "../constructs/network/port";
import { type Problem, problemOf, refused } from "../base/problem";
import type { IConnectable } from "../constructs/network/connections";
import { type ArgumentType, CONNECTABLE, refuseTypes } from "../constructs/argument-types";
import type { BackupComponent } from "../constructs/roles/component";
import type { HttpProxy } from "../constructs/roles/roles";
import { checkAptSource } from "./apt-files";
import { type AptSource, originOf, portsOfUrls } from "./apt-source";
import { checkKnownPort, checkProxiedUrl } from "./checks";
import { machineOf } from "./made-machines";
import type { PackageConnection } from "./package-connections";
import { checkProxyAddress, type KnownProxy, proxyAddressOf } from "./proxy-address";

/** A mirror of Debian's packages, and its place. */
export interface DebianMirrorOptions {
  /** Address of the mirror, by http or https: `https://mirror.example.com/debian`. */
  readonly url: string;
  /** Address of its security updates, by http or https: `https://mirror.example.com/debian-security`. */
  readonly securityUrl: string;
  /** The mirror as the other end of connections: `Peer.cidr` of its addresses, or a component. */
  readonly peer: IConnectable;
}

/** An existing firewall that allows the image's package sources. */
export interface PackageFirewallOptions {
  /** The other end of the connections: `Peer.cidr` of the firewall, or of the sources behind it. */
  readonly peer: IConnectable;
  /** TCP ports that are connected to, 1 to 65535 each. @default [80, 443] */
  readonly ports?: number[];
}

/** A mirror of Debian's packages that the machine reaches through the HTTP proxy. */
export interface ProxiedDebianMirrorOptions {
  /** Address of the mirror, by http or https on the port of its scheme: `https://mirror.example.com/debian`. */
  readonly url: string;
  /** Address of its security updates, in the same form: `https://mirror.example.com/debian-security`. */
  readonly securityUrl: string;
  /**
   * Private IPv4 address of the HTTP proxy, if it is not known otherwise.
   *
   * @default - that of its HttpProxyMachine, which must be created first, or the only address of a proxy elsewhere
   */
  readonly proxyAddress?: string;
}

type Way =
  | { readonly kind: "image" }
  | { readonly kind: "mirror"; readonly options: DebianMirrorOptions }
  | { readonly kind: "firewall"; readonly options: PackageFirewallOptions }
  | {
      readonly kind: "http-proxy";
      readonly proxy: HttpProxy;
      readonly options: ProxiedDebianMirrorOptions;
    };

const SUBJECT = "the source of packages";
const PORTS: ArgumentType = ["flatMap", "a list of ports", "Write [80, 443]"];
const HTTP_PROXY: ArgumentType = ["_port", "an HTTP proxy", "Give the HTTP proxy itself, not its name"];

/**
 * The source of a machine's packages, which decides what the machine connects to. It is
 * required, because every default would be a connection to the Internet.
 */
export class PackageSource {
  /** The image contains all packages. If one is missing, the machine reports it. No updates are installed. */
  public static image(): PackageSource {
    return new PackageSource({ kind: "image" });
  }

  /**
   * A mirror that the machine reaches directly, on the ports of its two URLs; the image's own
   * sources are not used.
   *
   * @throws Error whose name is InvalidInputError, if an option is missing or of another type
   */
  public static mirror(options: DebianMirrorOptions): PackageSource {
    refuseTypes(SUBJECT, options, { url: "string", securityUrl: "string", peer: CONNECTABLE });
    return new PackageSource({ kind: "mirror", options });
  }

  /**
   * The image's own sources, through an existing firewall that allows them.
   *
   * @throws Error whose name is InvalidInputError, if an option is missing or of another type
   */
  public static firewall(options: PackageFirewallOptions): PackageSource {
    refuseTypes(SUBJECT, options, {
      peer: CONNECTABLE,
      ...(options?.ports !== undefined && { ports: PORTS }),
    });
    return new PackageSource({ kind: "firewall", options });
  }

  /**
   * A mirror that the machine reaches through the deployment's HTTP proxy, on the proxy's
   * port; the image's own sources are not used. If the proxy's machine is created here,
   * its `mirrors` must include this machine.
   *
   * @param proxy The HTTP proxy
   * @throws Error whose name is InvalidInputError, if an argument is missing or of another type
   */
  public static httpProxy(proxy: HttpProxy, options: ProxiedDebianMirrorOptions): PackageSource {
    const types = { proxy: HTTP_PROXY, "options.url": "string", "options.securityUrl": "string" } as const;
    refuseTypes(SUBJECT, { proxy, options }, types);
    return new PackageSource({ kind: "http-proxy", proxy, options });
  }

  private constructor(private readonly way: Way) {}

  /**
   * The settings for apt on the machine.
   *
   * @internal
   */
  public _apt(): AptSource {
    const { way } = this;
    if (way.kind === "image" || way.kind === "firewall") return { kind: way.kind };
    const { url, securityUrl } = way.options;
    if (way.kind === "mirror") return { kind: way.kind, url, securityUrl };
    const proxyAddress = proxyAddressOf(knownProxy(way.proxy), way.options.proxyAddress) ?? "";
    return { kind: way.kind, url, securityUrl, proxyAddress, proxyPort: portOf(way.proxy) };
  }

  /**
   * The connection for packages; undefined if the image has all. Valid only
   * without problems.
   *
   * @internal
   */
  public _connection(): PackageConnection | undefined {
    const { way } = this;
    switch (way.kind) {
      case "image":
        return undefined;
      case "mirror":
        return {
          peer: way.options.peer,
          ports: portsOfUrls([way.options.url, way.options.securityUrl]),
        };
      case "firewall":
        return { peer: way.options.peer, ports: way.options.ports ?? [80, 443] };
      case "http-proxy":
        return { peer: way.proxy, ports: [portOf(way.proxy)] };
    }
  }

  /**
   * Problems of it as the source of a component's machine. Some are only
   * known after the machine of the HTTP proxy is created.
   *
   * @internal
   */
  public _problems(path: string, component: BackupComponent): Problem[] {
    const { way } = this;
    switch (way.kind) {
      case "image":
        return [];
      case "mirror":
        return checkAptSource(path, this._apt());
      case "firewall":
        return checkFirewallPorts(`${path}.ports`, way.options.ports);
      case "http-proxy":
        return checkThroughProxy(path, way.proxy, way.options, component);
    }
  }
}

/** Warns if packages come from an image that does not have them: Debian's own. */
export function warnOfImage(machine: Construct, source: PackageSource, imageId: string | undefined): void {
  if (source._apt().kind !== "image" || imageId !== undefined) return;
  Annotations.of(machine).addWarning(
    "packageSource: is the image, but Debian's own image does not have the packages. Set imageId, or choose a mirror, a firewall or the HTTP proxy.",
  );
}

function knownProxy(proxy: HttpProxy): KnownProxy {
  return {
    prefixes: proxy._endpoint().prefixes,
    machineAddress: machineOf(proxy)?.privateIpAddress,
  };
}

function portOf(proxy: HttpProxy): number {
  return proxy._port() ?? 0;
}

function checkFirewallPorts(path: string, ports: readonly number[] | undefined): Problem[] {
  if (ports?.length !== 0) {
    return (ports ?? []).flatMap((port, index) => checkPort(`${path}[${index}]`, port));
  }
  const what = "is empty, so no package can be fetched";
  return refused("port-invalid", path, {
    what,
    allowed: "TCP ports, 1 to 65535",
    change: "Name one, or leave it out for 80 and 443",
  });
}

function checkThroughProxy(
  path: string,
  proxy: HttpProxy,
  { url, securityUrl, proxyAddress }: ProxiedDebianMirrorOptions,
  component: BackupComponent,
): Problem[] {
  if (proxy._endpoint().id === component._endpoint().id) return [onItself(path)];
  const urls = Object.entries({ url, securityUrl });
  const ofUrls = urls.flatMap(([name, text]) => checkProxiedUrl(`${path}.${name}`, text));
  return [
    ...ofUrls,
    ...checkProxyAddress(`${path}.proxyAddress`, knownProxy(proxy), proxyAddress),
    ...checkKnownPort(`${proxy._input().path}.port`, portOf(proxy)),
    ...(ofUrls.length > 0 ? [] : checkLetThrough(path, urls, proxy, component)),
  ];
}

/** Whether the proxy's machine, if it is created here, allows the component to use the mirror. */
function checkLetThrough(
  path: string,
  urls: ReadonlyArray<readonly [name: string, url: string]>,
  proxy: HttpProxy,
  component: BackupComponent,
): Problem[] {
  const made = machineOf(proxy);
  if (!made) return [];
  const { origins, clients } = made.mirrors ?? { origins: [], clients: [] };
  const isClient = clients.includes(component._endpoint().id);
  return urls
    .filter(([, text]) => !isClient || !origins.includes(originOf(text)))
    .map(([name, value]) =>
      problemOf("mirror-not-proxied", `${path}.${name}`, value, {
        what: `is not a mirror that the HTTP proxy's machine, ${made.path}, allows for this machine`,
        allowed: "addresses of its mirrors, which have this machine's component among their clients",
        change: `Add ${originOf(value)} to the urls of its mirrors, and the component to their clients`,
      }),
    );
}

function onItself(path: string): Problem {
  return problemOf("http-proxy-on-itself", path, {
    what: "is the HTTP proxy on the same machine, which does not run before its packages are installed",
    allowed: "another source of packages, or an HTTP proxy with a separate machine",
    change: "Choose another source, or give the HTTP proxy a separate machine",
  });
}
