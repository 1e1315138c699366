import { describeDifference } from "../../lib/proof/describe";
import { diff, diffFlows } from "../../lib/proof/diff";
import type { Network } from "../../lib/proof/network";
import { Access, Protocol, type SecurityRule } from "../../lib/azure/security-rule";
import { allowIn, allowOut, closedGroup, end, flow, guarded, twoTiers } from "../support/oracle/nsg-builders";
import { disagreementsOfDiff, randomPair } from "../support/oracle/nsg-diff-check";
import { runs, SEED } from "../support/arbitraries/property-settings";
import { Random } from "../support/arbitraries/random";

const { network: TWO } = twoTiers();
const lines = (before: Network, after: Network) => describeDifference(diff(before, after)).split("\n");
const withGroups = (...groups: Network["groups"]): Network => ({ ...TWO, groups });

describe("the difference of two networks", () => {
  it("is nothing where the rules differ and the connections do not", () => {
    const split = withGroups(
      closedGroup("server", allowOut(100, "10.0.0.32/28", "5432"), allowOut(200, "10.0.0.48/28", "5432")),
      TWO.groups[1],
    );
    expect(diff(TWO, split)).toEqual({ opened: [], closed: [] });
    expect(lines(TWO, split)).toEqual(["No connection is opened or closed."]);
  });

  it("is what passes at both ends, as ranges", () => {
    const moved = withGroups(
      closedGroup("server", allowOut(100, "10.0.0.32/27", "5000-6000")),
      closedGroup("database", allowIn(100, "10.0.0.0/27", "5433-5440"), allowIn(110, "10.0.0.0/27", "5441")),
    );
    expect(diff(TWO, moved)).toEqual({
      opened: [
        {
          from: ["10.0.0.0/27"],
          fromEndpoint: "Endpoint server",
          to: ["10.0.0.32/27"],
          toEndpoint: "Endpoint database",
          protocol: "Tcp",
          ports: ["5433-5441"],
          sourcePorts: undefined,
          dependsOn: [],
        },
      ],
      closed: [expect.objectContaining({ ports: ["5432"], dependsOn: [] })],
    });
  });

  it("names an end that is gone, or is new, by the name that it has where it is", () => {
    const open = {
      ...TWO,
      groups: [TWO.groups[0], closedGroup("database", allowIn(100, "*", "22"), allowOut(100, "*", "25"))],
    };
    const without: Network = { ...open, endpoints: open.endpoints.filter(({ id }) => id !== "database") };
    const ends = (connections: ReturnType<typeof diff>["closed"]) =>
      connections.map(
        ({ fromEndpoint, toEndpoint, ports }) => `${fromEndpoint} > ${toEndpoint} ${ports.join()}`,
      );
    const named = ["undefined > Endpoint database 22", "Endpoint database > undefined 25"].sort();
    expect(ends(diff(open, without).closed).sort()).toEqual(named);
    expect(ends(diff(without, open).opened).sort()).toEqual(named);
  });

  it("is nothing where the other end still refuses", () => {
    const wider = withGroups(
      closedGroup("server", allowOut(100, "10.0.0.32/27", "5000-6000")),
      TWO.groups[1],
    );
    expect(lines(TWO, wider)).toEqual(["No connection is opened or closed."]);
  });

  it.each<[string, SecurityRule, string[]]>([
    ["a tag", allowOut(90, "Storage", "443"), ["+ 10.0.0.0/27 -> Storage, TCP port 443"]],
    ["a token", allowOut(90, "${data.x}", "443"), ["+ 10.0.0.0/27 -> ${data.x}, TCP port 443"]],
    ["the Internet", allowOut(90, "Internet", "443"), ["+ 10.0.0.0/27 -> Internet, TCP port 443"]],
    [
      "some source ports",
      allowOut(90, "8.8.8.8", "53", { sourcePortRanges: ["1-9"] }),
      ["+ 10.0.0.0/27 ports 1-9 -> 8.8.8.8/32, TCP port 53"],
    ],
    [
      "a protocol without ports",
      allowOut(90, "8.8.8.8", "*", { protocol: Protocol.ICMP }),
      ["+ 10.0.0.0/27 -> 8.8.8.8/32, ICMP"],
    ],
    [
      "every protocol",
      allowOut(90, "8.8.8.8", "*", { protocol: Protocol.ANY }),
      ["+ 10.0.0.0/27 -> 8.8.8.8/32, any protocol port *"],
    ],
    [
      "a port known only at apply",
      allowOut(90, "8.8.8.8", "${var.port}"),
      ["+ 10.0.0.0/27 -> 8.8.8.8/32, TCP port ${var.port}"],
    ],
    [
      "several prefixes",
      allowOut(90, "8.8.8.8", "53", { destinationAddressPrefixes: ["8.8.8.0/25", "8.8.8.128/25"] }),
      ["+ 10.0.0.0/27 -> 8.8.8.0/24, TCP port 53"],
    ],
  ])("says what %s opens", (_, rule, expected) => {
    const [server, database] = TWO.groups;
    const more = withGroups({ ...server, rules: [rule, ...server.rules] }, database);
    const elsewhere = lines(TWO, more).filter((line) => !line.includes("depends on"));
    expect(elsewhere).toEqual(expect.arrayContaining(expected));
    expect(elsewhere).toHaveLength(expected.length);
    expect(diff(more, TWO).closed).toEqual(diff(TWO, more).opened);
  });

  it("says what it depends on", () => {
    const [server, database] = TWO.groups;
    const out = (rule: SecurityRule) => withGroups({ ...server, rules: [rule, ...server.rules] }, database);
    const refusal = { ...allowOut(80, "Storage", "*"), name: "refusal", access: Access.DENY };
    const before = { ...TWO, groups: [{ ...server, rules: [...server.rules, refusal] }, database] };
    const after = out(allowOut(90, "8.8.8.8", "443"));
    const groups = [{ ...after.groups[0], rules: [...after.groups[0].rules, refusal] }, database];
    expect(lines(before, { ...after, groups })).toEqual([
      "+ 10.0.0.0/27 -> 8.8.8.8/32, TCP port 443 (depends on Storage)",
    ]);
  });

  it("counts an endpoint that only one network has", () => {
    const alone: Network = { ...TWO, endpoints: [TWO.endpoints[0]] };
    // The database's own group stands no more in the way of what the server may open.
    expect(lines(TWO, alone)).toEqual(["No connection is opened or closed."]);
    const third = guarded("third", "10.0.0.64/27");
    const more: Network = {
      ...TWO,
      endpoints: [...TWO.endpoints, third],
      groups: [...TWO.groups, closedGroup("third", allowIn(100, "192.168.0.0/24", "22"))],
    };
    expect(lines(TWO, more)).toEqual(["+ 192.168.0.0/24 -> 10.0.0.64/27, TCP port 22"]);
    expect(lines(more, TWO)).toEqual(["- 192.168.0.0/24 -> 10.0.0.64/27, TCP port 22"]);
  });

  it("compares prefixes address by address where an endpoint grows", () => {
    const grown: Network = {
      ...TWO,
      endpoints: [guarded("server", "10.0.0.0/27"), guarded("database", "10.0.0.32/28")],
    };
    const open = { ...TWO, groups: [TWO.groups[0], closedGroup("database", allowIn(100, "*", "22"))] };
    const changed = { ...grown, groups: [TWO.groups[0], closedGroup("database", allowIn(100, "*", "22"))] };
    expect(lines(changed, open)).toEqual([
      "- 10.0.0.0/27 -> 10.0.0.48/28, TCP port 5432",
      "- 10.0.0.48/28 -> 10.0.0.32/28, TCP port 22",
      "+ elsewhere -> 10.0.0.48/28, TCP port 22",
    ]);
  });

  it("tells what becomes of an end that only one network has", () => {
    const open = { ...TWO, groups: [closedGroup("server", allowOut(100, "*", "443")), TWO.groups[1]] };
    const alone = (network: Network): Network => ({ ...network, endpoints: [network.endpoints[0]] });
    // If the database is not part of the deployment, no rule of the deployment refuses what the server may open to it.
    expect(lines(open, alone(open))).toEqual(["+ 10.0.0.0/27 -> 10.0.0.32/27, TCP port 443"]);
    expect(lines(alone(open), open)).toEqual(["- 10.0.0.0/27 -> 10.0.0.32/27, TCP port 443"]);
    const none: Network = { endpoints: [], groups: [], virtualNetworkPrefixes: ["10.0.0.0/24"] };
    expect(lines(none, none)).toEqual(["No connection is opened or closed."]);
    expect(lines(none, alone(open)).every((line) => line.startsWith("+ 10.0.0.0/27 -> "))).toBe(true);
    expect(lines(alone(open), none).every((line) => line.startsWith("- 10.0.0.0/27 -> "))).toBe(true);
  });

  it("reads VirtualNetwork as each network means it: its address space, what it is connected to, its default routes", () => {
    const open = (more: Partial<Network>): Network => ({
      ...TWO,
      endpoints: [TWO.endpoints[0]],
      groups: [closedGroup("server", allowOut(100, "VirtualNetwork", "443"))],
      ...more,
    });
    const closed = { ...open({}), groups: [closedGroup("server")] };
    const to = (before: Network, after: Network, prefix: string): string[] =>
      lines(before, after).filter((line) => line.includes(prefix));
    const connected = { connectedPrefixes: ["20.0.0.0/24"] };
    expect(to(closed, open({}), "20.0.0.0/24")).toEqual([]);
    expect(to(closed, open(connected), "20.0.0.0/24")).toHaveLength(1);
    expect(to({ ...closed, ...connected }, open({}), "20.0.0.0/24")).toEqual([]);
    expect(to(open(connected), open({}), "20.0.0.0/24")).toEqual([
      "- 10.0.0.0/27 -> 20.0.0.0/24, TCP port 443",
    ]);
    expect(
      to(open({}), open({ virtualNetworkPrefixes: ["10.0.0.0/24", "20.0.0.0/24"] }), "20.0.0.0/24"),
    ).toEqual(["+ 10.0.0.0/27 -> 20.0.0.0/24, TCP port 443"]);
    const routed = { hasDefaultRoute: true };
    const isPublicTold = (before: Network, after: Network) =>
      lines(before, after).some((line) => line.includes("-> public addresses"));
    expect(isPublicTold(closed, open({}))).toBe(false);
    expect(isPublicTold({ ...closed, ...routed }, open({}))).toBe(false);
    expect(isPublicTold(open(routed), open({}))).toBe(true);
    expect(isPublicTold(closed, open(routed))).toBe(true);
  });

  it("is found where two rules change places", () => {
    const refusal = (priority: number) => ({
      ...allowOut(priority, "10.0.0.48/28", "5432"),
      name: "refusal",
      access: Access.DENY,
    });
    const [server, database] = TWO.groups;
    const network = (priority: number) =>
      withGroups({ ...server, rules: [...server.rules, refusal(priority)] }, database);
    expect(lines(network(200), network(50))).toEqual(["- 10.0.0.0/27 -> 10.0.0.48/28, TCP port 5432"]);
    expect(lines(network(50), network(200))).toEqual(["+ 10.0.0.0/27 -> 10.0.0.48/28, TCP port 5432"]);
  });

  it("is found between two endpoints where a rule names one of them by a tag", () => {
    const [, database] = TWO.groups;
    const server = closedGroup("server", allowOut(100, "10.0.0.32/27", "*"));
    const open = (from: string) =>
      withGroups(server, { ...database, rules: [...database.rules, allowIn(200, from, "22")] });
    expect(lines(withGroups(server, database), open("VirtualNetwork"))).toContain(
      "+ 10.0.0.0/27 -> 10.0.0.32/27, TCP port 22",
    );
  });

  it("is found in each prefix of an endpoint", () => {
    const several = (port: string, ...prefixes: string[]): Network => ({
      ...TWO,
      endpoints: [{ ...guarded("server", prefixes[0]), prefixes }],
      groups: [closedGroup("server", allowOut(100, "192.0.2.7", port))],
    });
    const before = several("80", "10.0.0.128/27", "10.0.1.0/27");
    const after = several("443", "10.0.0.0/27", "10.0.1.0/27");
    expect(lines(before, after).filter((line) => line.includes("192.0.2.7/32, TCP"))).toEqual([
      "- 10.0.0.128/27, 10.0.1.0/27 -> 192.0.2.7/32, TCP port 80",
      "+ 10.0.0.0/27, 10.0.1.0/27 -> 192.0.2.7/32, TCP port 443",
    ]);
  });

  it("keeps endpoints with the same token together", () => {
    const tokens = (port: string): Network => ({
      endpoints: [guarded("server", "${subnet.server}"), guarded("database", "${subnet.database}")],
      groups: [
        closedGroup("server", allowOut(100, "${subnet.database}", "1-9999")),
        closedGroup("database", allowIn(100, "${subnet.server}", port)),
      ],
    });
    expect(lines(tokens("5432"), tokens("5432-5433"))).toEqual([
      "+ ${subnet.server} -> ${subnet.database}, TCP port 5433",
    ]);
  });

  describe("of application security groups", () => {
    const grouped = (ids: string[] | undefined, port = "443"): Network => ({
      endpoints: [
        guarded("web", "10.0.0.0/27", { applicationSecurityGroupIds: ids }),
        guarded("db", "10.0.0.32/28"),
      ],
      groups: [
        closedGroup("web", allowOut(100, "10.0.0.32/28", "*")),
        closedGroup(
          "db",
          allowIn(100, "*", port, {
            sourceAddressPrefixes: [],
            sourceApplicationSecurityGroupIds: ["/asg/web"],
          }),
        ),
      ],
    });
    it.each<[string, string[] | undefined, string[] | undefined, string]>([
      ["closes where an endpoint leaves one", ["/asg/web"], undefined, "-"],
      ["opens where an endpoint joins one", [], ["/asg/web"], "+"],
      ["closes where an endpoint changes them", ["/asg/web", "/asg/a"], ["/asg/A", "/asg/b"], "-"],
    ])("is what a change of membership %s", (_, before, after, sign) => {
      expect(lines(grouped(before), grouped(after))).toEqual([
        `${sign} 10.0.0.0/27 -> 10.0.0.32/28, TCP port 443`,
      ]);
    });

    it("counts members whose prefix is known only at apply", () => {
      const unknown = (ids?: string[]): Network => ({
        ...grouped(undefined),
        endpoints: [
          guarded("web", "${web}", { applicationSecurityGroupIds: ids }),
          guarded("db", "10.0.0.32/28"),
        ],
      });
      expect(lines(unknown(), unknown(["/asg/web"]))).toEqual(["+ ${web} -> 10.0.0.32/28, TCP port 443"]);
    });

    it("compares what they open for endpoints that stay in them, whatever the case of their ids", () => {
      expect(lines(grouped(["/asg/web"]), grouped(["/ASG/web"]))).toEqual([
        "No connection is opened or closed.",
      ]);
      expect(lines(grouped(["/asg/web"]), grouped(["/ASG/WEB"], "444"))).toEqual(
        expect.arrayContaining([
          "- 10.0.0.0/27 -> 10.0.0.32/28, TCP port 443",
          "+ 10.0.0.0/27 -> 10.0.0.32/28, TCP port 444",
        ]),
      );
    });
  });

  it("uses the Service Tags file of each network, or of the other where it has none", () => {
    const tags = (prefix: string) => ({
      changeNumber: 1,
      cloud: "Public",
      tags: [{ name: "Sql", addressPrefixes: [prefix] }],
    });
    const [server, database] = TWO.groups;
    const after = {
      ...withGroups({ ...server, rules: [allowOut(90, "Sql", "1433"), ...server.rules] }, database),
      serviceTags: tags("20.0.0.0/24"),
    };
    const added = ["+ 10.0.0.0/27 -> 20.0.0.0/24, TCP port 1433"];
    expect(lines({ ...TWO, serviceTags: tags("21.0.0.0/24") }, after)).toEqual(added);
    expect(lines(TWO, after)).toEqual(added);
    expect(lines({ ...after, serviceTags: tags("21.0.0.0/24") }, after)).toEqual([
      "- 10.0.0.0/27 -> 21.0.0.0/24, TCP port 1433",
      ...added,
    ]);
    expect(lines({ ...after, serviceTags: undefined }, after)).toEqual([
      "No connection is opened or closed.",
    ]);
  });

  it("finds the same packets as the oracle does, and no others", () => {
    for (let index = 0; index < runs(5).numRuns; index++) {
      const seed = SEED + index;
      const [before, after] = randomPair(new Random(seed));
      expect({ seed, found: disagreementsOfDiff(before, after) }).toEqual({ seed, found: [] });
    }
  });
});

describe("the difference of two lists of flows", () => {
  const server = end("server", "${server}");
  const cache = end("cache", "${cache}");
  const difference = (before: ReturnType<typeof flow>[], after: ReturnType<typeof flow>[]) =>
    describeDifference(diffFlows(before, after)).split("\n");

  it("is nothing where rows are split, joined or put in another order", () => {
    const [a, b] = [flow("a", server, cache, "80", "443"), flow("b", cache, server, "1-9")];
    const split = [b, flow("c", server, cache, "443"), flow("d", server, cache, "80")];
    expect(difference([a, b], split)).toEqual(["No connection is opened or closed."]);
  });

  it("is described as ranges, with the names of unknown values", () => {
    const before = [
      flow("a", server, cache, "2500-3300"),
      flow("b", server, end("x", "AzureActiveDirectory"), "443"),
    ];
    const after = [flow("a", server, cache, "2500-3000", "6162"), flow("p", server, cache, "${proxy port}")];
    expect(difference(before, after)).toEqual([
      "- ${server} -> ${cache}, TCP ports 3001-3300",
      "- ${server} -> AzureActiveDirectory, TCP port 443",
      "+ ${server} -> ${cache}, TCP port 6162",
      "+ ${server} -> ${cache}, TCP port ${proxy port}",
    ]);
  });

  it("tells protocols, prefixes and application security groups apart", () => {
    const peer = { id: "web", label: "Web", prefixes: [], applicationSecurityGroupIds: ["/asg/web"] };
    const before = [flow("a", end("n", "10.0.0.0/24"), peer, "53")];
    const after = [{ ...flow("a", end("n", "10.0.0.0/25"), peer, "53"), protocol: Protocol.UDP }];
    expect(difference(before, after)).toEqual([
      "- 10.0.0.0/24 -> /asg/web, TCP port 53",
      "+ 10.0.0.0/25 -> /asg/web, UDP port 53",
    ]);
  });

  it("is empty between empty lists", () => {
    expect(diffFlows([], [])).toEqual({ opened: [], closed: [] });
    expect(difference([], [flow("a", end("any", "*"), cache, "*")])).toEqual([
      "+ 0.0.0.0/0, ::/0 -> ${cache}, TCP port *",
    ]);
  });
});
