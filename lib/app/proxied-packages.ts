import { componentsOf, type DeploymentComponent, hostOf } from "../plan/deployment";
import { type Problem, problemOf, refused } from "../base/problem";
import type { DebianUrls } from "../machines/apt-source";
import { checkHostName, checkMirrorUrl } from "../machines/checks";
import { checkProxyAddress } from "../machines/proxy-address";
import { VeeamRole } from "../ports/port-table";
import { type ProxiedMachine, proxiedMachines } from "./machines-of-file";
import { deploymentOf } from "./deployment-of-file";
import type { DeploymentFile } from "./schema";

/** Problems of packages through the HTTP proxy. */
export function checkProxiedPackages(file: DeploymentFile): Problem[] {
  const components = componentsOf(deploymentOf(file));
  const proxy = components.find(({ role }) => role === VeeamRole.HTTP_PROXY);
  const machines = proxiedMachines(file);
  const pathOf = ({ path }: ProxiedMachine): string => `${path}.machine.packages.httpProxy`;
  if (!proxy) {
    return machines.map((machine) =>
      problemOf("http-proxy-missing", pathOf(machine), {
        what: "needs an HTTP proxy, which the deployment does not have",
        allowed: "packages through the proxy, if there is an httpProxy",
        change: "Add httpProxy, or choose another source of packages",
      }),
    );
  }
  const proxyMachine = file.httpProxy?.machine;
  const host = hostOf(proxy, components) ?? proxy;
  const known = { prefixes: prefixesOf(host), machineAddress: proxyMachine?.privateIpAddress };
  const problems = machines.flatMap((machine) =>
    host.path === machine.path
      ? refused("http-proxy-on-itself", pathOf(machine), {
          what: "is the HTTP proxy on the same machine, which does not run before its packages are installed",
          allowed: '"image", or an object with mirror or firewall',
          change: "Choose one of them, or give httpProxy a separate machine",
        })
      : [
          ...checkProxyAddress(`${pathOf(machine)}.proxyAddress`, known, machine.proxyAddress),
          // The proxy's machine knows mirrors by their names.
          ...(proxyMachine ? urlsByAddress(pathOf(machine), machine) : []),
        ],
  );
  const [first] = machines;
  if (proxyMachine?.packages !== "image" || !first) return problems;
  const unreachable = refused("mirror-unreachable", "httpProxy.machine.packages", "image", {
    what: `does not let the proxy reach the mirror of ${pathOf(first)}`,
    allowed: "an object with mirror, or an object with firewall, that also reaches that mirror",
    change: "Choose one of them, or another source for the other machine",
  });
  return [...problems, ...unreachable];
}

function prefixesOf({ addresses, subnet, existingSubnet }: DeploymentComponent): readonly string[] {
  return addresses ?? (subnet === undefined ? (existingSubnet?.addressPrefixes ?? []) : [subnet]);
}

function urlsByAddress(path: string, { url, securityUrl }: DebianUrls): Problem[] {
  return Object.entries({ url, securityUrl }).flatMap(([key, text]) =>
    checkMirrorUrl("", text).length > 0 ? [] : checkHostName(`${path}.${key}`, new URL(text).hostname),
  );
}
