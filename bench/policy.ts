/**
 * What the engine costs, as ratios measured in one run, so that they compare
 * between machines: `node --import tsx bench/policy.ts`.
 */
import { explain } from "../lib/proof/explain";
import type { Flow, FlowEndpoint } from "../lib/azure/flow";
import { formatIpv4Address } from "../lib/azure/sets/ipv4-prefix";
import type { GuardedEndpoint, Network, SecurityGroup } from "../lib/proof/network";
import { prove } from "../lib/proof/prove";
import { Access, Direction, Protocol, type SecurityRule } from "../lib/azure/security-rule";
import { Random } from "../__tests__/support/arbitraries/random";
import { measureGrowth } from "./growth";
import { cost, type Measurement } from "./measurement";

const OWN = ["10.0.0.0/24"];
const OURS: GuardedEndpoint = { id: "own", label: "Own", prefixes: OWN, subnetGroup: "group" };

/** A rule and the flow that asks for it, by the other end's prefixes and the ports. */
interface Wish {
  readonly prefixes: string[];
  readonly ports: string[];
}

type Wishes = (count: number) => Wish[];

const disjoint: Wishes = (count) =>
  Array.from({ length: count }, (_, i) => ({
    prefixes: [`${formatIpv4Address(0x0b000000 + i * 512)}/24`],
    ports: [`${1000 + i}`],
  }));

/** Each range of ports within the one after it, on one prefix. */
const nestedPorts: Wishes = (count) =>
  Array.from({ length: count }, (_, i) => ({
    prefixes: ["11.0.0.0/24"],
    ports: [`${30000 - i}-${30000 + i}`],
  }));

/** Prefixes and ranges of ports within one another at once; IPv4 nests 32 deep. */
const nestedBoxes: Wishes = (count) =>
  Array.from({ length: count }, (_, i) => ({
    prefixes: [`11.0.0.0/${32 - Math.floor((i * 24) / count)}`],
    ports: [`${30000 - i}-${30000 + i}`],
  }));

const random: Wishes = (count) => {
  const choose = new Random(count);
  return Array.from({ length: count }, () => {
    const low = choose.between(0, 60000);
    return {
      prefixes: [`${formatIpv4Address(choose.between(11, 220) * 2 ** 24)}/${choose.between(8, 16)}`],
      ports: [`${low}-${low + choose.between(0, 5000)}`],
    };
  });
};

function rule(name: string, priority: number, access: Access, { prefixes, ports }: Wish): SecurityRule {
  return {
    name,
    priority,
    direction: Direction.OUTBOUND,
    access,
    protocol: access === Access.ALLOW ? Protocol.TCP : Protocol.ANY,
    sourceAddressPrefixes: access === Access.ALLOW ? OWN : ["*"],
    sourcePortRanges: ["*"],
    destinationAddressPrefixes: prefixes,
    destinationPortRanges: ports,
  };
}

function groupOf(wishes: readonly Wish[]): SecurityGroup {
  const anything = { prefixes: ["*"], ports: ["*"] };
  const inbound = { ...rule("deny-in", 4096, Access.DENY, anything), direction: Direction.INBOUND };
  return {
    name: "group",
    rules: [
      ...wishes.map((wish, i) => rule(`rule${i}`, 100 + i, Access.ALLOW, wish)),
      rule("deny-out", 4096, Access.DENY, anything),
      inbound,
    ],
  };
}

function networkOf(wishes: readonly Wish[]): Network {
  return { endpoints: [OURS], groups: [groupOf(wishes)], virtualNetworkPrefixes: ["10.0.0.0/16"] };
}

function flowsOf(wishes: readonly Wish[]): Flow[] {
  const from: FlowEndpoint = { id: "own", label: "Own", prefixes: OWN };
  return wishes.map(({ prefixes, ports }, i) => ({
    name: `flow${i}`,
    priority: 100 + i,
    from,
    to: { id: `other${i}`, label: `Other ${i}`, prefixes },
    protocol: Protocol.TCP,
    ports,
    reason: "",
    origin: "user",
  }));
}

/** Time of one run, in milliseconds, the least of some runs: what somebody waits for on a machine that is not busy. */
function shortest(run: () => void, runs: number): number {
  let best = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function growth(
  name: string,
  bar: number | undefined,
  measure: (count: number) => () => void,
  samples = 9,
): Measurement[] {
  const small = measure(100);
  const large = measure(1000);
  const short = cost(small, samples);
  const long = cost(large, samples);
  return [
    { name: `${name}, 100 rules`, value: short, unit: "ms" },
    { name: `${name}, 1,000 rules`, value: long, unit: "ms" },
    { name: `${name}, 1,000 rules against 100`, value: long / short, unit: "times", bar },
  ];
}

function explaining(wishes: Wishes): (count: number) => () => void {
  return (count) => {
    const made = wishes(count);
    const network = networkOf(made);
    const last = made[count - 1];
    const to = last.prefixes[0].split("/")[0];
    const port = Number(last.ports[0].split("-")[0]);
    return () => explain({ from: "own", to, protocol: Protocol.TCP, port }, network);
  };
}

function proving(wishes: Wishes): (count: number) => () => void {
  return (count) => {
    const made = wishes(count);
    const network = networkOf(made);
    const flows = flowsOf(made);
    const proof = prove(flows, network);
    if (!proof.holds) throw new Error(`The proof of ${count} rules does not hold`);
    return () => prove(flows, network);
  };
}

/** One flow left out: is anything open that the list does not ask for? */
function findingExcess(wishes: Wishes): () => void {
  const made = wishes(1000);
  const network = networkOf(made);
  const flows = flowsOf(made).filter((_, i) => i !== 500);
  return () => {
    if (prove(flows, network).excess.length !== 1) throw new Error("What is open is not found.");
  };
}

/** A proof that finds one thing more than is asked for, against one that finds nothing. */
function leavingOneOut(): Measurement[] {
  const found = shortest(findingExcess(disjoint), 100);
  const name = "one flow of 1,000 left out, disjoint rules";
  return [
    { name, value: found, unit: "ms" },
    {
      name: `${name}, against none`,
      value: found / shortest(proving(disjoint)(1000), 100),
      unit: "times",
      bar: 2,
    },
  ];
}

/** Six groups of eight rules and their deny, one a role, as a deployment has them. */
function typical(): () => void {
  const prefix = (role: number) => `10.0.${role}.0/24`;
  const roles = [0, 1, 2, 3, 4, 5];
  const flows = roles.flatMap((from) =>
    roles
      .filter((to) => to > from && to - from < 4)
      .map((to, i): Flow => ({
        name: `flow-${from}-${to}`,
        priority: 100 + 10 * i,
        from: { id: `${from}`, label: `Role ${from}`, prefixes: [prefix(from)] },
        to: { id: `${to}`, label: `Role ${to}`, prefixes: [prefix(to)] },
        protocol: Protocol.TCP,
        ports: [`${1000 + to}`, "2500-3300"],
        reason: "",
        origin: "user",
      })),
  );
  const groups = roles.map((role): SecurityGroup => {
    const own = flows.filter(({ from, to }) => [from.id, to.id].includes(`${role}`));
    const rules = own.map((flow, i): SecurityRule => ({
      name: flow.name,
      priority: 100 + i,
      direction: flow.from.id === `${role}` ? Direction.OUTBOUND : Direction.INBOUND,
      access: Access.ALLOW,
      protocol: flow.protocol,
      sourceAddressPrefixes: flow.from.prefixes,
      sourcePortRanges: ["*"],
      destinationAddressPrefixes: flow.to.prefixes,
      destinationPortRanges: flow.ports,
    }));
    const anything = { prefixes: ["*"], ports: ["*"] };
    const closing = rule("deny-out", 4096, Access.DENY, anything);
    return {
      name: `${role}`,
      rules: [...rules, closing, { ...closing, name: "deny-in", direction: Direction.INBOUND }],
    };
  });
  const endpoints = roles.map((role) => ({
    id: `${role}`,
    label: `Role ${role}`,
    prefixes: [prefix(role)],
    subnetGroup: `${role}`,
  }));
  const network: Network = { endpoints, groups, virtualNetworkPrefixes: ["10.0.0.0/16"] };
  return () => {
    if (!prove(flows, network).holds) throw new Error("The typical deployment does not hold.");
  };
}

/** Everything measured. */
export function measurePolicy(): Measurement[] {
  const deployment = typical();
  const start = process.cpuUsage();
  deployment();
  const { user, system } = process.cpuUsage(start);
  const cold = (user + system) / 1000;
  return [
    { name: "proof of six groups, first run", value: cold, unit: "ms" },
    { name: "proof of six groups", value: shortest(deployment, 200), unit: "ms" },
    ...growth("explain, disjoint rules", 12, explaining(disjoint)),
    ...growth("explain, nested rules", 12, explaining(nestedPorts)),
    ...growth("proof, disjoint rules", 15, proving(disjoint)),
    ...growth("proof, nested ports", 15, proving(nestedPorts)),
    ...growth("proof, nested prefixes and ports", 15, proving(nestedBoxes)),
    ...growth("proof, random rules", undefined, proving(random), 1),
    ...leavingOneOut(),
    ...measureGrowth(),
  ];
}

/** A measurement as a line of text. */
export function describeMeasurement({ name, value, unit, bar }: Measurement): string {
  const limit = bar === undefined ? "" : ` (at most ${bar})${value > bar ? " TOO MUCH" : ""}`;
  return `${name}: ${value.toFixed(unit === "ms" ? 2 : 1)} ${unit}${limit}`;
}

if (require.main === module) {
  const measurements = measurePolicy();
  measurements.forEach((one) => console.log(describeMeasurement(one)));
  process.exitCode = measurements.some(({ value, bar }) => bar !== undefined && value > bar) ? 1 : 0;
}
