import { type DeploymentInput, type DnsNamesInput, SERVICES } from "../plan/checks/deployment-input";
import { VeeamFeature } from "../ports/features";
import { DNS_NAME_GROUPS } from "../ports/parties";
import { isObject, objectOr, REFUSED_ALREADY, textOr, textsOr } from "./raw-values";
import type { ShapeProblem } from "./shape-problems";

/** What the checks can read of what a deployment wants, whatever is wrong with the rest of it. */
export function featuresIn(
  raw: Readonly<Record<string, unknown>>,
  shape: readonly ShapeProblem[],
): Partial<DeploymentInput> {
  const wrong = new Set(shape.map(({ path }) => path));
  const list = (value: unknown, path: string): string[] | undefined =>
    wrong.has(path) ? undefined : textsOr(value);
  const number = (value: unknown, path: string): number | undefined =>
    typeof value === "number" && !wrong.has(path) ? value : undefined;
  const services = objectOr(raw.services);
  const ports = isObject(raw.transmissionPorts) ? raw.transmissionPorts : undefined;

  return {
    features: featuresOf(raw.features),
    administrators: shape.some(({ at }) => at[0] === "administrators")
      ? undefined
      : administratorsIn(raw.administrators),
    restClients: list(raw.restClients, "restClients"),
    mountServers: list(raw.mountServers, "mountServers"),
    services: Object.fromEntries(
      SERVICES.map((service) => [service, list(services[service], `services.${service}`)]),
    ),
    dnsNames: dnsNamesIn(raw.dnsNames, shape),
    backupCopies: Array.isArray(raw.backupCopies)
      ? raw.backupCopies.map(objectOr).map(({ from, to }) => ({ from: textOr(from), to: textOr(to) }))
      : undefined,
    scaleOutRepositories: Object.fromEntries(
      Object.entries(objectOr(raw.scaleOutRepositories)).map(([key, value]) => [
        key,
        { extents: textsOr(objectOr(value).extents) },
      ]),
    ),
    transmissionPorts: ports && {
      from: number(ports.from, "transmissionPorts.from"),
      to: number(ports.to, "transmissionPorts.to"),
      concurrentConnections: number(ports.concurrentConnections, "transmissionPorts.concurrentConnections"),
    },
  };
}

function featuresOf(value: unknown): VeeamFeature[] {
  if (!Array.isArray(value)) return [];
  return Object.values(VeeamFeature).filter((feature) => value.includes(feature));
}

function administratorsIn(value: unknown): DeploymentInput["administrators"] {
  if (isObject(value)) {
    const path = "administrators.bastionSubnet";
    return { path, throughBastion: true, prefixes: textsOr([value.bastionSubnet]) ?? [] };
  }
  const prefixes = textsOr(value);
  return prefixes && { path: "administrators", throughBastion: false, prefixes };
}

function dnsNamesIn(value: unknown, shape: readonly ShapeProblem[]): DnsNamesInput | undefined {
  if (value === undefined) return undefined;
  // Where the choice itself was refused, nothing is said to be missing.
  if (shape.some(({ at }) => at[0] === "dnsNames" && at.length <= 2)) return { firewall: {} };
  const { firewall, addresses } = objectOr(value);
  const refused = shape
    .filter(({ at }) => at[0] === "dnsNames" && at[1] === "addresses")
    .map(({ at, meant }) => meant ?? at[2]);
  const port = objectOr(firewall).port;
  return {
    firewall: isObject(firewall)
      ? {
          addresses: textsOr(firewall.addresses),
          port: typeof port === "number" && !shape.some(({ at }) => at[0] === "dnsNames") ? port : undefined,
        }
      : undefined,
    addresses: isObject(addresses)
      ? Object.fromEntries(
          Object.keys(DNS_NAME_GROUPS)
            .filter((group) => addresses[group] !== undefined || refused.includes(group))
            .map((group) => [
              group,
              refused.includes(group) ? [REFUSED_ALREADY] : (textsOr(addresses[group]) ?? []),
            ]),
        )
      : undefined,
  };
}
