import {
  describeDifference,
  describeExplanation,
  describeExcess,
  describeMissing,
  describeRuleWithoutFlow,
  describeUnmatchable,
  describeExample,
} from "../../lib/proof/describe";
import { explain } from "../../lib/proof/explain";
import { type Proof, prove } from "../../lib/proof/prove";
import { Access, Direction, Protocol } from "../../lib/azure/security-rule";
import { allowOut, closedGroup, end, flow, guarded, twoTiers } from "../support/oracle/nsg-builders";

const { network: TWO, flows: FLOWS } = twoTiers();
const SERVER = TWO.groups[0];
const withServerRules = (...rules: (typeof SERVER)["rules"]) => ({
  ...TWO,
  groups: [{ ...SERVER, rules: [...rules, ...SERVER.rules] }, TWO.groups[1]],
});

describe("an explanation in words", () => {
  it("tells both ends, the rules that did not match and the one that decided", () => {
    const network = withServerRules(allowOut(90, "8.8.8.8", "53", { protocol: Protocol.UDP }));
    const query = { from: "server", to: "10.0.0.40", protocol: Protocol.TCP, port: 5432 };
    expect(describeExplanation(explain(query, network))).toBe(
      [
        "server -> 10.0.0.40 port 5432, TCP: allow",
        "  source, Endpoint server: allow",
        "    group server (subnet, outbound): allow",
        "      rule out-90 (90) does not match: other protocol, other destination, other destination port",
        "      rule out-100 (100) decides: allow",
        "  destination, Endpoint database: allow",
        "    group database (subnet, inbound): allow",
        "      rule in-100 (100) decides: allow",
      ].join("\n"),
    );
  });

  it("tells what it depends on, one end that is judged alone, and an end without groups", () => {
    const network = withServerRules(allowOut(90, "Storage", "443"));
    const query = { from: "server", sourcePort: 50000, to: "8.8.8.8", protocol: Protocol.ANY };
    expect(describeExplanation(explain({ ...query, direction: Direction.OUTBOUND }, network))).toBe(
      [
        "server port 50000 -> 8.8.8.8, any protocol (outbound only): depends on Storage, port, protocol",
        "  source, Endpoint server: depends on Storage, port, protocol",
        "    group server (subnet, outbound): depends on Storage, port, protocol",
        "      rule out-100 (100) does not match: other destination",
        "      rule out-90 (90) may decide: allow",
        "      rule deny-outbound (4096) may decide: deny",
      ].join("\n"),
    );
    expect(describeExplanation(explain(query, network))).toContain(
      "\n  destination: no network security group here",
    );
  });

  it("tells a rule that earlier ones leave nothing of", () => {
    const network = withServerRules(allowOut(80, "8.8.8.0/25", "443"), allowOut(81, "8.8.8.128/25", "443"), {
      ...allowOut(82, "8.8.8.0/24", "443"),
      name: "late",
      access: Access.DENY,
    });
    const query = { from: "server", to: "8.8.8.0/24", protocol: Protocol.TCP };
    expect(describeExplanation(explain(query, network))).toContain(
      "rule late (82) does not match: earlier rules cover everything that it matches",
    );
  });
});

test("networks that are not peered are named in an explanation", () => {
  const [server, database] = TWO.endpoints;
  const network = {
    ...TWO,
    endpoints: [
      { ...server, virtualNetwork: "a" },
      { ...database, virtualNetwork: "b" },
    ],
    peerings: [],
  };
  const query = { from: "server", to: "database", protocol: Protocol.TCP, port: 5432 };
  expect(describeExplanation(explain(query, network))).toContain("\n  a and b are not peered\n");
});

/** A line for each finding. */
const describeProof = ({ missing, excess, shadowedRules, rulesWithoutFlow }: Proof): string =>
  [
    ...missing.map(describeMissing),
    ...excess.map(describeExcess),
    ...shadowedRules.map(describeUnmatchable),
    ...rulesWithoutFlow.map(describeRuleWithoutFlow),
  ].join("\n");

describe("a proof in words", () => {
  it("tells every finding in a line", () => {
    const network = {
      ...withServerRules(
        { ...allowOut(80, "10.0.0.40", "*"), name: "refusal", access: Access.DENY },
        allowOut(90, "8.8.8.8", "53"),
        allowOut(91, "8.8.8.8", "53"),
        allowOut(92, "1.1.1.1", "53", { sourceAddressPrefixes: ["10.0.9.9"] }),
      ),
    };
    expect(describeProof(prove(FLOWS, network)).split("\n")).toEqual([
      "Flow database (Endpoint server -> Endpoint database) is blocked at its source, Endpoint server: rule refusal (80) of server denies TCP 10.0.0.4:49152 -> 10.0.0.40:5432.",
      "Endpoint server (source) allows more than its flows: rule out-90 (90) of server allows TCP 10.0.0.4:49152 -> 8.8.8.8:53.",
      "Rule out-91 (91) of server (outbound) never applies: earlier rules cover everything that it matches: out-90.",
      "Rule out-92 (92) of server (outbound) never applies: no endpoint of the group has addresses that it matches.",
      "No flow needs rule out-90 (90) of server.",
      "No flow needs rule out-91 (91) of server.",
      "No flow needs rule out-92 (92) of server.",
    ]);
  });

  it("names every rule that leaves nothing for another, in order", () => {
    const network = withServerRules(
      allowOut(90, "8.8.8.0/25", "53"),
      allowOut(91, "8.8.8.128/25", "53"),
      allowOut(92, "8.8.8.0/24", "53"),
    );
    expect(describeProof(prove(FLOWS, network))).toContain(
      "Rule out-92 (92) of server (outbound) never applies: earlier rules cover everything that it matches: out-90, out-91.",
    );
  });

  it("says where something may be, and on what it depends", () => {
    const network = withServerRules(
      { ...allowOut(80, "Storage", "*"), name: "refusal", access: Access.DENY },
      allowOut(90, "${data.x}", "5432"),
    );
    const asked = [...FLOWS, flow("web", end("server", "10.0.0.0/27"), end("web", "8.8.8.8"), "5432")];
    const found = describeProof(prove(asked, network)).split("\n");
    expect(found[0]).toBe(
      "Flow web (Endpoint server -> Endpoint web) may be blocked at its source, Endpoint server: rule refusal (80) of server denies TCP 10.0.0.4:49152 -> 8.8.8.8:5432 (in Storage) (depends on Storage).",
    );
    expect(found).toContainEqual(
      expect.stringMatching(
        /^Endpoint server \(source\) may allow more than its flows: rule out-90 .* \(in \$\{data\.x\}\) \(depends on \$\{data\.x\}\)\.$/,
      ),
    );
  });

  it("names the rules of both groups", () => {
    const network = {
      ...withServerRules(allowOut(90, "8.8.8.8", "53")),
      endpoints: [guarded("server", "10.0.0.0/27", { interfaceGroup: "interface" }), TWO.endpoints[1]],
    };
    const open = closedGroup("interface", allowOut(100, "*", "*"));
    const text = describeProof(prove(FLOWS, { ...network, groups: [...network.groups, open] }));
    expect(text).toContain("rule out-100 (100) of interface and rule out-90 (90) of server allow TCP");
  });
});

describe("a example in words", () => {
  const base = {
    source: "10.0.0.4",
    sourceWithin: [],
    sourcePort: 49152,
    destination: "8.8.8.8",
    destinationWithin: [],
    destinationPort: 53,
    destinationPortWithin: [],
    protocol: Protocol.UDP,
  };

  it.each([
    [{}, "UDP 10.0.0.4:49152 -> 8.8.8.8:53"],
    [{ source: "fd00::4", destination: "fd00::5" }, "UDP [fd00::4]:49152 -> [fd00::5]:53"],
    [
      { sourcePort: undefined, destinationPort: undefined, protocol: Protocol.ICMP },
      "ICMP 10.0.0.4 -> 8.8.8.8",
    ],
    [{ source: "${hub:var.a}" }, "UDP ${hub:var.a}:49152 -> 8.8.8.8:53"],
    [{ protocol: Protocol.ANY }, "any protocol 10.0.0.4:49152 -> 8.8.8.8:53"],
    [{ destination: "Storage", destinationWithin: ["Storage"] }, "UDP 10.0.0.4:49152 -> Storage:53"],
    [{ destinationWithin: ["Storage", "Sql"] }, "UDP 10.0.0.4:49152 -> 8.8.8.8:53 (in Storage and Sql)"],
    [{ destination: "a and b", destinationWithin: ["a", "b"] }, "UDP 10.0.0.4:49152 -> a and b:53"],
    [{ sourceWithin: ["${x}"] }, "UDP 10.0.0.4:49152 (in ${x}) -> 8.8.8.8:53"],
    [{ destinationPort: undefined, destinationPortWithin: ["${p}"] }, "UDP 10.0.0.4:49152 -> 8.8.8.8:${p}"],
  ])("%j", (change, text) => expect(describeExample({ ...base, ...change })).toBe(text));
});

describe("a difference in words", () => {
  const range = {
    from: ["10.0.0.0/27", "elsewhere"],
    to: ["8.8.8.8/32", "Sql"],
    protocol: Protocol.TCP,
    ports: ["80", "443"],
    dependsOn: ["Sql", "Storage"],
  };

  it("tells every list in full", () => {
    const difference = { opened: [{ ...range, sourcePorts: ["1", "5-6"] }], closed: [] };
    expect(describeDifference(difference)).toBe(
      "+ 10.0.0.0/27, elsewhere ports 1 and 5-6 -> 8.8.8.8/32, Sql, TCP ports 80 and 443 (depends on Sql, Storage)",
    );
  });
});

describe("a verdict in words", () => {
  it("names all that it depends on", () => {
    const network = withServerRules(allowOut(90, "Storage", "53"), allowOut(91, "Sql", "53"));
    const text = describeExplanation(
      explain({ from: "server", to: "8.8.8.8", protocol: Protocol.TCP, port: 53 }, network),
    );
    expect(text.split("\n")[0]).toBe("server -> 8.8.8.8 port 53, TCP: depends on Sql, Storage");
  });
});
