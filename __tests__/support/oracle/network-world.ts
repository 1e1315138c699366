import fc from "fast-check";

// A network as it is in Azure, and what becomes of a connection in it. This
// says nothing of files, and shares no code with lib.

export interface ModelRule {
  readonly direction: "Inbound" | "Outbound";
  readonly access: "Allow" | "Deny";
  readonly source: string;
  readonly destination: string;
  readonly port: string;
}

/** A network interface of one address, perhaps with a group of its own. */
export interface ModelInterface {
  readonly subnet: number;
  readonly address: string;
  readonly group?: number;
}

/** Two virtual networks that are peered, their subnets, and the groups before these and before network interfaces. */
export interface Model {
  readonly groups: ReadonlyArray<readonly ModelRule[]>;
  /** The group of each subnet. */
  readonly subnetGroups: ReadonlyArray<number | undefined>;
  readonly interfaces: readonly ModelInterface[];
}

export const NETWORKS = ["10.0.0.0/24", "10.1.0.0/24"];
export const SUBNETS = [
  { network: 0, prefix: "10.0.0.0/26" },
  { network: 0, prefix: "10.0.0.64/26" },
  { network: 1, prefix: "10.1.0.0/26" },
];

const INSIDE = ["10.0.0.4", "10.0.0.5", "10.0.0.70", "10.1.0.4"];
const peer = fc.constantFrom(
  "*",
  "VirtualNetwork",
  "Internet",
  "10.0.0.0/26",
  "10.0.0.4/32",
  "10.0.0.0/15",
  "8.8.8.0/24",
);
const group = fc.array(
  fc.record({
    direction: fc.constantFrom("Inbound", "Outbound"),
    access: fc.constantFrom("Allow", "Deny"),
    source: peer,
    destination: peer,
    port: fc.constantFrom("*", "22"),
  }),
  { maxLength: 3 },
);
const groupIndex = fc.option(fc.nat(2), { nil: undefined });

export const models: fc.Arbitrary<Model> = fc
  .record({
    groups: fc.tuple(group, group, group),
    subnetGroups: fc.tuple(groupIndex, groupIndex, groupIndex),
    interfaces: fc.uniqueArray(fc.record({ address: fc.constantFrom(...INSIDE), group: groupIndex }), {
      maxLength: 2,
      selector: ({ address }) => address,
    }),
  })
  .map(({ interfaces, ...rest }) => ({
    ...rest,
    interfaces: interfaces.map((one) => ({ ...one, subnet: subnetOf(one.address) })),
  })) as fc.Arbitrary<Model>;

/** A connection: TCP, to a port. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

// An address on the Internet, and a private one: whether that is behind a gateway of the network is not known.
const ELSEWHERE = { public: "8.8.8.8", private: "192.168.7.7" };
const end = fc.constantFrom(...INSIDE, ...Object.values(ELSEWHERE));

export const connections: fc.Arbitrary<Connection> = fc
  .record({ from: end, to: end, port: fc.constantFrom(22, 443) })
  .filter(({ from, to }) => from !== to);

/** Whether a group judges one of the ends. */
export function isJudged(model: Model, { from, to }: Connection): boolean {
  return [from, to].some((address) => groupsAt(model, address).length > 0);
}

/** What becomes of the connection: the same in all worlds, or it depends. */
export function verdictOf(model: Model, connection: Connection): "allow" | "deny" | "depends" {
  const worlds = [connection.from, connection.to].includes(ELSEWHERE.private)
    ? ["VirtualNetwork", "Internet", "neither"]
    : ["neither"];
  const passes = new Set(worlds.map((world) => passesIn(model, connection, world)));
  return passes.size > 1 ? "depends" : passes.has(true) ? "allow" : "deny";
}

function passesIn(model: Model, { from, to, port }: Connection, privateIsIn: string): boolean {
  const zoneOf = (address: string): string =>
    address === ELSEWHERE.private
      ? privateIsIn
      : NETWORKS.some((prefix) => isInPrefix(address, prefix))
        ? "VirtualNetwork"
        : "Internet";
  const matches = (text: string, address: string): boolean =>
    text === "*" || text === zoneOf(address) || (text.includes("/") && isInPrefix(address, text));
  const allows = (rules: readonly ModelRule[], direction: string): boolean => {
    const decides = rules.find(
      (rule) =>
        rule.direction === direction &&
        matches(rule.source, from) &&
        matches(rule.destination, to) &&
        (rule.port === "*" || Number(rule.port) === port),
    );
    if (decides) return decides.access === "Allow";
    if (zoneOf(from) === "VirtualNetwork" && zoneOf(to) === "VirtualNetwork") return true;
    return direction === "Outbound" && zoneOf(to) === "Internet";
  };
  return (
    groupsAt(model, from).every((rules) => allows(rules, "Outbound")) &&
    groupsAt(model, to).every((rules) => allows(rules, "Inbound"))
  );
}

function groupsAt(
  { groups, subnetGroups, interfaces }: Model,
  address: string,
): ReadonlyArray<readonly ModelRule[]> {
  const subnet = subnetOf(address);
  const own = interfaces.find((one) => one.address === address)?.group;
  return [subnetGroups[subnet], own].flatMap((index) => (index === undefined ? [] : [groups[index]]));
}

function subnetOf(address: string): number {
  return SUBNETS.findIndex(({ prefix }) => isInPrefix(address, prefix));
}

function isInPrefix(address: string, prefix: string): boolean {
  const [base, length] = prefix.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(base) / size);
}

function numberOf(address: string): number {
  return address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
}
