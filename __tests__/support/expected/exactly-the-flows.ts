import type { DeploymentFile } from "../../../lib/app/schema";
import { type AddressRange, addressText, isIn, rangeOf, SERVICE_TAGS } from "../oracle/addresses";
import {
  componentsOf,
  dnsServersOf,
  type ExpectedFlow,
  expectedFlows,
  type Place,
  placeOf,
} from "./expected-flows";
import { type Direction, GroupEvaluator, HAVE_PORTS } from "../oracle/group-evaluator";
import type { Synthesized, SynthesizedGroup, SynthesizedRule } from "../tools/synthesized";

const PROTOCOLS = ["Tcp", "Udp", "Icmp", "Esp", "Ah"];
const DIRECTIONS: readonly Direction[] = ["Inbound", "Outbound"];

/**
 * Every connection that a group of the deployment judges otherwise than the
 * vendor's page asks; none where each group holds exactly its flows. Addresses
 * are the first and last of every set that is spoken of and the ones just
 * outside, ports likewise.
 */
export function misjudged(deployment: DeploymentFile, synthesized: Synthesized): string[] {
  return [...componentsOf(deployment)].flatMap(([path, { subnet }]) =>
    subnet === undefined
      ? []
      : misjudgedBy(groupOfSubnet(synthesized, subnet).security_rule, path, deployment),
  );
}

/** The same for the rules of one group, that of the component at the path. */
export function misjudgedBy(
  rules: readonly SynthesizedRule[],
  path: string,
  deployment: DeploymentFile,
): string[] {
  const { flows, remotes, ports } = probesOf(deployment);
  return misjudgedAt(placeOf(deployment, path), new GroupEvaluator(rules), flows, remotes, ports);
}

interface Probes {
  readonly flows: readonly ExpectedFlow[];
  readonly remotes: readonly number[];
  readonly ports: readonly number[];
}

const PROBES = new WeakMap<DeploymentFile, Probes>();

function probesOf(deployment: DeploymentFile): Probes {
  let probes = PROBES.get(deployment);
  if (!probes) {
    const flows = expectedFlows(deployment);
    probes = { flows, remotes: remoteAddresses(deployment), ports: interestingPorts(flows) };
    PROBES.set(deployment, probes);
  }
  return probes;
}

/** The same against flows, addresses and ports of the caller's own. */
export function misjudgedAt(
  place: Place,
  evaluator: GroupEvaluator,
  allFlows: readonly ExpectedFlow[],
  remotes: readonly number[],
  ports: readonly number[],
): string[] {
  const [{ first, last }] = place.addresses;
  const found: string[] = [];
  // Pairs of addresses that match the same rules and the same flows are judged alike.
  const judged = new Set<string>();
  for (const direction of DIRECTIONS) {
    const flows = allFlows.filter((flow) => (direction === "Inbound" ? flow.to : flow.from).id === place.id);
    for (const own of [first - 1, first, last, last + 1]) {
      for (const remote of remotes) {
        const [source, destination] = direction === "Inbound" ? [remote, own] : [own, remote];
        const candidates = evaluator.candidates(direction, source, destination);
        const wanted = flows.flatMap((flow, index) =>
          isIn(flow.from.addresses, source) && isIn(flow.to.addresses, destination) ? [index] : [],
        );
        const key = `${direction} ${candidates.join()} ${wanted.join()}`;
        if (judged.has(key)) continue;
        judged.add(key);
        for (const protocol of PROTOCOLS) {
          for (const port of HAVE_PORTS.includes(protocol) ? ports : [0]) {
            const expected = wanted.some(
              (index) =>
                flows[index].protocol === protocol &&
                flows[index].ports.some(([from, to]) => from <= port && port <= to),
            );
            if (evaluator.passes(candidates, protocol, port) === expected) continue;
            const connection = `${addressText(source)} to ${addressText(destination)} ${protocol} ${port}`;
            found.push(`${place.id}: ${connection} (${direction}) is ${expected ? "closed" : "open"}`);
          }
        }
      }
    }
  }
  return found;
}

/** The one group of the subnet with the prefix, by its one association. */
export function groupOfSubnet(synthesized: Synthesized, prefix: string): SynthesizedGroup {
  const subnets = Object.entries(synthesized.ofType("subnet")).filter(
    ([, { address_prefixes: prefixes }]) => JSON.stringify(prefixes) === JSON.stringify([prefix]),
  );
  const associations = Object.values(synthesized.ofType("subnet_network_security_group_association")).filter(
    ({ subnet_id: id }) => subnets.some(([subnet]) => id === `\${azurerm_subnet.${subnet}.id}`),
  );
  const groups = Object.entries(synthesized.ofType("network_security_group")).filter(([group]) =>
    associations.some(
      ({ network_security_group_id: id }) => id === `\${azurerm_network_security_group.${group}.id}`,
    ),
  );
  if (subnets.length !== 1 || associations.length !== 1 || groups.length !== 1) {
    throw new Error(
      `${prefix}: ${subnets.length} subnets, ${associations.length} associations, ${groups.length} groups`,
    );
  }
  return groups[0][1] as unknown as SynthesizedGroup;
}

function remoteAddresses(deployment: DeploymentFile): number[] {
  const spoken: AddressRange[] = [
    ...[...componentsOf(deployment).values()].flatMap(({ subnet, addresses = [] }) =>
      (subnet === undefined ? addresses : [subnet]).map(rangeOf),
    ),
    ...(deployment.consoles ?? []).map(rangeOf),
    ...dnsServersOf(deployment).map(rangeOf),
    ...Object.values(SERVICE_TAGS).flat(),
    // Nobody's: in the network but in no subnet, private elsewhere, Azure's own, public.
    ...["10.20.15.200", "192.168.7.7", "168.63.129.16", "169.254.169.254", "8.8.8.8"].map(rangeOf),
  ];
  const addresses = spoken.flatMap(({ first, last }) => [first - 1, first, last, last + 1]);
  return [...new Set(addresses)].filter((address) => address >= 0 && address < 2 ** 32);
}

function interestingPorts(flows: readonly ExpectedFlow[]): number[] {
  const boundaries = flows.flatMap(({ ports }) => ports.flat());
  const always = [0, 22, 53, 80, 443, 2500, 3128, 3300, 3389, 5432, 6160, 6162, 9392, 9419, 9420, 65535];
  const ports = [...boundaries, ...always].flatMap((port) => [port - 1, port, port + 1]);
  return [...new Set(ports)].filter((port) => port >= 0 && port <= 65535);
}
