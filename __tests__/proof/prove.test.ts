import { ConnectionEnd, type GuardedEndpoint, type Network } from "../../lib/proof/network";
import { prove } from "../../lib/proof/prove";
import { Access, Direction, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import {
  allowIn,
  allowOut,
  closedGroup,
  denyAll,
  end,
  flow,
  guarded,
  twoTiers,
} from "../support/oracle/nsg-builders";

const deny = (rule: SecurityRule, name = "refusal"): SecurityRule => ({ ...rule, name, access: Access.DENY });

/** The two tiers with rules added to one of the groups. */
function withRules(group: string, ...rules: SecurityRule[]): Network {
  const { network } = twoTiers();
  return {
    ...network,
    groups: network.groups.map((one) =>
      one.name === group ? { ...one, rules: [...rules, ...one.rules] } : one,
    ),
  };
}

describe("a network that holds exactly its flows", () => {
  it("is proven", () => {
    const { network, flows } = twoTiers();
    const proof = prove(flows, network);
    expect(proof).toMatchObject({
      holds: true,
      missing: [],
      excess: [],
      shadowedRules: [],
      rulesWithoutFlow: [],
      dependsOn: [],
    });
  });

  it("is proven where flows and rules name the same tag or token", () => {
    for (const name of ["AzureActiveDirectory", "${data.peer}", "azureresourcemanager"]) {
      const { flows } = twoTiers();
      const network = withRules("server", allowOut(110, name, "443"));
      const asked = [...flows, flow("peer", end("server", "10.0.0.0/27"), end("peer", name), "443")];
      expect(prove(asked, network)).toMatchObject({ holds: true, rulesWithoutFlow: [] });
    }
  });

  it("is proven where an endpoint's prefix is known only at apply", () => {
    const token = "${azurerm_subnet.server.address_prefixes[0]}";
    const { network } = twoTiers();
    const endpoints = [guarded("server", token), network.endpoints[1]];
    const groups = [network.groups[0], closedGroup("database", allowIn(100, token, "5432"))];
    const flows = [flow("database", end("server", token), end("database", "10.0.0.32/27"), "5432")];
    expect(prove(flows, { ...network, endpoints, groups })).toMatchObject({ holds: true, dependsOn: [] });
  });

  it("is proven where the port is known only at apply", () => {
    const { network } = twoTiers();
    const groups = [
      closedGroup("server", allowOut(100, "10.0.0.32/27", "${var.port}")),
      closedGroup("database", allowIn(100, "10.0.0.0/27", "${var.port}")),
    ];
    const flows = [
      flow("database", end("server", "10.0.0.0/27"), end("database", "10.0.0.32/27"), "${var.port}"),
    ];
    expect(prove(flows, { ...network, groups })).toMatchObject({ holds: true, dependsOn: [] });
  });

  it("says what it takes for granted", () => {
    const { network, flows } = twoTiers();
    const { assumptions } = prove(flows, network);
    expect(assumptions).toContainEqual(expect.stringContaining("Security admin rules"));
    const other = prove(flows, { ...network, hasDefaultRoute: true }).assumptions;
    expect(other).toContainEqual(expect.stringMatching(/^A route for 0\.0\.0\.0\/0 may/));
  });
});

describe("a missing flow", () => {
  it("is named with the end, the rule that refuses it and a connection", () => {
    const { network, flows } = twoTiers();
    const groups = [network.groups[0], closedGroup("database", allowIn(100, "10.0.0.0/28", "5432"))];
    expect(prove(flows, { ...network, groups }).missing).toEqual([
      {
        flow: "database",
        from: "Endpoint server",
        to: "Endpoint database",
        end: ConnectionEnd.DESTINATION,
        endpoint: "Endpoint database",
        blockedBy: {
          group: "database",
          rule: "deny-inbound",
          priority: 4096,
          access: "Deny",
          isDefault: false,
        },
        example: {
          source: "10.0.0.20",
          sourceWithin: [],
          sourcePort: 49152,
          destination: "10.0.0.36",
          destinationWithin: [],
          destinationPort: 5432,
          destinationPortWithin: [],
          protocol: "Tcp",
        },
        dependsOn: [],
      },
    ]);
  });

  it("is reported at both ends, and for every rule that refuses a part of it", () => {
    const { flows } = twoTiers();
    const network = withRules(
      "server",
      deny(allowOut(90, "10.0.0.40", "*"), "a"),
      deny(allowOut(91, "10.0.0.41", "*"), "b"),
    );
    const groups = network.groups.map((group) =>
      group.name === "database" ? closedGroup("database") : group,
    );
    const found = prove(flows, { ...network, groups }).missing.map(({ end: at, blockedBy }) => [
      at,
      blockedBy.rule,
    ]);
    expect(found).toEqual([
      ["source", "a"],
      ["source", "b"],
      ["destination", "deny-inbound"],
    ]);
  });

  it("may be refused by Azure's own rule", () => {
    const { network, flows } = twoTiers();
    const groups = [
      { name: "server", rules: [] },
      { name: "database", rules: [] },
    ];
    const missing = prove(
      [...flows, flow("public", end("any", "8.8.8.8"), end("server", "10.0.0.0/27"), "22")],
      {
        ...network,
        groups,
      },
    ).missing;
    expect(missing.map(({ flow: name, blockedBy }) => [name, blockedBy.rule, blockedBy.isDefault])).toEqual([
      ["public", "DenyAllInBound", true],
    ]);
  });

  it("is called by its tag where every address of it is refused", () => {
    const { network } = twoTiers();
    const asked = flow("tag", end("server", "10.0.0.0/27"), end("tag", "AzureActiveDirectory"), "443");
    const [missing] = prove([asked], network).missing;
    expect(missing).toMatchObject({ dependsOn: [], example: { destination: "AzureActiveDirectory" } });
  });

  it("depends on the tag where only some addresses of it are refused", () => {
    const asked = flow("tag", end("server", "10.0.0.0/27"), end("tag", "AzureActiveDirectory"), "443");
    const network = withRules(
      "server",
      deny(allowOut(90, "8.0.0.0/8", "*")),
      allowOut(91, "AzureActiveDirectory", "443"),
    );
    const [missing] = prove([asked], network).missing;
    expect(missing).toMatchObject({
      dependsOn: ["AzureActiveDirectory"],
      blockedBy: { rule: "refusal" },
      example: { destination: expect.stringMatching(/^8\./), destinationWithin: ["AzureActiveDirectory"] },
    });
  });

  it("depends on another tag that a rule refuses before", () => {
    const asked = flow("tag", end("server", "10.0.0.0/27"), end("tag", "AzureActiveDirectory"), "443");
    const network = withRules(
      "server",
      deny(allowOut(90, "Storage", "*")),
      allowOut(91, "AzureActiveDirectory", "443"),
    );
    expect(prove([asked], network).missing).toMatchObject([
      { dependsOn: ["Storage"], blockedBy: { rule: "refusal" } },
    ]);
  });

  it("is not missed where neither end is ours", () => {
    const { network, flows } = twoTiers();
    const foreign = flow("foreign", end("a", "192.168.0.1"), end("b", "8.8.8.8"), "443");
    expect(prove([...flows, foreign], network).holds).toBe(true);
  });

  it("is not missed where an endpoint's prefix, known only at apply, might be another's", () => {
    const { network, flows } = twoTiers();
    const endpoints = [...network.endpoints, guarded("third", "${subnet.third}")];
    const groups = [...network.groups, closedGroup("third")];
    expect(prove(flows, { ...network, endpoints, groups }).holds).toBe(true);
  });

  it("is refused within its own subnet, too", () => {
    const { network, flows } = twoTiers();
    const cluster = flow("cluster", end("server", "10.0.0.0/27"), end("server", "10.0.0.0/27"), "7000");
    expect(prove([...flows, cluster], network).missing.map(({ end: at }) => at)).toEqual([
      "destination",
      "source",
    ]);
  });
});

describe("excess", () => {
  it("is judged at each end as though the other allowed everything", () => {
    const { flows } = twoTiers();
    const [found, ...more] = prove(flows, withRules("server", allowOut(110, "10.0.0.32/27", "5433"))).excess;
    expect(more).toEqual([]);
    expect(found).toEqual({
      end: ConnectionEnd.SOURCE,
      endpoint: "Endpoint server",
      allowedBy: [{ group: "server", rule: "out-110", priority: 110, access: "Allow", isDefault: false }],
      example: {
        source: "10.0.0.4",
        sourceWithin: [],
        sourcePort: 49152,
        destination: "10.0.0.36",
        destinationWithin: [],
        destinationPort: 5433,
        destinationPortWithin: [],
        protocol: "Tcp",
      },
      dependsOn: [],
    });
  });

  it.each<[string, SecurityRule, object]>([
    ["a wider port range", allowOut(90, "10.0.0.32/27", "5432-5433"), { destinationPort: 5433 }],
    ["a wider prefix", allowOut(90, "10.0.0.0/26", "5432"), { destination: "10.0.0.4" }],
    [
      "another protocol",
      allowOut(90, "10.0.0.32/27", "5432", { protocol: Protocol.UDP }),
      { protocol: "Udp" },
    ],
    ["every protocol", allowOut(90, "10.0.0.32/27", "5432", { protocol: Protocol.ANY }), { protocol: "Udp" }],
    ["a tag", allowOut(90, "Storage", "443"), { destination: "Storage", destinationWithin: ["Storage"] }],
    ["a token", allowOut(90, "${data.x}", "443"), { destination: "${data.x}" }],
    ["the Internet", allowOut(90, "Internet", "443"), { destination: "1.0.0.4" }],
    ["the virtual network", allowOut(90, "VirtualNetwork", "443"), { destination: "10.0.0.4" }],
    ["everything", allowOut(90, "*", "*"), {}],
    ["IPv6 by a prefix of both families", allowOut(90, "0.0.0.0/0", "*"), {}],
  ])("is found of %s, and is sure", (_, rule, example) => {
    const { flows } = twoTiers();
    expect(prove(flows, withRules("server", rule)).excess).toMatchObject([
      { allowedBy: [{ rule: "out-90" }], example, dependsOn: [] },
    ]);
  });

  it("has no port where the protocol has none", () => {
    const { flows } = twoTiers();
    const icmp = allowOut(90, "10.0.0.32/27", "*", { protocol: Protocol.ICMP });
    const [{ example }] = prove(flows, withRules("server", icmp)).excess;
    expect([example.protocol, example.sourcePort, example.destinationPort]).toEqual([
      "Icmp",
      undefined,
      undefined,
    ]);
  });

  it("depends on a token that might be what a flow asks for", () => {
    const { flows } = twoTiers();
    const excess = prove(flows, withRules("server", allowOut(90, "${data.x}", "5432"))).excess;
    expect(excess).toMatchObject([
      { dependsOn: ["${data.x}"], example: { destinationWithin: ["${data.x}"] } },
    ]);
  });

  it("depends on tags rather than on a token, whatever the address family that tells it", () => {
    const { network } = twoTiers();
    const server = end("server", "10.0.0.0/27", "fd00:1::/64");
    const wide = allowOut(90, "", "443", { destinationAddressPrefixes: ["203.0.113.7", "fd00:2::/64"] });
    const endpoints = [guarded("server", "", { prefixes: server.prefixes })];
    const asked = [
      flow("files", server, end("files", "Storage"), "443"),
      flow("data", server, end("data", "Sql"), "443"),
      flow("updates", server, end("updates", "fd00:2::/64"), "${var.port}"),
    ];
    const { excess } = prove(asked, { ...network, endpoints, groups: [closedGroup("server", wide)] });
    expect(excess).toMatchObject([
      { dependsOn: ["Sql", "Storage"], example: { destination: "203.0.113.7" } },
    ]);
  });

  it("depends on a port that might be the one a flow asks for", () => {
    const { flows } = twoTiers();
    const excess = prove(flows, withRules("server", allowOut(90, "10.0.0.32/27", "${var.port}"))).excess;
    expect(excess).toMatchObject([
      { dependsOn: ["${var.port}"], example: { destinationPortWithin: ["${var.port}"] } },
    ]);
  });

  it("is sure of a port that no flow asks for", () => {
    const excess = prove([], withRules("server", allowOut(90, "10.0.9.9", "${var.port}"))).excess;
    const [found] = excess.filter(({ allowedBy }) => allowedBy[0].rule === "out-90");
    expect(found).toMatchObject({ dependsOn: [], example: { destinationPortWithin: ["${var.port}"] } });
    expect(found.example.destinationPort).toBeUndefined();
  });

  it("depends on VirtualNetwork where only addresses that are perhaps in it are left over", () => {
    const { flows } = twoTiers();
    const refuseOurs = deny(allowOut(80, "10.0.0.0/24", "*", { protocol: Protocol.ANY }));
    const refuseHost = deny(allowOut(81, "168.63.129.16", "*", { protocol: Protocol.ANY }), "host");
    const asked = flows.filter(() => false);
    const network = withRules("server", refuseOurs, refuseHost, allowOut(90, "VirtualNetwork", "22"));
    const excess = prove(asked, network).excess.filter(({ endpoint }) => endpoint === "Endpoint server");
    expect(excess).toMatchObject([{ dependsOn: ["VirtualNetwork"], allowedBy: [{ rule: "out-90" }] }]);
  });

  it("concerns the endpoint's own addresses only: an own side of * is fine", () => {
    const { network, flows } = twoTiers();
    const anyOwnSide = allowOut(100, "10.0.0.32/27", "5432", { sourceAddressPrefixes: ["*"] });
    const groups = [closedGroup("server", anyOwnSide), network.groups[1]];
    expect(prove(flows, { ...network, groups }).holds).toBe(true);
  });

  // The probes' own rule adds nothing: 168.63.129.16 is in VirtualNetwork.
  it("is left by Azure's default rules where nothing is refused", () => {
    const { network, flows } = twoTiers();
    const groups = [{ name: "server", rules: [] }, network.groups[1]];
    expect(
      prove(flows, { ...network, groups }).excess.map(({ end: at, allowedBy }) => [at, allowedBy[0].rule]),
    ).toEqual([
      ["destination", "AllowVnetInBound"],
      ["source", "AllowVnetOutBound"],
      ["source", "AllowInternetOutBound"],
    ]);
  });

  it("is not reported if one of two groups refuses it, and names a rule of each where both allow", () => {
    const { network, flows } = twoTiers();
    const endpoints = [
      guarded("server", "10.0.0.0/27", { interfaceGroup: "interface" }),
      network.endpoints[1],
    ];
    const wide = allowOut(90, "*", "*", { protocol: Protocol.ANY });
    const open = { name: "interface", rules: [wide, denyAll(Direction.INBOUND)] };
    expect(prove(flows, { ...network, endpoints, groups: [...network.groups, open] }).excess).toEqual([]);
    const more = withRules("server", allowOut(110, "8.8.8.8", "53"));
    const [found] = prove(flows, { ...more, endpoints, groups: [...more.groups, open] }).excess;
    expect(found.allowedBy.map(({ group, rule }) => [group, rule])).toEqual([
      ["interface", "out-90"],
      ["server", "out-110"],
    ]);
  });

  it("is judged for each endpoint behind one group", () => {
    const { network, flows } = twoTiers();
    const third = guarded("third", "10.0.0.64/27", { subnetGroup: "server" });
    const anyOwnSide = allowOut(100, "10.0.0.32/27", "5432");
    const groups = [closedGroup("server", anyOwnSide), network.groups[1]];
    const found = prove(flows, { ...network, endpoints: [...network.endpoints, third], groups }).excess;
    expect(found.map(({ endpoint }) => endpoint)).toEqual(["Endpoint third"]);
  });

  it("is sure of an IPv6 endpoint as well", () => {
    const { network, flows } = twoTiers();
    const endpoints = [
      guarded("server", "10.0.0.0/27", { prefixes: ["10.0.0.0/27", "fd00::/64"] }),
      network.endpoints[1],
    ];
    const v6 = allowOut(90, "fd00:1::/64", "443", { sourceAddressPrefixes: ["fd00::/64"] });
    const [found] = prove(flows, { ...withRules("server", v6), endpoints }).excess;
    expect(found.example).toMatchObject({ source: "fd00::4", destination: "fd00:1::4" });
  });
});

describe("rules that do nothing", () => {
  it("are reported if earlier rules leave nothing for them", () => {
    const { flows } = twoTiers();
    const late = allowOut(200, "10.0.0.32/28", "5432");
    const both = [allowOut(101, "10.0.0.48/28", "80"), late];
    const { shadowedRules: shadowedRules } = prove(flows, withRules("server", ...both));
    expect(shadowedRules).toEqual([
      {
        rule: { group: "server", rule: "out-200", priority: 200, access: "Allow", isDefault: false },
        direction: "Outbound",
        shadowedBy: ["out-100"],
      },
    ]);
  });

  it("are reported if several earlier rules leave nothing together", () => {
    const halves = [
      allowOut(80, "10.1.0.0/25", "*"),
      allowOut(81, "10.1.0.128/25", "*"),
      allowOut(82, "10.1.0.0/24", "80"),
    ];
    const { shadowedRules: shadowedRules } = prove([], withRules("server", ...halves));
    expect(shadowedRules).toMatchObject([{ rule: { rule: "out-82" }, shadowedBy: ["out-80", "out-81"] }]);
  });

  it("are reported after a rule that refuses everything", () => {
    const { flows } = twoTiers();
    const network = withRules("server", { ...denyAll(Direction.OUTBOUND), name: "early", priority: 99 });
    expect(prove(flows, network).shadowedRules).toMatchObject([
      { rule: { rule: "out-100" }, shadowedBy: ["early"] },
      { rule: { rule: "deny-outbound" }, shadowedBy: ["early", "out-100"] },
    ]);
  });

  it("are reported if no endpoint behind the group has the addresses of their own side", () => {
    const { flows } = twoTiers();
    const wrongSide = allowOut(90, "8.8.8.8", "53", { sourceAddressPrefixes: ["10.0.0.32/27"] });
    expect(prove(flows, withRules("server", wrongSide)).shadowedRules).toMatchObject([
      { rule: { rule: "out-90" }, shadowedBy: [] },
    ]);
  });

  it("may match by a set that is not known", () => {
    const { flows } = twoTiers();
    const perhaps = allowOut(90, "8.8.8.8", "53", { sourceAddressPrefixes: ["${data.own}"] });
    expect(prove(flows, withRules("server", perhaps)).shadowedRules).toEqual([]);
  });

  it("are never reported for a group that no endpoint names", () => {
    const { network, flows } = twoTiers();
    const groups = [
      ...network.groups,
      closedGroup("other", denyAll(Direction.OUTBOUND), allowOut(100, "*", "*")),
    ];
    expect(prove(flows, { ...network, groups }).shadowedRules).toEqual([]);
  });
});

describe("rules that no flow asks for", () => {
  it("are reported, and rules that a flow needs in part are not", () => {
    const { flows } = twoTiers();
    const network = withRules(
      "server",
      allowOut(110, "10.0.0.0/8", "5000-6000"),
      allowOut(120, "8.8.8.8", "53"),
    );
    expect(prove(flows, network).rulesWithoutFlow).toEqual([
      { group: "server", rule: "out-120", priority: 120, access: "Allow", isDefault: false },
    ]);
  });

  it("are reported even if earlier rules shadow them; deny rules never are", () => {
    const { flows } = twoTiers();
    const network = withRules("server", deny(allowOut(80, "8.8.8.0/24", "*")), allowOut(90, "8.8.8.8", "53"));
    expect(prove(flows, network).rulesWithoutFlow.map(({ rule }) => rule)).toEqual(["out-90"]);
  });

  it("are not those that a rule for everything hides: these can never match", () => {
    const { flows } = twoTiers();
    const everything = allowOut(80, "*", "*", { protocol: Protocol.ANY });
    const { rulesWithoutFlow: rulesWithoutFlow, shadowedRules: shadowedRules } = prove(
      flows,
      withRules("server", everything, allowOut(90, "8.8.8.8", "53")),
    );
    expect(rulesWithoutFlow).toEqual([]);
    expect(shadowedRules.map(({ rule }) => rule.rule)).toEqual(["out-90", "out-100", "deny-outbound"]);
  });

  it("are asked for where a flow of one of the endpoints behind the group needs them", () => {
    const { network, flows } = twoTiers();
    const third = guarded("third", "10.0.0.64/27", { subnetGroup: "server" });
    const own = { sourceAddressPrefixes: ["10.0.0.64/27"] };
    const more = withRules("server", allowOut(90, "8.8.8.8", "53", own));
    const asked = [...flows, flow("dns", end("third", "10.0.0.64/27"), end("dns", "8.8.8.8"), "53")];
    expect(prove(asked, { ...more, endpoints: [...network.endpoints, third] })).toMatchObject({
      missing: [],
      rulesWithoutFlow: [],
      shadowedRules: [],
    });
  });
});

describe("what a proof depends on", () => {
  it("is what its findings do, each name once and in order", () => {
    const { flows } = twoTiers();
    const network = withRules(
      "server",
      deny(allowOut(80, "Storage", "*")),
      allowOut(90, "${data.x}", "5432"),
      allowOut(91, "${data.a}", "5433"),
    );
    const server = end("server", "10.0.0.0/27");
    const asked = [
      ...flows,
      flow("web", server, end("web", "8.8.8.8"), "5432"),
      flow("more", server, end("more", "8.8.4.4"), "5432"),
    ];
    const proof = prove(asked, network);
    expect(proof.missing).not.toHaveLength(0);
    expect(proof.excess).not.toHaveLength(0);
    const names = [...proof.missing, ...proof.excess].flatMap(({ dependsOn }) => dependsOn);
    expect(proof.dependsOn).toEqual([...new Set(names)].sort());
    expect(proof.dependsOn).toEqual(["${data.x}", "Storage"]);
  });

  it("is the set of which any address will do, where an endpoint has addresses of one family", () => {
    const { flows } = twoTiers();
    const [found] = prove(flows, withRules("server", allowOut(90, "Sql", "1433"))).excess;
    // An IPv4 endpoint opens connections to the tag's IPv4 addresses, if it has some.
    expect(found).toMatchObject({
      dependsOn: [],
      example: { destination: "Sql", destinationWithin: ["Sql"] },
    });
    const both = {
      ...twoTiers().network,
      endpoints: [guarded("server", "10.0.0.0/27", { prefixes: ["10.0.0.0/27", "fd00::/64"] })],
    };
    const groups = [
      closedGroup("server", allowOut(90, "Sql", "1433", { sourceAddressPrefixes: ["10.0.0.0/27"] })),
    ];
    const [doubtful] = prove([], { ...both, groups }).excess;
    expect(doubtful).toMatchObject({ dependsOn: ["Sql"] });
    const wide = [closedGroup("server", allowOut(90, "Sql", "1433"))];
    expect(prove([], { ...both, groups: wide }).excess).toMatchObject([{ dependsOn: [] }]);
  });
});

describe("a group at several endpoints", () => {
  it("is asked about at each of them, and a flow of one asks for nothing at another", () => {
    const { network, flows } = twoTiers();
    const groups = [
      closedGroup("server", allowOut(100, "10.0.0.32/27", "5432")),
      closedGroup("database", allowIn(100, "10.0.0.0/27", "5432"), allowIn(110, "10.9.0.0/24", "22")),
    ];
    const { rulesWithoutFlow: rulesWithoutFlow, shadowedRules: shadowedRules } = prove(flows, {
      ...network,
      groups,
    });
    expect(rulesWithoutFlow.map(({ group, rule }) => `${group} ${rule}`)).toEqual(["database in-110"]);
    expect(shadowedRules).toEqual([]);
    // The same group at both: the rule of each is asked for where it stands.
    const shared = network.endpoints.map((endpoint) => ({ ...endpoint, subnetGroup: "both" }));
    const both = closedGroup(
      "both",
      allowOut(100, "10.0.0.32/27", "5432"),
      allowIn(100, "10.0.0.0/27", "5432"),
    );
    const proof = prove(flows, { ...network, endpoints: shared, groups: [both] });
    expect(proof.rulesWithoutFlow).toEqual([]);
    expect(proof.missing).toEqual([]);
    expect(proof.excess.map(({ end: side, endpoint }) => `${side} ${endpoint}`)).toEqual([
      "destination Endpoint server",
      "source Endpoint database",
    ]);
  });

  it("without one, an endpoint is not judged", () => {
    const { network, flows } = twoTiers();
    const endpoints = network.endpoints.map(({ subnetGroup: _, ...endpoint }) => endpoint);
    expect(prove(flows, { ...network, endpoints })).toMatchObject({ holds: true, missing: [], excess: [] });
  });
});

test("an excess is sure where rules tell many parts of it apart, and one part depends on nothing", () => {
  const group = (protocol: Protocol, ports: string, priority: number) => ({
    ...allowIn(priority, "*", ports, {
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: ["/asg"],
    }),
    name: `${protocol}${ports}`,
    access: Access.DENY,
    protocol,
  });
  const { excess } = prove(
    [
      flow("own", end("other", "10.0.0.0/29"), end("a", "10.0.0.0/30"), "*"),
      flow("from-internet", end("internet", "Internet"), end("a", "10.0.0.0/30"), "443-445", "444"),
    ].map((one, index) => (index === 0 ? one : { ...one, protocol: Protocol.ANY })),
    {
      endpoints: [guarded("a", "10.0.0.0/30", { subnetGroup: "one", interfaceGroup: "two" })],
      groups: [
        {
          name: "one",
          rules: [
            group(Protocol.TCP, "444-65535", 101),
            allowIn(102, "*", "440-450", {
              protocol: Protocol.UDP,
              sourcePortRanges: ["1000-2000"],
              destinationAddressPrefixes: ["fd00::4/126", "2001:db8::/32"],
              destinationPortRanges: ["440-450", "443-445"],
            }),
            group(Protocol.ANY, "0-443", 104),
          ],
        },
        { name: "two", rules: [] },
      ],
      hasDefaultRoute: true,
    },
  );
  const fromNetwork = excess.find(({ allowedBy: [{ rule }] }) => rule === "AllowVnetInBound");
  // UDP to port 446 from Azure's own 168.63.129.16, say.
  expect(fromNetwork?.dependsOn).toEqual([]);
});

describe("the assumptions of a proof", () => {
  const { network, flows } = twoTiers();
  const [server, database] = network.groups;
  const withRule = (to: string, more: Partial<Network> = {}): string[] =>
    prove(flows, {
      ...network,
      groups: [{ ...server, rules: [...server.rules, allowOut(200, to, "443")] }, database],
      ...more,
    }).assumptions;
  const plain = prove(flows, network).assumptions;
  const added = (to: string, more?: Partial<Network>) =>
    withRule(to, more).filter((text) => !plain.includes(text));

  test("are a few sentences, each once", () => {
    for (const line of plain) expect(line).toMatch(/^[A-Z].{20,140}\.$/);
    expect(new Set(plain).size).toBe(plain.length);
    expect(plain.map((text) => text.split(" ").slice(0, 3).join(" "))).toEqual([
      "Security admin rules",
      "Firewalls, network virtual",
      "No network interface",
      "No private endpoint",
      "Azure's DHCP, DNS",
      "The endpoints are",
    ]);
  });

  test.each<[string, string[], string]>([
    ["service tags", added("Storage"), "The addresses of service tags are unknown"],
    [
      "service tags of a file",
      added("Storage", { serviceTags: { changeNumber: 42, cloud: "Public", tags: [] } }),
      "Service tags contain the addresses of Service Tags file 42 (Public)",
    ],
    ["the tag VirtualNetwork", added("VirtualNetwork"), "No route for 0.0.0.0/0"],
    ["a default route", added("8.8.8.8", { hasDefaultRoute: true }), "A route for 0.0.0.0/0 may exist"],
    ["values known only at apply", added("${var.x}"), "A value known only at apply"],
  ])("speak of %s where there are some", (_, [text, ...others], start) => {
    expect(others).toEqual([]);
    expect(text).toContain(start);
  });

  test("speak of Azure's default rules where these judge", () => {
    const open = prove(flows, { ...network, groups: [{ name: "server", rules: [] }, database] });
    expect(open.assumptions).toContainEqual(expect.stringMatching(/^No route for 0\.0\.0\.0\/0/));
  });

  test("leave out what a rule decides, and what files say", () => {
    expect(withRule("AzurePlatformDNS").join()).not.toContain("168.63.129.16");
    expect(prove(flows, { ...network, peerings: [] }).assumptions.join()).not.toContain("peered");
    expect(added("AzureLoadBalancer")).toEqual([]);
  });
});

describe("application security groups", () => {
  const web = "/subscriptions/s/asg/web";
  const member = { applicationSecurityGroupIds: [web] };

  it("cover a flow between endpoints that are in them", () => {
    const { network, flows } = twoTiers();
    const endpoints = [guarded("server", "10.0.0.0/27", member), network.endpoints[1]];
    const fromGroup = allowIn(100, "*", "5432", {
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [web],
    });
    const groups = [network.groups[0], closedGroup("database", fromGroup)];
    expect(prove(flows, { ...network, endpoints, groups }).missing).toEqual([]);
    // Whether others are in the group is not known.
    expect(prove(flows, { ...network, endpoints, groups }).excess).toMatchObject([
      { endpoint: "Endpoint database" },
    ]);
  });

  it("decide between endpoints of which one has a prefix that is known only at apply", () => {
    const other = "/subscriptions/s/asg/other";
    const rule = allowIn(100, "*", "5432", {
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [web],
      destinationAddressPrefixes: [],
      destinationApplicationSecurityGroupIds: [other],
    });
    const missing = (more: Partial<GuardedEndpoint>) =>
      prove([flow("database", end("server", "${server}"), end("database", "10.0.0.32/27"), "5432")], {
        endpoints: [guarded("server", "${server}", more), guarded("database", "10.0.0.32/27")],
        groups: [closedGroup("server", allowOut(100, "*", "5432")), closedGroup("database", rule)],
      }).missing;
    // The server is in the group, a machine of the database's subnet may be in the other one.
    expect(missing(member)).toMatchObject([{ endpoint: "Endpoint database", dependsOn: [other] }]);
    expect(missing({})).toMatchObject([{ endpoint: "Endpoint database", dependsOn: [] }]);
  });

  it("are asked for by flows that name them", () => {
    const { network } = twoTiers();
    const fromGroup = allowIn(100, "*", "5432", {
      sourceAddressPrefixes: [],
      sourceApplicationSecurityGroupIds: [web],
    });
    const groups = [closedGroup("server"), closedGroup("database", fromGroup)];
    const peer = { id: "web", label: "Web", prefixes: [], applicationSecurityGroupIds: [web] };
    const flows = [flow("database", peer, end("database", "10.0.0.32/27"), "5432")];
    expect(prove(flows, { ...network, groups }).holds).toBe(true);
  });
});

test("a flow to a group that an endpoint's rules name is missed there, also where a refusal of everything hides the rule", () => {
  const { network } = twoTiers();
  const web = "/subscriptions/s/asg/web";
  const toGroup = allowIn(110, "10.0.0.0/27", "443", {
    destinationAddressPrefixes: [],
    destinationApplicationSecurityGroupIds: [web],
  });
  const refusal = { ...denyAll(Direction.INBOUND), name: "first", priority: 100 };
  const groups = [
    closedGroup("server", allowOut(100, "10.0.0.32/27", "443")),
    closedGroup("database", refusal, toGroup),
  ];
  const peer = { id: "web", label: "Web", prefixes: [], applicationSecurityGroupIds: [web] };
  const asked = [flow("to-web", end("server", "10.0.0.0/27"), peer, "443")];
  expect(prove(asked, { ...network, groups }).missing).toContainEqual(
    expect.objectContaining({
      flow: "to-web",
      endpoint: "Endpoint database",
      blockedBy: expect.objectContaining({ rule: "first" }) as unknown,
    }),
  );
});

describe("a malformed flow", () => {
  it("is named", () => {
    const { network } = twoTiers();
    const odd = flow("odd", end("server", "10.0.0.0/27"), end("x", "10.0.0.0/99"), "443");
    expect(() => prove([odd], network)).toThrow('Flow "odd": "10.0.0.0/99" is not an IPv4 or IPv6 prefix');
  });
});
