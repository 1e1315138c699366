import fc from "fast-check";
import { describeDifference } from "../../lib/proof/describe";
import { explain } from "../../lib/proof/explain";
import { Verdict } from "../../lib/proof/network";
import { Direction, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import type { PlacedEndpoint, PlacedNetwork } from "../../lib/terraform/joined/network-of-files";
import { differenceOfPlaces } from "../../lib/verification/diff-places";
import { allowIn, allowOut, denyAll } from "../support/oracle/nsg-builders";
import {
  located,
  placedInterface,
  placedNetworks,
  placedPairs,
  placedSubnet,
  type Whereabouts,
} from "../support/files/placed-files";
import { runs } from "../support/arbitraries/property-settings";

const linesOf = (before: PlacedNetwork, after: PlacedNetwork) =>
  describeDifference(differenceOfPlaces(before, after).difference).split("\n");
const NOTHING = ["No connection is opened or closed."];

const DENY = denyAll(Direction.INBOUND);
const groupsWith = (port: string, to = "*") => [
  { name: "open", rules: [allowIn(100, "192.0.2.0/24", "443"), DENY] },
  { name: "own", rules: [allowIn(100, "192.0.2.0/24", port, { destinationAddressPrefixes: [to] }), DENY] },
];
const WEB = placedSubnet("web", "10.0.1.0/29", { subnetGroup: "open" });
const networkOf = (port: string, endpoints: PlacedEndpoint[], to?: string): PlacedNetwork => ({
  endpoints,
  groups: groupsWith(port, to),
});

describe("a network interface with a group of its own", () => {
  test("is compared at its address, and its subnet without it", () => {
    const endpoints = [placedInterface("nic", WEB, "own", "10.0.1.4"), WEB];
    expect(linesOf(networkOf("80", endpoints), networkOf("443", endpoints))).toEqual([
      "+ 192.0.2.0/24 -> 10.0.1.4/32, TCP port 443",
    ]);
  });

  test("is compared by its name where its address is not known", () => {
    const endpoints = [placedInterface("nic", WEB, "own"), WEB];
    expect(linesOf(networkOf("80", endpoints), networkOf("443", endpoints))).toEqual([
      "+ 192.0.2.0/24 -> nic, TCP port 443",
    ]);
    const hidden = { ...WEB, prefixes: ["${prefix}"] };
    const unknown = [placedInterface("nic", hidden, "own"), hidden];
    expect(linesOf(networkOf("80", unknown, "${prefix}"), networkOf("443", unknown, "${prefix}"))).toEqual([
      "+ 192.0.2.0/24 -> nic, TCP port 443",
    ]);
  });

  test("depends on its address where rules tell the addresses of its subnet apart", () => {
    const endpoints = [placedInterface("nic", WEB, "own"), WEB];
    expect(linesOf(networkOf("443", endpoints, "10.0.1.5/32"), networkOf("80", endpoints))).toEqual([
      "- 192.0.2.0/24 -> nic, TCP port 443 (depends on the address of nic)",
    ]);
  });

  test("leaves its address to its subnet where it loses the group, and takes it from there", () => {
    const lines = (...addresses: string[]) => {
      const [nic, without] = [[placedInterface("nic", WEB, "own", ...addresses), WEB], [WEB]];
      return [
        linesOf(networkOf("80", nic), networkOf("80", without)),
        linesOf(networkOf("80", without), networkOf("80", nic)),
      ];
    };
    expect(lines("10.0.1.4")).toEqual([
      ["+ 192.0.2.0/24 -> 10.0.1.4/32, TCP port 443"],
      ["- 192.0.2.0/24 -> 10.0.1.4/32, TCP port 443"],
    ]);
    expect(lines()).toEqual([
      ["+ 192.0.2.0/24 -> nic, TCP port 443"],
      ["- 192.0.2.0/24 -> nic, TCP port 443"],
    ]);
  });

  test("may have the few addresses of its subnet that a change affects", () => {
    const other = placedSubnet("other", "10.0.2.0/29", { subnetGroup: "other" });
    const nic = placedInterface("nic", WEB, "closed");
    const linesAt = (to: string, ...endpoints: PlacedEndpoint[]) => {
      const withRule = (port: string): PlacedNetwork => ({
        endpoints: [WEB, other, ...endpoints],
        groups: [
          { name: "open", rules: [] },
          { name: "closed", rules: [denyAll(Direction.INBOUND)] },
          {
            name: "other",
            rules: [
              allowOut(100, "*", port, { destinationAddressPrefixes: [to] }),
              denyAll(Direction.OUTBOUND),
              DENY,
            ],
          },
        ],
        virtualNetworkPrefixes: ["10.0.0.0/16"],
      });
      return linesOf(withRule("80"), withRule("443")).filter((line) => line.startsWith("+"));
    };
    const [AT_ONE, AT_TWO] = ["10.0.1.5/32", "10.0.1.4/31"].map(
      (to) => `+ 10.0.2.0/29 -> ${to}, TCP port 443`,
    );
    expect(linesAt("10.0.1.5/32")).toEqual([AT_ONE]);
    expect(linesAt("10.0.1.5/32", nic)).toEqual([`${AT_ONE} (depends on the address of nic)`]);
    expect(linesAt("10.0.1.4/31", nic)).toEqual([AT_TWO]);
    const namesake = { ...placedSubnet("namesake", "10.0.3.0/29"), label: WEB.label };
    expect(linesAt("10.0.1.5/32", nic, namesake)).toEqual([`${AT_ONE} (depends on the address of nic)`]);
    expect(linesAt("10.0.1.4/31", nic, placedInterface("anywhere", undefined, "closed"))).toEqual([
      `${AT_TWO} (depends on the address of anywhere, the address of nic)`,
    ]);
  });

  test("is compared alone where not even its subnet is known", () => {
    const endpoints = [placedInterface("nic", undefined, "own"), WEB];
    expect(linesOf(networkOf("80", endpoints), networkOf("443", endpoints))).toEqual(
      ["+ 192.0.2.0/24 -> nic, TCP port 443", "- 192.0.2.0/24 -> nic, TCP port 80"].sort((a, b) =>
        a < b ? 1 : -1,
      ),
    );
  });
});

describe("two subnets with one prefix, of two networks", () => {
  const inNetwork = (id: string, virtualNetwork: string, prefix: string, subnetGroup = "own") =>
    placedSubnet(id, prefix, { subnetGroup, names: { virtualNetwork } });
  const endpoints = [
    inNetwork("a1", "a", "10.0.1.0/24", "open"),
    inNetwork("a2", "a", "10.0.2.0/24"),
    inNetwork("b1", "b", "10.0.1.0/24"),
    inNetwork("b2", "b", "10.0.2.0/24", "open"),
  ];

  test("are compared each with its own", () => {
    expect(linesOf(networkOf("80", endpoints), networkOf("443", endpoints))).toEqual([
      "- 192.0.2.0/24 -> 10.0.1.0/24, TCP port 80",
      "- 192.0.2.0/24 -> 10.0.2.0/24, TCP port 80",
      "+ 192.0.2.0/24 -> 10.0.1.0/24, TCP port 443",
      "+ 192.0.2.0/24 -> 10.0.2.0/24, TCP port 443",
    ]);
  });
});

test("a plan is compared with a state by what things are called", () => {
  const endpoints = (prefix: string) => {
    const web = { ...WEB, id: `${prefix}web` };
    return [{ ...placedInterface("nic", web, "own"), id: `${prefix}nic` }, web];
  };
  expect(
    linesOf(networkOf("80", endpoints("azurerm_")), networkOf("80", endpoints("/subscriptions/"))),
  ).toEqual(NOTHING);
  expect(
    linesOf(networkOf("80", endpoints("azurerm_")), networkOf("443", endpoints("/subscriptions/"))),
  ).toEqual(["+ 192.0.2.0/24 -> nic, TCP port 443"]);
});

test("what is not known of one of the two is not compared, and is said", () => {
  const network = networkOf("80", [WEB]);
  const doubtful = {
    ...network,
    doubts: [{ groups: ["open"], subject: "x", identity: "x", text: "A rule may be there." }],
  };
  expect(differenceOfPlaces(network, doubtful).notCompared).toEqual(["A rule may be there."]);
  expect(differenceOfPlaces(doubtful, network).notCompared).toEqual(["A rule may be there."]);
  expect(differenceOfPlaces(doubtful, doubtful).notCompared).toEqual([]);
});

describe("a change of what rules mean is a change of connections:", () => {
  const DB = placedSubnet("db", "10.0.2.0/29", { subnetGroup: "own", virtualNetwork: "b" });
  const nsg = (from: string, more: Partial<SecurityRule> = {}) => [
    { name: "open", rules: [allowIn(100, from, "443", more), DENY, denyAll(Direction.OUTBOUND)] },
    { name: "own", rules: [allowOut(100, "10.0.1.0/29", "443"), denyAll(Direction.INBOUND)] },
  ];
  const network = (from: string, more: Partial<PlacedNetwork> = {}): PlacedNetwork => ({
    endpoints: [WEB],
    groups: nsg(from),
    virtualNetworkPrefixes: ["10.0.0.0/16"],
    ...more,
  });
  const tags = (prefix: string) => ({
    serviceTags: { changeNumber: 1, cloud: "Public", tags: [{ name: "Sql", addressPrefixes: [prefix] }] },
  });
  const members = (applicationSecurityGroupIds?: string[]): PlacedNetwork => ({
    ...network("*"),
    groups: nsg("*", { sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: ["/asg/Web"] }),
    interfaces: [{ id: "nic", label: "nic", prefixes: ["10.0.3.4"], applicationSecurityGroupIds }],
  });
  const both = (more: Partial<PlacedNetwork>) =>
    network("10.0.2.0/29", { endpoints: [{ ...WEB, virtualNetwork: "a" }, DB], ...more });
  const exempt = (subnetGroup?: string): PlacedEndpoint => ({
    ...placedSubnet("pe", "10.0.1.4", subnetGroup === undefined ? {} : { subnetGroup }),
    networkInterface: { subnet: "web", areAddressesKnown: true, isPrivateEndpoint: true },
  });

  test.each<[string, PlacedNetwork, PlacedNetwork, string]>([
    [
      "an address space",
      network("VirtualNetwork"),
      network("VirtualNetwork", { virtualNetworkPrefixes: ["10.0.0.0/16", "30.0.0.0/24"] }),
      "+ 30.0.0.0/24 -> 10.0.1.0/29, TCP port 443",
    ],
    [
      "what a network is peered with",
      network("VirtualNetwork"),
      network("VirtualNetwork", { connectedPrefixes: ["30.0.0.0/24"] }),
      "+ 30.0.0.0/24 -> 10.0.1.0/29, TCP port 443",
    ],
    [
      "a peering of two networks",
      both({ peerings: [] }),
      both({ peerings: [{ between: ["a", "b"] }] }),
      "+ 10.0.2.0/29 -> 10.0.1.0/29, TCP port 443",
    ],
    [
      "a peering that may be made",
      both({ peerings: [] }),
      both({ peerings: [{ between: ["b", "a"], existsIf: ["whether it is made"] }] }),
      "+ 10.0.2.0/29 -> 10.0.1.0/29, TCP port 443 (depends on whether it is made)",
    ],
    [
      "a service tag",
      network("Sql", tags("40.0.0.0/24")),
      network("Sql", tags("40.0.1.0/24")),
      "+ 40.0.1.0/24 -> 10.0.1.0/29, TCP port 443",
    ],
    [
      "a member of an application security group",
      members(),
      members(["/ASG/web"]),
      "+ 10.0.3.4/32 -> 10.0.1.0/29, TCP port 443",
    ],
    [
      "an association",
      network("192.0.2.0/24"),
      network("192.0.2.0/24", { endpoints: [{ ...WEB, subnetGroup: undefined }] }),
      "+ 10.0.1.0/29 -> elsewhere, any protocol port *",
    ],
    [
      "an association that may not be made",
      network("192.0.2.0/24"),
      network("192.0.2.0/24", { endpoints: [{ ...WEB, noSubnetGroupIf: ["whether it is made"] }] }),
      "+ 10.0.1.0/29 -> elsewhere, any protocol port * (depends on whether it is made)",
    ],
    [
      "the policies of private endpoints",
      network("192.0.2.0/24", { endpoints: [exempt("open"), WEB] }),
      network("192.0.2.0/24", { endpoints: [exempt(), WEB] }),
      "+ elsewhere except 192.0.2.0/24 -> 10.0.1.4/32, TCP port 443",
    ],
  ])("%s", (_, before, after, line) => {
    expect(linesOf(before, after)).toContain(line);
    expect(linesOf(after, before)).toContain(line.replace("+", "-"));
  });

  test("a private endpoint with a known address, which opens no connection", () => {
    const lines = linesOf(network("192.0.2.0/24"), network("192.0.2.0/24", { endpoints: [exempt(), WEB] }));
    expect(lines.filter((line) => line.startsWith("+ 10.0.1.4/32 ->"))).toEqual([]);
    expect(lines.join()).toContain("-> 10.0.1.4/32");
  });

  test("a default route, which may bring any address", () => {
    const lines = linesOf(network("VirtualNetwork"), network("VirtualNetwork", { hasDefaultRoute: true }));
    expect(lines.filter((line) => !/depends on .*VirtualNetwork\)$/.test(line))).toEqual([]);
    expect(lines.join()).toContain("+ public addresses ->");
  });
});

describe("virtual networks of which not all are peered", () => {
  const home = (key: string, prefixes: string[], ...remotes: Array<[string, string[]]>) => ({
    key,
    name: key,
    prefixes,
    peerings: remotes.map(([remote, known]) => ({ remote, prefixes: known })),
    areAllPeerings: true,
  });
  const RULES = (port: string) => [allowIn(100, "VirtualNetwork", port), DENY, denyAll(Direction.OUTBOUND)];
  const subnet = (id: string, prefix: string, virtualNetwork?: string) =>
    placedSubnet(id, prefix, { subnetGroup: id, ...(virtualNetwork !== undefined && { virtualNetwork }) });
  const [HUB, SPOKE, OTHER] = [["10.0.0.0/16"], ["10.1.0.0/16"], ["10.2.0.0/16"]];
  const hubAndSpokes = (port: string, ...ofSpoke: Array<[string, string[]]>): PlacedNetwork => ({
    endpoints: [
      subnet("hub", "10.0.1.0/24", "hub"),
      subnet("spoke", "10.1.1.0/24", "spoke"),
      subnet("other", "10.2.1.0/24", "other"),
      subnet("stray", "10.3.1.0/24"),
    ],
    groups: [
      { name: "hub", rules: [allowOut(100, "*", port)] },
      { name: "spoke", rules: RULES(port) },
      { name: "other", rules: RULES("22") },
      { name: "stray", rules: [allowIn(100, "192.0.2.0/24", port), DENY, denyAll(Direction.OUTBOUND)] },
    ],
    virtualNetworks: [
      home("hub", HUB, ["spoke", SPOKE], ["other", OTHER]),
      home("spoke", SPOKE, ["hub", HUB], ...ofSpoke),
      home("other", OTHER, ["hub", HUB]),
    ],
    peerings: [{ between: ["hub", "spoke"] }, { between: ["hub", "other"] }],
    virtualNetworkPrefixes: [...HUB, ...SPOKE, ...OTHER],
    connectedPrefixes: ofSpoke.flatMap(([, prefixes]) => prefixes),
  });

  test("are compared each with what it reaches, and each pair once", () => {
    const { opened } = differenceOfPlaces(hubAndSpokes("80"), hubAndSpokes("443")).difference;
    const told = opened
      .filter(({ dependsOn, protocol }) => dependsOn.length === 0 && protocol === Protocol.TCP)
      .map(({ from, to, ports }) => `${from.join()} > ${to.join()} ${ports.join()}`);
    expect(told).toHaveLength(3);
    expect(told).toContain("10.0.1.0/24 > 10.1.1.0/24 443");
    expect(told).toContain("192.0.2.0/24 > 10.3.1.0/24 443");
    // What else is in the hub and in the spoke, and nothing of the other spoke.
    const [rest] = told.filter((line) => line.includes("10.1.0.0/24"));
    expect(rest).toMatch(/^10\.0\.0\.0\/24,.* > 10\.1\.1\.0\/24 443$/);
    expect(told.join()).not.toMatch(/\b10\.2\./);
  });

  test("a peering of one opens nothing in another", () => {
    const { opened } = differenceOfPlaces(
      hubAndSpokes("22"),
      hubAndSpokes("22", ["beyond", ["50.0.0.0/16"]]),
    ).difference;
    expect(opened.map(({ from, to }) => [...from, ...to].join(" > "))).toEqual(["50.0.0.0/16 > 10.1.1.0/24"]);
  });
});

/** The same rules, other names and priorities. */
function renumbered({ groups, ...network }: PlacedNetwork): PlacedNetwork {
  return {
    ...network,
    groups: groups.map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => ({ ...rule, name: `other-${rule.name}`, priority: rule.priority * 2 })),
    })),
  };
}

test("a network does not differ from itself, whatever its rules are called and numbered", () => {
  fc.assert(
    fc.property(placedNetworks, ({ network }) => {
      expect(linesOf(network, network)).toEqual(NOTHING);
      expect(linesOf(network, renumbered(network))).toEqual(NOTHING);
    }),
    runs(25),
  );
});

const ADDRESSES = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 9].map((last) => `10.0.0.${last}`),
  "192.0.2.1",
  "198.51.100.1",
];

// Rules are for TCP: what becomes of UDP becomes of every other protocol.
const SERVICES = [
  { protocol: Protocol.TCP, port: 80 },
  { protocol: Protocol.TCP, port: 443 },
  { protocol: Protocol.UDP, port: 443 },
];

/** The connections that pass, from and to some addresses of which one is ours. */
function passing(network: PlacedNetwork, whereabouts: Whereabouts): string[] {
  const exact = located(network, whereabouts);
  return ADDRESSES.flatMap((from) =>
    ADDRESSES.filter((to) => [from, to].some((address) => /^10\.0\.0\.[0-7]$/.test(address))).flatMap((to) =>
      SERVICES.filter((service) => explain({ from, to, ...service }, exact).verdict === Verdict.ALLOW).map(
        ({ protocol, port }) => `${from} ${to} ${protocol} ${port}`,
      ),
    ),
  );
}

test("an interface that joins an open subnet with a group that allows TCP closes all other protocols", () => {
  const subnet = placedSubnet("s0", "10.0.0.0/30");
  const groups = [{ name: "g0", rules: [allowIn(100, "*", "*")] }];
  const before = { endpoints: [subnet], groups, virtualNetworkPrefixes: ["10.0.0.0/24"] };
  const after = { ...before, endpoints: [placedInterface("n0", subnet, "g0"), subnet] };
  const { opened, closed } = differenceOfPlaces(before, after).difference;
  const fromInternet = closed.filter(({ from }) => from.includes("Internet"));
  expect(opened).toEqual([]);
  expect(fromInternet.map(({ to, protocol }) => [...to, protocol].join(" ")).sort()).toEqual([
    "n0 *",
    "n0 Ah",
    "n0 Esp",
    "n0 Icmp",
    "n0 Udp",
  ]);
  expect(fromInternet.flatMap(({ dependsOn }) => dependsOn)).toEqual([]);
});

test("a difference is found where a connection of some machine changes, and a sure one only there", () => {
  fc.assert(
    fc.property(placedPairs, ({ before, after, whereabouts }) => {
      const { opened, closed } = differenceOfPlaces(before, after).difference;
      const [old, young] = [passing(before, whereabouts), passing(after, whereabouts)];
      const isFound = (gained: string[], lost: string[], ranges: typeof opened) => {
        const isChanged = gained.some((connection) => !lost.includes(connection));
        if (isChanged) expect(ranges).not.toEqual([]);
        else expect(ranges.filter(({ dependsOn }) => dependsOn.length === 0)).toEqual([]);
      };
      isFound(young, old, opened);
      isFound(old, young, closed);
    }),
    runs(8),
  );
});
