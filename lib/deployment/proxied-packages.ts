import { COMPONENT_PROPERTY, type DeploymentInput } from "../checks/deployment-input";
import type { Problem } from "../checks/problem";
import { checkHostName, checkMirrorUrl } from "../machines/checks";
import { Role } from "../ports/port-table";
import { hostsOf, proxiedMirror } from "./machine-packages";
import type { PackagesInput } from "./machine-schema";

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
  const proxy = components.find(({ role }) => role === Role.HTTP_PROXY);
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
  if (proxy.on !== undefined && proxy.on === COMPONENT_PROPERTY[Role.POSTGRESQL]) return [onItself(path)];
  if (!proxyMachine) return proxyAddress === undefined ? [missingAddress(`${path}.proxyAddress`)] : [];
  return [
    ...(proxyAddress === undefined ? [] : [repeatedAddress(`${path}.proxyAddress`, proxyAddress)]),
    ...(proxyMachine.packages === "image" ? [noWay(`${proxyMachine.path}.packages`, path)] : []),
    // The proxy knows its mirrors by their names.
    ...(["url", "securityUrl"] as const).flatMap((key) =>
      checkMirrorUrl("", mirror[key]).length > 0
        ? []
        : hostsOf({ url: mirror[key], securityUrl: mirror[key] }).flatMap((host) =>
            checkHostName(`${path}.${key}`, host),
          ),
    ),
  ];
}

function onItself(path: string): Problem {
  return {
    path,
    what: "is an HTTP proxy on this machine, which has none before its packages are there",
    allowed: '"image", or an object with mirror or firewall',
    change: "Choose one of them, or give httpProxy a place of its own",
  };
}

function missingAddress(path: string): Problem {
  return {
    path,
    what: "is missing, and no httpProxy.machine says it",
    allowed: "the private IPv4 address of the HTTP proxy",
    change: "Add it",
  };
}

function repeatedAddress(path: string, value: string): Problem {
  return {
    path,
    what: "is the address of a proxy whose machine is made here, which says it already",
    value,
    allowed: "an address of a proxy that has no machine here",
    change: "Leave it out",
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
