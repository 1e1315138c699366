import { addressAxis, type AddressAxis, type Place } from "../../../lib/proof/evaluation/address-axis";
import { AddressSpace, Zone, type Peer } from "../../../lib/proof/evaluation/address-space";
import { formatAddresses, IPV4, parseAddresses } from "../../../lib/azure/sets/address-set";

const SPACE = new AddressSpace({ endpoints: [], groups: [], virtualNetworkPrefixes: ["10.0.0.0/8"] });
const peer = (...prefixes: string[]): Peer => SPACE.peer(prefixes);
const [SQL, STORAGE] = ["Sql", "Storage"].map((tag) => peer(tag).unknowns[0]);

const known = (prefix: string, ...extras: string[][]): Place => ({
  names: [],
  addresses: parseAddresses(prefix),
  extras: extras.length > 0 ? extras : [[]],
});
const inZone = (zone: Zone, place: Place): Place => ({ ...place, zone });
const axisOf = (places: Place[], ...peers: Peer[]): AddressAxis => addressAxis(IPV4, SPACE, places, peers);

/** Every position in words: its addresses, and what they are taken to be in. */
function spots(axis: AddressAxis): string[] {
  return Array.from({ length: axis.size }, (_, position) => {
    const { addresses, within, isAnyWithin } = axis.spotAt(position);
    if (isAnyWithin) return `any of ${within.join()}`;
    return [formatAddresses(addresses).join("+"), ...(within.length > 0 ? [`in ${within.join()}`] : [])].join(
      " ",
    );
  });
}

test("addresses are cut where peers begin and end", () => {
  expect(spots(axisOf([known("10.0.0.0/24")], peer("10.0.0.0/25"), peer("10.0.0.64/26")))).toEqual([
    "10.0.0.0/26",
    "10.0.0.64/26",
    "10.0.0.128/25",
  ]);
});

test("an address that may be in a set stands there twice, and each doubts the other", () => {
  const axis = axisOf([known("8.8.8.0/24", [], [SQL])], peer("Sql"));
  expect(spots(axis)).toEqual(["8.8.8.0/24", "8.8.8.0/24 in Sql"]);
  expect(axis.spotAt(0).doubts).toEqual([{ names: ["Sql"], siblings: [1] }]);
  expect(axis.spotAt(1).doubts).toEqual([{ names: ["Sql"], siblings: [0] }]);
  expect([axis.spotAt(0).plain, axis.spotAt(1).plain]).toEqual([[0], [0]]);
  expect(axis.spansOf(peer("Sql"))).toEqual([[1, 1]]);
});

test("an address that is taken to be in a set and in none has no plain twin", () => {
  const axis = axisOf([known("8.8.8.0/24", [SQL], [STORAGE])], peer("Sql"));
  expect(axis.spotAt(0).plain).toEqual([]);
});

test("where one place is cut, the same addresses in another are, too", () => {
  const axis = axisOf([known("8.8.8.0/24"), known("8.8.8.0/25", [SQL])], peer("Sql"));
  expect(spots(axis)).toEqual(["8.8.8.0/25", "8.8.8.128/25", "8.8.8.0/25 in Sql"]);
});

describe("zones", () => {
  test("are told apart only where a peer names one", () => {
    expect(spots(axisOf([known("192.168.0.0/24")], peer("10.0.0.0/8")))).toEqual(["192.168.0.0/24"]);
    const axis = axisOf([known("192.168.0.0/24")], peer("Internet"));
    expect(spots(axis)).toEqual(["192.168.0.0/24", "192.168.0.0/24", "192.168.0.0/24"]);
    expect(axis.spansOf(peer("VirtualNetwork"))).toEqual([[0, 0]]);
    expect(axis.spansOf(peer("Internet"))).toEqual([[1, 1]]);
    expect(axis.spansOf(peer("*"))).toEqual([[0, 2]]);
  });

  test("in which an address may be are doubted by their names", () => {
    const axis = axisOf([known("192.168.0.0/24")], peer("VirtualNetwork"));
    const siblings = [0, 1, 2];
    expect(siblings.map((position) => axis.spotAt(position).doubts)).toEqual([
      [{ names: ["VirtualNetwork"], siblings }],
      [{ names: ["Internet"], siblings }],
      [{ names: ["VirtualNetwork", "Internet"], siblings }],
    ]);
  });

  test("are beyond doubt where an address can be in one only, or the place says which", () => {
    expect(axisOf([known("10.0.0.0/24")], peer("Internet")).spotAt(0).doubts).toEqual([]);
    const place = inZone(Zone.INTERNET, known("192.168.0.0/24"));
    expect(axisOf([place], peer("Internet")).spotAt(0).doubts).toEqual([]);
    expect(axisOf([place], peer("Internet")).size).toBe(1);
  });

  test("of an address that is only known by its set are told by the set's own doubt", () => {
    const axis = axisOf([{ names: ["${x}"], extras: [[]] }], peer("${x}"), peer("VirtualNetwork"));
    for (let position = 0; position < axis.size; position++) {
      expect(axis.spotAt(position).isAnyWithin).toBe(true);
      expect(axis.spotAt(position).doubts.map(({ names }) => names)).toEqual([["${x}"]]);
    }
  });
});

describe("what a match rests on", () => {
  const rests = (asked: Peer, places: Place[], position: number, ...others: Peer[]): string[] =>
    axisOf(places, asked, ...others).restsOn(asked, position);

  test.each<[string, string[], string[]]>([
    [
      "nothing, where it holds all that is asked about",
      rests(peer("10.0.0.0/8"), [known("10.0.0.0/24")], 0),
      [],
    ],
    ["nothing, where it is everything", rests(peer("*"), [known("10.0.0.0/24")], 0, peer("10.0.0.0/25")), []],
    [
      "the address, where others are asked about",
      rests(peer("10.0.0.0/25"), [known("10.0.0.0/24")], 0),
      ["address"],
    ],
    [
      "the set that an address is taken to be in",
      rests(peer("Sql"), [known("8.8.8.0/24", [SQL], [])], 0),
      ["Sql"],
    ],
    [
      "no set that the peer does not name",
      rests(peer("Sql"), [known("8.8.8.0/24", [SQL, STORAGE], [])], 0),
      ["Sql"],
    ],
    [
      "nothing, where the set itself is asked about",
      rests(peer("Sql"), [{ names: [SQL], extras: [[]] }], 0),
      [],
    ],
    [
      "the address, where the set and others are asked about",
      rests(peer("Sql"), [{ names: [SQL], extras: [[]] }, known("8.8.8.0/24")], 0),
      ["address"],
    ],
    [
      "the zone that an address is taken to be in",
      rests(peer("VirtualNetwork"), [known("192.168.0.0/24")], 0),
      ["VirtualNetwork"],
    ],
    [
      "that zone alone",
      rests(peer("VirtualNetwork", "Internet"), [known("192.168.0.0/24")], 1),
      ["Internet"],
    ],
    [
      "no zone that the question names itself",
      rests(peer("VirtualNetwork"), [inZone(Zone.VIRTUAL_NETWORK, known("192.168.0.0/24"))], 0),
      [],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

test("a region of a tag is in the tag, whatever else it is in", () => {
  const [region] = peer("Storage.WestEurope").unknowns;
  const axis = axisOf([known("8.8.8.0/24", [], [region])], peer("Storage"));
  expect(axis.spansOf(peer("Storage"))).toEqual([[1, 1]]);
  expect(axis.restsOn(peer("Storage"), 1)).toEqual(["Storage.WestEurope"]);
});

test("addresses of ours are in their groups", () => {
  const group = "/subscriptions/s/asg";
  const space = new AddressSpace({
    endpoints: [{ id: "a", label: "A", prefixes: ["10.0.0.0/27"], applicationSecurityGroupIds: [group] }],
    groups: [],
  });
  const asked = space.peer([], [group]);
  const axis = addressAxis(IPV4, space, [known("10.0.0.0/26")], [asked]);
  expect(spots(axis)).toEqual(["10.0.0.32/27", "10.0.0.0/27"]);
  expect(axis.spansOf(asked)).toEqual([[1, 1]]);
  expect(axis.restsOn(asked, 1)).toEqual(["address"]);
});
