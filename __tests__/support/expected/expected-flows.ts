import type { DeploymentFile, DeploymentFileComponent } from "../../../lib/app/schema";
import { type AddressRange, rangeOf, SERVICE_TAGS } from "../oracle/addresses";
import { namesIn, pagesOn, rowsOf, TRANSCRIBED_REVISIONS } from "./veeam-pages";

// What a deployment should open, worked out from the transcription of the
// vendor's pages and the words of the requirements. It shares no code with
// lib; only the type of a deployment is taken from there.

/** A machine, or several that cannot be told apart; connections within one are not flows. */
export interface Place {
  readonly id: string;
  readonly addresses: readonly AddressRange[];
}

/** What should be open. */
export interface ExpectedFlow {
  readonly from: Place;
  readonly to: Place;
  readonly protocol: "Tcp" | "Udp";
  readonly ports: ReadonlyArray<readonly [number, number]>;
}

const SEVERAL = ["cacheRepositories", "gatewayServers", "backupRepositories"] as const;
const SINGLE = ["backupServer", "postgresql", "httpProxy"] as const;

/** Every component by the path by which `on` calls it. */
export function componentsOf(deployment: DeploymentFile): Map<string, DeploymentFileComponent> {
  const components = new Map<string, DeploymentFileComponent>();
  for (const role of SINGLE) {
    const component = deployment[role];
    if (component) components.set(role, component);
  }
  for (const role of SEVERAL) {
    for (const [key, component] of Object.entries(deployment[role] ?? {})) {
      components.set(`${role}.${key}`, component);
    }
  }
  return components;
}

/** Where the component at a path lives, in the end. */
export function placeOf(deployment: DeploymentFile, path: string): Place {
  const component = componentsOf(deployment).get(path);
  if (!component) throw new Error(`no component: ${path}`);
  if (component.on !== undefined) return placeOf(deployment, component.on);
  const prefixes = component.subnet === undefined ? (component.addresses ?? []) : [component.subnet];
  return { id: path, addresses: prefixes.map(rangeOf) };
}

/** Every flow of a deployment. */
export function expectedFlows(deployment: DeploymentFile): ExpectedFlow[] {
  const { entraId, usedPorts } = pagesOn(deployment.portTable ?? (TRANSCRIBED_REVISIONS.at(-1) as string));
  const flows: ExpectedFlow[] = [];
  const open = (
    from: readonly Place[],
    to: readonly Place[],
    protocol: "Tcp" | "Udp",
    ports: readonly string[],
  ): void => {
    for (const source of from) {
      for (const destination of to) {
        if (source.id === destination.id) continue;
        const ranges = ports.map((text) => text.split("-").map(Number)).map(([a, b = a]) => [a, b] as const);
        flows.push({ from: source, to: destination, protocol, ports: ranges });
      }
    }
  };

  for (const row of rowsOf(entraId)) {
    if (row.protocol !== "TCP") throw new Error(`a row that is not TCP: ${row.protocol}`);
    const { httpProxy } = deployment;
    // The proxy stands in for the backup server's direct ways, unless both are wanted.
    if (row.from === "Backup server" && row.serviceTag && httpProxy && !httpProxy.directAccess) continue;
    let ports = row.ports;
    if (/proxy server$/i.test(row.to) && httpProxy) ports = [String(httpProxy.port)];
    if (row.to.startsWith("PostgreSQL") && deployment.postgresql?.port !== undefined) {
      ports = [String(deployment.postgresql.port)];
    }
    const to = namesIn(row.to).flatMap((words) => placesOf(words, deployment));
    open(placesOf(row.from, deployment), to, "Tcp", ports);
  }

  if (deployment.cacheMigration) {
    for (const row of rowsOf(usedPorts).filter(({ to }) => /(old|new) cache/i.test(to))) {
      const [from, to] = [row.from, row.to].map((cell) =>
        namesIn(cell).flatMap((words) => placesOf(words, deployment)),
      );
      open(from, to, "Tcp", row.ports);
    }
  }

  const dnsServers = dnsServersOf(deployment);
  if (dnsServers.length > 0) {
    const servers = { id: "DNS servers", addresses: dnsServers.map(rangeOf) };
    for (const place of ourPlaces(deployment)) {
      open([place], [servers], "Tcp", ["53"]);
      open([place], [servers], "Udp", ["53"]);
    }
  }
  return flows;
}

/** The places that have a subnet of the deployment's own. */
export function ourPlaces(deployment: DeploymentFile): Place[] {
  return [...componentsOf(deployment)]
    .filter(([, component]) => component.subnet !== undefined)
    .map(([path]) => placeOf(deployment, path));
}

/** The addresses of the virtual network's own DNS servers. */
export function dnsServersOf({ virtualNetwork }: DeploymentFile): readonly string[] {
  return "existing" in virtualNetwork
    ? virtualNetwork.existing.dnsServers
    : (virtualNetwork.dnsServers ?? []);
}

function placesOf(words: string, deployment: DeploymentFile): Place[] {
  const at = (...paths: string[]): Place[] =>
    paths.filter((path) => componentsOf(deployment).has(path)).map((path) => placeOf(deployment, path));
  const all = (role: (typeof SEVERAL)[number]): Place[] =>
    at(...Object.keys(deployment[role] ?? {}).map((key) => `${role}.${key}`));
  const { cacheMigration } = deployment;
  switch (words) {
    case "Veeam Backup & Replication console":
      return deployment.consoles ? [{ id: "consoles", addresses: deployment.consoles.map(rangeOf) }] : [];
    case "Backup server":
      return at("backupServer");
    case "PostgreSQL server (Microsoft Entra ID backup repository)":
      return at("postgresql");
    case "HTTP proxy server":
    case "Proxy server":
      return at("httpProxy");
    case "Cache repository":
      return all("cacheRepositories");
    case "Gateway server":
      return all("gatewayServers");
    case "Primary or secondary backup repository":
      return all("backupRepositories");
    case "Old cache repository":
      return cacheMigration ? at(`cacheRepositories.${cacheMigration.from}`) : [];
    case "New cache repository":
    case "new cache repository":
      return cacheMigration ? at(`cacheRepositories.${cacheMigration.to}`) : [];
    case "Microsoft Entra ID Services":
      return [{ id: words, addresses: SERVICE_TAGS.AzureActiveDirectory }];
    case "Azure Resource Manager":
      return [{ id: words, addresses: SERVICE_TAGS.AzureResourceManager }];
    default:
      throw new Error(`nobody knows ${words}`);
  }
}
