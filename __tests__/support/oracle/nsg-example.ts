/** Whether the oracle confirms what a finding of a proof says of its example. */
import type { Flow } from "../../../lib/azure/flow";
import type { GuardedEndpoint, Network } from "../../../lib/proof/network";
import type { ExcessConnection, MissingFlow } from "../../../lib/proof/prove";
import type { ExampleConnection } from "../../../lib/proof/evaluation/example";
import { addressesOf, named, namesIn, ownEnds } from "./nsg-brute-force";
import {
  flowAsks,
  groupName,
  groupsOf,
  interestingPorts,
  rangeOf,
  rule,
  subsets,
  unknownName,
  ways,
  type End,
  type Packet,
} from "./nsg-oracle";

type Finding = MissingFlow | ExcessConnection;

/** A finding that is sure holds whatever the sets hold; one that depends holds for something that they may hold. */
export function isConfirmed(finding: Finding, flows: readonly Flow[], network: Network): boolean {
  const endpoint = network.endpoints.find(({ label }) => label === finding.endpoint)!;
  const direction = finding.end === "source" ? "Outbound" : "Inbound";
  const groups = groupsOf(endpoint, direction);
  const isSure = finding.dependsOn.length === 0;
  const holds = (packet: Packet) => {
    const rulings = groups.map((group) => rule(group, direction, packet, network));
    const isAllowed = rulings.every(({ allowed }) => allowed);
    if ("flow" in finding) {
      const flow = flows.find(({ name }) => name === finding.flow)!;
      const blocked = rulings[groups.indexOf(finding.blockedBy.group)].rule === finding.blockedBy.rule;
      return flowAsks(flow, packet, network) && !isAllowed && (isSure || blocked);
    }
    const allowing = finding.allowedBy.every(
      ({ group, rule: name }) => rulings[groups.indexOf(group)].rule === name,
    );
    return isAllowed && !flows.some((flow) => flowAsks(flow, packet, network)) && (isSure || allowing);
  };
  const packets = packetsOf(finding.example, endpoint, direction, isSure, flows, network);
  if (!isSure) return packets.some(holds);
  // A set whose family is not known has a example of its own in each: this one is for one of them.
  const families = [true, false].map((v6) => packets.filter(({ source }) => source.v6 === v6));
  return families.some((some) => some.length > 0 && some.every(holds));
}

function packetsOf(
  example: ExampleConnection,
  endpoint: GuardedEndpoint,
  direction: "Inbound" | "Outbound",
  isSure: boolean,
  flows: readonly Flow[],
  network: Network,
): Packet[] {
  const groups = groupsOf(endpoint, direction);
  const side = (which: "source" | "destination"): End[] => {
    const isOwn = (which === "source") === (direction === "Outbound");
    const text = example[which];
    const within = which === "source" ? example.sourceWithin : example.destinationWithin;
    const sets = within
      .map((label) => setName(label, flows, network))
      .flatMap((name) => [name, ...parentOf(name)]);
    const ends = which === "source" ? flows.map(({ from }) => from) : flows.map(({ to }) => to);
    const asked = named(
      ends.flatMap(({ prefixes }) => prefixes),
      ends.flatMap(({ applicationSecurityGroupIds }) => applicationSecurityGroupIds ?? []),
      network,
    );
    const names = [...new Set([...namesIn(groups, direction, which, network), ...(isOwn ? [] : asked)])];
    const range = rangeOf(text);
    const addresses = range ? [{ address: range.first, v6: range.v6 }] : addressesOf(network, flows);
    const isAnyOf = !range;
    const possible = addresses.flatMap(({ address, v6 }) =>
      ways(address, v6, isSure && !isAnyOf ? names : [], isSure && !isAnyOf ? [] : sets, network),
    );
    if (!isOwn) return possible;
    const own = new Set(ownEnds(endpoint, [], addresses, network).map((one) => `${one.v6} ${one.address}`));
    return possible.filter(({ v6, address, zone }) => zone === "vnet" && own.has(`${v6} ${address}`));
  };
  const ports = portsOf(example, isSure, network, flows);
  return side("source").flatMap((source) =>
    side("destination")
      .filter(({ v6 }) => v6 === source.v6)
      .flatMap((destination) =>
        ports.flatMap(({ port, portSets }) =>
          [false, true].map((passesPortsOver) => ({
            source,
            destination,
            protocol: example.protocol as Packet["protocol"],
            sourcePort: example.sourcePort ?? 0,
            port,
            portSets,
            passesPortsOver,
          })),
        ),
      ),
  );
}

function portsOf(
  { destinationPort, destinationPortWithin }: ExampleConnection,
  isSure: boolean,
  network: Network,
  flows: readonly Flow[],
): { port: number; portSets: string[] }[] {
  const rules = network.groups.flatMap((group) => group.rules);
  const texts = [
    ...rules.flatMap((one) => one.destinationPortRanges),
    ...flows.flatMap((flow) => flow.ports),
  ];
  const tokens = [...new Set(texts.filter((text) => text.includes("${")))];
  if (destinationPort !== undefined) {
    return isSure
      ? subsets(tokens).map((portSets) => ({ port: destinationPort, portSets }))
      : [{ port: destinationPort, portSets: destinationPortWithin }];
  }
  if (destinationPortWithin.length === 0) return [{ port: 0, portSets: [] }];
  return interestingPorts(texts).map((port) => ({ port, portSets: destinationPortWithin }));
}

/** A region's addresses are in the tag of all regions. */
function parentOf(name: string): string[] {
  return /^[a-z]+\.[a-z]+$/.test(name) ? [name.split(".")[0]] : [];
}

function setName(label: string, flows: readonly Flow[], network: Network): string {
  const ids = [
    ...network.endpoints.flatMap((one) => one.applicationSecurityGroupIds ?? []),
    ...network.groups.flatMap(({ rules }) =>
      rules.flatMap((one) => [
        ...(one.sourceApplicationSecurityGroupIds ?? []),
        ...(one.destinationApplicationSecurityGroupIds ?? []),
      ]),
    ),
    ...flows.flatMap(({ from, to }) => [from, to].flatMap((one) => one.applicationSecurityGroupIds ?? [])),
  ];
  return ids.includes(label) ? groupName(label) : (unknownName(label, network) ?? label);
}
