import { AddressSpace, Zone } from "../../../lib/proof/evaluation/address-space";
import { parseAddresses } from "../../../lib/azure/sets/address-set";
import { guarded } from "../../support/oracle/nsg-builders";

const space = new AddressSpace({
  endpoints: [guarded("server", "10.0.0.0/27"), guarded("token", "${subnet.token}")],
  groups: [],
  virtualNetworkPrefixes: ["10.0.0.0/24"],
  serviceTags: {
    changeNumber: 1,
    cloud: "Public",
    tags: [
      { name: "Storage.WestEurope", addressPrefixes: ["20.1.0.0/16"] },
      { name: "Sql", addressPrefixes: ["30.0.0.0/16"] },
    ],
  },
});

describe("a list of prefixes, tags and values", () => {
  test("holds everything where one of them does", () => {
    expect(space.peer(["*"]).any).toBe(true);
    expect(space.peer(["10.0.0.0/8", "*"]).any).toBe(true);
    expect(space.peer(["10.0.0.0/8", "20.0.0.0/8"]).any).toBe(false);
    expect(space.peer([]).any).toBe(false);
  });

  test("holds the addresses of all of them", () => {
    expect(space.peer(["10.0.0.0/25", "10.0.0.128/25"]).addresses).toEqual(parseAddresses("10.0.0.0/24"));
  });

  test("names each set and each zone once", () => {
    const { unknowns, zones } = space.peer(
      ["AzureActiveDirectory", "azureactivedirectory", "Internet", "internet", "VirtualNetwork"],
      ["/ASG/web", "/asg/web"],
    );
    expect(unknowns).toEqual(["tag:azureactivedirectory", "asg:/asg/web"]);
    expect(zones).toEqual([Zone.INTERNET, Zone.VIRTUAL_NETWORK]);
  });

  test.each(["10.0.0.0/33", "not a tag", "a_b", "10.0.0"])("refuses %s", (text) => {
    expect(() => space.peer([text])).toThrow(`"${text}" is not an IPv4 or IPv6 prefix or address`);
  });
});

describe("a set that is not known", () => {
  const possible = (text: string, zone: Zone) => {
    const { unknowns } = space.peer([text]);
    return space.possible(zone, unknowns);
  };
  const holds = (set: ReturnType<typeof possible>, text: string) => {
    const one = parseAddresses(text);
    return (
      one !== undefined && set.v4.some(({ start, end }) => start <= one.v4[0].start && one.v4[0].end <= end)
    );
  };

  test.each<[string, string, Zone, string, boolean]>([
    ["a tag holds public addresses", "AzureActiveDirectory", Zone.INTERNET, "20.190.0.1", true],
    [
      "a tag holds none of the virtual network's",
      "AzureActiveDirectory",
      Zone.VIRTUAL_NETWORK,
      "10.0.0.1",
      false,
    ],
    [
      "a tag of the platform may hold the host's",
      "AzurePlatformDNS",
      Zone.VIRTUAL_NETWORK,
      "168.63.129.16",
      true,
    ],
    ["another tag may not", "AzureActiveDirectory", Zone.VIRTUAL_NETWORK, "168.63.129.16", false],
    ["a region of a known tag holds that tag's alone", "Sql.NorthEurope", Zone.INTERNET, "30.0.1.1", true],
    ["a region of a known tag holds no others", "Sql.NorthEurope", Zone.INTERNET, "31.0.1.1", false],
    [
      "a prefix of the deployment is not among the known ones",
      "${subnet.token}",
      Zone.VIRTUAL_NETWORK,
      "10.0.0.1",
      false,
    ],
    ["a prefix of ours may be any other", "${subnet.token}", Zone.VIRTUAL_NETWORK, "10.0.0.64", true],
    ["a prefix of ours is in no other zone", "${subnet.token}", Zone.INTERNET, "20.0.0.1", false],
    ["another value may be anywhere", "${data.other}", Zone.INTERNET, "20.0.0.1", true],
  ])("%s", (_, text, zone, address, expected) => {
    expect(holds(possible(text, zone), address)).toBe(expected);
  });

  test("is within those that hold all of it", () => {
    expect(space.withinAll(space.peer(["Storage.NorthEurope"]).unknowns)).toEqual([
      "tag:storage",
      "tag:storage.northeurope",
    ]);
    // The file holds the parent: what a region of it holds is known to be there.
    expect(space.withinAll(space.peer(["Sql.NorthEurope"]).unknowns)).toEqual(["tag:sql.northeurope"]);
    expect(space.withinAll(space.peer(["AzureActiveDirectory"]).unknowns)).toEqual([
      "tag:azureactivedirectory",
    ]);
  });

  test("surely holds a region that the file knows", () => {
    expect(space.peer(["Storage"]).addresses).toEqual(parseAddresses("20.1.0.0/16"));
  });

  test("has the name that a reader knows", () => {
    const [key] = space.peer(["AzureActiveDirectory"]).unknowns;
    expect(space.labelOf(key)).toBe("AzureActiveDirectory");
    expect(space.labelOf("nobody")).toBe("nobody");
  });

  test("that is a prefix of ours shares no address with another of ours", () => {
    const two = new AddressSpace({
      endpoints: [guarded("a", "${a}"), guarded("b", "${b}")],
      groups: [],
    });
    const keys = two.peer(["${a}", "${b}"]).unknowns;
    expect(two.possible(Zone.VIRTUAL_NETWORK, keys)).toEqual({ v4: [], v6: [] });
    expect(two.possible(Zone.VIRTUAL_NETWORK, keys.slice(1)).v4).not.toEqual([]);
  });
});
