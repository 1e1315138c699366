/** Networks with doubts, and the networks without that they may turn out to be. */
import { Access, Direction, Protocol } from "../../../lib/azure/security-rule";
import type { Doubts, GuardedEndpoint, Network } from "../../../lib/proof/network";
import type { Random } from "../arbitraries/random";

/** What is true of each doubt. */
export type Facts = ReadonlyMap<string, boolean>;

const [RULE, GROUP, REFUSAL] = [
  "whether rule one0 exists",
  "whether group one filters",
  "whether another refuses",
];

/** A network with up to three doubts, and everything that may be true of them. */
export function withDoubts(random: Random, network: Network): { network: Network; facts: Facts[] } {
  const [hasRule, hasGroup, hasRefusal] = [random.chance(0.6), random.chance(0.4), random.chance(0.3)];
  const names = [...(hasRule ? [RULE] : []), ...(hasGroup ? [GROUP] : []), ...(hasRefusal ? [REFUSAL] : [])];
  const facts = names.reduce<Facts[]>(
    (all, name) => all.flatMap((known) => [true, false].map((is) => new Map([...known, [name, is]]))),
    [new Map()],
  );
  return {
    facts,
    network: {
      ...network,
      groups: network.groups.map((group) => ({
        ...group,
        rules: group.rules.map((rule) =>
          hasRule && rule.name.endsWith("0") ? { ...rule, existsIf: [RULE] } : rule,
        ),
      })),
      endpoints: network.endpoints.map((endpoint): GuardedEndpoint => {
        if (endpoint.id !== "a") return endpoint;
        return {
          ...endpoint,
          ...(hasGroup && { noSubnetGroupIf: [GROUP] }),
          ...(hasRefusal && { refusedIf: [REFUSAL] }),
        };
      }),
    },
  };
}

/**
 * Behind Azure's default rules, where a rule decides nothing. The values that it names stay:
 * a proof considers that an end may be in a value if a rule there names it.
 */
const AFTER_ALL_RULES = 70_000;

const CLOSED = "refuses everything";

/** The network in which all that is doubted is so, or is not. */
export function resolve(network: Network, facts: Facts): Network {
  const areTrue = (names: Doubts | undefined) => names?.every((name) => facts.get(name)) ?? false;
  return {
    ...network,
    groups: [
      ...network.groups.map((group) => ({
        ...group,
        rules: group.rules.map(({ existsIf, ...rule }) =>
          !existsIf || areTrue(existsIf) ? rule : { ...rule, priority: AFTER_ALL_RULES },
        ),
      })),
      {
        name: CLOSED,
        rules: [Direction.INBOUND, Direction.OUTBOUND].map((direction) => ({
          name: `refuse-${direction}`,
          priority: 100,
          direction,
          access: Access.DENY,
          protocol: Protocol.ANY,
          sourceAddressPrefixes: ["*"],
          sourcePortRanges: ["*"],
          destinationAddressPrefixes: ["*"],
          destinationPortRanges: ["*"],
        })),
      },
    ],
    endpoints: network.endpoints.map(
      ({ noSubnetGroupIf, noInterfaceGroupIf: _, refusedIf, ...endpoint }) => ({
        ...endpoint,
        subnetGroup: areTrue(noSubnetGroupIf) ? undefined : endpoint.subnetGroup,
        // Whatever else is before the interface, a refusal of everything is all that counts.
        interfaceGroup: areTrue(refusedIf) ? CLOSED : endpoint.interfaceGroup,
      }),
    ),
  };
}
