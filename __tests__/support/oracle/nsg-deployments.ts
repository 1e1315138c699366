import type { Flow, FlowEndpoint } from "../../../lib/azure/flow";
import type { Network, SecurityGroup } from "../../../lib/proof/network";
import { Access, Direction, Protocol, type SecurityRule } from "../../../lib/azure/security-rule";
import { closedGroup, guarded } from "./nsg-builders";
import type { NsgCase } from "./nsg-cases";
import { Random } from "../arbitraries/random";

const TAGS = ["AzureActiveDirectory", "AzureResourceManager", "Storage"];
const PORTS = [["443"], ["5432"], ["2500-3300"], ["445", "135-139"], ["9392-9420"]];

/** A deployment that holds exactly its flows: tiers that connect to some others, to a network elsewhere and to tags. */
export function randomDeployment(seed: number): NsgCase {
  const random = new Random(seed);
  const tiers = Array.from({ length: random.between(2, 4) }, (_, i) => tier(`tier${i}`, `10.0.${i}.0/27`));
  const others = [
    tier("elsewhere", `192.168.${2 * random.between(0, 9)}.0/24`),
    ...TAGS.map((tag) => tier(tag, tag)),
  ];
  const pairs = tiers.flatMap((from) =>
    [...tiers, ...others].filter((to) => to !== from).map((to) => [from, to]),
  );
  const inbound = tiers.map((to) => [others[0], to]);
  const flows = random.some([...pairs, ...inbound], random.between(3, 6)).map(([from, to], index): Flow => ({
    name: `flow${index}`,
    priority: 100 + index,
    from,
    to,
    protocol: random.pick([Protocol.TCP, Protocol.TCP, Protocol.UDP]),
    ports: random.pick(PORTS),
    reason: "",
    origin: "user",
  }));
  return { network: networkOf(tiers, flows), flows };
}

function tier(id: string, prefix: string): FlowEndpoint {
  return { id, label: `Endpoint ${id}`, prefixes: [prefix] };
}

function networkOf(tiers: readonly FlowEndpoint[], flows: readonly Flow[]): Network {
  const groups = tiers.map((own): SecurityGroup =>
    closedGroup(
      own.id,
      ...flows.filter(({ from }) => from === own).map((flow) => ruleOf(flow, Direction.OUTBOUND)),
      ...flows.filter(({ to }) => to === own).map((flow) => ruleOf(flow, Direction.INBOUND)),
    ),
  );
  return {
    endpoints: tiers.map(({ id, prefixes }) => guarded(id, prefixes[0])),
    groups,
    virtualNetworkPrefixes: ["10.0.0.0/16"],
  };
}

function ruleOf({ name, priority, from, to, protocol, ports }: Flow, direction: Direction): SecurityRule {
  return {
    name: `${direction}-${name}`,
    priority,
    direction,
    access: Access.ALLOW,
    protocol,
    sourceAddressPrefixes: from.prefixes,
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: to.prefixes,
    destinationPortRanges: ports,
  };
}

/** A deployment with one fault, and what the fault is. */
export interface Mutant {
  readonly fault: string;
  readonly network: Network;
}

/** Each rule dropped, widened by a bit and by a port at each side, turned round, and put after the refusal. */
export function mutantsOf(network: Network): Mutant[] {
  return network.groups.flatMap((group) =>
    group.rules.flatMap((rule) =>
      faultsOf(rule, group.rules).map(({ fault, rules }) => ({
        fault: `${group.name} ${rule.name}: ${fault}`,
        network: {
          ...network,
          groups: network.groups.map((one) => (one === group ? { ...group, rules } : one)),
        },
      })),
    ),
  );
}

function faultsOf(
  rule: SecurityRule,
  rules: readonly SecurityRule[],
): { fault: string; rules: SecurityRule[] }[] {
  const change = (fault: string, more: Partial<SecurityRule>) => ({
    fault,
    rules: rules.map((one) => (one === rule ? { ...rule, ...more } : one)),
  });
  const closing = rules.find((one) => one.priority === 4096 && one.direction === rule.direction);
  return [
    { fault: "dropped", rules: rules.filter((one) => one !== rule) },
    change("source wider", { sourceAddressPrefixes: rule.sourceAddressPrefixes.map(widened) }),
    change("destination wider", { destinationAddressPrefixes: rule.destinationAddressPrefixes.map(widened) }),
    change("ports wider below", { destinationPortRanges: rule.destinationPortRanges.map(oneLower) }),
    change("ports wider above", { destinationPortRanges: rule.destinationPortRanges.map(oneHigher) }),
    change("access swapped", { access: rule.access === Access.ALLOW ? Access.DENY : Access.ALLOW }),
    {
      fault: "priority swapped with the refusal's",
      rules: rules.map((one) =>
        one === rule
          ? { ...rule, priority: closing?.priority ?? rule.priority }
          : one === closing
            ? { ...closing, priority: rule.priority }
            : one,
      ),
    },
  ];
}

/** A text that is not a prefix has no bits. */
function widened(prefix: string): string {
  const [address, mask] = prefix.split("/");
  return mask === undefined ? prefix : `${address}/${Number(mask) - 1}`;
}

function oneLower(ports: string): string {
  const [first, last] = ports.split("-");
  return ports === "*" ? ports : `${Number(first) - 1}-${last ?? first}`;
}

function oneHigher(ports: string): string {
  const [first, last] = ports.split("-");
  return ports === "*" ? ports : `${first}-${Number(last ?? first) + 1}`;
}
