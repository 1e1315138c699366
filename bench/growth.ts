/**
 * How the engine's cost grows with names of which nothing is known: each case
 * at its size, at twice and at four times it.
 */
import type { Flow } from "../lib/azure/flow";
import { Access, Direction, Protocol, type SecurityRule } from "../lib/azure/security-rule";
import { diff } from "../lib/proof/diff";
import type { Network, SecurityGroup } from "../lib/proof/network";
import { prove } from "../lib/proof/prove";
import { networkOfFiles } from "../lib/terraform/joined/network-of-files";
import { readNetworkFile, readSubnetsFile } from "../lib/terraform/read-network-file";
import { differenceOfPlaces } from "../lib/verification/diff-places";
import { explainPlaces } from "../lib/verification/explain-places";
import { cost, type Measurement } from "./measurement";

type Peer = Pick<SecurityRule, "destinationAddressPrefixes" | "destinationApplicationSecurityGroupIds">;

const OWN = "10.0.0.0/24";

function allow(index: number, peer: Peer, more: Partial<SecurityRule> = {}): SecurityRule {
  return {
    name: `rule${index}`,
    priority: 100 + index,
    direction: Direction.OUTBOUND,
    access: Access.ALLOW,
    protocol: Protocol.TCP,
    sourceAddressPrefixes: [OWN],
    sourcePortRanges: ["*"],
    destinationPortRanges: ["443"],
    ...peer,
    ...more,
  };
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Rules for as many service tags. */
function toTags(count: number, letter: string): SecurityRule[] {
  return numbers(count).map((index) => allow(index, { destinationAddressPrefixes: [`${letter}${index}`] }));
}

/** Rules from one application security group to another. */
function betweenGroups(count: number, name: string): SecurityRule[] {
  const id = (role: string, index: number) => [`/${name}/${role}${index}`];
  return numbers(count).map((index) =>
    allow(
      index,
      { destinationAddressPrefixes: [], destinationApplicationSecurityGroupIds: id("to", index) },
      { sourceAddressPrefixes: [], sourceApplicationSecurityGroupIds: id("from", index) },
    ),
  );
}

function closed(name: string, rules: readonly SecurityRule[]): SecurityGroup {
  const everything = allow(
    3996,
    { destinationAddressPrefixes: ["*"] },
    {
      access: Access.DENY,
      protocol: Protocol.ANY,
      sourceAddressPrefixes: ["*"],
      destinationPortRanges: ["*"],
    },
  );
  return {
    name,
    rules: [...rules, everything, { ...everything, name: "closed-in", direction: Direction.INBOUND }],
  };
}

function networkOf(subnet: readonly SecurityRule[], ofInterface?: readonly SecurityRule[]): Network {
  return {
    endpoints: [
      {
        id: "own",
        label: "Own",
        prefixes: [OWN],
        subnetGroup: "subnet",
        ...(ofInterface && { interfaceGroup: "interface" }),
      },
    ],
    groups: [closed("subnet", subnet), ...(ofInterface ? [closed("interface", ofInterface)] : [])],
    virtualNetworkPrefixes: ["10.0.0.0/16"],
  };
}

function flowsTo(rules: readonly SecurityRule[]): Flow[] {
  return rules.map(({ name, destinationAddressPrefixes: prefixes, destinationPortRanges: ports }) => ({
    name,
    priority: 100,
    from: { id: "own", label: "Own", prefixes: [OWN] },
    to: { id: name, label: name, prefixes },
    protocol: Protocol.TCP,
    ports,
    reason: "",
    origin: "user",
  }));
}

// A doubling of a quadratic cost is four times; the rest is what the machine does besides.
const MOST = 5;

function doublings(name: string, size: number, caseOf: (size: number) => () => void): Measurement[] {
  const sizes = [size, 2 * size, 4 * size];
  const costs = sizes.map((one) => cost(caseOf(one), 3));
  return sizes.flatMap((one, index): Measurement[] => [
    { name: `${name}, ${one}`, value: costs[index], unit: "ms" },
    ...(index === 0
      ? []
      : [
          {
            name: `${name}, ${one} against ${one / 2}`,
            value: costs[index] / costs[index - 1],
            unit: "times" as const,
            bar: MOST,
          },
        ]),
  ]);
}

/** A list of groups as `az network nsg list` prints it, one group for each subnet. */
function listOfGroups(groups: number, rulesOfEach: number, isChanged: boolean): string {
  const prefixOf = (index: number) => `10.0.${index % groups}.0/24`;
  return JSON.stringify(
    numbers(groups).map((group) => ({
      id: idOf("networkSecurityGroups", group),
      name: `group${group}`,
      securityRules: numbers(rulesOfEach).map((index) => ({
        name: `rule${index}`,
        // The last rule denies what the others do not allow.
        access: index < rulesOfEach - 1 ? "Allow" : "Deny",
        direction: index % 2 === 0 ? "Inbound" : "Outbound",
        priority: 100 + index,
        protocol: index < rulesOfEach - 1 ? "Tcp" : "*",
        sourcePortRange: "*",
        sourceAddressPrefix:
          index === rulesOfEach - 1 ? "*" : prefixOf(group + (index % 2 === 0 ? index : 0)),
        destinationAddressPrefix: prefixOf(group + (index % 2 === 0 ? 0 : index)),
        destinationPortRange:
          index === rulesOfEach - 1
            ? "*"
            : `${1000 + index + (isChanged && group === 7 && index === 4 ? 1 : 0)}`,
      })),
      subnets: [{ id: idOf("virtualNetworks/v/subnets", group) }],
    })),
  );
}

function listOfNetworks(groups: number): string {
  const subnets = numbers(groups).map((index) => ({
    id: idOf("virtualNetworks/v/subnets", index),
    name: `subnets${index}`,
    addressPrefix: `10.0.${index}.0/24`,
    networkSecurityGroup: { id: idOf("networkSecurityGroups", index) },
  }));
  const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
  return JSON.stringify([
    { id: idOf("virtualNetworks", "v"), name: "v", addressSpace, subnets, virtualNetworkPeerings: [] },
  ]);
}

function idOf(type: string, name: string | number): string {
  const last = type.slice(type.lastIndexOf("/") + 1);
  const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";
  return `${group}/providers/Microsoft.Network/${type}/${typeof name === "number" ? `${last}${name}` : name}`;
}

/** What `veeam-ports diff` does with 200 groups of 25 rules, against `veeam-ports explain`. */
function groupsInFiles(): Measurement[] {
  const files = [false, true].map((isChanged) => Buffer.from(listOfGroups(200, 25, isChanged)));
  const subnets = Buffer.from(listOfNetworks(200));
  const read = (file: Buffer) =>
    networkOfFiles([readNetworkFile(file, "groups.json"), readSubnetsFile(subnets, "networks.json")]).network;
  const query = { from: "10.0.1.4", to: "10.0.2.5", protocol: Protocol.TCP, port: 443 };
  const explaining = cost(() => explainPlaces(query, read(files[0])), 5);
  const comparing = cost(() => {
    const { opened, closed } = differenceOfPlaces(read(files[0]), read(files[1])).difference;
    if (opened.length !== 1 || closed.length !== 1) throw new Error("The change is not found.");
  }, 5);
  return [
    { name: "explain, a file of 200 groups with 5,000 rules", value: explaining, unit: "ms" },
    { name: "diff, two files of 200 groups with 5,000 rules", value: comparing, unit: "ms" },
    { name: "diff against explain, 200 groups", value: comparing / explaining, unit: "times", bar: 3 },
  ];
}

/** The cases that once took minutes. */
export function measureGrowth(): Measurement[] {
  return [
    ...doublings("diff, all service tags of a group change", 320, (size) => {
      const [before, after] = [networkOf(toTags(size, "A")), networkOf(toTags(size, "B"))];
      return () => diff(before, after);
    }),
    ...doublings("diff, rules of a subnet's and of an interface's group change", 20, (size) => {
      const [a, b] = [toTags(size, "A"), toTags(size, "B")];
      const [before, after] = [networkOf(a, b), networkOf(b, a.slice(1))];
      return () => diff(before, after);
    }),
    ...doublings("diff, rules with application security groups change", 12, (size) => {
      const [before, after] = [networkOf(betweenGroups(size, "a")), networkOf(betweenGroups(size, "b"))];
      return () => diff(before, after);
    }),
    ...doublings("proof, a subnet's and an interface's group, service tags", 60, (size) => {
      const rules = toTags(size, "A");
      const [network, flows] = [networkOf(rules, rules.slice(1)), flowsTo(rules)];
      return () => prove(flows, network);
    }),
    ...groupsInFiles(),
  ];
}
