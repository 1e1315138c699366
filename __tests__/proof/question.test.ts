import { explainKnown, type NamedEnd } from "../../lib/proof/question";
import type { ConnectionQuery } from "../../lib/proof/explain";
import type { Network } from "../../lib/proof/network";
import { Access, Direction, Protocol } from "../../lib/azure/security-rule";
import { refusalLines } from "../support/expected/refusals";

const rule = (direction: Direction, prefix: string) => ({
  name: `allow-${direction}`,
  priority: 100,
  direction,
  access: Access.ALLOW,
  protocol: Protocol.TCP,
  sourceAddressPrefixes: [direction === Direction.INBOUND ? prefix : "*"],
  sourcePortRanges: ["*"],
  destinationAddressPrefixes: [direction === Direction.OUTBOUND ? prefix : "*"],
  destinationPortRanges: ["443"],
});

const deny = (direction: Direction) => ({
  ...rule(direction, "*"),
  name: `deny-${direction}`,
  priority: 4096,
  access: Access.DENY,
  protocol: Protocol.ANY,
  destinationPortRanges: ["*"],
});

const NETWORK: Network = {
  endpoints: [
    { id: "path/server", label: "backup-server", prefixes: ["10.20.0.0/27"], subnetGroup: "nsg" },
    { id: "path/late", label: "late", prefixes: ["${var.late}"], subnetGroup: "nsg" },
  ],
  groups: [
    {
      name: "nsg",
      rules: [
        rule(Direction.INBOUND, "10.1.0.0/24"),
        rule(Direction.OUTBOUND, "Storage.WestEurope"),
        deny(Direction.INBOUND),
        deny(Direction.OUTBOUND),
      ],
    },
  ],
  virtualNetworkPrefixes: ["10.20.0.0/24"],
};

const end = (id: string, label: string, ...prefixes: string[]) => ({ id, label, prefixes });
const SERVER = end("path/server", "backup-server", "10.20.0.0/27");
const NAMED: NamedEnd[] = [
  { names: ["backup-server", "backupServer"], endpoint: SERVER },
  { names: ["gateway-server-gw", "gatewayServers.gw"], endpoint: SERVER },
  { names: ["store"], endpoint: end("store", "store", "10.2.0.0/27", "10.3.0.0/27") },
  { names: ["console"], endpoint: end("console", "console", "10.1.0.0/24") },
  { names: ["agents"], endpoint: end("agents", "agents") },
  { names: ["many"], endpoint: end("many", "many", ...[1, 2, 3, 4, 5, 6, 7].map((n) => `10.9.${n}.0/24`)) },
];

const ask = (query: Partial<ConnectionQuery>, network = NETWORK, named: readonly NamedEnd[] = NAMED) =>
  explainKnown(
    { from: "10.1.0.9", to: "backup-server", protocol: Protocol.TCP, port: 443, ...query },
    network,
    named,
  );
const refused = (query: Partial<ConnectionQuery>, network = NETWORK): string[] =>
  refusalLines(() => ask(query, network));

test.each([
  ["its label", "backup-server"],
  ["its id", "path/server"],
  ["its key in a file", "backupServer"],
  ["a component that shares its machine", "gateway-server-gw"],
  ["that one's key in a file", "gatewayServers.gw"],
  ["an address of it", "10.20.0.4"],
])("an end can be asked about by %s, and the answer keeps the question", (_, to) => {
  const { verdict, query, ends } = ask({ to });
  expect([verdict, query.to, ends[1].endpoint]).toEqual(["allow", to, "backup-server"]);
});

test.each([
  ["a name of what is elsewhere", { from: "console" }, "allow"],
  ["every address", { from: "*" }, "depends"],
  [
    "a service tag that a rule names, in any case",
    { from: "backup-server", to: "storage.westeurope" },
    "allow",
  ],
  ["a tag that every network has", { from: "Internet" }, "depends"],
  ["a value known only at apply, which is that of an end", { to: "${var.late}" }, "allow"],
  ["port 0", { port: 0 }, "deny"],
  ["every port", { port: undefined }, "depends"],
  ["one end", { from: "backup-server", to: "10.9.0.4", direction: Direction.OUTBOUND }, "deny"],
])("%s can be asked about", (_, query, verdict) => {
  expect(ask(query).verdict).toBe(verdict);
});

const KNOWN =
  "Allowed: an address, a prefix, *, a service tag that a rule names, or backup-server, late, gateway-server-gw, store, console, agents, many.";

test.each<[string, Partial<ConnectionQuery>, string[]]>([
  [
    "a misspelt end",
    { to: "backupservr" },
    [`to: is unknown in these groups (got "backupservr"). ${KNOWN} Did you mean "backupServer"? Write that.`],
  ],
  [
    "a part of a name",
    { from: "gw" },
    [`from: is unknown in these groups (got "gw"). ${KNOWN} Write gateway-server-gw.`],
  ],
  [
    "a tag that no rule names",
    { to: "Storag.WestEurope" },
    [
      `to: is unknown in these groups (got "Storag.WestEurope"). ${KNOWN} Did you mean "Storage.WestEurope"? Write that.`,
    ],
  ],
  [
    "an end that is nothing like any",
    { to: "a b" },
    [`to: is unknown in these groups (got "a b"). ${KNOWN} Name one of these.`],
  ],
  [
    "an end at several addresses",
    { from: "store" },
    [
      'from: is at several addresses (got "store"). Allowed: one of 10.2.0.0/27, 10.3.0.0/27. Ask for one of them.',
    ],
  ],
  [
    "an end at many addresses",
    { from: "many" },
    [
      'from: is at several addresses (got "many"). Allowed: one of 10.9.1.0/24, 10.9.2.0/24, 10.9.3.0/24, 10.9.4.0/24, 10.9.5.0/24 and 2 more. Ask for one of them.',
    ],
  ],
  [
    "an end that is application security groups",
    { from: "agents" },
    [
      'from: stands for application security groups, which have no address (got "agents"). Allowed: an address of a machine that is in them. Ask for one of them.',
    ],
  ],
  [
    "a prefix that is wider than an end",
    { from: "10.20.0.0/24" },
    [
      'from: lies in part within backup-server (10.20.0.0/27) (got "10.20.0.0/24"). Allowed: addresses that are all at one place, or all elsewhere. Ask for one part.',
    ],
  ],
  [
    "two components of one machine",
    { from: "gatewayServers.gw", to: "backup-server" },
    [
      'to: is on the same machine as gateway-server-gw, and connections within a machine do not pass a group (got "backup-server"). Allowed: an end on another machine. Ask about another end.',
    ],
  ],
  [
    "two address families",
    { from: "fd00::1" },
    [
      'to: has IPv4 addresses only, and fd00::1 has IPv6 addresses (got "backup-server"). Allowed: two ends of one address family. Ask for an address of the other end\'s family.',
    ],
  ],
  [
    "strangers",
    { to: "10.9.0.4" },
    [
      'from, to: neither end has a network security group, so no rule was evaluated (got "10.1.0.9 -> 10.9.0.4"). Allowed: an end with a group: backup-server (10.20.0.0/27), late (${var.late}). Use one of these ends.',
    ],
  ],
  [
    "one end that is a stranger's",
    { direction: Direction.OUTBOUND },
    [
      'from: the requested end does not have a network security group, so no rule was evaluated (got "10.1.0.9 -> backup-server"). Allowed: an end with a group: backup-server (10.20.0.0/27), late (${var.late}). Use one of these ends.',
    ],
  ],
  [
    "a port of a protocol that has none",
    { protocol: Protocol.ICMP },
    [
      "port: is set, but ICMP does not have ports (got 443). Allowed: no port, or the protocol tcp, udp or *. Leave the port out.",
    ],
  ],
  ...[-1, 65536, 1.5, Number.NaN].map((port): [string, Partial<ConnectionQuery>, string[]] => [
    `the port ${port}, twice`,
    { port, sourcePort: port },
    ["port", "sourcePort"].map(
      (path) =>
        `${path}: is not a port (got ${port}). Allowed: a whole number from 0 to 65535. Give the port, or leave it out for every port.`,
    ),
  ]),
])("%s is refused", (_, query, lines) => {
  expect(refused(query)).toEqual(lines);
});

test.each([
  ["gateway-server", "gateway-server-gw"],
  ["gw", "gateway-server-gw"],
])("a part of a name, %s, is answered with the name", (part, name) => {
  expect(refused({ to: part })).toEqual([expect.stringMatching(new RegExp(`Write ${name}\\.$`))]);
});

test("where no group is attached to anything, what is missing is said", () => {
  expect(refused({ to: "10.9.0.4" }, { endpoints: [], groups: [] })).toEqual([
    'from, to: neither end has a network security group, so no rule was evaluated (got "10.1.0.9 -> 10.9.0.4"). Allowed: a network with attached groups. Add the file with the associations of the groups.',
  ]);
});
