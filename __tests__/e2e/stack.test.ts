import { hostsOf } from "../../e2e/hosts";
import { portsOf, probesOf, probesOfRanges } from "../../e2e/probes";
import { SCENARIOS } from "../../e2e/scenarios";
import { networkOf, type StackNetwork } from "../../e2e/stack";

const RULE = {
  name: "allow",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  // The provider stores an empty text where the plural is used.
  source_address_prefix: "",
  source_address_prefixes: ["10.1.0.0/24", "10.2.0.0/24"],
  source_port_range: "*",
  destination_address_prefix: "10.20.0.0/27",
  destination_port_ranges: ["443", "2500-3300"],
};
const GROUPS = { azurerm_network_security_group: { g: { name: "nsg", security_rule: [RULE] } } };
const READ = [expect.objectContaining({ sources: ["10.1.0.0/24", "10.2.0.0/24"] })];

test("a subnet has the group that an association gives it, and none without one", () => {
  const resource = {
    ...GROUPS,
    azurerm_subnet: {
      s: { name: "snet", address_prefixes: ["10.20.0.0/27"] },
      open: { name: "snet-open", address_prefixes: ["10.20.0.32/27"] },
    },
    azurerm_subnet_network_security_group_association: {
      a: {
        subnet_id: "${azurerm_subnet.s.id}",
        network_security_group_id: "${azurerm_network_security_group.g.id}",
      },
    },
  };
  expect(networkOf({ resource }).subnets).toEqual([
    { name: "snet", prefix: "10.20.0.0/27", group: "nsg", rules: READ },
    { name: "snet-open", prefix: "10.20.0.32/27", group: undefined, rules: undefined },
  ]);
});

test("a subnet inside its network has the group that it names", () => {
  const subnet = {
    name: "snet",
    address_prefixes: ["10.20.0.0/27"],
    security_group: "${azurerm_network_security_group.g.id}",
  };
  const resource = {
    ...GROUPS,
    azurerm_virtual_network: { v: { address_space: ["10.20.0.0/24"], subnet: [subnet] } },
  };
  expect(networkOf({ resource })).toEqual({
    addressSpace: ["10.20.0.0/24"],
    subnets: [{ name: "snet", prefix: "10.20.0.0/27", group: "nsg", rules: READ }],
  });
});

test("a rule without a side is refused by name", () => {
  const { destination_address_prefix: _, ...oneSided } = RULE;
  const resource = { azurerm_network_security_group: { g: { name: "nsg", security_rule: [oneSided] } } };
  expect(() => networkOf({ resource })).toThrow("The rule allow has no destination_address_prefix.");
});

const NETWORK: StackNetwork = {
  addressSpace: ["10.20.0.0/23"],
  subnets: [
    { name: "snet-server", prefix: "10.20.0.0/27" },
    { name: "snet-cache", prefix: "10.20.0.64/27" },
  ],
};

test("hosts are the subnets by the components' names, a neighbour, and everybody the deployment names", () => {
  const hosts = hostsOf(SCENARIOS["custom-dns"], NETWORK);
  expect(hosts.filter(({ subnet }) => subnet !== undefined)).toEqual([
    { name: "backupServer", address: "10.20.0.4", subnet: "10.20.0.0/27" },
    { name: "cacheRepositories.cache", address: "10.20.0.68", subnet: "10.20.0.64/27" },
    { name: "backupServer-neighbour", address: "10.20.0.5", subnet: "10.20.0.0/27", isNeighbour: true },
  ]);
  const names = hosts.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "consoles",
      "dnsServers",
      "dnsServers.1",
      "backupRepositories.share",
      "internet",
    ]),
  );
  expect(new Set(names).size).toBe(names.length);
});

test("every edge of a rule is tried with one on each side, and every pair with an end in a subnet", () => {
  const rules = networkOf({ resource: { ...GROUPS, azurerm_virtual_network: { v: {} } } });
  expect(rules.subnets).toEqual([]);
  const ports = portsOf({
    addressSpace: [],
    subnets: [
      {
        ...NETWORK.subnets[0],
        rules: [
          {
            ...{ name: "r", priority: 1, direction: "Inbound", access: "Allow", protocol: "Tcp" },
            ...{
              sources: ["*"],
              sourcePorts: ["*"],
              destinations: ["*"],
              destinationPorts: ["7777", "8100-8199"],
            },
          },
        ],
      },
    ],
  });
  expect(ports).toEqual(expect.arrayContaining([7776, 7777, 7778, 8099, 8100, 8101, 8198, 8199, 8200]));
  const hosts = hostsOf(SCENARIOS.minimal, NETWORK);
  const probes = probesOf(hosts, [443]);
  const inside = hosts.filter(({ subnet }) => subnet !== undefined).length;
  const outside = hosts.length - inside;
  expect(probes).toHaveLength((inside * (inside - 1) + 2 * inside * outside) * 3);
});

test("every port of a range is tried between the hosts that its rule names, once", () => {
  const [server, cache] = NETWORK.subnets.map(({ prefix }) => prefix);
  const rule = {
    ...({ name: "r", priority: 1, direction: "Inbound", access: "Allow", protocol: "Tcp" } as const),
    ...{ sources: [server], sourcePorts: ["*"], destinations: [cache], destinationPorts: ["8100-8199"] },
  };
  const outbound = { ...rule, direction: "Outbound" } as const;
  const subnets = [
    { ...NETWORK.subnets[0], rules: [outbound] },
    { ...NETWORK.subnets[1], rules: [rule] },
  ];
  const probes = probesOfRanges(
    hostsOf(SCENARIOS["custom-dns"], NETWORK),
    { addressSpace: [], subnets },
    [8100],
  );
  const named = probes.map(({ from, to, port }) => `${from.name} ${to.name} ${port}`);
  // From the server and its neighbour, each port but the edge that is tried already.
  expect(named).toHaveLength(2 * 99);
  expect(named).toContain("backupServer cacheRepositories.cache 8150");
});
