import { AddressSpace } from "../../../lib/proof/evaluation/address-space";
import {
  combinations,
  distinct,
  everyPort,
  everywhere,
  placesOfEndpoint,
  placesOfPeer,
} from "../../../lib/proof/evaluation/places";
import { parseAddresses } from "../../../lib/azure/sets/address-set";
import { guarded } from "../../support/oracle/nsg-builders";

const SPACE = new AddressSpace({ endpoints: [], groups: [] });

describe("combinations", () => {
  test("hold one set at most from each list, and each once", () => {
    expect(combinations([])).toEqual([[]]);
    expect(combinations([["a", "b"]])).toEqual([[], ["a"], ["b"]]);
    expect(combinations([["b"], ["a", "b"]])).toEqual([[], ["b"], ["a"], ["a", "b"]]);
    expect(combinations([["a"], ["a"]])).toEqual([[], ["a"]]);
  });

  test("that are alike but for where one name ends and the next begins are two", () => {
    expect(
      combinations([
        ["ab", "a"],
        ["c", "bc"],
      ]),
    ).toContainEqual(["ab", "c"]);
    expect(
      combinations([
        ["ab", "a"],
        ["c", "bc"],
      ]),
    ).toContainEqual(["a", "bc"]);
    expect(
      distinct([
        ["ab", "c"],
        ["a", "bc"],
        ["ab", "c"],
      ]),
    ).toEqual([
      ["ab", "c"],
      ["a", "bc"],
    ]);
  });
});

describe("the places of an endpoint", () => {
  const addresses = SPACE.peer(["10.0.0.0/24"]).addresses;
  const zone = "VirtualNetwork";
  const extras = [[], ["x"], ["${subnet}"]];

  test("are its addresses, and each prefix that is not known", () => {
    const endpoint = guarded("e", "10.0.0.0/24", { prefixes: ["10.0.0.0/24", "${subnet}", "${other}"] });
    expect(placesOfEndpoint(endpoint, SPACE, extras)).toEqual([
      { names: [], addresses, zone, extras },
      { names: ["${subnet}"], zone, extras: [[], ["x"]] },
      { names: ["${other}"], zone, extras },
    ]);
  });

  test("are some of its addresses alone where these are asked about", () => {
    const endpoint = guarded("e", "10.0.0.0/24", { prefixes: ["10.0.0.0/24", "${subnet}"] });
    const only = parseAddresses("10.0.0.4");
    expect(placesOfEndpoint(endpoint, SPACE, extras, only)).toEqual([
      { names: [], addresses: only, zone, extras },
    ]);
    expect(placesOfEndpoint(endpoint, SPACE, extras, { v4: [], v6: [] })).toEqual([]);
  });

  test("are what all of its groups hold where it has no prefix", () => {
    const endpoint = guarded("e", "", { prefixes: [], applicationSecurityGroupIds: ["/asg/a", "/asg/b"] });
    const [place, ...others] = placesOfEndpoint(endpoint, SPACE, [[], ["x"]]);
    expect(others).toEqual([]);
    expect(place).toEqual({
      names: SPACE.peer([], ["/asg/a", "/asg/b"]).unknowns,
      zone,
      extras: [[], ["x"]],
    });
    expect(place.names).toHaveLength(2);
  });
});

describe("the places of a peer", () => {
  test("are its addresses, its sets and its zones, each by itself", () => {
    const peer = SPACE.peer(["8.8.8.0/24", "Sql", "VirtualNetwork"]);
    const [sql] = SPACE.peer(["Sql"]).unknowns;
    const extras = [[], [sql], ["x"]];
    expect(placesOfPeer(peer, extras)).toEqual([
      { names: [], addresses: peer.addresses, extras },
      { names: [sql], extras: [[], ["x"]] },
      { names: [], zone: "VirtualNetwork", extras },
    ]);
  });

  test("are everything where it is everything, and nothing where it holds nothing", () => {
    expect(placesOfPeer(SPACE.peer(["*"]), [[]])).toEqual([{ names: [], extras: [[]] }]);
    expect(placesOfPeer(SPACE.peer([]), [[]])).toEqual([]);
    expect(placesOfPeer(SPACE.peer(["Sql"]), [[]])).toHaveLength(1);
  });
});

describe("everywhere", () => {
  test("an address in a set is also asked about in none of those that rules tell apart, unless that is asked already", () => {
    const extras = [[], ["a"], ["b"], ["a", "b"]];
    expect(everywhere(["a", "c"], extras, [])).toEqual([
      { names: [], extras },
      { names: ["a"], extras: [] },
      { names: ["c"], extras: [[]] },
    ]);
  });

  test("and in each other set that a rule refuses", () => {
    expect(everywhere(["a"], [[]], ["a", "b", "c"])).toEqual([
      { names: [], extras: [[]] },
      { names: ["a"], extras: [[], ["b"], ["c"]] },
    ]);
    // A set of a pair is not asked about alone.
    expect(everywhere(["b"], [[], ["b", "a"]], [])).toEqual([
      { names: [], extras: [[], ["b", "a"]] },
      { names: ["b"], extras: [[]] },
    ]);
  });

  test("holds for ports as well", () => {
    expect(everyPort(["p"], [[], ["p"]], ["q"])).toEqual([
      { names: [], extras: [[], ["p"]] },
      { names: ["p"], extras: [["q"]] },
    ]);
  });
});
