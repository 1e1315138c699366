import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explain, type ConnectionQuery } from "../../lib/proof/explain";
import { PORTS_OF_PROTOCOLS_WITHOUT_PORTS } from "../../lib/proof/evaluation/match";
import { ConnectionEnd, type Network } from "../../lib/proof/network";
import { Access, Direction, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import { parseServiceTags } from "../../lib/azure/sets/service-tags";
import { allowOut, closedGroup, denyAll, guarded, twoTiers } from "../support/oracle/nsg-builders";

const SERVICE_TAGS = parseServiceTags(
  readFileSync(join(__dirname, "../fixtures/service-tags-20251110.json"), "utf8"),
);

/** One endpoint of ours behind some rules, in 10.0.0.0/16. */
function behind(rules: SecurityRule[], more: Partial<Network> = {}): Network {
  return {
    endpoints: [guarded("own", "10.0.0.0/27")],
    groups: [{ name: "own", rules }],
    virtualNetworkPrefixes: ["10.0.0.0/16"],
    ...more,
  };
}

function verdict(network: Network, query: Partial<ConnectionQuery>): string {
  const base = { from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 443 };
  const { verdict: found, dependsOn } = explain({ ...base, ...query }, network);
  return dependsOn.length === 0 ? found : `${found} on ${dependsOn.join(", ")}`;
}

const deny = (rule: SecurityRule): SecurityRule => ({ ...rule, access: Access.DENY });

describe("Azure's default rules", () => {
  const network = behind([]);

  it.each<[string, Partial<ConnectionQuery>, string]>([
    ["leave the Internet open outbound", { to: "8.8.8.8" }, "allow"],
    ["leave Azure's own public addresses open outbound", { to: "AzureActiveDirectory" }, "allow"],
    ["leave the virtual network open outbound", { to: "10.0.9.9" }, "allow"],
    ["leave the virtual network open inbound", { from: "10.0.9.9", to: "own" }, "allow"],
    ["leave traffic within the subnet open", { from: "10.0.0.4", to: "10.0.0.5" }, "allow"],
    ["refuse the Internet inbound", { from: "8.8.8.8", to: "own" }, "deny"],
    ["let health probes in", { from: "168.63.129.16", to: "own" }, "allow"],
    [
      "let health probes in over IPv6, where an endpoint has it",
      { from: "AzureLoadBalancer", to: "own" },
      "allow",
    ],
    [
      "are not known to hold other private addresses",
      { to: "192.168.0.1" },
      "depends on Internet, VirtualNetwork",
    ],
    [
      "are not known to let other private addresses in",
      { from: "172.16.0.1", to: "own" },
      "depends on VirtualNetwork",
    ],
  ])("%s", (_, query, expected) => expect(verdict(network, query)).toBe(expected));

  it("come after every custom rule, whatever the order of the list", () => {
    const rules = [allowOut(4096, "8.8.8.8", "443"), deny(allowOut(4095, "*", "*"))];
    expect(verdict(behind(rules), {})).toBe("deny");
    expect(verdict(behind([...rules].reverse()), {})).toBe("deny");
    expect(verdict(behind([rules[0], deny(allowOut(200, "8.8.8.8", "80"))]), {})).toBe("allow");
  });
});

describe("a verdict depends on", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => `\${data.${name}}`);

  it.each<[string, SecurityRule[], string]>([
    [
      "each set whose rule a later one of the other kind would overrule",
      [
        allowOut(100, a, "443"),
        deny(allowOut(110, b, "443")),
        allowOut(120, c, "443"),
        // Whether it is in this set changes nothing: the rest is refused as well.
        deny(allowOut(130, d, "443")),
        denyAll(Direction.OUTBOUND),
      ],
      `depends on ${a}, ${b}, ${c}`,
    ],
    [
      "no set whose rule agrees with all that follow",
      [deny(allowOut(100, a, "443")), deny(allowOut(110, b, "443")), denyAll(Direction.OUTBOUND)],
      "deny",
    ],
    [
      "the sets before the last rule of the other kind alone",
      [deny(allowOut(100, a, "443")), allowOut(110, b, "443"), allowOut(4000, "*", "443")],
      `depends on ${a}`,
    ],
  ])("%s", (_, rules, expected) => expect(verdict(behind(rules), {})).toBe(expected));
});

describe("what rules match", () => {
  const only = (rule: SecurityRule, more: Partial<Network> = {}) =>
    behind([rule, denyAll(Direction.OUTBOUND), denyAll(Direction.INBOUND)], more);

  it.each<[string, SecurityRule, Partial<ConnectionQuery>, string]>([
    ["an address in the prefix", allowOut(100, "8.8.8.0/24", "443"), {}, "allow"],
    ["no address beyond the prefix", allowOut(100, "8.8.9.0/24", "443"), {}, "deny"],
    ["a single address", allowOut(100, "8.8.8.8", "443"), {}, "allow"],
    ["the first port of a range", allowOut(100, "*", "443-500"), {}, "allow"],
    ["the last port of a range", allowOut(100, "*", "80-443"), {}, "allow"],
    ["no port before a range", allowOut(100, "*", "444-500"), {}, "deny"],
    ["no port after a range", allowOut(100, "*", "80-442"), {}, "deny"],
    ["no other protocol", allowOut(100, "*", "443"), { protocol: Protocol.UDP }, "deny"],
    [
      "every protocol",
      allowOut(100, "*", "443", { protocol: Protocol.ANY }),
      { protocol: Protocol.UDP },
      "allow",
    ],
    [
      "ICMP by a rule with ports, which Azure does not document",
      allowOut(100, "*", "443", { protocol: Protocol.ANY }),
      { protocol: Protocol.ICMP },
      `depends on ${PORTS_OF_PROTOCOLS_WITHOUT_PORTS}`,
    ],
    [
      "ICMP by a rule for every port",
      allowOut(100, "*", "0-65535", { protocol: Protocol.ANY }),
      { protocol: Protocol.ICMP },
      "allow",
    ],
    [
      "ESP by its name",
      allowOut(100, "*", "*", { protocol: Protocol.ESP }),
      { protocol: Protocol.ESP },
      "allow",
    ],
    [
      "AH by its name",
      allowOut(100, "*", "*", { protocol: Protocol.AH }),
      { protocol: Protocol.AH },
      "allow",
    ],
    [
      "TCP only, of every protocol",
      allowOut(100, "*", "*"),
      { protocol: Protocol.ANY },
      "depends on protocol",
    ],
    [
      "the source ports",
      allowOut(100, "*", "443", { sourcePortRanges: ["1000-2000"] }),
      { sourcePort: 1500 },
      "allow",
    ],
    [
      "no other source port",
      allowOut(100, "*", "443", { sourcePortRanges: ["1000-2000"] }),
      { sourcePort: 2001 },
      "deny",
    ],
    [
      "some source ports of all",
      allowOut(100, "*", "443", { sourcePortRanges: ["1000-2000"] }),
      {},
      "depends on source port",
    ],
    ["some ports of all", allowOut(100, "*", "443"), { port: undefined }, "depends on port"],
    [
      "some addresses of a prefix",
      allowOut(100, "8.8.8.8", "443"),
      { to: "8.8.8.0/24" },
      "depends on destination address",
    ],
    [
      "some addresses of the endpoint",
      allowOut(100, "*", "443", { sourceAddressPrefixes: ["10.0.0.0/28"] }),
      {},
      "depends on source address",
    ],
    [
      "the same tag, whatever the case",
      allowOut(100, "azureactivedirectory", "443"),
      { to: "AzureActiveDirectory" },
      "allow",
    ],
    [
      "perhaps another tag",
      allowOut(100, "AzureResourceManager", "443"),
      { to: "AzureActiveDirectory" },
      "depends on AzureResourceManager",
    ],
    [
      "perhaps an address, by a tag",
      allowOut(100, "AzureActiveDirectory", "443"),
      {},
      "depends on AzureActiveDirectory",
    ],
    [
      "no private address, by a tag",
      allowOut(100, "AzureActiveDirectory", "443"),
      { to: "192.168.0.1" },
      "deny",
    ],
    [
      "no address of the virtual network, by a tag",
      allowOut(100, "Storage", "443"),
      { to: "10.0.3.3" },
      "deny",
    ],
    ["the region of a tag", allowOut(100, "Storage", "443"), { to: "Storage.WestEurope" }, "allow"],
    [
      "perhaps the whole of a tag, by a region",
      allowOut(100, "Storage.WestEurope", "443"),
      { to: "Storage" },
      "depends on Storage.WestEurope",
    ],
    [
      "every address of a tag, by Internet",
      allowOut(100, "Internet", "443"),
      { to: "AzureActiveDirectory" },
      "allow",
    ],
    ["every address, by a tag's addresses", allowOut(100, "0.0.0.0/0", "443"), { to: "8.8.8.8" }, "allow"],
    [
      "no address of a tag, by VirtualNetwork",
      allowOut(100, "VirtualNetwork", "443"),
      { to: "AzureActiveDirectory" },
      "deny",
    ],
    [
      "the platform's address, perhaps, by a platform tag",
      allowOut(100, "AzurePlatformDNS", "443"),
      { to: "168.63.129.16" },
      "depends on AzurePlatformDNS",
    ],
    [
      "Internet and VirtualNetwork never both",
      allowOut(100, "Internet", "443"),
      { to: "VirtualNetwork" },
      "deny",
    ],
    ["all of Internet", allowOut(100, "Internet", "443"), { to: "Internet" }, "allow"],
    ["the very same token", allowOut(100, "${data.peer}", "443"), { to: "${data.peer}" }, "allow"],
    ["perhaps an address, by a token", allowOut(100, "${data.peer}", "443"), {}, "depends on ${data.peer}"],
    [
      "perhaps another token",
      allowOut(100, "${data.peer}", "443"),
      { to: "${data.other}" },
      "depends on ${data.peer}",
    ],
    ["perhaps a port, by a token", allowOut(100, "*", "${var.port}"), {}, "depends on ${var.port}"],
  ])("%s", (_, rule, query, expected) => expect(verdict(only(rule), query)).toBe(expected));

  it("uses the addresses of a Service Tags file", () => {
    const rule = allowOut(100, "AzureActiveDirectory", "443");
    const withFile = { serviceTags: SERVICE_TAGS };
    expect(verdict(only(rule, withFile), { to: "4.149.98.193" })).toBe("allow");
    expect(verdict(only(rule, withFile), { to: "8.8.8.8" })).toBe("deny");
    expect(verdict(only(rule, withFile), { to: "AzureResourceManager" })).toBe("deny");
    // The file has no tag of that name: it stays unknown, but is within what the file says of its region's parent.
    expect(verdict(only(allowOut(100, "Sql", "443"), withFile), {})).toBe("depends on Sql");
    expect(verdict(only(allowOut(100, "Storage", "443"), withFile), { to: "13.69.40.16" })).toBe("allow");
    expect(verdict(only(allowOut(100, "AzureMonitor.WestEurope", "443"), withFile), {})).toBe("deny");
  });

  it("takes a public address for one of the virtual network's only with a default route", () => {
    const rule = allowOut(100, "VirtualNetwork", "443");
    expect(verdict(only(rule), {})).toBe("deny");
    expect(verdict(only(rule, { hasDefaultRoute: true }), {})).toBe("depends on VirtualNetwork");
    expect(verdict(only(rule, { connectedPrefixes: ["8.8.8.0/24"] }), {})).toBe("allow");
    expect(verdict(only(allowOut(100, "Internet", "443"), { connectedPrefixes: ["8.8.8.0/24"] }), {})).toBe(
      "deny",
    );
  });

  it("knows the application security groups of our endpoints, and of no others", () => {
    const id = "/subscriptions/s/providers/Microsoft.Network/applicationSecurityGroups/web";
    const rule = allowOut(100, "*", "443", {
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [id.toUpperCase()],
    });
    const member = guarded("own", "10.0.0.0/27", { applicationSecurityGroupIds: [id] });
    expect(verdict(only(rule, { endpoints: [member] }), {})).toBe("allow");
    expect(verdict(only(rule), {})).toBe(`depends on ${id.toUpperCase()}`);
  });
});

describe("both ends", () => {
  it("have to allow: outbound at the source, inbound at the destination", () => {
    const { network } = twoTiers();
    const query = { from: "server", to: "database", protocol: Protocol.TCP, port: 5432 };
    expect(explain(query, network).verdict).toBe("allow");
    for (const name of ["server", "database"]) {
      const groups = network.groups.map((group) => (group.name === name ? closedGroup(name) : group));
      const refused = explain(query, { ...network, groups });
      expect(refused.verdict).toBe("deny");
      expect(refused.ends.map((end) => end.verdict)).toEqual(
        name === "server" ? ["deny", "allow"] : ["allow", "deny"],
      );
    }
    expect(explain({ ...query, from: "database", to: "server" }, network).verdict).toBe("deny");
  });

  it("are judged one alone where a direction is given, as IP flow verify does", () => {
    const { network } = twoTiers();
    const groups = [network.groups[0], closedGroup("database")];
    const query = {
      from: "10.0.0.4",
      sourcePort: 50000,
      to: "10.0.0.36",
      port: 5432,
      protocol: Protocol.TCP,
    };
    expect(explain({ ...query, direction: Direction.OUTBOUND }, { ...network, groups })).toMatchObject({
      verdict: "allow",
      ends: [{ end: ConnectionEnd.SOURCE }],
    });
    expect(explain({ ...query, direction: Direction.INBOUND }, { ...network, groups })).toMatchObject({
      verdict: "deny",
      ends: [{ end: ConnectionEnd.DESTINATION }],
    });
  });

  it("are judged by the subnet's and by the interface's group, in Azure's order", () => {
    const own = guarded("own", "10.0.0.0/27", { subnetGroup: "subnet", interfaceGroup: "interface" });
    const network: Network = {
      endpoints: [own],
      groups: [closedGroup("subnet", allowOut(100, "8.8.8.8", "443")), closedGroup("interface")],
    };
    const outbound = explain({ from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 443 }, network);
    expect(outbound.verdict).toBe("deny");
    expect(
      outbound.ends[0].groups.map(({ group, attachment, verdict: own }) => [group, attachment, own]),
    ).toEqual([
      ["interface", "network interface", "deny"],
      ["subnet", "subnet", "allow"],
    ]);
    const inbound = explain({ from: "8.8.8.8", to: "own", protocol: Protocol.TCP, port: 443 }, network);
    expect(inbound.ends[1].groups.map(({ group }) => group)).toEqual(["subnet", "interface"]);
  });

  it("may be refused together though each depends: one set decides in both groups", () => {
    const own = guarded("own", "10.0.0.0/27", { subnetGroup: "subnet", interfaceGroup: "interface" });
    const network: Network = {
      endpoints: [own],
      groups: [
        closedGroup("subnet", allowOut(100, "Storage", "443")),
        closedGroup("interface", deny(allowOut(100, "Storage", "443")), allowOut(101, "*", "443")),
      ],
    };
    const refused = explain({ from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 443 }, network);
    expect(refused.ends[0].groups.map((group) => group.verdict)).toEqual(["depends", "depends"]);
    expect(refused).toMatchObject({ verdict: "deny", dependsOn: [] });
  });

  it("are open where no group of ours stands", () => {
    const network: Network = {
      endpoints: [guarded("own", "10.0.0.0/27", { subnetGroup: undefined })],
      groups: [],
    };
    expect(explain({ from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 1 }, network)).toMatchObject({
      verdict: "allow",
      ends: [
        { end: "source", endpoint: "Endpoint own", groups: [] },
        { end: "destination", endpoint: undefined, groups: [] },
      ],
    });
  });
});

describe("an explanation", () => {
  it("names the rule that decides, and why those before it did not match", () => {
    const rules = [
      allowOut(100, "8.8.8.8", "443", { protocol: Protocol.UDP }),
      allowOut(110, "1.1.1.1", "80", { sourceAddressPrefixes: ["10.0.0.128/25"] }),
      allowOut(120, "*", "*", { sourcePortRanges: ["1-2"] }),
      allowOut(130, "8.8.0.0/16", "443"),
      denyAll(Direction.OUTBOUND),
    ];
    const query = { from: "10.0.0.4", sourcePort: 50000, to: "8.8.8.8", protocol: Protocol.TCP, port: 443 };
    const [group] = explain(query, behind(rules)).ends[0].groups;
    expect(group).toMatchObject({ group: "own", direction: "Outbound", verdict: "allow" });
    expect(group.deciding).toEqual([
      { group: "own", rule: "out-130", priority: 130, access: "Allow", isDefault: false },
    ]);
    expect(group.skipped.map(({ rule, unmatchedFields: mismatches }) => [rule.rule, ...mismatches])).toEqual([
      ["out-100", "protocol"],
      ["out-110", "source", "destination", "destination port"],
      ["out-120", "source port"],
    ]);
  });

  it("tells a default rule that decides", () => {
    const [group] = explain({ from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 443 }, behind([]))
      .ends[0].groups;
    expect(group.deciding).toEqual([
      { group: "own", rule: "AllowInternetOutBound", priority: 65001, access: "Allow", isDefault: true },
    ]);
  });

  it("names every rule that may decide where it depends", () => {
    const rules = [allowOut(100, "Storage", "443"), allowOut(110, "Sql", "443"), denyAll(Direction.OUTBOUND)];
    const found = explain({ from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 443 }, behind(rules));
    expect(found.dependsOn).toEqual(["Sql", "Storage"]);
    expect(found.ends[0].groups[0].deciding.map(({ rule }) => rule)).toEqual([
      "out-100",
      "out-110",
      "deny-outbound",
    ]);
  });

  it("does not depend on a set that changes nothing", () => {
    const rules = [deny(allowOut(100, "Storage", "443")), denyAll(Direction.OUTBOUND)];
    expect(verdict(behind(rules), {})).toBe("deny");
  });

  it("finds our endpoint by id, by label, by address and by its token", () => {
    const network = behind([denyAll(Direction.OUTBOUND)], {
      endpoints: [guarded("own", "10.0.0.0/27"), guarded("other", "${subnet.other}", { subnetGroup: "own" })],
    });
    for (const from of ["own", "Endpoint own", "10.0.0.31", "10.0.0.0/28"]) {
      expect(
        explain({ from, to: "8.8.8.8", protocol: Protocol.TCP, port: 1 }, network).ends[0].endpoint,
      ).toBe("Endpoint own");
    }
    const other = explain(
      { from: "${subnet.other}", to: "8.8.8.8", protocol: Protocol.TCP, port: 1 },
      network,
    );
    expect(other).toMatchObject({ verdict: "deny", ends: [{ endpoint: "Endpoint other" }, {}] });
  });
});

describe("a question about several connections", () => {
  const TO_DNS = [allowOut(100, "8.8.8.0/24", "53"), denyAll(Direction.OUTBOUND)];

  it.each<[string, SecurityRule[], Partial<ConnectionQuery>, string]>([
    ["every port", TO_DNS, { port: undefined }, "depends on port"],
    [
      "addresses in and beyond a rule's",
      TO_DNS,
      { to: "8.8.0.0/16", port: 53 },
      "depends on destination address",
    ],
    ["every protocol", TO_DNS, { protocol: Protocol.ANY, port: 53 }, "depends on protocol"],
    [
      "every source port",
      [allowOut(100, "8.8.8.8", "443", { sourcePortRanges: ["1-2"] }), denyAll(Direction.OUTBOUND)],
      {},
      "depends on source port",
    ],
    [
      "some of our addresses",
      [
        allowOut(100, "8.8.8.8", "443", { sourceAddressPrefixes: ["10.0.0.0/28"] }),
        denyAll(Direction.OUTBOUND),
      ],
      {},
      "depends on source address",
    ],
    [
      "protocols with and without ports, of a rule that names source ports",
      [
        allowOut(100, "8.8.8.8", "*", { sourcePortRanges: ["*"], protocol: Protocol.ANY }),
        denyAll(Direction.OUTBOUND),
      ],
      { protocol: Protocol.ANY, port: undefined },
      "allow",
    ],
    [
      "protocols without ports, of a rule that names source ports",
      [
        allowOut(100, "8.8.8.8", "*", { sourcePortRanges: ["1-2"], protocol: Protocol.ANY }),
        denyAll(Direction.OUTBOUND),
      ],
      { protocol: Protocol.ICMP, port: undefined },
      `depends on ${PORTS_OF_PROTOCOLS_WITHOUT_PORTS}`,
    ],
    [
      "all protocols, of a rule that names source ports",
      [
        allowOut(100, "8.8.8.8", "*", { sourcePortRanges: ["1-2"], protocol: Protocol.ANY }),
        denyAll(Direction.OUTBOUND),
      ],
      { protocol: Protocol.ANY, port: undefined },
      `depends on protocol, source port, ${PORTS_OF_PROTOCOLS_WITHOUT_PORTS}`,
    ],
    ["both address families", TO_DNS, { from: "*", to: "*", direction: Direction.INBOUND }, "allow"],
  ])("%s", (_, rules, query, expected) => {
    expect(verdict(behind(rules), query)).toBe(expected);
  });

  it("depends on the address at the end of which a rule has nothing of the other family", () => {
    const both = guarded("own", "10.0.0.0/27", { prefixes: ["10.0.0.0/27", "fd00::/64"] });
    const rules = (more: Partial<SecurityRule>) => [
      allowOut(100, "*", "443", more),
      denyAll(Direction.OUTBOUND),
    ];
    const asked = (more: Partial<SecurityRule>) =>
      verdict(behind(rules(more), { endpoints: [both] }), { to: "*" });
    expect(asked({})).toBe("allow");
    expect(asked({ sourceAddressPrefixes: ["10.0.0.0/27"] })).toBe("depends on source address");
    expect(asked({ sourceAddressPrefixes: ["fd00::/64"] })).toBe("depends on source address");
    expect(asked({ destinationAddressPrefixes: ["0.0.0.0/0"] })).toBe("depends on destination address");
    expect(asked({ destinationAddressPrefixes: ["::/0"] })).toBe("depends on destination address");
  });

  it("tells why a rule does not match only where it does not in either family", () => {
    const both = guarded("own", "10.0.0.0/27", { prefixes: ["10.0.0.0/27", "fd00::/64"] });
    const skipped = (rule: SecurityRule) =>
      explain(
        { from: "own", to: "*", protocol: Protocol.TCP, port: 443 },
        behind([rule, denyAll(Direction.OUTBOUND)], { endpoints: [both] }),
      ).ends[0].groups[0].skipped.map(({ unmatchedFields: mismatches }) => mismatches);
    expect(skipped(allowOut(100, "8.8.8.8", "80"))).toEqual([["destination port"]]);
    const off = { sourceAddressPrefixes: ["10.9.0.0/24"], protocol: Protocol.UDP };
    expect(skipped(allowOut(100, "8.8.8.8", "443", off))).toEqual([["protocol", "source"]]);
  });

  it("is judged at both ends together: a verdict at one end may settle it", () => {
    const { network } = twoTiers();
    const query = { from: "server", to: "database", protocol: Protocol.TCP };
    expect(explain(query, network)).toMatchObject({
      verdict: "depends",
      dependsOn: ["port"],
      ends: [{ verdict: "depends" }, { verdict: "depends" }],
    });
    const closed = { ...network, groups: [network.groups[0], closedGroup("database")] };
    expect(explain(query, closed)).toMatchObject({
      verdict: "deny",
      dependsOn: [],
      ends: [{ verdict: "depends", dependsOn: ["port"] }, { verdict: "deny" }],
    });
  });

  it("names what it depends on once, in order", () => {
    const rules = [
      allowOut(100, "Storage", "80-90"),
      allowOut(110, "Sql", "70-80"),
      denyAll(Direction.OUTBOUND),
    ];
    expect(verdict(behind(rules), { port: undefined })).toBe("depends on Sql, Storage, port");
  });
});

describe("a question that has no answer", () => {
  const ask =
    (query: Partial<ConnectionQuery>, network = behind([])) =>
    () =>
      explain({ from: "own", to: "8.8.8.8", protocol: Protocol.TCP, port: 443, ...query }, network);

  it.each<[string, () => unknown, string]>([
    [
      "names nothing known",
      ask({ to: "not a tag!" }),
      '"not a tag!" is not an IPv4 or IPv6 prefix or address, a service tag or "*".',
    ],
    [
      "names a prefix partly ours",
      ask({ to: "10.0.0.0/24" }),
      '"10.0.0.0/24" lies in part within Endpoint own (10.0.0.0/27): ask for one part.',
    ],
    ["names no port", ask({ port: 65536 }), '"65536" is not a port (0 to 65535)'],
    [
      "mixes address families",
      ask({ to: "2001:db8::1" }),
      "No address can be both ends' of this connection.",
    ],
    [
      "is asked of a malformed rule",
      ask({}, behind([allowOut(100, "8.8.8.8/40", "443")])),
      'Rule "out-100": "8.8.8.8/40" is not an IPv4 or IPv6 prefix or address, a service tag or "*".',
    ],
    [
      "is asked of a group that is not there",
      ask({}, behind([], { groups: [] })),
      'The network has no group "own"; its groups are: none.',
    ],
    [
      "is asked of two groups with one name",
      ask({}, behind([], { groups: [closedGroup("own"), closedGroup("own")] })),
      "Two groups of the network have the same name.",
    ],
    [
      "is asked of a malformed network",
      ask({}, behind([], { virtualNetworkPrefixes: ["x"] })),
      '"x" is not an IPv4 or IPv6 prefix.',
    ],
  ])("%s", (_, answer, message) => expect(answer).toThrow(message));
});
