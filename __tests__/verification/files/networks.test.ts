import {
  allowRule,
  azGroup,
  azNetwork,
  azRule,
  azSubnet,
  explained,
  groupWith,
  idIn,
  rule,
  stackWith,
  subnetAt,
} from "../../support/files/small-network";
import { veeamPorts } from "../../support/tools/fake-io";

const differenceOf = async (before: object, after: object): Promise<string> =>
  (await veeamPorts(["diff", "before", "after"], { before, after })).out;

describe("the tag VirtualNetwork contains other addresses in each virtual network", () => {
  const FROM_NETWORK = azRule({
    name: "allow",
    priority: 100,
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "VirtualNetwork",
    destinationPortRange: "22",
  });
  const CLOSED = [azRule(), azRule({ name: "out", direction: "Outbound" })];

  /** Two networks, v and w, of which v allows what VirtualNetwork contains. */
  const two = (spaceOfW: string[], peered = false) => {
    const network = (name: string, third: number, prefixes: string[], other: string) =>
      azNetwork({
        id: idIn(`virtualNetworks/${name}`),
        name,
        addressSpace: { addressPrefixes: prefixes },
        virtualNetworkPeerings: peered
          ? [
              {
                peeringState: "Connected",
                allowVirtualNetworkAccess: true,
                useRemoteGateways: false,
                remoteVirtualNetwork: { id: idIn(`virtualNetworks/${other}`) },
                remoteAddressSpace: { addressPrefixes: name === "v" ? spaceOfW : ["10.1.0.0/16"] },
              },
            ]
          : [],
        subnets: [
          azSubnet({
            id: idIn(`virtualNetworks/${name}/subnets/a`),
            name: `subnet-of-${name}`,
            addressPrefix: `10.${third}.1.0/24`,
            networkSecurityGroup: { id: idIn(`networkSecurityGroups/of-${name}`) },
          }),
        ],
      });
    const group = (name: string, rules: object[]) =>
      azGroup({
        id: idIn(`networkSecurityGroups/of-${name}`),
        name: `of-${name}`,
        securityRules: rules,
        subnets: [{ id: idIn(`virtualNetworks/${name}/subnets/a`) }],
      });
    return [
      group("v", [FROM_NETWORK, ...CLOSED]),
      group("w", CLOSED),
      network("v", 1, ["10.1.0.0/16"], "w"),
      network("w", 2, spaceOfW, "v"),
    ];
  };
  const SMALL = ["10.2.0.0/16"];
  const LARGE = [...SMALL, "30.0.0.0/16"];

  test("the space of a peered network is in it", async () => {
    expect(await differenceOf(two(SMALL, true), two(LARGE, true))).toBe(
      "+ 30.0.0.0/16 -> 10.1.1.0/24, TCP port 22\n",
    );
    expect(await explained("30.0.0.4 -> 10.1.1.4:22", { "net.json": two(LARGE, true) })).toBe("allow");
  });

  test("the space of another network is not", async () => {
    expect(await differenceOf(two(SMALL), two(LARGE))).toBe("No connection is opened or closed.\n");
    expect(await explained("30.0.0.4 -> 10.1.1.4:22", { "net.json": two(LARGE) })).toBe("deny");
  });

  test("a rule is compared in its own network", async () => {
    const widened = two(SMALL).map(
      (one) =>
        JSON.parse(JSON.stringify(one).replace('"10.1.0.0/16"', '"10.1.0.0/16", "40.0.0.0/16"')) as object,
    );
    expect(await differenceOf(two(SMALL), widened)).toBe("+ 40.0.0.0/16 -> 10.1.1.0/24, TCP port 22\n");
  });

  test("a peering that appears opens the way between the subnets", async () => {
    const open = (peered: boolean) =>
      two(SMALL, peered).map(
        (one) =>
          JSON.parse(
            JSON.stringify(one).replaceAll('"Outbound","access":"Deny"', '"Outbound","access":"Allow"'),
          ) as object,
      );
    const opened = (await differenceOf(open(false), open(true))).split("\n");
    expect(opened).toContain("+ 10.2.1.0/24 -> 10.1.1.0/24, TCP port 22");
  });
});

describe("networks that are not peered", () => {
  const table = { routeTable: { id: idIn("routeTables/t") } };
  const peer = (to: string, change: object = {}) => ({
    name: `to-${to}`,
    peeringState: "Connected",
    useRemoteGateways: false,
    remoteVirtualNetwork: { id: idIn(`virtualNetworks/${to}`) },
    remoteAddressSpace: { addressPrefixes: [`10.${["hub", "v", "w"].indexOf(to)}.0.0/16`] },
    ...change,
  });
  const network = (name: "v" | "w", peers: object[], subnet: object = {}, subnets: object[] = []) =>
    azNetwork({
      id: idIn(`virtualNetworks/${name}`),
      name,
      addressSpace: { addressPrefixes: [`10.${name === "v" ? 1 : 2}.0.0/16`] },
      virtualNetworkPeerings: peers,
      subnets: [
        azSubnet({
          id: idIn(`virtualNetworks/${name}/subnets/a`),
          name: `subnet-of-${name}`,
          addressPrefix: `10.${name === "v" ? 1 : 2}.1.0/24`,
          ...subnet,
        }),
        ...subnets,
      ],
    });
  const group = azGroup({
    securityRules: [
      azRule({ name: "allow", priority: 100, access: "Allow", sourceAddressPrefix: "10.1.0.0/16" }),
    ],
    subnets: [{ id: idIn("virtualNetworks/w/subnets/a") }],
  });
  const between = (...networks: object[]) =>
    explained("10.1.1.4 -> 10.2.1.4:22", { "net.json": [group, ...networks] });
  const ROUTED = "depends; whether v and w are connected by routes";

  test("are perhaps connected through a hub, where both route to it", async () => {
    expect(await between(network("v", [peer("hub")], table), network("w", [peer("hub")], table))).toBe(
      ROUTED,
    );
    const hub = [peer("hub", { useRemoteGateways: true })];
    expect(await between(network("v", hub), network("w", hub))).toBe(ROUTED);
    const gateway = {
      id: idIn("virtualNetworks/w/subnets/g"),
      name: "GatewaySubnet",
      addressPrefix: "10.2.2.0/24",
    };
    expect(await between(network("v", hub), network("w", [], {}, [gateway]))).toBe(ROUTED);
  });

  test("are not connected where one of them has neither a gateway nor a route table", async () => {
    expect(await between(network("v", [peer("hub")], table), network("w", [peer("hub")]))).toBe("deny");
  });

  test("are connected for explicit rules where the peering is without access, as Azure documents it", async () => {
    const closed = { allowVirtualNetworkAccess: false };
    expect(await between(network("v", [peer("w")]), network("w", [peer("v", closed)]))).toBe(
      "depends; whether the peering to-v lets connections through",
    );
  });

  test("are not in each other's tag VirtualNetwork where a configuration does not peer them", async () => {
    const space = (w: string) => ({
      v: { name: "v", resource_group_name: "rg", address_space: ["10.0.0.0/16"] },
      w: { name: "w", resource_group_name: "rg", address_space: [w] },
    });
    const stack = (w: string) => stackWith({ ...groupWith([]), azurerm_virtual_network: space(w) });
    for (const address of ["10.2.9", "30.2.9"]) {
      const file = { "cdk.tf.json": stack(`${address}.0/24`) };
      expect(await explained(`${address}.9 -> 10.0.1.4:22`, file)).toBe("depends; VirtualNetwork");
    }
  });
});

test("a network without ids is peered with the networks that its names say", async () => {
  const [spaceOfV, spaceOfW] = ["10.0.0.0/16", "30.0.0.0/16"];
  const peers = (to: string) => [
    {
      peeringState: "Connected",
      useRemoteGateways: false,
      remoteVirtualNetwork: { id: idIn(`virtualNetworks/${to}`) },
    },
  ];
  const list = [
    azGroup({ securityRules: [] }),
    azNetwork({ addressSpace: { addressPrefixes: [spaceOfV] }, virtualNetworkPeerings: peers("w") }),
    azNetwork({
      id: idIn("virtualNetworks/w"),
      name: "w",
      addressSpace: { addressPrefixes: [spaceOfW] },
      virtualNetworkPeerings: peers("v"),
      subnets: [],
    }),
  ];
  const network = (name: string) => `\${azurerm_virtual_network.${name}.`;
  const peeringTo = (name: string, to: string) => ({
    name: to,
    resource_group_name: "rg",
    virtual_network_name: `${network(name)}name}`,
    remote_virtual_network_id: `${network(to)}id}`,
  });
  const stack = stackWith({
    ...groupWith([]),
    azurerm_virtual_network: {
      v: { name: "v", resource_group_name: "rg", address_space: [spaceOfV] },
      w: { name: "w", resource_group_name: "rg", address_space: [spaceOfW] },
    },
    azurerm_virtual_network_peering: { v: peeringTo("v", "w"), w: peeringTo("w", "v") },
  });
  expect(await differenceOf(list, stack)).toBe("No connection is opened or closed.\n");
  const apart = list.map((one) => ({ ...one, virtualNetworkPeerings: [] }));
  expect(await differenceOf(apart, stack)).toBe("+ 30.0.0.0/16 -> 10.0.1.0/24, any protocol port *\n");
  expect(await differenceOf(list, apart)).toBe("- 30.0.0.0/16 -> 10.0.1.0/24, any protocol port *\n");
});

test("a network of a plan without ids is that of the state by its name", async () => {
  const group = groupWith([
    allowRule({ protocol: "Tcp", source_address_prefix: "VirtualNetwork", destination_port_range: "22" }),
    rule(),
  ]);
  const networks = {
    v: { name: "v", resource_group_name: "rg", address_space: ["10.0.0.0/16"] },
    w: { name: "w", resource_group_name: "rg", address_space: ["10.2.0.0/16"] },
  };
  const stack = stackWith({
    ...group,
    azurerm_virtual_network: networks,
    azurerm_subnet: { b: subnetAt("10.2.1.0/24", { name: "b", virtual_network_name: "w" }) },
  });
  const inState = (type: string, name: string, id: string, values: object) => ({
    address: `azurerm_${type}.${name}`,
    mode: "managed",
    type: `azurerm_${type}`,
    values: { ...values, id: idIn(id) },
  });
  const subnet = (name: string, network: string, prefix: string) =>
    inState("subnet", name, `virtualNetworks/${network}/subnets/${name}`, {
      name,
      resource_group_name: "rg",
      virtual_network_name: network,
      address_prefixes: [prefix],
    });
  const state = (spaceOfW: string[]) => ({
    format_version: "1.0",
    terraform_version: "1.9.0",
    values: {
      root_module: {
        resources: [
          inState("virtual_network", "v", "virtualNetworks/v", networks.v),
          inState("virtual_network", "w", "virtualNetworks/w", { ...networks.w, address_space: spaceOfW }),
          subnet("a", "v", "10.0.1.0/24"),
          subnet("b", "w", "10.2.1.0/24"),
          inState(
            "network_security_group",
            "g",
            "networkSecurityGroups/g",
            group.azurerm_network_security_group.g,
          ),
          inState("subnet_network_security_group_association", "a", "virtualNetworks/v/subnets/a", {
            subnet_id: idIn("virtualNetworks/v/subnets/a"),
            network_security_group_id: idIn("networkSecurityGroups/g"),
          }),
        ],
      },
    },
  });
  const SAME = "No connection is opened or closed.\n";
  expect(await differenceOf(stack, state(["10.2.0.0/16"]))).toBe(SAME);
  expect(await differenceOf(state(["10.2.0.0/16"]), stack)).toBe(SAME);
});

test("a default route opens what is outside the network, in a word", async () => {
  const routed = (routes: object[]) =>
    stackWith({
      ...groupWith([allowRule({ source_address_prefix: "VirtualNetwork" }), rule()]),
      azurerm_route_table: { t: { name: "t", route: routes } },
      azurerm_subnet_route_table_association: {
        t: { subnet_id: "${azurerm_subnet.a.id}", route_table_id: "${azurerm_route_table.t.id}" },
      },
    });
  const [first] = (await differenceOf(routed([]), routed([{ address_prefix: "0.0.0.0/0" }]))).split("\n");
  expect(first).toBe(
    "+ public addresses -> 10.0.1.0/24, any protocol port * (depends on Internet, VirtualNetwork)",
  );
});

test("a private endpoint accepts connections, and opens none", async () => {
  const endpoint = { p: { name: "p", resource_group_name: "rg", subnet_id: "${azurerm_subnet.a.id}" } };
  const difference = await differenceOf(stackWith(), stackWith({ azurerm_private_endpoint: endpoint }));
  expect(difference).toContain("-> p, any protocol");
  expect(difference).not.toContain("p ->");
});

test.each([
  ["Storage", "deny", ""],
  [
    "Storrage",
    "depends; Storrage",
    'names Storrage, which is not a known service tag. Did you mean "Storage"?',
  ],
  ["QuantumTeleporter", "depends; QuantumTeleporter", "Give the Service Tags file with --service-tags."],
])("what the tag %s contains is known, or a doubt with its name", async (tag, said, note) => {
  const files = { "stack.json": stackWith(groupWith([allowRule({ source_address_prefix: tag }), rule()])) };
  expect(await explained("10.9.0.9 -> 10.0.1.4:22", files)).toBe(said);
  const { err } = await veeamPorts(
    ["explain", "--from", "10.9.0.9", "--to", "10.0.1.4", "--port", "22", "stack.json"],
    files,
  );
  expect(err).toContain(note);
});
