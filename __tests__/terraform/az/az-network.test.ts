import { joinFiles } from "../../../lib/terraform/joined/join-files";
import { networkOfFiles } from "../../../lib/terraform/joined/network-of-files";
import { readNetworkFile, readSubnetsFile } from "../../../lib/terraform/read-network-file";
import { fileOf, idOf, nsgList, vnetList } from "../../support/files/az-files";
import { refusalOf } from "../../support/expected/refused";

const key = (path: string): string => idOf(path).toLowerCase();
const read = (groups: unknown) => readNetworkFile(fileOf(groups), "nsgs.json");
const readBoth = (groups: unknown, subnets: unknown) =>
  joinFiles([read(groups), readSubnetsFile(fileOf(subnets), "vnets.json")]);

const DB = key("networkSecurityGroups/nsg-db");
const NIC = key("networkSecurityGroups/nsg-nic");
const SUBNET = key("virtualNetworks/vnet/subnets/snet-db");

test("groups and what they stand before are read, with what the list does not say", () => {
  const found = read(nsgList);
  expect(
    found.groups.map(({ name, tags, rules }) => ({ name, tags, rules: rules?.map((rule) => rule.name) })),
  ).toEqual([
    {
      name: "nsg-db",
      tags: { "veeam-role": "postgresql", "veeam-component": "postgresql" },
      rules: ["postgresql"],
    },
    { name: "nsg-nic", tags: {}, rules: [] },
  ]);
  expect(found.subnets).toStrictEqual([
    {
      isListed: true,
      virtualNetwork: key("virtualNetworks/vnet"),
      key: SUBNET,
      name: "snet-db",
      names: { subnet: "snet-db", virtualNetwork: "vnet", resourceGroup: "rg-veeam" },
      prefixes: [`\${${SUBNET}.address_prefixes}`],
      group: DB,
      mayHaveGroup: false,
    },
  ]);
  expect(found.interfaces).toStrictEqual([
    { key: key("networkInterfaces/nic-db"), name: "nic-db", addresses: [], group: NIC, isListed: true },
  ]);
  expect(networkOfFiles([found]).notes).toEqual([
    "Whether the subnet of nic-db has a group, and which, is not known.",
    "The list of groups does not say the prefixes of snet-db. Give them with --subnets FILE, made by az network vnet list -o json.",
  ]);
});

test.each([
  ["az network vnet list", vnetList, [["10.20.0.0/24"]]],
  ["az network vnet subnet list", vnetList[0].subnets, []],
  [
    "the REST API",
    { value: vnetList.map(({ id, name, ...properties }) => ({ id, name, properties })) },
    [["10.20.0.0/24"]],
  ],
])(
  "%s adds the prefixes, the subnets without a group and the interfaces' subnets",
  (_, subnets, addressSpaces) => {
    const found = readBoth(nsgList, subnets);
    expect(found.notes).toEqual([]);
    expect(found.virtualNetworks.map(({ prefixes }) => prefixes)).toEqual(addressSpaces);
    expect(found.subnets).toMatchObject([
      {
        key: SUBNET,
        name: "snet-db",
        names: { subnet: "snet-db", virtualNetwork: "vnet", resourceGroup: "rg-veeam" },
        prefixes: ["10.20.0.32/28"],
        group: DB,
        mayHaveGroup: false,
        interfaces: [key("networkInterfaces/nic-db")],
      },
      {
        key: key("virtualNetworks/vnet/subnets/snet-free"),
        name: "snet-free",
        names: { subnet: "snet-free", virtualNetwork: "vnet", resourceGroup: "rg-veeam" },
        prefixes: ["10.20.0.64/27", "fd00::/64"],
        mayHaveGroup: false,
        interfaces: [],
      },
    ]);
    expect(found.interfaces).toMatchObject([
      {
        key: key("networkInterfaces/nic-db"),
        name: "nic-db",
        addresses: [],
        subnet: SUBNET,
        group: NIC,
      },
    ]);
  },
);

test("a component's subnet is called by its tags, and an interface comes before the subnet that it is in", () => {
  const { network } = networkOfFiles([read(nsgList), readSubnetsFile(fileOf(vnetList), "vnets.json")]);
  expect(
    network.endpoints.map(({ label, subnetGroup, interfaceGroup }) => [label, subnetGroup, interfaceGroup]),
  ).toEqual([
    ["nic-db", "nsg-db", "nsg-nic"],
    ["postgresql", "nsg-db", undefined],
    ["snet-free", undefined, undefined],
  ]);
});

test("what az network nsg show prints is read as a list of one", () => {
  expect(read(nsgList[0]).groups.map(({ name }) => name)).toEqual(["nsg-db"]);
});

test("rules are named by their group and Azure's spelling where they are wrong", () => {
  const [rule] = nsgList[0].securityRules as object[];
  const wrong = [
    {
      ...nsgList[0],
      securityRules: [
        { ...rule, protocol: "Sctp" },
        { ...rule, destinationPortRange: null },
      ],
    },
  ];
  expect(refusalOf(() => read(wrong)).split("\n")).toEqual([
    "2 problems in nsgs.json",
    expect.stringContaining("nsg-db.postgresql.protocol: is not known"),
    expect.stringContaining("nsg-db.postgresql.destinationPortRange: is missing"),
  ]);
  const twice = [{ ...nsgList[0], securityRules: [rule, { ...rule, name: "other" }] }];
  expect(refusalOf(() => networkOfFiles([read(twice)]))).toContain(
    "nsg-db: other: has the priority of postgresql (Inbound)",
  );
});

test("a subnet without an id, or with an invalid one, is refused", () => {
  expect(
    refusalOf(() => readSubnetsFile(fileOf([{ addressPrefix: "10.0.0.0/24" }]), "subnets.json")),
  ).toContain("[0].id: is missing");
  expect(
    refusalOf(() => readSubnetsFile(fileOf([{ id: "snet", addressPrefix: "10.0.0.0/24" }]), "subnets.json")),
  ).toContain('[0].id: is not the id of a subnet (got "snet")');
});

test("a subnet or a network interface behind two groups is refused: the lists are of two times", () => {
  const [first, second] = nsgList;
  const twice = [first, { ...second, subnets: first.subnets, networkInterfaces: second.networkInterfaces }];
  expect(refusalOf(() => read(twice))).toContain(
    "subnet snet-db: has the group nsg-db, and nsg-nic as well. Allowed: one group, as Azure demands.",
  );
  const interfaces = [{ ...first, networkInterfaces: second.networkInterfaces }, second];
  expect(refusalOf(() => read(interfaces))).toContain("network interface nic-db: has the group nsg-db, and");
  const [subnet] = vnetList[0].subnets;
  const moved = [{ ...subnet, networkSecurityGroup: { id: idOf("networkSecurityGroups/nsg-nic") } }];
  expect(refusalOf(() => readBoth(nsgList, moved))).toContain("subnet snet-db: has the group");
});
