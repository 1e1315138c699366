import { hostOf } from "../plan/checks/component-types";
import {
  COMPONENT_PROPERTY,
  type ComponentInput,
  type DeploymentInput,
} from "../plan/checks/deployment-input";
import type { Problem } from "../base/problem";
import type { DebianUrls } from "../machines/apt-source";
import { checkHostName, checkMirrorUrl } from "../machines/checks";
import { checkProxyAddress } from "../machines/proxy-address";
import { VeeamRole } from "../ports/port-table";
import { proxiedMirror } from "./machine-packages";
import type { PackagesInput } from "./machine-schema";
import { REFUSED_ALREADY, textOr } from "./raw-values";

/** A machine, as far as its packages go. */
interface Packaged {
  readonly path: string;
  readonly packages?: PackagesInput;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What packages through the HTTP proxy ask of the proxy. */
export function checkProxiedPackages(
  machine: Packaged,
  proxyMachine: Packaged | undefined,
  { components }: DeploymentInput,
): Problem[] {
  const mirror = proxiedMirror(machine.packages);
  if (!mirror || typeof machine.packages !== "object" || !("httpProxy" in machine.packages)) return [];
  const path = `${machine.path}.packages.httpProxy`;
  const { proxyAddress } = machine.packages.httpProxy;
  const proxy = components.find(({ role }) => role === VeeamRole.HTTP_PROXY);
  if (!proxy) {
    return [
      {
        path,
        what: "is the HTTP proxy, and the deployment has none",
        allowed: "packages through the proxy where there is httpProxy",
        change: "Add httpProxy, or take the packages from elsewhere",
      },
    ];
  }
  const host = hostOf(proxy, components) ?? proxy;
  if (host.path === COMPONENT_PROPERTY[VeeamRole.POSTGRESQL]) return [onItself(path)];
  const machineAddress = proxyMachine && (textOr(proxyMachine.fields.privateIpAddress) ?? REFUSED_ALREADY);
  return [
    ...checkProxyAddress(
      `${path}.proxyAddress`,
      { prefixes: prefixesOf(host), machineAddress },
      proxyAddress,
    ),
    ...(proxyMachine?.packages === "image" ? [noWay(`${proxyMachine.path}.packages`, path)] : []),
    // The proxy's machine knows mirrors by their names.
    ...(proxyMachine ? urlsByAddress(path, mirror) : []),
  ];
}

function prefixesOf({ addresses, subnet, existingSubnet }: ComponentInput): readonly string[] {
  return addresses ?? (subnet === undefined ? (existingSubnet?.addressPrefixes ?? []) : [subnet]);
}

function urlsByAddress(path: string, { url, securityUrl }: DebianUrls): Problem[] {
  return Object.entries({ url, securityUrl }).flatMap(([key, text]) =>
    checkMirrorUrl("", text).length > 0 ? [] : checkHostName(`${path}.${key}`, new URL(text).hostname),
  );
}

function onItself(path: string): Problem {
  return {
    path,
    what: "is an HTTP proxy on this machine, which has none before its packages are there",
    allowed: '"image", or an object with mirror or firewall',
    change: "Choose one of them, or give httpProxy a place of its own",
  };
}

function noWay(path: string, from: string): Problem {
  return {
    path,
    what: `leaves the proxy no way to the mirror of ${from}`,
    value: "image",
    allowed: "an object with mirror, or an object with firewall, whose connections lead to that mirror too",
    change: "Choose one of them, or take the other machine's packages from elsewhere",
  };
}
