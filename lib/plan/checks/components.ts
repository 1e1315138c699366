import { type IResourceNaming, MAX_NAME_LENGTH, NamedResource } from "../../azure/naming";
import { componentSlug } from "../../ports/port-table";
import {
  contains,
  formatIpv4Prefix,
  overlaps,
  parseIpv4Address,
  parseIpv4Prefix,
} from "../../azure/sets/ipv4-prefix";
import { checkObjectStoragePlacement, isObjectStorage } from "./component-types";
import { type DeploymentComponent, COMPONENT_PROPERTY } from "../deployment";
import { checkNameOf, checkSimpleName } from "../../azure/names";
import { suggest } from "../../base/nearest";
import { checkKnownLength, checkPrefix, checkPrefixList, type GivenPrefix } from "./prefixes";
import { type Problem, problemOf, refused } from "../../base/problem";

/** The longest mask of a subnet; Azure keeps five addresses of each. */
export const MAX_SUBNET_LENGTH = 29;

const PLACES = ["subnet", "existingSubnet", "addresses", "on"] as const;

/** Exactly one of `subnet`, `existingSubnet`, `addresses` and `on`. */
export function checkPlacement(component: DeploymentComponent): Problem[] {
  if (isObjectStorage(component)) return checkObjectStoragePlacement(component);
  const given = PLACES.filter((place) => component[place] !== undefined);
  if (given.length === 1) return [];
  return refused(given.length === 0 ? "placement-missing" : "placement-ambiguous", component.path, {
    what:
      given.length === 0
        ? "does not say where it is"
        : `says where it is in ${given.length} ways (${given.join(", ")})`,
    allowed:
      "exactly one of subnet (one is created), existingSubnet (it exists), addresses (the machine is elsewhere) and on (it shares a machine)",
    change: given.length === 0 ? "Add one of the four" : "Keep one of them",
  });
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
    problems.push(
      problemOf("subnet-too-small", path, subnet, {
        what: "is too small for a subnet",
        allowed: `prefixes of /${MAX_SUBNET_LENGTH} or wider, because Azure keeps five addresses of each subnet`,
        change: `Give it a mask of ${MAX_SUBNET_LENGTH} or less`,
      }),
    );
  }
  const spaces = addressSpace.map(parseIpv4Prefix);
  const decided = spaces.length > 0 && spaces.every((space) => space !== undefined);
  if (decided && !spaces.some((space) => space && contains(space, prefix))) {
    problems.push(
      problemOf("subnet-outside-network", path, subnet, {
        what: "is not in the virtual network's address space",
        allowed: `prefixes inside ${addressSpace.join(", ")}`,
        change: "Move the subnet, or widen the address space",
      }),
    );
  }
  return { subnet: { path, prefix }, problems };
}

/** The addresses of a component elsewhere, or of consoles: prefixes that are in no subnet of the deployment. */
export function checkAddresses(
  path: string,
  addresses: readonly string[],
  subnets: readonly GivenPrefix[],
): { prefixes: GivenPrefix[]; problems: Problem[] } {
  const { prefixes, problems } = checkPrefixList(path, addresses);
  problems.push(...checkKnownLength(path, addresses));
  for (const given of prefixes) {
    const subnet = subnets.find((candidate) => overlaps(candidate.prefix, given.prefix));
    if (!subnet) continue;
    const inside = contains(subnet.prefix, given.prefix);
    problems.push(
      problemOf("address-in-subnet", given.path, formatIpv4Prefix(given.prefix), {
        what: `${inside ? "is inside" : "contains"} ${subnet.path} (${formatIpv4Prefix(subnet.prefix)})`,
        allowed: "addresses outside the subnets of the deployment",
        change: inside
          ? 'For a role that shares the machine there, write "on"; a console on that machine needs no entry'
          : "Narrow the prefix to the machines that are meant; it would allow every machine of that subnet",
      }),
    );
  }
  return { prefixes, problems };
}

/** The key of a component, from which names are made. */
export function checkKey(
  component: DeploymentComponent,
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
export function checkSharing(components: readonly DeploymentComponent[]): Problem[] {
  const byPath = new Map(components.map((component) => [component.path, component]));
  return components.flatMap((component) => {
    if (component.on === undefined) return [];
    const others = components.filter((other) => other !== component).map((other) => other.path);
    const refuse = (code: string, what: string, change: string): Problem[] =>
      refused(code, `${component.path}.on`, component.on, {
        what,
        allowed: `another component: ${others.join(", ") || `there is none; ${COMPONENT_PROPERTY["backup-server"]} for example`}`,
        change,
      });
    if (!byPath.has(component.on)) {
      return refuse(
        "component-unknown",
        "is not a component",
        suggest(component.on, others, "Name a component of the deployment"),
      );
    }
    const seen = [component.path];
    for (let next = component.on; ;) {
      if (seen.includes(next)) {
        return seen.length === 1
          ? refuse(
              "host-circular",
              "is the component itself",
              "Name the machine that it shares, or give it a subnet",
            )
          : refuse(
              "host-circular",
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
