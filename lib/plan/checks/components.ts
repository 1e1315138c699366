import { type IResourceNaming, MAX_NAME_LENGTH, NamedResource } from "../../azure/naming";
import { componentSlug } from "../../ports/port-table";
import {
  contains,
  formatIpv4Prefix,
  overlaps,
  parseIpv4Address,
  parseIpv4Prefix,
} from "../../azure/sets/ipv4-prefix";
import { isOpaqueNumber } from "../../base/opaque";
import { checkObjectStoragePlacement, isObjectStorage } from "./component-types";
import { type ComponentInput, COMPONENT_PROPERTY } from "./deployment-input";
import { checkNameOf, checkSimpleName } from "../../azure/names";
import { suggest } from "../../base/nearest";
import { checkKnownLength, checkPrefix, checkPrefixList, type GivenPrefix } from "./prefixes";
import type { Problem } from "../../base/problem";

/** The longest mask of a subnet; Azure keeps five addresses of each. */
export const MAX_SUBNET_LENGTH = 29;

const PLACES = ["subnet", "existingSubnet", "addresses", "on"] as const;

/** Exactly one of `subnet`, `existingSubnet`, `addresses` and `on`. */
export function checkPlacement(component: ComponentInput): Problem[] {
  if (isObjectStorage(component)) return checkObjectStoragePlacement(component);
  const given = PLACES.filter(
    (place) => component[place] !== undefined || component.refused?.includes(place),
  );
  if (given.length === 1) return [];
  return [
    {
      path: component.path,
      what:
        given.length === 0
          ? "does not say where it is"
          : `says where it is in ${given.length} ways (${given.join(", ")})`,
      allowed:
        "exactly one of subnet (made for it), existingSubnet (it is there already), addresses (it is elsewhere) and on (it shares a machine)",
      change: given.length === 0 ? "Add one of the four" : "Keep one of them",
    },
  ];
}

/** The subnet of a component: aligned, of /29 or wider, and in the virtual network. */
export function checkSubnet(
  path: string,
  subnet: string,
  addressSpace: readonly string[],
): { subnet?: GivenPrefix; problems: Problem[] } {
  const { prefix, problem } = checkPrefix(path, subnet);
  if (problem) {
    const isAddress = parseIpv4Address(subnet) !== undefined;
    const change = isAddress ? `Add the mask of the subnet, such as "${subnet}/27"` : problem.change;
    return { problems: [{ ...problem, change }] };
  }
  if (!prefix) return { problems: [] };
  const problems: Problem[] = [];
  if (prefix.length > MAX_SUBNET_LENGTH) {
    problems.push({
      path,
      what: "is too small for a subnet",
      value: subnet,
      allowed: `prefixes of /${MAX_SUBNET_LENGTH} or wider, because Azure keeps five addresses of each subnet`,
      change: `Give it a mask of ${MAX_SUBNET_LENGTH} or less`,
    });
  }
  const spaces = addressSpace.map(parseIpv4Prefix);
  const decided = spaces.length > 0 && spaces.every((space) => space !== undefined);
  if (decided && !spaces.some((space) => space && contains(space, prefix))) {
    problems.push({
      path,
      what: "is out of the virtual network's address space",
      value: subnet,
      allowed: `prefixes inside ${addressSpace.join(", ")}`,
      change: "Move the subnet, or widen the address space",
    });
  }
  return { subnet: { path, prefix }, problems };
}

/** The addresses of a component elsewhere, or of consoles: a list that is not empty, of prefixes none of which is in a subnet of ours. */
export function checkAddresses(
  path: string,
  addresses: readonly string[],
  subnets: readonly GivenPrefix[],
): { prefixes: GivenPrefix[]; problems: Problem[] } {
  if (addresses.length === 0) {
    const problem = {
      path,
      what: "is empty",
      value: addresses,
      allowed: 'one or more IPv4 prefixes, such as ["10.1.0.0/24"]',
      change: "List the addresses",
    };
    return { prefixes: [], problems: [problem] };
  }
  const { prefixes, problems } = checkPrefixList(path, addresses);
  problems.push(...checkKnownLength(path, addresses));
  for (const given of prefixes) {
    const subnet = subnets.find((candidate) => overlaps(candidate.prefix, given.prefix));
    if (!subnet) continue;
    const inside = contains(subnet.prefix, given.prefix);
    problems.push({
      path: given.path,
      what: `${inside ? "is inside" : "holds"} ${subnet.path} (${formatIpv4Prefix(subnet.prefix)})`,
      value: formatIpv4Prefix(given.prefix),
      allowed: "addresses outside the subnets that the deployment makes",
      change: inside
        ? 'For a role that shares the machine there, say "on"; a console on that machine needs no entry'
        : "Narrow the prefix to the machines that are meant; it would let in every machine of that subnet",
    });
  }
  return { prefixes, problems };
}

/** A port that a deployment chooses. */
export function checkPort(path: string, port: number): Problem[] {
  if (isOpaqueNumber(port) || (Number.isInteger(port) && port >= 1 && port <= 65535)) return [];
  return [
    {
      path,
      what: "is no port",
      value: port,
      allowed: "a whole number from 1 to 65535",
      change: "Give the port on which the machine listens",
    },
  ];
}

/** The key of a component, from which names are made. */
export function checkKey(
  component: ComponentInput,
  deploymentName: string | undefined,
  naming?: IResourceNaming,
): Problem[] {
  const { path, role, key, subnet } = component;
  const problems = checkSimpleName(path, key, MAX_NAME_LENGTH[NamedResource.SUBNET]);
  if (problems.length > 0 || deploymentName === undefined || subnet === undefined) return problems;
  const resource = { kind: NamedResource.SUBNET, deploymentName, component: componentSlug(role, key) };
  return checkNameOf(path, key, resource, naming);
}

/** What `on` names: a component that exists, and in the end one that has a place of its own. */
export function checkSharing(components: readonly ComponentInput[]): Problem[] {
  const byPath = new Map(components.map((component) => [component.path, component]));
  return components.flatMap((component) => {
    if (component.on === undefined) return [];
    const others = components.filter((other) => other !== component).map((other) => other.path);
    const refuse = (what: string, change: string): Problem[] => [
      {
        path: `${component.path}.on`,
        what,
        value: component.on,
        allowed: `another component: ${others.join(", ") || `there is none; ${COMPONENT_PROPERTY["backup-server"]} for example`}`,
        change,
      },
    ];
    if (!byPath.has(component.on)) {
      return refuse("is no component", suggest(component.on, others, "Name one that is there"));
    }
    const seen = [component.path];
    for (let next = component.on; ;) {
      if (seen.includes(next)) {
        return seen.length === 1
          ? refuse("is the component itself", "Name the machine that it shares, or give it a subnet")
          : refuse(
              `leads back to where it began (${[...seen, next].join(" -> ")})`,
              "Give one of them a subnet",
            );
      }
      const on = byPath.get(next)?.on;
      if (on === undefined || !byPath.has(on)) return [];
      seen.push(next);
      next = on;
    }
  });
}
